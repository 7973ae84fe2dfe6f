"""The directory: offices (所管課, 関係機関), counselling windows (相談窓口), the map (就労支援マップ).

A window is a service at a place, run by an office; every edit makes a version, and a referral keeps its own.
May be imported by every package above; knows no person.
"""
