"""The month's report (月次報告): one report object for screen, paper and spreadsheet; closed months are kept.

What was entered after a month was closed (遅延入力) shows in the next one. Above kpi, which counts; only the
packages on top may import it.
"""
