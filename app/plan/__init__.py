"""The plan register (実施計画): policies, measures (事業), indicators (指標), targets (目標), results (実績).

Figures counted from records are not kept here but in kpi; published history (既公表値) and reports of
departments are. May be imported by kpi and above.
"""
