"""Real databases for tests: made once per worker by the migrations, then emptied before each test.

`sqlite.py` copies a pristine file back; `postgresql.py` starts a server of its own and deletes rows.
Both offer `name`, `app`, `reset()` and `close()`; tests reach them through the fixtures of tests/conftest.py.
"""
