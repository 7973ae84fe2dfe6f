"""What every package stands on: database, transaction, clock, fiscal year (年度), errors.

Knows no package above it and no term of the field beyond the calendar.
May be imported by everyone.
"""
