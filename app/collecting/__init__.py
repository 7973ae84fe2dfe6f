"""実績の収集: each department sees its measures of a year, submits them, and the plan desk accepts.

Above kpi, because counted figures stand on these pages beside those that departments type. The rules of
submitting stand in plan (submissions, submission_operations). Nobody but the factory imports this package.
"""
