"""Entering the counts of households and people that are reported once a year."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy.exc import IntegrityError

from app.access.actor import Actor
from app.access.permissions import Permission
from app.audit import trail
from app.foundation import clock
from app.foundation.db import db
from app.foundation.errors import CHANGED_MEANWHILE, N_, Conflict, DomainError, Forbidden
from app.foundation.fiscal_year import first_day, last_day
from app.kpi import counts
from app.kpi.metrics import METRICS
from app.kpi.period import Period
from app.national.models import COUNTS, NationalReport
from app.national.queries import Exclusion, eligible, find_report
from app.situation.programme import Programme
from app.windows.queries import get_office

OUTSIDE = N_("時点は、%(first)sから%(last)sまでの日にしてください。")
TOO_MANY_OUT = N_("除く人の合計（%(sum)s人）が、稼働年齢層の人数（%(all)s人）より多くなっています。")
TOO_MANY_WORK = N_("就労している人のいる世帯は、その他の世帯の数までにしてください。")
ABOVE_ALL = N_(
    "記録にある参加者%(participants)s人が、参加できる人%(eligible)s人より多く、参加率が100%%を超えます。"
    "数を確かめてください。正しければ、下の印をつけて保存してください。"
)


@dataclass(frozen=True, kw_only=True)
class Reported:
    """What somebody reports: the counts by name, the day for which they hold, where they come from.

    ``sure``: a participation above 100 % was looked at. ``seen``: number of the report that the page showed.
    """

    as_of: date
    values: Mapping[str, int]
    source: str
    sure: bool
    seen: int


def enter_counts(*, actor: Actor, fiscal_year: int, reported: Reported) -> NationalReport:
    """Keep the counts reported for a year.

    Raises:
        Forbidden: neither the plan desk nor the supervisor of the office that does measure 6.
        Conflict: somebody entered counts since the page was opened.
        DomainError: a day outside the year, parts above their whole, an unconfirmed rate above 100 %.
    """
    if not may_enter(actor=actor):
        raise Forbidden
    check(fiscal_year, reported)
    known = find_report(fiscal_year)
    number = known.number if known else 0
    if number != reported.seen:
        raise Conflict(CHANGED_MEANWHILE)
    kept = NationalReport(
        fiscal_year=fiscal_year,
        number=number + 1,
        as_of=reported.as_of,
        source=reported.source,
        entered_at=clock.now(),
        entered_by=actor.id,
        entered_label=actor.label,
        **{name: reported.values[name] for name in COUNTS},
    )
    db.session.add(kept)
    try:
        db.session.flush()
    except IntegrityError:
        raise Conflict(CHANGED_MEANWHILE) from None
    trail.record(
        actor=actor,
        action="national.entered",
        subject="national_report",
        subject_id=kept.id,
        details={"fiscal_year": fiscal_year, "number": kept.number},
    )
    return kept


def may_enter(*, actor: Actor) -> bool:
    """Tell whether somebody enters these counts: the plan desk, and who answers for measure 6."""
    if not actor.may(Permission.NATIONAL_WRITE):
        return False
    if actor.may(Permission.PLAN_WRITE):
        return True
    return actor.office_id is not None and get_office(actor.office_id).programme is Programme.ASSISTANCE


def check(fiscal_year: int, reported: Reported) -> None:
    """Refuse a day outside the year and parts above their whole, question a participation above 100 %."""
    values, last = reported.values, min(last_day(fiscal_year), clock.today())
    if not first_day(fiscal_year) <= reported.as_of <= last:
        raise DomainError(OUTSIDE, field="as_of", first=first_day(fiscal_year), last=last)
    left_out = [values[f"excluded_{one.value}"] for one in Exclusion]
    if sum(left_out) > values["working_age"]:
        raise DomainError(TOO_MANY_OUT, field="working_age", sum=sum(left_out), all=values["working_age"])
    if values["other_households_working"] > values["other_households"]:
        raise DomainError(TOO_MANY_WORK, field="other_households_working")
    asked = eligible(values["working_age"], left_out)
    period = Period.of(fiscal_year, today=clock.today())
    took_part = counts.value(METRICS["assistance_participants"], period).value or 0
    if took_part > asked > 0 and not reported.sure:
        raise DomainError(ABOVE_ALL, field="sure", participants=int(took_part), eligible=asked)
