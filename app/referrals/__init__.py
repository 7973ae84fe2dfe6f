"""Referrals (紹介) and their life cycle, closed by an answer; consent (本人同意) to them.

The state is derived from the history of moves. A partner agency sees the reference and nothing of the case.
May be imported by followup and above.
"""
