"""Keeping the house in order: backups (控え) made and checked, texts removed when their time is over.

Imported by commands only.
"""
