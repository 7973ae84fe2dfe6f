"""Two who freeze at once, results that come in or are submitted meanwhile: one outcome, and each is told."""

import re
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from decimal import Decimal
from threading import Barrier, Event

import pytest
from sqlalchemy import func, select

from app.access.permissions import Role
from app.foundation import clock
from app.foundation.db import db
from app.foundation.errors import DomainError
from app.foundation.transaction import transaction
from app.plan.operations import enter_results
from app.plan.queries import get_rows
from app.plan.results import ResultEntry
from app.plan.submission_models import SubmissionMove
from app.windows.models import Office
from app.years.freezing_models import FrozenFigure, FrozenMember, FrozenSet, YearEdition
from app.years.freezing_operations import freeze
from app.years.freezing_restatements import propose
from app.years.reports import get_table
from tests import factories
from tests.years.freezing import (
    FROZEN_AT,
    LATER,
    YEAR,
    add_late_placement,
    freeze_year,
    plan_desk,
    record_a_year,
    someone,
)

pytestmark = [pytest.mark.both_databases, pytest.mark.usefixtures("plan")]
AT_ONCE = 4


def kept():
    return {
        model.__tablename__: db.session.scalar(select(func.count()).select_from(model))
        for model in (YearEdition, FrozenFigure, FrozenSet, FrozenMember)
    }


def words(answer):
    return re.sub(r"<[^>]+>", "", answer.get_data(as_text=True))


def freeze_while(app, desk, begun, sent):
    """Freeze the year with somebody else trying to write: they begin with it and are waited for a moment."""

    def progress(_done, _of, _indicator):
        begun.set()
        # What the other sends waits for the freeze; give it the time to try.
        sent.wait(timeout=0.5)

    with app.app_context(), clock.standing_at(FROZEN_AT), transaction():
        return freeze(actor=desk, fiscal_year=YEAR, with_missing=True, progress=progress)


def test_several_who_freeze_at_one_moment_make_one_edition_and_each_is_told(app, db_session):
    record_a_year()
    clients = [app.test_client() for _each in range(AT_ONCE)]
    for client in clients:
        factories.sign_in(client, role=Role.PLAN_DESK)
    db_session.commit()
    db_session.remove()
    start = Barrier(AT_ONCE)

    def send(client):
        start.wait(timeout=20)
        sent = {"with_missing": "y"}
        with clock.standing_at(FROZEN_AT):
            return words(client.post(f"/plan/years/{YEAR}/freeze", data=sent, follow_redirects=True))

    with ThreadPoolExecutor(AT_ONCE) as pool:
        answers = [one.result(timeout=120) for one in [pool.submit(send, client) for client in clients]]
    assert [("個の値を確定しました" in one) for one in answers].count(True) == 1
    assert [("すでに確定しています。何も変わっていません" in one) for one in answers].count(
        True
    ) == AT_ONCE - 1
    assert kept()["year_edition"] == 1
    with clock.standing_at(FROZEN_AT):
        figure = next(
            row.find("assistance_placements") for row in get_table(YEAR).rows if row.measure.code == "2-6"
        )
    assert figure.value == 53


def test_results_that_come_in_during_the_freeze_count_wholly_or_are_refused(app, db_session):
    record_a_year()
    desk, department = plan_desk(), department_of("1-1")
    begun, sent = Event(), Event()

    def reporting():
        begun.wait(timeout=20)
        entry = ResultEntry(indicator="info_items", part="", value=Decimal(130), printed="", seen="")
        try:
            with app.app_context(), clock.standing_at(FROZEN_AT), transaction():
                enter_results(actor=department, fiscal_year=YEAR, entries=[entry])
        except DomainError as refused:
            return str(refused)
        finally:
            sent.set()
        return ""

    db_session.remove()
    with ThreadPoolExecutor(2) as pool:
        going = pool.submit(freeze_while, app, desk, begun, sent), pool.submit(reporting)
        done, refused = (one.result(timeout=120) for one in going)
    assert done.edition == 1
    assert "確定しています" in refused
    table = get_table(YEAR)
    assert next(row.find("info_items") for row in table.rows if row.find("info_items")).value is None
    row = get_rows(YEAR)
    assert (row.indicators and row.reported.get((indicator_id(row, "info_items"), "", YEAR))) is None


def test_results_that_were_under_way_before_the_freeze_are_waited_for(app, db_session):
    record_a_year()
    desk, department = plan_desk(), department_of("1-1")
    entered = Event()

    def reporting():
        entry = ResultEntry(indicator="info_items", part="", value=Decimal(130), printed="", seen="")
        with app.app_context(), clock.standing_at(FROZEN_AT), transaction():
            enter_results(actor=department, fiscal_year=YEAR, entries=[entry])
            entered.set()
            time.sleep(0.5)

    def freezing():
        entered.wait(timeout=20)
        with app.app_context(), clock.standing_at(FROZEN_AT), transaction():
            return freeze(actor=desk, fiscal_year=YEAR, with_missing=True)

    db_session.remove()
    with ThreadPoolExecutor(2) as pool:
        going = pool.submit(reporting), pool.submit(freezing)
        _none, done = (one.result(timeout=120) for one in going)
    assert done.edition == 1
    table = get_table(YEAR)
    assert next(row.find("info_items") for row in table.rows if row.find("info_items")).value == 130


def test_a_department_that_submits_during_the_freeze_is_told_and_its_figures_are_in(app, db_session):
    record_a_year()
    desk, client = plan_desk(), app.test_client()
    begun, sent = Event(), Event()
    with clock.standing_at(FROZEN_AT):
        office = db.session.scalar(select(Office).where(Office.key == "personnel"))
        factories.sign_in(client, role=Role.DEPARTMENT, office=office)
        client.post(f"/plan/results/{YEAR}", data={"figure__interns": "17", "source__3_10": "受け入れ簿"})
        page = client.get(f"/plan/collection/{YEAR}/3-10").get_data(as_text=True)
    number = re.search(r'name="seen" value="(\d+)"', page)[1]

    def submitting():
        begun.wait(timeout=20)
        with clock.standing_at(FROZEN_AT):
            answer = client.post(f"/plan/collection/{YEAR}/3-10", data={"act": "submit", "seen": number})
        sent.set()
        return answer

    db_session.remove()
    with ThreadPoolExecutor(2) as pool:
        going = pool.submit(freeze_while, app, desk, begun, sent), pool.submit(submitting)
        done, answer = (one.result(timeout=120) for one in going)
    assert done.edition == 1
    assert answer.status_code == 422
    assert "確定しています" in words(answer)
    assert db.session.scalar(select(func.count()).select_from(SubmissionMove)) == 0
    assert next(row.find("interns") for row in get_table(YEAR).rows if row.find("interns")).value == 17


def test_of_several_who_approve_a_restatement_at_one_moment_one_does(app, db_session):
    office = record_a_year()
    freeze_year()
    add_late_placement(office)
    proposer = plan_desk()
    with clock.standing_at(LATER), transaction():
        propose(actor=proposer, fiscal_year=YEAR, chosen=["assistance_placements"], reason="入力もれ")
    clients = [app.test_client() for _each in range(AT_ONCE)]
    with clock.standing_at(LATER):
        for client in clients:
            factories.sign_in(client, role=Role.SUPERVISOR)
    db_session.commit()
    db_session.remove()
    start = Barrier(AT_ONCE)

    def send(client):
        start.wait(timeout=20)
        sent = {"act": "approve", "version": "1"}
        with clock.standing_at(LATER):
            return client.post(f"/plan/years/{YEAR}/restatement/decision", data=sent, follow_redirects=True)

    with ThreadPoolExecutor(AT_ONCE) as pool:
        answers = [one.result(timeout=120) for one in [pool.submit(send, client) for client in clients]]
    approved = ["訂正を承認しました。第2版になりました" in words(one) for one in answers]
    assert approved.count(True) == 1
    # To the others there is nothing to decide any more.
    assert sorted(one.status_code for one in answers) == [200] + [404] * (AT_ONCE - 1)
    assert kept()["year_edition"] == 2


def department_of(code):
    rows = get_rows(YEAR)
    measure = next(one for one in rows.measures if one.code == code)
    office = rows.offices[measure.id][0]
    actor = someone(Role.DEPARTMENT)
    return replace(actor, office_id=office.id)


def indicator_id(rows, key):
    return next(one.id for held in rows.indicators.values() for one in held if one.key == key)
