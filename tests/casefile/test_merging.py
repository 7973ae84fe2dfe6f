"""The pages of merging: found by number or card, seen side by side, confirmed by a supervisor, undone."""

import pytest

from app.access.permissions import Role
from app.cases.models import Case
from app.foundation.db import db
from tests import factories


@pytest.fixture
def office(db_session):
    return factories.make_office()


@pytest.fixture
def desk(client, office):
    factories.sign_in(client, office=office, role=Role.SUPERVISOR)
    return client


@pytest.fixture
def two(office):
    cases = [factories.make_case(office) for _ in range(2)]
    db.session.commit()
    return [case.number for case in cases]


def pointer(number):
    case = db.session.query(Case).filter_by(number=number).one()
    return case.merged_into_id


def test_undo_page(desk, two):
    one, other = two
    answer = desk.post(f"/cases/{one}/merge", data={"number": other})
    assert answer.status_code == 200, answer.text
    answer = desk.post(
        f"/cases/{one}/merge", data={"target": other, "intent": "merge", "reason": "paper_file"}
    )
    assert answer.headers["Location"] == f"/cases/{other}"
    assert pointer(one)
    page = desk.get(f"/cases/{other}")
    assert "/merges/1/undo" in page.text
    assert desk.get("/merges/1/undo").status_code == 200
