"""People who have been supported for long and found no job."""

from datetime import date
from functools import partial
from typing import Any, Final

from sqlalchemy import Select, String, and_, case, func, literal, or_, select, tuple_, type_coerce, union_all
from sqlalchemy.orm import aliased

from app.cases.models import Case, Consultation
from app.cases.queries import person_id, stands_for
from app.cases.vocabulary import ConsultationKind
from app.foundation.db import db
from app.foundation.fiscal_year import fiscal_year_of
from app.kpi import direct
from app.kpi.course_metrics import PEOPLE
from app.kpi.direct import STILL, set_aside_on
from app.kpi.metric import CARD_BASED, Metric, calendar_days, row_select
from app.kpi.period import Period
from app.kpi.rollup_models import ConsultationDay, PersonSupport
from app.kpi.vocabulary import By, MetricKind, Standing
from app.placements.retention import latest_start
from app.plan.register import Words
from app.plan.vocabulary import Counting
from app.situation.programme import Programme

LONG: Final = (6, 12, 24)
"""Months of support after which a missing result is looked at."""


def long_support(period: Period, *, months: int, standing: Standing | None = None) -> Select[Any]:
    """Return people supported still, for so many months at least, who found no job under the programme.

    The row is the newest consultation; the other day is that of the first. Whoever was consulted later than
    the last day, too, had another newest consultation by then. ``standing``: only people left out are asked.
    """
    kept, last = PersonSupport, period.last
    still = [
        kept.kind == ConsultationKind.CONSULTATION,
        # As an expression: nearly everybody's first day is before, so that an index only costs.
        func.coalesce(kept.first_on, last) <= latest_start(last, months),
        or_(kept.job_on.is_(None), kept.job_on > last),
        or_(kept.closed_on.is_(None), kept.closed_on > last),
    ]
    now = rows(last, kept.newest_id, kept.newest_on, kept.office_id, kept.target_group, standing).where(
        *still, kept.newest_on.between(last - STILL, last)
    )
    if not is_looked_back_at(last):
        return now
    held = aliased(Consultation)
    then = (
        rows(last, held.id, held.held_on, held.office_id, held.target_group, standing)
        .join(held, held.id == newest_by(last))
        .where(*still, kept.newest_on > last)
    )
    both = union_all(now, then).subquery("now_and_then")
    return select(*both.c)


def rows(
    last: date, record: Any, day: Any, office: Any, target_group: Any, standing: Standing | None
) -> Select[Any]:
    """Return the rows of people as the database keeps them, each where a consultation of theirs was held."""
    kept, aside = PersonSupport, set_aside_on(last)
    is_aside = tuple_(kept.person_id, kept.programme).in_(select(aside.c.person, aside.c.programme))
    part: Any = case((is_aside, Standing.SET_ASIDE.value), else_=Standing.LISTED.value)
    found = row_select(
        "consultation",
        record,
        day,
        other_day=kept.first_on,
        case=kept.person_id,
        person=kept.person_id,
        part=part if standing is None else literal(standing.value, String),
        office=office,
        programme=kept.programme,
        target_group=target_group,
    )
    if standing is None:
        return found.select_from(kept)
    programme = type_coerce(kept.programme, String) == type_coerce(aside.c.programme, String)
    return found.select_from(aside).join(kept, and_(kept.person_id == aside.c.person, programme))


def newest_by(last: date) -> Any:
    """Return the newest consultation of a kept person and programme by a day, not older than a year."""
    own, one, kept = aliased(Case), aliased(Consultation), PersonSupport
    return (
        select(one.id)
        .join(own, own.id == one.case_id)
        .where(
            stands_for(own, kept.person_id),
            person_id(own) == kept.person_id,
            # As an expression: SQLite would else go through the whole programme for each person.
            func.trim(type_coerce(one.programme, String)) == type_coerce(kept.programme, String),
            one.kind == ConsultationKind.CONSULTATION,
            one.voided_at.is_(None),
            one.held_on.between(last - STILL, last),
        )
        .order_by(one.held_on.desc(), one.id)
        .limit(1)
        .correlate(kept)
        .scalar_subquery()
    )


def is_looked_back_at(last: date) -> bool:
    """Tell whether anybody was consulted after a day, as the sums per day know."""
    later = ConsultationDay
    found = select(later.held_on).where(
        later.kind == ConsultationKind.CONSULTATION,
        later.programme.in_(list(Programme)),
        later.fiscal_year >= fiscal_year_of(last),
        later.held_on > last,
        later.entries > 0,
    )
    return db.session.scalar(found.limit(1)) is not None


def long_metric(months: int) -> Metric:
    """Return people with so many months of support and no result."""
    return Metric(
        key=f"long_support_{months}",
        title=Words(
            ja=f"{months}か月以上支援して就職していない人",
            en=f"People supported for {months} months without a job",
        ),
        unit=PEOPLE,
        counting=Counting.PERSONS,
        kind=MetricKind.STOCK,
        rule=Words(
            ja=f"見る日に、事業の最初の相談から{months}か月以上たち、直近1年に相談があり、その間に同じ事業の新規就職がない人"
            "（終了した人を除く）。理由と日を決めて一覧から外した人は、分けて数えます。",
            en=f"People whose first consultation under the programme is {months} months past, consulted "
            "within the last year and found no new job meanwhile; closed cases are left out. "
            "People left out for a reason until a day are counted apart.",
        ),
        rows=partial(long_support, months=months),
        direct=partial(direct.long_support, months=months),
        by=(By.PART, By.PROGRAMME, By.OFFICE, By.TARGET_GROUP),
        note=CARD_BASED,
        is_once_each=True,
        parts=Standing,
        rare_part=(
            Standing.SET_ASIDE.value,
            partial(long_support, months=months, standing=Standing.SET_ASIDE),
        ),
        duration=calendar_days,
        day_title=Words(ja="最近の相談", en="Newest consultation"),
        other_day_title=Words(ja="最初の相談", en="First consultation"),
    )


METRICS = tuple(long_metric(months) for months in LONG)
