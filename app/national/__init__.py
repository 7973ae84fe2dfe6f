"""National figures (国への報告): rates that the city owes, from counted persons and reported denominators.

Denominators are entered once a year, with the reasons for leaving out; the rest is computed by kpi. Only the
packages on top may import it.
"""
