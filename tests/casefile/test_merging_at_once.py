"""Supervisors who merge and undo at the same moment: pointers always follow from the merges that stand."""

from concurrent.futures import ThreadPoolExecutor
from itertools import permutations
from threading import Barrier

import pytest
from sqlalchemy import select

from app.access.permissions import Role
from app.cases.merging import Edge, pointers
from app.cases.models import Case, CaseMerge
from app.foundation.db import db
from tests import factories

pytestmark = pytest.mark.both_databases
AT_ONCE = 6


def test_merges_and_undoings_at_one_moment_leave_one_consistent_picture(app, db_session):
    office = factories.make_office()
    numbers = [factories.make_case(office).number for _ in range(3)]
    db_session.commit()
    clients = [app.test_client() for _ in range(AT_ONCE)]
    for client in clients:
        factories.sign_in(client, role=Role.SUPERVISOR, office=office)
    db_session.commit()
    start = Barrier(AT_ONCE)

    def send(client, one, other):
        start.wait(timeout=10)
        sent = {"target": other, "intent": "merge", "reason": "paper_file"}
        merged = client.post(f"/cases/{one}/merge", data=sent).status_code
        undone = client.post("/merges/1/undo").status_code
        return merged, undone

    with ThreadPoolExecutor(AT_ONCE) as pool:
        going = [
            pool.submit(send, client, *pair)
            for client, pair in zip(clients, permutations(numbers, 2), strict=True)
        ]
        answers = {status for one in going for status in one.result(timeout=60)}
    assert answers <= {302, 404, 409, 422}
    db.session.rollback()
    edges = db.session.scalars(
        select(CaseMerge).where(CaseMerge.part_of_id == CaseMerge.id, CaseMerge.undone_at.is_(None))
    ).all()
    cases = {case.id: case.merged_into_id for case in db.session.scalars(select(Case))}
    assert cases == pointers(cases, [Edge(one.case_id, one.into_id) for one in edges])
