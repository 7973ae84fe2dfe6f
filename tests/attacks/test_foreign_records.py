"""A record of another office answers exactly like one that does not exist: every address is run."""

import re

import pytest

from tests import factories
from tests.attacks.records import RECORDS, SHARED


def methods_of(app, endpoint: str) -> set[str]:
    return {
        method
        for rule in app.url_map.iter_rules(endpoint)
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }


def address(app, endpoint: str, values: dict[str, object], method: str) -> str:
    known = {name for rule in app.url_map.iter_rules(endpoint) for name in rule.arguments}
    given = {name: value for name, value in values.items() if name in known}
    return app.url_map.bind("localhost").build(endpoint, given, method=method)


def normalised(answer) -> tuple[int, str]:
    """Return status and text without what every page has anew: its own address, tokens, keys."""
    text = answer.get_data(as_text=True).replace(answer.request.path, "…")
    return answer.status_code, re.sub(r'(name="(?:csrf_token|submission_key)" value=)"[^"]*"', r"\1", text)


def test_every_address_that_names_a_record_stands_in_the_table(app):
    named = {rule.endpoint for rule in app.url_map.iter_rules() if rule.arguments}
    assert named - set(RECORDS) - set(SHARED) == set(), "a new record needs a row in tests/attacks/records.py"
    assert set(RECORDS) | set(SHARED) == named


@pytest.mark.parametrize("endpoint", RECORDS)
def test_a_foreign_record_answers_like_a_missing_one(client, app, db_session, endpoint):
    record = RECORDS[endpoint]
    own, other = factories.make_office(kind=record.kind), factories.make_office(kind=record.kind)
    factories.sign_in(client, role=record.role, office=own)
    foreign, mine = record.make(other), record.make(own)
    missing = foreign | record.missing
    db_session.commit()
    for method in methods_of(app, endpoint):
        refused = client.open(address(app, endpoint, foreign, method), method=method)
        nowhere = client.open(address(app, endpoint, missing, method), method=method)
        assert refused.status_code == 404, method
        assert normalised(refused) == normalised(nowhere), method
        # Last, because what it says is told on the next page.
        seen = client.open(address(app, endpoint, mine, method), method=method)
        assert seen.status_code in {200, 302, 303, 422}, f"{method}: the own record does not open"
        client.get("/account/password")


@pytest.mark.parametrize("endpoint", RECORDS)
def test_a_refused_post_leaves_no_trace_in_the_tables(client, app, db_session, endpoint):
    from app.foundation.db import db

    record = RECORDS[endpoint]
    if "POST" not in methods_of(app, endpoint):
        return  # a page that is only read
    own, other = factories.make_office(kind=record.kind), factories.make_office(kind=record.kind)
    factories.sign_in(client, role=record.role, office=own)
    foreign = record.make(other)
    db_session.commit()
    before = contents(db)
    client.post(address(app, endpoint, foreign, "POST"), data={"reason": "duplicate", "to": "accepted"})
    assert contents(db) == before


def contents(db) -> dict[str, list]:
    """Return every row of every table but those of sessions."""
    from sqlalchemy import select

    return {
        table.name: sorted(map(repr, db.session.execute(select(table)).all()))
        for table in db.metadata.sorted_tables
        if table.name not in {"account_session"}
    }
