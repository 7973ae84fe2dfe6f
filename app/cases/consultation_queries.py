"""Reading the consultation log of the own office."""

from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import Select, bindparam, func, select
from sqlalchemy.orm import aliased

from app.access.actor import Actor
from app.cases.models import (
    Case,
    Consultation,
    ConsultationCount,
    ConsultationGroup,
    ConsultationTopic,
)
from app.cases.queries import of_person, own_records, person_id
from app.cases.vocabulary import ConsultationKind, Dimension
from app.foundation.db import db, read
from app.foundation.errors import NotFound
from app.foundation.prepared import Prepared
from app.situation.vocabulary import TargetGroup, Topic

GROUPS = select(ConsultationGroup.target_group).where(
    ConsultationGroup.consultation_id == bindparam("consultation_id")
)


def live_consultations(actor: Actor) -> Select[Consultation]:
    """Return the consultations of the actor's office that were not voided."""
    return select(Consultation).where(
        Consultation.voided_at.is_(None), own_records(actor, Consultation.office_id)
    )


def get_consultation(*, actor: Actor, consultation_id: int) -> Consultation:
    """Return a consultation of the own office that was not voided.

    Raises:
        NotFound: there is none.
    """
    found = db.session.scalar(live_consultations(actor).where(Consultation.id == consultation_id))
    if found is None:
        raise NotFound
    return found


def list_consultations(*, actor: Actor, case_id: int) -> list[Consultation]:
    """List the consultations of a person at the own office, newest first."""
    return list(
        db.session.scalars(
            live_consultations(actor)
            .where(of_person(Consultation.case_id, case_id))
            .order_by(Consultation.held_on.desc(), Consultation.id.desc())
        )
    )


def find_latest_consultation(*, actor: Actor, case_id: int) -> Consultation | None:
    """Return the newest consultation of a person at the own office."""
    return db.session.scalar(latest(actor), {"case_id": case_id})


@lru_cache  # asked by every entry page, and dearer to build than to run; so are the others here
def latest(actor: Actor) -> Select[Consultation]:
    """Return the statement of ``find_latest_consultation``."""
    return (
        live_consultations(actor)
        .where(of_person(Consultation.case_id, bindparam("case_id")))
        .order_by(Consultation.held_on.desc(), Consultation.id.desc())
        .limit(1)
    )


def summarise(*, actor: Actor, case_id: int) -> tuple[int, date | None, Topic | None]:
    """Return how often a person was at the own office (延べ), the last day and its topic."""
    found = read(summary(actor), case_id=case_id).one_or_none()
    return (0, None, None) if found is None else (found.times, found.held_on, found.topic)


def find_alike(*, actor: Actor, case_id: int, day: date, topic: Topic, kind: ConsultationKind) -> int | None:
    """Return a consultation of a person at the own office on the same day about the same: a second entry?"""
    found = alike(actor).row(case_id=case_id, day=day, topic=topic, kind=kind)
    return None if found is None else found[0]


@lru_cache
def alike(actor: Actor) -> Prepared:
    """Return the statement of ``find_alike``."""
    return Prepared(
        live_consultations(actor)
        .with_only_columns(Consultation.id)
        .where(
            of_person(Consultation.case_id, bindparam("case_id")),
            Consultation.held_on == bindparam("day"),
            Consultation.topic == bindparam("topic"),
            Consultation.kind == bindparam("kind"),
        )
        .limit(1)
    )


@lru_cache
def summary(actor: Actor) -> Select[*tuple[Any, ...]]:
    """Return the statement of ``summarise``."""
    return latest(actor).with_only_columns(
        func.count().over().label("times"), Consultation.held_on, Consultation.topic
    )


def find_own_latest(*, actor: Actor) -> Consultation | None:
    """Return the consultation that this counsellor entered last at the own office, a group apart."""
    return db.session.scalar(
        live_consultations(actor)
        .where(Consultation.counsellor_id == actor.id, Consultation.headcount == 1)
        .order_by(Consultation.id.desc())
        .limit(1)
    )


def usual_minutes(*, actor: Actor, most: int = 5, among: int = 200) -> list[int]:
    """Return the lengths that this counsellor enters most often of late, the most frequent first."""
    return list(read(usual(most, among), counsellor=actor.id).scalars())


@lru_cache
def usual(most: int, among: int) -> Select[int]:
    """Return the statement of ``usual_minutes``."""
    newest = (
        select(Consultation.minutes)
        .where(Consultation.counsellor_id == bindparam("counsellor"), Consultation.voided_at.is_(None))
        .order_by(Consultation.id.desc())
        .limit(among)
        .subquery()
    )
    return (
        select(newest.c.minutes)
        .group_by(newest.c.minutes)
        .order_by(func.count().desc(), newest.c.minutes)
        .limit(most)
    )


def count_consultations(*, actor: Actor, case_id: int) -> int:
    """Count a person's consultations at the own office (延べ)."""
    return (
        db.session.scalar(
            select(func.count()).select_from(
                live_consultations(actor).where(of_person(Consultation.case_id, case_id)).subquery()
            )
        )
        or 0
    )


def count_office_consultations(*, actor: Actor, first: date, last: date) -> int:
    """Count the own office's consultations held from one day to another (延べ, people)."""
    return (
        db.session.scalar(
            select(func.coalesce(func.sum(Consultation.headcount), 0)).where(
                Consultation.voided_at.is_(None),
                own_records(actor, Consultation.office_id),
                Consultation.held_on.between(first, last),
            )
        )
        or 0
    )


def list_log(
    *, actor: Actor, first: date, last: date, offset: int, limit: int
) -> list[tuple[Consultation, str | None]]:
    """List the own office's consultations of a span of days with their case numbers, newest first."""
    of_record = aliased(Case)
    rows = db.session.execute(
        live_consultations(actor)
        .add_columns(Case.number)
        .outerjoin(of_record, of_record.id == Consultation.case_id)
        .outerjoin(Case, Case.id == person_id(of_record))
        .where(Consultation.held_on.between(first, last))
        .order_by(Consultation.held_on.desc(), Consultation.id.desc())
        .offset(offset)
        .limit(limit)
    )
    return [(row[0], row[1]) for row in rows]


def count_log(*, actor: Actor, first: date, last: date) -> int:
    """Count the own office's consultations of a span of days (records, not people)."""
    chosen = live_consultations(actor).where(Consultation.held_on.between(first, last)).subquery()
    return db.session.scalar(select(func.count()).select_from(chosen)) or 0


def list_topics(*, consultation_ids: Sequence[int]) -> dict[int, tuple[Topic, ...]]:
    """Return the topics beside the primary one, by consultation."""
    found: dict[int, tuple[Topic, ...]] = {}
    rows = db.session.execute(
        select(ConsultationTopic.consultation_id, ConsultationTopic.topic).where(
            ConsultationTopic.consultation_id.in_(consultation_ids)
        )
    )
    for consultation_id, topic in rows:
        found[consultation_id] = (*found.get(consultation_id, ()), topic)
    return found


def list_groups(*, consultation_id: int) -> tuple[TargetGroup, ...]:
    """Return the target groups beside the primary one."""
    return tuple(read(GROUPS, consultation_id=consultation_id).scalars())


def list_seen_on(*, actor: Actor, day: date, limit: int = 5) -> list[str]:
    """List the numbers of the cases whose consultation this counsellor entered for a day, newest first."""
    return list(dict.fromkeys(read(seen(actor), day=day).scalars()))[:limit]


@lru_cache
def seen(actor: Actor) -> Select[str]:
    """Return the statement of ``list_seen_on``; of cases that were merged one number may come twice."""
    newest = (
        select(Consultation.case_id, func.max(Consultation.id).label("id"))
        .where(
            own_records(actor, Consultation.office_id),
            Consultation.held_on == bindparam("day"),
            # + 0, or SQLite takes the index of a counsellor, which leads to years of work, not to a day.
            Consultation.counsellor_id + 0 == actor.id,
            Consultation.voided_at.is_(None),
            Consultation.case_id.is_not(None),
        )
        .group_by(Consultation.case_id)
        .subquery()
    )
    of_record = aliased(Case)
    return (
        select(Case.number)
        .select_from(newest)
        .join(of_record, of_record.id == newest.c.case_id)
        .join(Case, Case.id == person_id(of_record))
        .order_by(newest.c.id.desc())
    )


def list_counts(*, consultation_id: int) -> dict[Dimension, dict[str, int]]:
    """Return how a group session was counted, the remainder (不明) included; empty for anybody else."""
    rows = db.session.execute(
        select(ConsultationCount.dimension, ConsultationCount.value, ConsultationCount.heads)
        .where(ConsultationCount.consultation_id == consultation_id)
        .order_by(ConsultationCount.dimension, ConsultationCount.value)
    )
    found: dict[Dimension, dict[str, int]] = {}
    for dimension, value, heads in rows:
        found.setdefault(dimension, {})[value] = heads
    return found
