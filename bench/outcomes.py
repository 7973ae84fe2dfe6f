"""What became of the people of the bench's city: referrals and moves, jobs and checks, merges."""

import random
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import islice

from sqlalchemy import bindparam, insert, select, update

from app.cases.models import Case, Consultation
from app.cases.vocabulary import Channel
from app.foundation import clock
from app.foundation.db import db
from app.foundation.fiscal_year import fiscal_year_of
from app.kpi.long_support_models import LongSupportBreak
from app.kpi.vocabulary import LongSupportReason
from app.placements.models import Placement, RetentionCheck
from app.placements.retention import MILESTONES, milestone
from app.placements.standards import Industry, Occupation, WeeklyHours
from app.placements.vocabulary import (
    CheckOutcome,
    Contract,
    Hours,
    PlacementCategory,
    PlacementKind,
    Posting,
)
from app.referrals.models import Consent, Referral, ReferralMove
from app.referrals.vocabulary import Asked, ConsentForm, State
from app.situation.programme import Programme
from app.situation.vocabulary import AssistanceStatus, TargetGroup
from app.windows.models import WindowVersion
from bench.boards import moves_of, note_move, write_windows

CHUNK = 5_000
UNDER_WAY = (
    (State.SENT,),
    (State.SENT, State.ACCEPTED),
    (State.SENT, State.ACCEPTED, State.MET),
    (State.SENT, State.ACCEPTED, State.MET, State.SUPPORTING),
)
OVER = (
    (State.SENT, State.DECLINED),
    (State.SENT, State.ACCEPTED, State.MET, State.ENDED),
    (State.SENT, State.ACCEPTED, State.MET, State.SUPPORTING, State.ENDED),
    (State.SENT, State.ACCEPTED, State.MET, State.SUPPORTING, State.PLACED),
)
LATELY = timedelta(days=120)
"""How long a referral is under way; of the older ones few are open."""


def live_on(size: int) -> None:
    """Write a referral for every twenty consultations, a job for every forty, and a few merges.

    The plan's own figures are of that order: some fifty jobs beside two thousand consultations in a year.
    """
    draw = random.Random(20260402)
    write_windows()
    write_referrals(draw, size // 20)
    write_jobs(draw, size // 40)
    write_breaks(draw, max(size // 2_000, 1))
    write_merges(draw, max(size // 500, 2))
    db.session.commit()
    note_move()


def visits(draw: random.Random, count: int) -> Iterator[tuple[int, int, date, TargetGroup]]:
    """Yield id, case, day and target group of some consultations, one in so many of all."""
    every = db.session.scalar(select(Consultation.id).order_by(Consultation.id.desc()).limit(1)) or 0
    for ids in chunks(iter(draw.sample(range(1, every + 1), count))):
        found = select(
            Consultation.id, Consultation.case_id, Consultation.held_on, Consultation.target_group
        ).where(Consultation.id.in_(ids))
        yield from ((row[0], row[1] or 1, row[2], row[3]) for row in db.session.execute(found).all())


def chunks(items: Iterator[int]) -> Iterator[list[int]]:
    """Yield the items in lists that one statement can hold."""
    while part := list(islice(items, CHUNK)):
        yield part


def write_referrals(draw: random.Random, count: int) -> None:
    """Write referrals out of consultations, most of them met, many still under way."""
    now, today = clock.now(), clock.today()
    consents, referrals, moves = [], [], []
    versions = [(one.id, one.window_id) for one in db.session.query(WindowVersion)]
    for n, (visit, case, day, _group) in enumerate(visits(draw, count), start=1):
        version, window = draw.choice(versions)
        facts = {"case_id": case, "entered_at": now}
        consents.append({"id": n, "given_on": day, "form": ConsentForm.ORAL, **facts})
        referrals.append(
            {
                "id": n,
                "reference": f"{n:06d}"[:4] + "-" + f"{n:06d}"[4:],
                "consent_id": n,
                "consultation_id": visit,
                "office_id": 1,
                "counsellor_id": 1,
                "window_id": window,
                "window_version_id": version,
                "asked": Asked.JOB_SEARCH,
                "asked_other": "",
                **facts,
            }
        )
        is_open = draw.random() < (0.7 if today - day < LATELY else 0.02)
        course = moves_of(n, draw.choice(UNDER_WAY if is_open else OVER), day)
        moves += [one for one in course if one["happened_on"] <= today]
    for table, rows in ((Consent, consents), (Referral, referrals), (ReferralMove, moves)):
        write(table, rows)


def write_jobs(draw: random.Random, count: int) -> None:
    """Write jobs some weeks after a consultation, with what was found at each time since."""
    today = clock.today()
    jobs: list[dict[str, object]] = []
    checks: list[dict[str, object]] = []
    for visit in visits(draw, count):
        started_on = visit[2] + timedelta(days=draw.randrange(90))
        if started_on > today:
            continue
        jobs.append(job(draw, len(jobs) + 1, visit, started_on))
        for months in MILESTONES:
            day = milestone(started_on, months)
            if day > today or draw.random() < 0.1:
                break
            checks.append(check(draw, len(jobs), months, day))
    write(Placement, jobs)
    write(RetentionCheck, checks)


def job(
    draw: random.Random, number: int, visit: tuple[int, int, date, TargetGroup], started_on: date
) -> dict[str, object]:
    """Return one job of the person of a consultation."""
    return {
        "id": number,
        "case_id": visit[1],
        "office_id": 1,
        "counsellor_id": 1,
        "programme": Programme.ASSISTANCE,
        "kind": draw.choice((PlacementKind.NEW,) * 5 + (PlacementKind.RAISE,)),
        "started_on": started_on,
        "reported_on": started_on,
        "fiscal_year": fiscal_year_of(started_on),
        "assistance": draw.choice(list(AssistanceStatus)),
        "category": draw.choice(list(PlacementCategory)),
        "target_group": visit[3],
        "hours": draw.choice(list(Hours)),
        "contract": draw.choice((Contract.REGULAR, Contract.NON_REGULAR, Contract.SUPPORTED_A)),
        "contract_other": "",
        "posting": draw.choice(list(Posting)),
        "occupation": Occupation.UNKNOWN,
        "industry": Industry.UNKNOWN,
        "weekly_hours": WeeklyHours.UNKNOWN,
        "entered_at": clock.now(),
        "version": 1,
    }


def check(draw: random.Random, job_id: int, months: int, day: date) -> dict[str, object]:
    """Return what was found some months after a job began."""
    return {
        "placement_id": job_id,
        "months": months,
        "checked_on": day,
        "outcome": draw.choice((CheckOutcome.KEPT,) * 6 + tuple(CheckOutcome)),
        "channel": Channel.PHONE,
        "entered_at": clock.now(),
        "version": 1,
    }


def write_breaks(draw: random.Random, count: int) -> None:
    """Leave some people out of the list of long support."""
    today = clock.today()
    rows: list[dict[str, object]] = [
        {
            "case_id": case,
            "office_id": 1,
            "programme": Programme.ASSISTANCE,
            "reason": LongSupportReason.HEALTH,
            "reason_other": "",
            "set_on": today - timedelta(days=30),
            "until_on": today + timedelta(days=draw.randrange(-20, 200)),
            "entered_at": clock.now(),
            "version": 1,
        }
        for _visit, case, _day, _group in visits(draw, count)
    ]
    write(LongSupportBreak, rows)


def write_merges(draw: random.Random, pairs: int) -> None:
    """Let some cases turn out to be one person."""
    cases = db.session.scalar(select(Case.id).order_by(Case.id.desc()).limit(1)) or 0
    chosen = draw.sample(range(1, cases + 1), min(pairs, cases // 4) * 2)
    rows = [{"old": old, "left": left} for old, left in zip(chosen[::2], chosen[1::2], strict=True)]
    db.session.connection().execute(
        update(Case).where(Case.id == bindparam("old")).values(merged_into_id=bindparam("left")), rows
    )


def write(table: type, rows: list[dict[str, object]]) -> None:
    """Write rows in portions."""
    for start in range(0, len(rows), CHUNK):
        db.session.execute(insert(table), rows[start : start + CHUNK])
