"""Comparing and rebuilding the sums that the database keeps."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, and_, case, delete, func, insert, select

from app.access.actor import Actor
from app.audit.trail import record
from app.cases.group_counts import UNKNOWN
from app.cases.models import Consultation, ConsultationCount
from app.cases.vocabulary import Dimension
from app.foundation.db import db
from app.kpi import course_rollups
from app.kpi.rollup_models import ConsultationDay

CELL = (
    Consultation.programme,
    Consultation.kind,
    Consultation.fiscal_year,
    Consultation.held_on,
    Consultation.office_id,
)
KEPT = (
    ConsultationDay.programme,
    ConsultationDay.kind,
    ConsultationDay.fiscal_year,
    ConsultationDay.held_on,
    ConsultationDay.office_id,
    ConsultationDay.target_group,
)
Key = tuple[Any, ...]
Sums = dict[Key, tuple[int, int]]


@dataclass(frozen=True, kw_only=True)
class Difference:
    """One cell whose kept sums are not those of the records: (consultations, people) of each."""

    held_on: date
    office_id: int
    target_group: str
    kept: tuple[int, int]
    counted: tuple[int, int]


def counted() -> Select[Any]:
    """Return the statement that sums up the records themselves, cell by cell."""
    group = case(
        (ConsultationCount.heads.is_(None), Consultation.target_group),
        (ConsultationCount.value == UNKNOWN, ""),
        else_=ConsultationCount.value,
    )
    heads = func.sum(func.coalesce(ConsultationCount.heads, Consultation.headcount))
    return (
        select(*CELL, group.label("target_group"), func.count().label("entries"), heads.label("heads"))
        .outerjoin(
            ConsultationCount,
            and_(
                ConsultationCount.consultation_id == Consultation.id,
                ConsultationCount.dimension == Dimension.TARGET_GROUP,
            ),
        )
        .where(Consultation.voided_at.is_(None))
        .group_by(*CELL, group)
    )


def compare() -> list[Difference]:
    """Return every cell in which kept sums and records differ; none is what there must be."""
    kept = sums(select(*KEPT, ConsultationDay.entries, ConsultationDay.heads))
    records = sums(counted())
    nothing = (0, 0)
    return [
        Difference(
            held_on=key[3],
            office_id=key[4],
            target_group=key[5],
            kept=kept.get(key, nothing),
            counted=records.get(key, nothing),
        )
        for key in sorted(kept.keys() | records.keys(), key=lambda key: (key[3], key[4], key[5]))
        if kept.get(key, nothing) != records.get(key, nothing)
    ]


def sums(statement: Any) -> Sums:
    """Return the sums of each cell."""
    return {(*row[:5], str(row[5])): (row[6], row[7]) for row in db.session.execute(statement)}


def rebuild(*, actor: Actor) -> int:
    """Make sums and days of persons anew from the records; return how many were wrong before."""
    wrong = len(compare()) + course_rollups.rebuild()
    db.session.execute(delete(ConsultationDay))
    columns = [column.key for column in (*KEPT, ConsultationDay.entries, ConsultationDay.heads)]
    db.session.execute(insert(ConsultationDay).from_select(columns, counted()))
    record(actor=actor, action="rollups.rebuilt", subject="rollups", subject_id=0, details={"wrong": wrong})
    return wrong
