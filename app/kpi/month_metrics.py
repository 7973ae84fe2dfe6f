"""Figures that a month's report shows beside those of the plan: people, groups, answers, checks, backlogs."""

from functools import partial
from typing import Any

from sqlalchemy import (
    Select,
    func,
    literal,
    select,
)
from sqlalchemy.orm import aliased

from app.cases.models import Case, Consultation, Registration
from app.cases.vocabulary import ConsultationKind, RegistrationKind
from app.foundation.db import Coded
from app.foundation.fiscal_year import first_day
from app.kpi.answer_metrics import extended_to, numbered, office_days
from app.kpi.consultation_metrics import CONSULTED, HELD_ON, consultations
from app.kpi.metric import CARD_BASED, Metric, row_select
from app.kpi.period import Period
from app.kpi.referral_metrics import REFERRED, SENT_ON, has_move, moves, moves_to
from app.kpi.rows import consultation_rows, placement_rows
from app.kpi.vocabulary import By, MetricKind
from app.placements.models import Placement
from app.placements.vocabulary import PlacementKind
from app.plan.register import Words
from app.plan.vocabulary import Counting
from app.referrals.lifecycle import ANSWERED
from app.referrals.models import Referral, ReferralMove
from app.referrals.queries import counts
from app.referrals.vocabulary import State
from app.situation.programme import Programme
from app.situation.vocabulary import TargetGroup
from app.windows.closed_day_queries import closed_days
from app.windows.models import WindowVersion

BROKEN_DOWN = tuple(by for by in REFERRED if by is not By.PART)
OF_MEASURE = {
    Programme.ASSISTANCE: Words(ja="生活保護被保護者等就労促進事業", en="the employment promotion programme"),
    Programme.CENTRE: Words(ja="障害者就労支援センター", en="the centre"),
}


def persons(period: Period, programme: Programme) -> Select[Any]:
    """Return the consultations of people who have a case: whoever took no card is nobody twice."""
    return consultations(period, programme, ConsultationKind.CONSULTATION).where(
        Consultation.case_id.is_not(None)
    )


def group_sessions(period: Period, programme: Programme) -> Select[Any]:
    """Return consultations with several people at once, one row each however many came."""
    return consultation_rows().where(
        Consultation.programme == programme,
        Consultation.kind == ConsultationKind.CONSULTATION,
        Consultation.headcount > 1,
        Consultation.fiscal_year == period.fiscal_year,
        Consultation.held_on <= period.last,
    )


def centre_registrations(period: Period) -> Select[Any]:
    """Return registrations at the centre that began in the year, renewals among them."""
    return (
        row_select(
            "registration",
            Registration.id,
            Registration.starts_on,
            other_day=Registration.ends_on,
            case=Registration.case_id,
            part=Registration.kind,
            office=Registration.office_id,
            programme=literal(Programme.CENTRE, Coded(Programme)),
            target_group=literal(TargetGroup.DISABILITY, Coded(TargetGroup)),
        )
        .join(Case, Case.id == Registration.case_id)
        .where(Registration.starts_on.between(period.first, period.last), Registration.voided_at.is_(None))
    )


def assistance_raises(period: Period) -> Select[Any]:
    """Return higher earnings (増収) under measure 6; no placement counts them."""
    return placement_rows(PlacementKind.RAISE).where(
        Placement.programme == Programme.ASSISTANCE,
        Placement.fiscal_year == period.fiscal_year,
        Placement.started_on <= period.last,
    )


def referrals_answered(period: Period) -> Select[Any]:
    """Return referrals whose first answer came in the year, whenever they were sent."""
    earlier = aliased(ReferralMove)
    first = (
        select(func.min(earlier.number))
        .where(earlier.referral_id == Referral.id, earlier.to_state.in_(ANSWERED), counts(earlier))
        .correlate(Referral)
        .scalar_subquery()
    )
    return moves_to(period, *ANSWERED).where(ReferralMove.number == first)


def referrals_overdue(period: Period) -> Select[Any]:
    """Return referrals of this year and the last that have no answer, past the day promised for it."""
    days = office_days(first_day(period.fiscal_year - 1), period.last, closed_days())
    sent = numbered(days)
    return (
        moves()
        .join(WindowVersion, WindowVersion.id == Referral.window_version_id)
        .join(sent, sent.c.day == ReferralMove.happened_on)
        .where(
            ReferralMove.to_state == State.SENT,
            ReferralMove.fiscal_year.in_((period.fiscal_year - 1, period.fiscal_year)),
            days[-1][1] - sent.c.number > WindowVersion.response_days,
            func.coalesce(extended_to(), first_day(period.fiscal_year - 1)) < period.last,
            ~has_move(*ANSWERED, State.WITHDRAWN, State.ENDED, by=period.last),
        )
    )


def persons_metric(programme: Programme) -> Metric:
    """Return the people who were consulted under a programme."""
    of = OF_MEASURE[programme]
    return Metric(
        key=f"{programme.value}_persons",
        title=Words(ja="相談者の実人数", en="People consulted (persons)"),
        unit=Words(ja="人", en="people"),
        counting=Counting.PERSONS,
        kind=MetricKind.FLOW,
        rule=Words(
            ja=f"年度内に{of.ja}の相談をした、相談カードのある人の数。何回相談しても1人。",
            en=f"People with a card who were consulted under {of.en} in the year, one person however often.",
        ),
        rows=partial(persons, programme=programme),
        by=CONSULTED,
        programme=programme,
        note=CARD_BASED,
        day_title=HELD_ON,
    )


def groups_metric(programme: Programme) -> Metric:
    """Return the group sessions of a programme."""
    of = OF_MEASURE[programme]
    return Metric(
        key=f"{programme.value}_group_sessions",
        title=Words(ja="集団での相談の回数", en="Group sessions"),
        unit=Words(ja="回", en="sessions"),
        counting=Counting.NEITHER,
        kind=MetricKind.FLOW,
        rule=Words(
            ja=f"年度内に行った、{of.ja}の相談のうち、2人以上に一度に行ったものの回数。来た人の数は相談の延べに入ります。",
            en=f"Consultations under {of.en} in the year with two or more people at once; "
            "the people who came are in the consultations (visits).",
        ),
        rows=partial(group_sessions, programme=programme),
        by=(By.MONTH, By.OFFICE),
        programme=programme,
        day_title=HELD_ON,
    )


METRICS = (
    persons_metric(Programme.ASSISTANCE),
    persons_metric(Programme.CENTRE),
    groups_metric(Programme.ASSISTANCE),
    groups_metric(Programme.CENTRE),
    Metric(
        key="centre_registrations",
        title=Words(ja="登録と更新の件数", en="Registrations and renewals"),
        unit=Words(ja="件", en="registrations"),
        counting=Counting.NEITHER,
        kind=MetricKind.FLOW,
        rule=Words(
            ja="年度内に始まった、障害者就労支援センターの登録の件数。新規登録と更新を分けて数えます。",
            en="Registrations at the centre that began in the year, new ones and renewals apart.",
        ),
        rows=centre_registrations,
        by=(By.PART, By.MONTH, By.OFFICE),
        programme=Programme.CENTRE,
        parts=RegistrationKind,
        day_title=Words(ja="登録の始まり", en="Registered from"),
        other_day_title=Words(ja="有効期限", en="Valid to"),
    ),
    Metric(
        key="assistance_raises",
        title=Words(ja="増収件数", en="Higher earnings"),
        unit=Words(ja="件", en="cases"),
        counting=Counting.NEITHER,
        kind=MetricKind.FLOW,
        rule=Words(
            ja="年度内に、生活保護被保護者等就労促進事業で増収を記録した件数。就職件数には入りません。",
            en="Higher earnings recorded under the employment promotion programme in the year; "
            "they are no placements.",
        ),
        rows=assistance_raises,
        by=(By.MONTH, By.OFFICE, By.TARGET_GROUP),
        programme=Programme.ASSISTANCE,
        day_title=Words(ja="増収の日", en="Since"),
    ),
    Metric(
        key="referrals_answered",
        title=Words(ja="返事のあった紹介", en="Referrals answered"),
        unit=Words(ja="件", en="referrals"),
        counting=Counting.NEITHER,
        kind=MetricKind.FLOW,
        rule=Words(
            ja="年度内に最初の返事（受理・不受理・面談・就職）のあった紹介の件数。いつ送ったかは問いません。",
            en="Referrals whose first answer (accepted, declined, met or placed) came in the year, "
            "whenever they were sent.",
        ),
        rows=referrals_answered,
        by=BROKEN_DOWN,
        programme=Programme.GUIDANCE,
        day_title=Words(ja="最初の返事", en="First answer"),
    ),
    Metric(
        key="referrals_overdue",
        title=Words(ja="期限を過ぎて返事のない紹介", en="Referrals past their day without an answer"),
        unit=Words(ja="件", en="referrals"),
        counting=Counting.NEITHER,
        kind=MetricKind.STOCK,
        rule=Words(
            ja="見る日の終わりに、窓口が約束した開庁日数（延長したときはその日）を過ぎても返事のない紹介の件数。"
            "この年度と前の年度に送ったものを見ます。取り下げたものと終わったものは含みません。",
            en="Referrals of this year and the last that at the end of the day have no answer though the "
            "working days promised, or the extended day, have passed; withdrawn and ended ones are left out.",
        ),
        rows=referrals_overdue,
        by=tuple(by for by in BROKEN_DOWN if by is not By.MONTH),
        programme=Programme.GUIDANCE,
        day_title=SENT_ON,
    ),
)
