"""What every test may rely on: clean databases, no network, a zone that is neither Japan nor UTC."""

import os
import socket
import time

import pytest
import sqlalchemy as sa

from app.foundation.db import db

ENTRY = """
    INSERT INTO audit_entry
      (id, at, actor_label, action, subject, subject_id, details, previous, digest)
    VALUES (1, '2026-01-01 00:00:00', 'x', 'x', 'x', 'x', 'x', 'x', 'x')
"""


def test_the_zone_of_the_process_is_neither_japan_nor_utc():
    assert time.tzname[0] == "EST"


def test_nothing_of_the_callers_settings_reaches_a_test():
    assert not [name for name in os.environ if name.startswith("SHIRUBE_") or name == "DATABASE_URL"]


def test_no_test_reaches_beyond_this_machine():
    with pytest.raises(RuntimeError, match=r"tried to reach 192\.0\.2\.1"):
        socket.create_connection(("192.0.2.1", 80), timeout=1)


@pytest.mark.both_databases
def test_a_test_marked_for_both_databases_runs_on_the_one_it_is_told(database, app):
    with app.app_context():
        assert db.engine.dialect.name == database.name


@pytest.mark.both_databases
@pytest.mark.parametrize("test", ["one", "next"])
def test_what_one_test_wrote_is_gone_in_the_next_even_the_audit_trail(db_session, test):
    count = sa.text("SELECT count(*) FROM audit_entry")
    assert db_session.execute(count).scalar() == 0
    db_session.execute(sa.text(ENTRY))
    db_session.commit()
    assert db_session.execute(count).scalar() == 1


def test_a_content_that_was_kept_comes_back(databases):
    database = databases.get("sqlite")
    database.reset()
    with database.app.app_context(), db.engine.begin() as connection:
        connection.execute(sa.text(ENTRY))
    database.keep("with one entry")
    database.reset()
    with database.app.app_context(), db.engine.connect() as connection:
        assert connection.execute(sa.text("SELECT count(*) FROM audit_entry")).scalar() == 0
    database.reset("with one entry")
    with database.app.app_context(), db.engine.connect() as connection:
        assert connection.execute(sa.text("SELECT count(*) FROM audit_entry")).scalar() == 1


def test_a_client_and_a_session_in_one_test_do_not_share_the_application_context(client, db_session, app):
    from flask import g

    g.left_by_the_test = True
    seen = []
    app.before_request_funcs.setdefault(None, []).append(lambda: seen.append("left_by_the_test" in g) or None)
    try:
        client.get("/healthz")
    finally:
        app.before_request_funcs[None].pop()
    assert seen == [False]
