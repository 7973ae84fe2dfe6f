"""Persons and jobs that the figures owed to the state are reckoned from (被保護者就労支援事業など)."""

from typing import Any

from sqlalchemy import ColumnElement, Select, func, select, union_all
from sqlalchemy.orm import aliased

from app.cases.models import Consultation
from app.kpi.metric import CARD_BASED, Metric, within
from app.kpi.period import Period
from app.kpi.placement_metrics import STARTED_ON
from app.kpi.referral_metrics import moves
from app.kpi.rows import consultation_rows, new_jobs, placement_rows
from app.kpi.vocabulary import By, MetricKind
from app.placements.models import Placement
from app.placements.vocabulary import Contract, PlacementKind
from app.plan.register import Words
from app.plan.vocabulary import Counting
from app.referrals.models import Referral, ReferralMove
from app.referrals.queries import counts
from app.referrals.vocabulary import State
from app.situation.programme import Programme
from app.situation.vocabulary import AssistanceStatus
from app.windows.models import Office, Window

HELLO_WORK = "ハローワーク"
"""Part of the name of every agency of the joint programme; agencies bear their official names."""
GAINS = (PlacementKind.NEW, PlacementKind.RAISE)
TAKEN_ON = (State.ACCEPTED, State.MET, State.PLACED)
"""States with which the support by Hello Work has begun."""


def gained(period: Period) -> list[ColumnElement[bool]]:
    """Return the conditions of a new job or higher earnings of a recipient under measure 6."""
    return [
        Placement.programme == Programme.ASSISTANCE,
        Placement.assistance == AssistanceStatus.RECIPIENT,
        Placement.contract != Contract.SUPPORTED_A,
        *within(period, Placement.fiscal_year, Placement.started_on),
    ]


def gainers(period: Period) -> Select[Any]:
    """Return new jobs and higher earnings of recipients."""
    return placement_rows(*GAINS, part=Placement.kind).where(*gained(period))


def participants(period: Period) -> Select[Any]:
    """Return consultations of recipients, and their gains: whoever gained took part, consulted or not."""
    consulted = consultation_rows().where(
        Consultation.case_id.is_not(None),
        Consultation.programme == Programme.ASSISTANCE,
        Consultation.assistance == AssistanceStatus.RECIPIENT,
        *within(period, Consultation.fiscal_year, Consultation.held_on),
    )
    return select(union_all(consulted, gainers(period)).subquery("took_part"))


def to_hello_work() -> ColumnElement[bool]:
    """Return the condition, beside ``Referral``, that it went to an agency of the joint programme."""
    asked = (
        select(Office.id)
        .join(Window, Window.office_id == Office.id)
        .where(Window.id == Referral.window_id, Office.name.contains(HELLO_WORK))
    )
    return asked.correlate(Referral).exists()


def joint_supported(period: Period) -> Select[Any]:
    """Return referrals of measure 6 to Hello Work by the day on which the support began."""
    earlier = aliased(ReferralMove)
    first = (
        select(func.min(earlier.number))
        .where(earlier.referral_id == Referral.id, earlier.to_state.in_(TAKEN_ON), counts(earlier))
        .correlate(Referral)
        .scalar_subquery()
    )
    return moves().where(
        ReferralMove.to_state.in_(TAKEN_ON),
        ReferralMove.number == first,
        Consultation.programme == Programme.ASSISTANCE,
        to_hello_work(),
        *within(period, ReferralMove.fiscal_year, ReferralMove.happened_on),
    )


def joint_placements(period: Period) -> Select[Any]:
    """Return new jobs under measure 6 that a referral to Hello Work led to."""
    return (
        new_jobs()
        .join(Referral, Referral.id == Placement.referral_id)
        .where(
            Placement.programme == Programme.ASSISTANCE,
            Placement.contract != Contract.SUPPORTED_A,
            # Of the referral that led to the job; without one there is none to compare.
            to_hello_work(),
            *within(period, Placement.fiscal_year, Placement.started_on),
        )
    )


OF_PERSONS = (By.MONTH, By.OFFICE, By.TARGET_GROUP)
METRICS = (
    Metric(
        key="assistance_participants",
        title=Words(ja="事業の参加者", en="Participants"),
        unit=Words(ja="人", en="people"),
        counting=Counting.PERSONS,
        kind=MetricKind.FLOW,
        rule=Words(
            ja="年度内に、生活保護受給者として生活保護被保護者等就労促進事業の相談や定着支援を受けた人と、"
            "この事業で就労・増収した人の数。何回でも1人。",
            en="People on public assistance who were consulted or supported under the employment promotion "
            "programme in the year, or who found work or earned more through it; one person however often.",
        ),
        rows=participants,
        by=OF_PERSONS,
        programme=Programme.ASSISTANCE,
        note=CARD_BASED,
        day_title=Words(ja="日", en="Day"),
    ),
    Metric(
        key="assistance_gainers",
        title=Words(ja="就労・増収した人", en="People who found work or earned more"),
        unit=Words(ja="人", en="people"),
        counting=Counting.PERSONS,
        kind=MetricKind.FLOW,
        rule=Words(
            ja="年度内に、生活保護受給者として生活保護被保護者等就労促進事業で新規就職か増収のあった人の数。"
            "就職も増収もあった人、何件もあった人も1人。就労継続支援A型は数えません。",
            en="People on public assistance with a new employment or higher earnings under the programme in "
            "the year; one person however many. Type A support is not counted.",
        ),
        rows=gainers,
        by=(By.PART, *OF_PERSONS),
        programme=Programme.ASSISTANCE,
        note=CARD_BASED,
        parts=PlacementKind,
        day_title=STARTED_ON,
    ),
    Metric(
        key="joint_supported",
        title=Words(ja="ハローワークとの一体的支援の対象者", en="People supported together with Hello Work"),
        unit=Words(ja="人", en="people"),
        counting=Counting.PERSONS,
        kind=MetricKind.FLOW,
        rule=Words(
            ja="年度内に、生活保護被保護者等就労促進事業の紹介がハローワークに受理された（または面談・就職に至った）人の数。"
            "名前に「ハローワーク」のある関係機関を数えます。",
            en="People whose referral under the employment promotion programme was accepted by Hello Work "
            "(or led to a meeting or a job) in the year; agencies with ハローワーク in their name count.",
        ),
        rows=joint_supported,
        by=(By.MONTH, By.OFFICE, By.AGENCY, By.TARGET_GROUP),
        programme=Programme.ASSISTANCE,
        note=CARD_BASED,
        day_title=Words(ja="支援の始まり", en="Support began"),
    ),
    Metric(
        key="joint_placements",
        title=Words(ja="ハローワークとの一体的支援による就職", en="Placements together with Hello Work"),
        unit=Words(ja="件", en="placements"),
        counting=Counting.NEITHER,
        kind=MetricKind.FLOW,
        rule=Words(
            ja="就労開始日が年度内にある、生活保護被保護者等就労促進事業の新規就職のうち、"
            "ハローワークへの紹介から生まれたものの件数。",
            en="New employments under the employment promotion programme in the year that came of a referral "
            "to Hello Work.",
        ),
        rows=joint_placements,
        by=OF_PERSONS,
        programme=Programme.ASSISTANCE,
        day_title=STARTED_ON,
    ),
)
