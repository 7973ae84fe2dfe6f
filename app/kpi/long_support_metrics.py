"""People who have been supported for long and found no job."""

from datetime import date, timedelta
from functools import partial
from typing import Any, Final

from sqlalchemy import Select, Subquery, case, func, or_, select
from sqlalchemy.orm import aliased

from app.cases.models import Case, Consultation
from app.cases.queries import person_id
from app.cases.vocabulary import ConsultationKind
from app.kpi.course_metrics import PEOPLE, jobs, of_same, one_each, person_rows, since
from app.kpi.long_support_models import LongSupportBreak
from app.kpi.metric import CARD_BASED, Metric
from app.kpi.period import Period
from app.kpi.vocabulary import By, MetricKind, Standing
from app.placements.retention import latest_start
from app.plan.register import Words
from app.plan.vocabulary import Counting

LONG: Final = (6, 12, 24)
"""Months of support after which a missing result is looked at."""
STILL: Final = timedelta(days=365)
"""Whoever was consulted so recently is supported still."""


def long_support(period: Period, *, months: int) -> Select[Any]:
    """Return people supported still, for so many months at least, who found no job under the programme.

    The row is the newest consultation; the other day is that of the first.
    """
    newest = one_each(
        Consultation.held_on.desc(),
        Consultation.fiscal_year.in_((period.fiscal_year - 1, period.fiscal_year)),
        Consultation.held_on.between(period.last - STILL, period.last),
    )
    begun, job, aside, standing = first_days(), jobs(period.last), set_aside_on(period.last), aliased(Case)
    part = case((aside.c.person.is_not(None), Standing.SET_ASIDE.value), else_=Standing.LISTED.value)
    return (
        person_rows(newest, part=part, other_day=begun.c.day)
        # Outer, though everybody has a first day: SQLite would else begin there and read all for each person.
        .outerjoin(begun, of_same(begun))
        .join(standing, standing.id == person_id())
        .outerjoin(job, of_same(job))
        .outerjoin(aside, of_same(aside))
        .where(
            func.coalesce(begun.c.day, period.last) <= latest_start(period.last, months),
            ~since(job.c.day, begun.c.day),
            or_(standing.closed_on.is_(None), standing.closed_on > period.last),
        )
    )


def first_days() -> Subquery:
    """Return the day of each person's first consultation under each programme."""
    own, other = aliased(Case), aliased(Consultation)
    person = person_id(own)
    return (
        select(person.label("person"), other.programme, func.min(other.held_on).label("day"))
        .join(own, own.id == other.case_id)
        .where(other.kind == ConsultationKind.CONSULTATION, other.voided_at.is_(None))
        .group_by(person, other.programme)
        .subquery("first_days")
    )


def set_aside_on(day: date) -> Subquery:
    """Return the people and programmes of whom a reason for support without a job holds on a day."""
    own = aliased(Case)
    return (
        select(person_id(own).label("person"), LongSupportBreak.programme)
        .join(own, own.id == LongSupportBreak.case_id)
        .where(
            LongSupportBreak.undone_at.is_(None),
            LongSupportBreak.set_on <= day,
            LongSupportBreak.until_on >= day,
        )
        .distinct()
        .subquery("set_aside")
    )


def days_supported(newest: date, first: date) -> int:
    """Return calendar days from the first consultation to the newest."""
    return (newest - first).days


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
        by=(By.PART, By.PROGRAMME, By.OFFICE, By.TARGET_GROUP),
        note=CARD_BASED,
        parts=Standing,
        duration=days_supported,
        day_title=Words(ja="最近の相談", en="Newest consultation"),
        other_day_title=Words(ja="最初の相談", en="First consultation"),
    )


METRICS = tuple(long_metric(months) for months in LONG)
