"""Figures of guidance and of referrals, counted from the history of moves."""

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, case, literal, select
from sqlalchemy.orm import aliased

from app.cases.models import Case, Consultation
from app.foundation.db import Coded
from app.foundation.working_days import working_days_between
from app.guidance.models import Guidance
from app.kpi.metric import Metric, row_select, within
from app.kpi.period import Period
from app.kpi.vocabulary import Answering, By, MetricKind
from app.plan.register import Words
from app.plan.vocabulary import Counting
from app.referrals.lifecycle import ANSWERED
from app.referrals.models import Referral, ReferralMove
from app.referrals.queries import counts
from app.referrals.vocabulary import State
from app.situation.programme import Programme
from app.windows.models import Window

SENT_ON = Words(ja="送付日", en="Sent on")
REFERRED = (By.PART, By.MONTH, By.OFFICE, By.AGENCY, By.WINDOW, By.TARGET_GROUP)


def guidance_given(period: Period) -> Select[Any]:
    """Return windows named to people in the year."""
    return (
        row_select(
            "guidance",
            Guidance.id,
            Guidance.given_on,
            case=Guidance.case_id,
            office=Guidance.office_id,
            programme=literal(Programme.GUIDANCE, Coded(Programme)),
            agency=Window.office_id,
            window=Guidance.window_id,
            target_group=Guidance.target_group,
        )
        .join(Window, Window.id == Guidance.window_id)
        .outerjoin(Case, Case.id == Guidance.case_id)
        .where(
            *within(period, Guidance.fiscal_year, Guidance.given_on),
            Guidance.voided_at.is_(None),
        )
    )


def moves_to(period: Period, *states: State, part: Any = None, other_day: Any = None) -> Select[Any]:
    """Return moves to one of these states in the period, of referrals that were not entered in error."""
    return moves(part=part, other_day=other_day).where(
        ReferralMove.to_state.in_(states),
        *within(period, ReferralMove.fiscal_year, ReferralMove.happened_on),
    )


def moves(*, part: Any = None, other_day: Any = None) -> Select[Any]:
    """Return every move that stands, of referrals that were not entered in error."""
    return (
        row_select(
            "referral",
            Referral.id,
            ReferralMove.happened_on,
            other_day=other_day,
            case=Referral.case_id,
            part=part,
            office=Referral.office_id,
            programme=Consultation.programme,
            agency=Window.office_id,
            window=Referral.window_id,
            target_group=Consultation.target_group,
        )
        .select_from(ReferralMove)
        .join(Referral, Referral.id == ReferralMove.referral_id)
        .join(Window, Window.id == Referral.window_id)
        .join(Case, Case.id == Referral.case_id)
        .outerjoin(Consultation, Consultation.id == Referral.consultation_id)
        .where(counts(ReferralMove), ~has_move(State.VOID))
    )


def has_move(*states: State, by: date | None = None) -> ColumnElement[bool]:
    """Return the condition that the referral's history holds one of these states (by a day)."""
    move = aliased(ReferralMove)
    found = select(move.id).where(move.referral_id == Referral.id, move.to_state.in_(states), counts(move))
    return (found if by is None else found.where(move.happened_on <= by)).correlate(Referral).exists()


def referrals_sent(period: Period) -> Select[Any]:
    """Return referrals sent in the year, with how they stand to their answer."""
    part = case(
        (has_move(*ANSWERED), Answering.ANSWERED.value),
        (has_move(State.WITHDRAWN), Answering.WITHDRAWN.value),
        else_=Answering.WAITING.value,
    )
    return moves_to(period, State.SENT, part=part)


def referrals_met(period: Period) -> Select[Any]:
    """Return referrals whose person was met in the year."""
    return moves_to(period, State.MET)


def response_days(period: Period) -> Select[Any]:
    """Return referrals sent in the year and answered, with the day of the first answer."""
    move = aliased(ReferralMove)
    answer = (
        select(move.happened_on)
        .where(move.referral_id == Referral.id, move.to_state.in_(ANSWERED), counts(move))
        .order_by(move.number)
        .limit(1)
        .correlate(Referral)
        .scalar_subquery()
    )
    return moves_to(period, State.SENT, other_day=answer).where(has_move(*ANSWERED))


def working_days_to_answer(sent_on: date, answered_on: date) -> int:
    """Return working days from sending to the first answer."""
    return working_days_between(sent_on, answered_on)


METRICS = (
    Metric(
        key="guidance_given",
        title=Words(ja="窓口案内件数", en="Guidance given"),
        unit=Words(ja="件", en="times"),
        counting=Counting.VISITS,
        kind=MetricKind.FLOW,
        rule=Words(
            ja="年度内に、相談のなかで窓口を案内した件数。一度に二つの窓口を案内したときは2件です。",
            en="Windows named to people in consultations of the year; two windows named at once count twice.",
        ),
        rows=guidance_given,
        by=(By.MONTH, By.OFFICE, By.AGENCY, By.WINDOW, By.TARGET_GROUP),
        programme=Programme.GUIDANCE,
        day_title=Words(ja="案内日", en="Day"),
    ),
    Metric(
        key="referrals_sent",
        title=Words(ja="紹介件数", en="Referrals sent"),
        unit=Words(ja="件", en="referrals"),
        counting=Counting.NEITHER,
        kind=MetricKind.FLOW,
        rule=Words(
            ja="年度内に関係機関の窓口へ送った紹介の件数。誤入力は含みません。",
            en="Referrals sent to windows in the year; entries in error are left out.",
        ),
        rows=referrals_sent,
        by=REFERRED,
        programme=Programme.GUIDANCE,
        parts=Answering,
        day_title=SENT_ON,
    ),
    Metric(
        key="referrals_met",
        title=Words(ja="到達件数", en="Referrals that led to a meeting"),
        unit=Words(ja="件", en="referrals"),
        counting=Counting.NEITHER,
        kind=MetricKind.FLOW,
        rule=Words(
            ja="年度内に、紹介先との面談に至った紹介の件数。紹介の経過から数え、いまの状態は問いません。",
            en="Referrals whose person was met by the window in the year, counted from the history of moves.",
        ),
        rows=referrals_met,
        by=tuple(by for by in REFERRED if by is not By.PART),
        programme=Programme.GUIDANCE,
        note=Words(
            ja="到達率は、到達件数を紹介件数で割ったものです。面談の記録のない就職は、到達に数えません。",
            en="The reach is referrals met divided by referrals sent. "
            "A placement without a recorded meeting is not counted as met.",
        ),
        day_title=Words(ja="面談日", en="Met on"),
    ),
    Metric(
        key="response_days",
        title=Words(ja="応答日数", en="Days to an answer"),
        unit=Words(ja="日", en="working days"),
        counting=Counting.NEITHER,
        kind=MetricKind.MEDIAN,
        rule=Words(
            ja="年度内に送った紹介のうち返事のあったものについて、送付から最初の返事（受理・不受理・面談・就職）までの"
            "開庁日数の中央値。",
            en="Median of the working days from sending to the first answer (accepted, declined, met or "
            "placed), over the year's referrals that were answered.",
        ),
        rows=response_days,
        by=tuple(by for by in REFERRED if by is not By.PART),
        programme=Programme.GUIDANCE,
        duration=working_days_to_answer,
        day_title=SENT_ON,
        other_day_title=Words(ja="最初の返事", en="First answer"),
        decimals=1,
    ),
)
