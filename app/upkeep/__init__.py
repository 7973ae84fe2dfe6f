"""Keeping the house in order: backups (控え) made and checked.

Imported by commands only.
"""
