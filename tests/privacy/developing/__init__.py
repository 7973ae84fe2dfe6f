"""The part of the corpus made by rules to develop on; what was written by hand stands in pii_identities.py.

The measuring part (tests/privacy/measuring) is another one, and nobody develops on it.
"""
