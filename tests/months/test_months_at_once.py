"""Two supervisors who close a month at the same moment, and a month closed while somebody enters records."""

from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from datetime import date
from threading import Barrier

import pytest
from sqlalchemy import func, select

from app.access.permissions import Role
from app.foundation.db import db
from app.months.models import MonthMember, OfficeMonth
from app.months.queries import find_month, get_place, get_report
from app.situation.programme import Programme
from tests.factories import make_account, make_case, make_consultation, make_office, sign_in

pytestmark = pytest.mark.both_databases
AT_ONCE = 4


@pytest.fixture
def office(app, db_session):
    own = make_office(programme=Programme.ASSISTANCE, name="生活福祉課")
    case = make_case(own)
    for day in range(1, 21):
        make_consultation(case, held_on=date(2026, 9, day))
    db.session.commit()
    return own


def at_once(app, office, address):
    """Post to an address from several supervisors at the same moment; return the answers."""
    clients = [app.test_client() for _one in range(AT_ONCE)]
    for client in clients:
        sign_in(client, make_account(Role.SUPERVISOR, office))
    db.session.commit()
    start = Barrier(AT_ONCE)

    def post(client):
        start.wait(timeout=20)
        return client.post(address)

    with ThreadPoolExecutor(AT_ONCE) as pool:
        going = [pool.submit(copy_context().run, post, client) for client in clients]
        answers = [one.result(timeout=120) for one in going]
    db.session.rollback()
    db.session.expire_all()
    return answers


@pytest.mark.parametrize("written_on", [False, True])
def test_of_supervisors_who_close_at_once_one_closes_and_the_others_are_told_by_whom(app, office, written_on):
    if written_on:
        row = {"office_id": office.id, "fiscal_year": 2026, "month": 9, "note": "x", "document_number": ""}
        db.session.add(OfficeMonth(**row))
        db.session.commit()
    answers = at_once(app, office, f"/months/{office.id}/2026/9/close")
    assert sorted(one.status_code for one in answers) == [302, *[422] * (AT_ONCE - 1)]
    told = [one.get_data(as_text=True) for one in answers if one.status_code == 422]
    assert all("締めました。締めた月報は変えられません" in text for text in told)
    assert db.session.scalar(select(func.count()).select_from(OfficeMonth)) == 1
    # Twenty visits, each once in the visits and once among the persons.
    assert db.session.scalar(select(func.count()).select_from(MonthMember)) == 40
    assert find_month(office.id, 2026, 9).closed_at is not None


def test_what_comes_in_while_a_month_is_closed_is_in_its_report_or_late_in_the_next(app, office):
    """Records and the closing race; none is lost between the two reports."""
    start, more = Barrier(2), 10
    client = app.test_client()
    sign_in(client, make_account(Role.SUPERVISOR, office))
    case_id = make_case(office).id
    db.session.commit()

    def enter():
        from app.cases.models import Case
        from app.foundation.transaction import transaction

        start.wait(timeout=20)
        with app.app_context():
            for _one in range(more):
                with transaction():
                    make_consultation(db.session.get(Case, case_id), held_on=date(2026, 9, 9))
            db.session.remove()

    def close():
        start.wait(timeout=20)
        address = f"/months/{office.id}/2026/9/close"
        return any(client.post(address).status_code == 302 for _try in range(30))

    with ThreadPoolExecutor(2) as pool:
        entering, closing = (pool.submit(copy_context().run, one) for one in (enter, close))
        assert closing.result(timeout=120)
        entering.result(timeout=120)
    db.session.rollback()
    db.session.expire_all()
    assert find_month(office.id, 2026, 9).closed_at is not None
    visits = next(
        line for line in get_report(get_place(office.id, 2026, 9)).sections[0].lines
        if line.key == "assistance_consultations"
    )  # fmt: skip
    late = [
        one
        for one in get_report(get_place(office.id, 2026, 10)).late
        if one.key == "assistance_consultations"
    ]
    assert visits.month.value + sum(one.now - one.before for one in late) == 20 + more
