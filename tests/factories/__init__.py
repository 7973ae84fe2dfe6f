"""Small functions that put one thing into the database through the operations of app/.

One module per package of app/ (`accounts.py`, `cases.py`, …); each function takes keyword arguments with
sensible defaults and returns what the operation returned. Tests import them by name; only conftest.py makes
fixtures of them.
"""
