"""A freeze, an approval, a release whose process is killed half-way leaves nothing and is done again."""

import signal
import subprocess
import sys

import pytest
from sqlalchemy import func, select

from app.foundation import clock
from app.foundation.db import db
from app.foundation.transaction import transaction
from app.plan.period_models import YearDays
from app.publication.gate import release
from app.publication.models import Release, ReleaseFigure
from app.years.freezing_models import FrozenFigure, FrozenMember, FrozenSet, YearEdition
from app.years.freezing_queries import find_proposal
from app.years.freezing_restatements import decide, propose
from tests.years.freezing import (
    FROZEN_AT,
    LATER,
    YEAR,
    add_late_placement,
    freeze_year,
    plan_desk,
    record_a_year,
    supervisor,
)

pytestmark = [pytest.mark.both_databases, pytest.mark.usefixtures("plan")]
MODELS = (YearEdition, FrozenFigure, FrozenSet, FrozenMember, Release, ReleaseFigure)
KILLED = """
import os, signal, sys
from datetime import datetime
from pathlib import Path
from sqlalchemy import event
from app import create_app
from app.access.actor import Actor
from app.access.permissions import Role
from app.foundation import clock
from app.foundation.db import db
from app.foundation.transaction import transaction
from app.publication.gate import release
from app.years.freezing_operations import freeze
from app.years.freezing_restatements import decide
from config import Settings

url, instance, moment, act, place, actor = sys.argv[1:]

def die(*_said):
    os.kill(os.getpid(), signal.SIGKILL)

def progress(done, of, indicator):
    if place == "counting" and done == 4:
        die()

def executed(_connection, _cursor, statement, *_rest):
    if f"INSERT INTO {place} " in statement:
        die()

app = create_app(Settings(instance=Path(instance), database_url=url, secret_key="k" * 64,
                          card_pepper=b"p" * 64, draft_key=b"d" * 64))
role = Role.SUPERVISOR if act == "approve" else Role.PLAN_DESK
someone = Actor(id=int(actor), label="test", role=role, office_id=None)
with app.app_context(), clock.standing_at(datetime.fromisoformat(moment)), transaction():
    event.listen(db.engine, "after_cursor_execute", executed)
    if place == "commit":
        event.listen(db.engine, "commit", die)
    if act == "freeze":
        freeze(actor=someone, fiscal_year=2025, with_missing=True, progress=progress)
    elif act == "approve":
        decide(actor=someone, fiscal_year=2025, approve=True)
    else:
        release(actor=someone, fiscal_year=2025)
"""


def kept():
    db.session.rollback()
    return {one.__tablename__: db.session.scalar(select(func.count()).select_from(one)) for one in MODELS}


def kill(database, project, *, act, place, actor, moment=LATER):
    """Do it in a process that is killed (kill -9) at a place, and assert that nothing changed."""
    before = kept()
    url = db.engine.url.render_as_string(hide_password=False)
    db.session.remove()
    told = [url, database.app.instance_path, moment.isoformat(), act, place, str(actor.id)]
    killed = subprocess.run(
        [sys.executable, "-c", KILLED, *told], cwd=project, capture_output=True, timeout=120, check=False
    )
    assert killed.returncode == -signal.SIGKILL, killed.stderr
    assert kept() == before


@pytest.mark.parametrize("place", ["counting", "frozen_member", "frozen_figure", "commit"])
def test_a_freeze_that_is_killed_leaves_nothing_and_can_be_done_again(database, db_session, project, place):
    record_a_year()
    kill(database, project, act="freeze", place=place, actor=plan_desk(), moment=FROZEN_AT)
    assert set(kept().values()) == {0}
    assert db.session.scalar(select(YearDays.frozen_at)) is None
    assert freeze_year().edition == 1


def test_an_approval_that_is_killed_leaves_the_proposal_waiting(database, db_session, project):
    office = record_a_year()
    freeze_year()
    add_late_placement(office)
    proposer, approver = plan_desk(), supervisor()
    with clock.standing_at(LATER), transaction():
        propose(actor=proposer, fiscal_year=YEAR, chosen=["assistance_placements"], reason="入力もれ")
    kill(database, project, act="approve", place="frozen_figure", actor=approver)
    assert find_proposal(YEAR) is not None
    with clock.standing_at(LATER), transaction():
        assert decide(actor=approver, fiscal_year=YEAR, approve=True).edition == 2


def test_a_release_that_is_killed_lets_nothing_out_and_can_be_done_again(database, db_session, project):
    record_a_year()
    freeze_year()
    actor = plan_desk()
    kill(database, project, act="release", place="release_figure", actor=actor)
    with clock.standing_at(LATER), transaction():
        assert release(actor=actor, fiscal_year=YEAR).number == 1
