"""The plan's table as files: text, CSV in long form, JSON, and a workbook in the plan's own layout.

Each writer takes the pure table of `app.kpi.table` and returns the whole file; none reads the database.
"""
