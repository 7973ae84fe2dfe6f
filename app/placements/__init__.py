"""Placements (就職) by the plan's counting rule, and checks of how long they last (定着確認).

Work through the シルバー人材センター, wage rises and renewals are recorded here and never counted.
May be imported by kpi and above.
"""
