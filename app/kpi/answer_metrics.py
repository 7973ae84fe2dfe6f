"""How agencies answer: within what time, with what, or not at all."""

from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Any

from sqlalchemy import CTE, Date, Integer, Select, and_, case, column, func, or_, select, values
from sqlalchemy.orm import aliased

from app.foundation.clock import TOKYO
from app.foundation.db import UtcDateTime
from app.foundation.working_days import is_working_day
from app.kpi.metric import Metric
from app.kpi.period import Period
from app.kpi.referral_metrics import (
    REFERRED,
    SENT_ON,
    has_move,
    moves_to,
    response_days,
    working_days_to_answer,
)
from app.kpi.vocabulary import By, MetricKind, Punctual
from app.plan.register import Words
from app.plan.vocabulary import Counting
from app.referrals.lifecycle import ANSWERED
from app.referrals.models import Referral, ReferralExtension, ReferralMove
from app.referrals.queries import counts
from app.referrals.vocabulary import DeclineCode, State
from app.situation.programme import Programme
from app.windows.closed_day_queries import closed_days
from app.windows.models import WindowVersion

AFTER = timedelta(days=120)
"""Answers may come long after the year; nobody promises more working days than these hold."""
BROKEN_DOWN = tuple(by for by in REFERRED if by is not By.PART)


@lru_cache(maxsize=16)
def office_days(first: date, last: date, closed: frozenset[date]) -> tuple[tuple[date, int], ...]:
    """Return every day of a span with the number of working days up to it."""
    found, number = [], 0
    for offset in range((last - first).days + 1):
        day = first + timedelta(days=offset)
        number += is_working_day(day, closed)
        found.append((day, number))
    return tuple(found)


@lru_cache(maxsize=16)
def numbered(days: tuple[tuple[date, int], ...]) -> CTE:
    """Return the days of a span as a table that a statement can join: databases know no holidays.

    ``ends`` is the moment at which a day is over here.
    """
    listed = values(
        column("day", Date), column("number", Integer), column("ends", UtcDateTime), name="office_day"
    )
    return listed.data([(day, number, end_of(day)) for day, number in days]).cte("office_day")


def end_of(day: date) -> datetime:
    """Return the moment at which a day is over here."""
    return datetime.combine(day + timedelta(days=1), time(), TOKYO)


def answer_day() -> Any:
    """Return the day of the first answer of a referral, NULL while there is none."""
    move = aliased(ReferralMove)
    return (
        select(func.min(move.happened_on))
        .where(move.referral_id == Referral.id, move.to_state.in_(ANSWERED), counts(move))
        .correlate(Referral)
        .scalar_subquery()
    )


def answered_in_time(period: Period) -> Select[Any]:
    """Return referrals sent in the year that were answered, or should have been by now."""
    days = office_days(period.first, period.last + AFTER, closed_days())
    so_far = dict(days).get(period.as_of, days[-1][1])
    sent = numbered(days)
    then = sent.alias("answer_day")
    answer, until = answer_day(), extended_to()
    # What held then: a day that was granted only after the answer had come makes no late one punctual.
    granted = extended_to(before=then.c.ends)
    promised = WindowVersion.response_days
    waited = func.coalesce(then.c.number, days[-1][1]) - sent.c.number
    part = case(
        (answer.is_(None), Punctual.SILENT.value),
        (or_(waited <= promised, answer <= granted), Punctual.IN_TIME.value),
        else_=Punctual.LATE.value,
    )
    return (
        moves_to(period, State.SENT, part=part, other_day=answer)
        .join(WindowVersion, WindowVersion.id == Referral.window_version_id)
        .join(sent, sent.c.day == ReferralMove.happened_on)
        .outerjoin(then, then.c.day == answer)
        .where(
            or_(
                answer.is_not(None),
                (so_far - sent.c.number > promised)
                & (func.coalesce(until, period.first) < period.as_of)
                & ~has_move(State.WITHDRAWN),
            )
        )
    )


def extended_to(*, before: Any = None) -> Any:
    """Return the latest day granted for the answer itself (before a moment)."""
    # Sent still, or again: an answer may have been entered and taken back by then.
    then = aliased(ReferralMove)
    found = (
        select(func.max(ReferralExtension.due_on))
        .join(
            then,
            and_(
                then.referral_id == ReferralExtension.referral_id,
                then.number == ReferralExtension.move_number,
            ),
        )
        .where(ReferralExtension.referral_id == Referral.id, then.to_state == State.SENT)
    )
    if before is None:
        return found.correlate(Referral).scalar_subquery()
    return (
        found.where(ReferralExtension.entered_at < before).correlate(Referral, before.table).scalar_subquery()
    )


def referrals_silent(period: Period) -> Select[Any]:
    """Return referrals noted as 応答なし in the year, also those answered later."""
    return moves_to(period, State.NO_RESPONSE)


def referrals_declined(period: Period) -> Select[Any]:
    """Return referrals declined in the year, by code."""
    return moves_to(period, State.DECLINED, part=ReferralMove.code)


def referrals_placed(period: Period) -> Select[Any]:
    """Return referrals that led to a job in the year, unless that placement was taken back."""
    back = aliased(ReferralMove)
    taken_back = select(back.id).where(
        back.referral_id == ReferralMove.referral_id,
        back.from_state == State.PLACED,
        back.to_state == State.SUPPORTING,
        back.number > ReferralMove.number,
    )
    return moves_to(period, State.PLACED).where(~taken_back.correlate(ReferralMove).exists())


def flow(key: str, title: Words, rule: Words, rows: Any, day: Words, **more: Any) -> Metric:
    """Return a count of referrals of the year."""
    return Metric(
        key=key,
        title=title,
        unit=Words(ja="件", en="referrals"),
        counting=Counting.NEITHER,
        kind=MetricKind.FLOW,
        rule=rule,
        rows=rows,
        by=more.pop("by", BROKEN_DOWN),
        programme=Programme.GUIDANCE,
        day_title=day,
        **more,
    )


METRICS = (
    flow(
        "referrals_placed",
        Words(ja="紹介による就職", en="Referrals that led to a job"),
        Words(
            ja="年度内に就職に至った紹介の件数。就職の記録が取り消されたものは含みません。",
            en="Referrals that led to a job in the year; those whose job record was taken back are left out.",
        ),
        referrals_placed,
        Words(ja="就職日", en="Placed on"),
    ),
    flow(
        "referrals_declined",
        Words(ja="不受理の件数", en="Referrals declined"),
        Words(
            ja="年度内に受理されなかった紹介の件数。理由ごとに分けます。",
            en="Referrals declined in the year, by reason.",
        ),
        referrals_declined,
        Words(ja="不受理の日", en="Declined on"),
        by=REFERRED,
        parts=DeclineCode,
    ),
    flow(
        "referrals_silent",
        Words(ja="応答なしの件数", en="Referrals without a response"),
        Words(
            ja="年度内に、期限と猶予を過ぎて応答なしになった紹介の件数。あとから返事のあったものも含みます。",
            en="Referrals whose deadline and grace passed in the year without a response; "
            "those answered later are included.",
        ),
        referrals_silent,
        Words(ja="応答なしの日", en="Silent since"),
    ),
    Metric(
        key="response_days_90",
        title=Words(ja="応答日数の90%点", en="Days to an answer, 90th percentile"),
        unit=Words(ja="日", en="working days"),
        counting=Counting.NEITHER,
        kind=MetricKind.HIGH,
        rule=Words(
            ja="年度内に送って返事のあった紹介の9割が、この開庁日数までに返事を受けました。",
            en="Nine in ten of the year's answered referrals had their answer within these working days.",
        ),
        rows=response_days,
        by=BROKEN_DOWN,
        programme=Programme.GUIDANCE,
        duration=working_days_to_answer,
        day_title=SENT_ON,
        other_day_title=Words(ja="最初の返事", en="First answer"),
    ),
    Metric(
        key="answered_in_time",
        title=Words(ja="期限内の返事の割合", en="Answered in time"),
        unit=Words(ja="%", en="%"),
        counting=Counting.NEITHER,
        kind=MetricKind.COHORT,
        rule=Words(
            ja="年度内に送った紹介のうち、窓口が約束した開庁日数（延長したときはその日）までに返事のあったものの割合。"
            "返事のないまま期限を過ぎたものは分母に入り、まだ期限の来ないものと、返事の前に取り下げたものは入りません。",
            en="Of the year's referrals, the share answered within the working days the window promised, "
            "or by the extended day. Unanswered ones past their day are in the denominator; those not yet "
            "due, and those withdrawn before an answer, are not.",
        ),
        rows=answered_in_time,
        by=REFERRED,
        programme=Programme.GUIDANCE,
        parts=Punctual,
        numerator=Punctual.IN_TIME.value,
        day_title=SENT_ON,
        other_day_title=Words(ja="最初の返事", en="First answer"),
        decimals=1,
        looks_back=True,
    ),
)
