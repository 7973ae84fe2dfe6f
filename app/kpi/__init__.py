"""Figures (実績) counted from records, and the plan's table that they fill together with kept results.

Each metric is one object with one row-level select; its value, its breakdowns and the rows behind it come
from that select. May be imported by home, casefile, counter, demo and cli.
"""
