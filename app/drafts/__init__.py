"""Forms on their way: the keys by which a form sent twice makes one record.

May be imported by every package whose forms create records.
"""
