"""Setting the days of a fiscal year, and keeping a frozen year closed."""

from datetime import date
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite

from app.access.actor import Actor
from app.access.permissions import Permission
from app.audit import trail
from app.foundation.db import db
from app.foundation.errors import CHANGED_MEANWHILE, N_, Conflict, DomainError, Forbidden
from app.plan.period_models import YearDays
from app.plan.period_queries import calendar_of, get_calendar
from app.plan.periods import YearCalendar, out_of_order

FIELDS: Final = ("entry_deadline", "submission_deadline", "freeze_on")
TOO_EARLY: Final = N_("入力の期限、提出の期限、確定日の順に、年度が終わったあとの日を入れてください。")
IS_FROZEN: Final = N_("この年度の実績は確定しています。直すときは、計画担当にご相談ください。")
DAYS_PASSED: Final = N_("確定した年度の日程は変えられません。")
INSERTS: Final[dict[str, Any]] = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}


def set_days(
    *,
    actor: Actor,
    fiscal_year: int,
    days: tuple[date, date, date],
    version: int | None = None,
) -> YearCalendar:
    """Set entry deadline, submission deadline and day of the freeze; ``version`` is the one that was shown.

    Raises:
        Forbidden: only the plan desk sets them.
        Conflict: somebody set them since the page was shown.
        DomainError: the year is frozen, or the days cannot be in that order.
    """
    if not actor.may(Permission.PLAN_WRITE):
        raise Forbidden
    row = hold(fiscal_year)
    if row.frozen_at is not None:
        raise DomainError(DAYS_PASSED)
    # A page that showed the days of any year knew version 0; a row with those days begins with 1.
    if version is not None and max(1, version) != row.version:
        raise Conflict(CHANGED_MEANWHILE)
    wrong = out_of_order(fiscal_year, days)
    if wrong is not None:
        raise DomainError(TOO_EARLY, field=FIELDS[wrong])
    before = {name: getattr(row, name).isoformat() for name in FIELDS}
    row.entry_deadline, row.submission_deadline, row.freeze_on = days
    db.session.flush()
    trail.record(
        actor=actor,
        action="year.days",
        subject="fiscal_year",
        subject_id=fiscal_year,
        details={"before": before},
    )
    return calendar_of(row)


def hold(fiscal_year: int) -> YearDays:
    """Return the row of a year, made where it is missing and locked until the transaction ends.

    Whoever freezes a year and whoever reports its results hold this row, so one waits for the other.
    """
    days = get_calendar(fiscal_year)
    insert = INSERTS[db.session.get_bind().dialect.name](YearDays).on_conflict_do_nothing()
    values = dict(zip(FIELDS, days.days, strict=True))
    db.session.execute(insert.values(fiscal_year=fiscal_year, version=1, **values))
    return db.session.execute(
        select(YearDays)
        .where(YearDays.fiscal_year == fiscal_year)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).scalar_one()


def require_open(fiscal_year: int, actor: Actor) -> None:
    """Hold a year for the rest of the transaction; DomainError to departments when it is frozen.

    What the plan desk corrects afterwards changes no frozen figure: it is what a restatement is made of.
    """
    if hold(fiscal_year).frozen_at is not None and not actor.may(Permission.PLAN_WRITE):
        raise DomainError(IS_FROZEN)
