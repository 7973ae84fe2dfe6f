"""How an indicator's targets are to be read (めざす値, 以上, 以下), set for this year and those to come."""

from collections.abc import Mapping
from typing import Final

from sqlalchemy import select

from app.access.actor import Actor
from app.access.permissions import Permission
from app.audit import trail
from app.foundation import clock
from app.foundation.db import db
from app.foundation.errors import N_, Conflict, DomainError, Forbidden, NotFound
from app.foundation.fiscal_year import fiscal_year_of
from app.plan.models import Target
from app.plan.operations import CHANGED_SINCE
from app.plan.queries import find_measure_row, get_rows
from app.plan.vocabulary import TargetSense

REPEATS: Final = N_("この事業は再掲です。目標の読みかたは、もとの事業で決めてください。")


def list_senses(code: str, fiscal_year: int) -> dict[str, TargetSense]:
    """Return how the targets of a year and later are read, by indicator; NotFound for an unknown measure."""
    rows = get_rows(fiscal_year)
    measure = find_measure_row(rows, code)
    found = {}
    for indicator in rows.indicators.get(measure.id, []):
        held = [
            one
            for one in rows.targets.get((measure.id, indicator.id), [])
            if one.last_fiscal_year >= fiscal_year
        ]
        if held:
            found[indicator.key] = held[-1].sense
    return found


def set_senses(
    *, actor: Actor, code: str, senses: Mapping[str, TargetSense], seen: Mapping[str, TargetSense | None]
) -> int:
    """Let targets from this year on be read so; returns how many indicators changed. Earlier years stay.

    Raises:
        Forbidden: only the plan desk sets targets.
        NotFound: no such measure, or an indicator without a target from this year on.
        Conflict: somebody else changed one since ``seen``.
        DomainError: a 再掲 holds no targets.
    """
    if not actor.may(Permission.PLAN_WRITE):
        raise Forbidden
    year = fiscal_year_of(clock.today())
    rows = get_rows(year)
    measure = find_measure_row(rows, code)
    if measure.repeats_id is not None:
        raise DomainError(REPEATS)
    held = list_senses(code, year)
    changed = 0
    for indicator in rows.indicators.get(measure.id, []):
        wanted = senses.get(indicator.key)
        if wanted is None or wanted is held.get(indicator.key):
            continue
        if indicator.key not in held:
            raise NotFound
        if held[indicator.key] is not seen.get(indicator.key):
            raise Conflict(CHANGED_SINCE, field=indicator.key, label=indicator.label)
        change_sense(measure.id, indicator.id, year, wanted)
        trail.record(
            actor=actor,
            action="target.read",
            subject="indicator",
            subject_id=indicator.key,
            details={"measure": code, "before": held[indicator.key].value, "first": year},
        )
        changed += 1
    db.session.flush()
    return changed


def change_sense(measure: int, indicator: int, year: int, sense: TargetSense) -> None:
    """Change targets from a year on; one that holds before it as well is cut in two."""
    targets = select(Target).where(
        Target.measure_id == measure, Target.indicator_id == indicator, Target.last_fiscal_year >= year
    )
    for target in db.session.scalars(targets).all():
        if target.first_fiscal_year < year:
            earlier = Target(
                measure_id=measure,
                indicator_id=indicator,
                first_fiscal_year=target.first_fiscal_year,
                last_fiscal_year=year - 1,
                value=target.value,
                sense=target.sense,
                note=target.note,
                note_en=target.note_en,
            )
            db.session.add(earlier)
            target.first_fiscal_year = year
        target.sense = sense
