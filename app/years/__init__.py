"""The plan's year (年度): its table of results and targets (実績・目標), frozen (確定), restated (訂正).

A frozen year keeps values, definitions and the records counted; whoever shows a year asks `reports`, which
knows from which source. Above kpi, whose metrics fill the table; publication and what is on top use it.
"""
