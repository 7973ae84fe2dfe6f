"""Twenty people edit fifty records at once: is an update lost, and how many a second are saved?

Every edit adds one minute to what its page had shown. Where no update is lost, each record ends at its first
value plus the edits saved, and the trail holds every value in between exactly once.
"""

import json
import random
import threading
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace

from flask import Flask
from sqlalchemy import select

from app.access.actor import Actor
from app.access.permissions import Role
from app.audit.models import AuditEntry
from app.cases.consultation_operations import change_consultation
from app.cases.consultation_queries import get_consultation
from app.cases.entries import COLUMNS, NewConsultation
from app.cases.models import Consultation
from app.foundation.db import db
from app.foundation.errors import Conflict
from app.foundation.transaction import transaction
from bench.city import city
from bench.result import Result

PEOPLE = 20
RECORDS = 50
FIRST = 1
LONGEST_LOOK = 0.004
"""Seconds that somebody looks at a page, at most: long enough that others save meanwhile."""


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What came of a journey: edits saved, saves refused, updates that are gone, and the seconds it took."""

    saved: int
    refused: int
    lost: int
    seconds: float


def run(size: int) -> list[Result]:
    """Let twenty people make ``size`` edits (500 each for 10k) on fifty records."""
    with city(RECORDS) as app:
        came = journey(app, people=PEOPLE, each=size // PEOPLE)
        return [
            Result(name="edits.lost", value=came.lost, unit="updates", must=0),
            Result(name="edits.saved", value=came.saved / came.seconds, unit="1/s", better="higher"),
            Result(name="edits.refused", value=came.refused / came.saved, unit="per saved"),
        ]


def journey(app: Flask, *, people: int, each: int, seed: int = 20261122) -> Outcome:
    """Let people edit the consultations that are there, all at once; return what came of it."""
    ids = list(db.session.scalars(select(Consultation.id).order_by(Consultation.id)))
    with transaction():
        for one in db.session.scalars(select(Consultation)):
            one.minutes = FIRST
    office = db.session.scalar(select(Consultation.office_id).limit(1))
    db.session.rollback()
    refused = [0] * people
    start = threading.Barrier(people)

    def work(number: int) -> None:
        draw = random.Random(seed + number)
        actor = Actor(id=1, label=f"p{number}", role=Role.COUNSELLOR, office_id=office)
        start.wait(timeout=30)
        for _ in range(each):
            refused[number] += edit(app, actor, draw.choice(ids), draw)

    begun = time.perf_counter()
    with ThreadPoolExecutor(people) as pool:
        for done in [pool.submit(work, number) for number in range(people)]:
            done.result()
    seconds = time.perf_counter() - begun
    db.session.expire_all()
    return Outcome(
        saved=people * each, refused=sum(refused), lost=count_lost(ids, people * each), seconds=seconds
    )


def edit(app: Flask, actor: Actor, consultation_id: int, draw: random.Random) -> int:
    """Look at a record, add a minute and save it; look again as often as somebody was faster."""
    for refused in range(10_000):
        with app.app_context():
            version, shown = look(actor, consultation_id)
            time.sleep(draw.random() * LONGEST_LOOK)
            try:
                with transaction():
                    change_consultation(
                        actor=actor,
                        consultation_id=consultation_id,
                        version=version,
                        entry=replace(shown, minutes=shown.minutes + 1),
                    )
                return refused
            except Conflict:
                db.session.rollback()
    raise RuntimeError("somebody else was always faster")


def look(actor: Actor, consultation_id: int) -> tuple[int, NewConsultation]:
    """Return a record with its version, as a page shows it."""
    found = get_consultation(actor=actor, consultation_id=consultation_id)
    shown = NewConsultation(**{name: getattr(found, name) for name in COLUMNS})
    version = found.version
    db.session.rollback()
    return version, shown


def count_lost(ids: Sequence[int], saved: int) -> int:
    """Count the updates that neither the records nor the trail hold."""
    minutes = dict(db.session.execute(select(Consultation.id, Consultation.minutes)).all())
    history: dict[int, list[int]] = {one: [] for one in ids}
    rows = db.session.execute(
        select(AuditEntry.subject_id, AuditEntry.details)
        .where(AuditEntry.action == "consultation.changed")
        .order_by(AuditEntry.id)
    )
    for subject_id, details in rows:
        history[int(subject_id)].append(json.loads(details)["before"]["minutes"])
    gone = sum(values != list(range(FIRST, minutes[one])) for one, values in history.items())
    return gone + abs(saved - sum(minutes[one] - FIRST for one in ids))
