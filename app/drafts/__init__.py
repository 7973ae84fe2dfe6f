"""Forms on their way: drafts (下書き), sealed, and the keys by which a form sent twice makes one record.

May be imported by every package whose forms create records.
"""
