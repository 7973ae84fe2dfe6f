"""Two who freeze at once, a freeze that is killed half-way, results that come in meanwhile: one outcome."""

import re
import signal
import subprocess
import sys
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
from app.plan.period_models import YearDays
from app.plan.queries import get_rows
from app.plan.results import ResultEntry
from app.years.freezing_models import FrozenFigure, FrozenMember, FrozenSet, YearEdition
from app.years.freezing_operations import freeze
from app.years.reports import get_table
from tests import factories
from tests.years.freezing import FROZEN_AT, YEAR, plan_desk, record_a_year, someone

pytestmark = [pytest.mark.both_databases, pytest.mark.usefixtures("plan")]
AT_ONCE = 4
KILLED = """
import os, signal, sys
from datetime import datetime
from pathlib import Path
from app import create_app
from app.access.actor import Actor
from app.access.permissions import Role
from app.foundation import clock
from app.foundation.transaction import transaction
from app.years.freezing_operations import freeze
from config import Settings

url, instance, moment, step = sys.argv[1:]
def progress(done, of, indicator):
    if done == int(step):
        os.kill(os.getpid(), signal.SIGKILL)

app = create_app(Settings(instance=Path(instance), database_url=url, secret_key="k" * 64,
                          card_pepper=b"p" * 64, draft_key=b"d" * 64))
desk = Actor(id=None, label="test", role=Role.PLAN_DESK, office_id=None)
with app.app_context(), clock.standing_at(datetime.fromisoformat(moment)), transaction():
    freeze(actor=desk, fiscal_year=2025, with_missing=True, progress=progress)
"""


def kept():
    return {
        model.__tablename__: db.session.scalar(select(func.count()).select_from(model))
        for model in (YearEdition, FrozenFigure, FrozenSet, FrozenMember)
    }


def words(answer):
    return re.sub(r"<[^>]+>", "", answer.get_data(as_text=True))


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


@pytest.mark.parametrize("step", [1, 4, 8])
def test_a_freeze_that_is_killed_leaves_nothing_and_can_be_done_again(database, db_session, project, step):
    record_a_year()
    url = db.engine.url.render_as_string(hide_password=False)
    db_session.remove()
    killed = subprocess.run(
        [sys.executable, "-c", KILLED, url, database.app.instance_path, FROZEN_AT.isoformat(), str(step)],
        cwd=project,
        capture_output=True,
        timeout=120,
        check=False,
    )
    assert killed.returncode == -signal.SIGKILL, killed.stderr
    assert set(kept().values()) == {0}
    assert db.session.scalar(select(YearDays.frozen_at)) is None
    actor = plan_desk()
    with clock.standing_at(FROZEN_AT), transaction():
        assert freeze(actor=actor, fiscal_year=YEAR, with_missing=True).edition == 1


def test_results_that_come_in_during_the_freeze_count_wholly_or_are_refused(app, db_session):
    record_a_year()
    desk, department = plan_desk(), department_of("1-1")
    begun, sent = Event(), Event()

    def progress(done, _of, _indicator):
        begun.set()
        # The department's answer waits for the freeze; give it the time to try.
        sent.wait(timeout=0.5)

    def freezing():
        with app.app_context(), clock.standing_at(FROZEN_AT), transaction():
            return freeze(actor=desk, fiscal_year=YEAR, with_missing=True, progress=progress)

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
        going = pool.submit(freezing), pool.submit(reporting)
        done, refused = (one.result(timeout=120) for one in going)
    assert done.edition == 1
    assert "確定しています" in refused
    table = get_table(YEAR)
    assert next(row.find("info_items") for row in table.rows if row.find("info_items")).value is None
    row = get_rows(YEAR)
    assert (row.indicators and row.reported.get((indicator_id(row, "info_items"), "", YEAR))) is None


def department_of(code):
    rows = get_rows(YEAR)
    measure = next(one for one in rows.measures if one.code == code)
    office = rows.offices[measure.id][0]
    actor = someone(Role.DEPARTMENT)
    return replace(actor, office_id=office.id)


def indicator_id(rows, key):
    return next(one.id for held in rows.indicators.values() for one in held if one.key == key)
