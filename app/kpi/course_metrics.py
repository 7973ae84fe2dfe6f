"""How people get from a consultation to a job: one cohort in steps, what waits, whose support goes on."""

from datetime import date
from functools import partial
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import aliased

from app.cases.models import Case, Consultation
from app.cases.queries import person_id
from app.foundation.db import Coded
from app.kpi import direct
from app.kpi.metric import CARD_BASED, Metric, calendar_days, row_select, within
from app.kpi.period import Period
from app.kpi.placement_metrics import JUDGED, STARTED_ON
from app.kpi.referral_metrics import SENT_ON
from app.kpi.rollup_models import PersonSupport, PersonYear, ReferralStay
from app.kpi.rows import looked_up, new_jobs
from app.kpi.vocabulary import By, MetricKind
from app.placements.models import Placement
from app.placements.vocabulary import Contract
from app.plan.register import Words
from app.plan.vocabulary import Counting
from app.referrals.models import Referral, ReferralMove
from app.referrals.queries import counts
from app.referrals.vocabulary import State
from app.situation.programme import Programme
from app.windows.models import Window

COHORT = (By.MONTH, By.PROGRAMME, By.OFFICE, By.TARGET_GROUP)
PEOPLE = Words(ja="人", en="people")


def consulted(period: Period, *, step: str) -> Select[Any]:
    """Return the people of the year's cohort who came as far as a step, as the database keeps them.

    Days that begin elsewhere than a year are counted from the records.
    """
    if period.since is not None:
        return direct.consulted(period, step=step)
    last = period.last
    is_referred, is_met, is_placed = (
        one <= last for one in (PersonYear.referred_on, PersonYear.met_on, PersonYear.placed_on)
    )
    not_referred, not_met = (not_by(one, last) for one in (PersonYear.referred_on, PersonYear.met_on))
    conditions: dict[str, tuple[ColumnElement[bool], ...]] = {
        "consulted": (PersonYear.first_on <= last,),
        "referred": (is_referred,),
        "met": (is_referred, is_met),
        "placed": (is_referred, is_met, is_placed),
        "unmet": (is_referred, not_met, is_placed),
        "direct": (not_referred, is_placed),
    }
    return row_select(
        "consultation",
        PersonYear.first_id,
        PersonYear.first_on,
        case=PersonYear.person_id,
        person=PersonYear.person_id,
        office=PersonYear.office_id,
        programme=PersonYear.programme,
        target_group=PersonYear.target_group,
    ).where(PersonYear.fiscal_year == period.fiscal_year, *conditions[step])


def not_by(day: Any, last: date) -> ColumnElement[bool]:
    """Return the condition that something had not happened by a day."""
    return or_(day.is_(None), day > last)


def waiting(period: Period) -> Select[Any]:
    """Return the referrals that stand open at the end of the day, since the newest move by then."""
    first = aliased(ReferralMove)
    sent = (
        select(func.min(first.happened_on))
        .where(first.referral_id == Referral.id, first.to_state == State.SENT, counts(first))
        .correlate(Referral)
        .scalar_subquery()
    )
    # As expressions: SQLite would else go through all records of a programme or of an office.
    programme = func.trim(Consultation.programme, type_=Coded(Programme))
    return (
        row_select(
            "referral",
            ReferralStay.referral_id,
            ReferralStay.happened_on,
            other_day=sent,
            case=Referral.case_id,
            person=looked_up(select(person_id()).where(Case.id == Referral.case_id), Referral),
            part=ReferralStay.to_state,
            office=Referral.office_id + 0,
            programme=programme,
            agency=looked_up(select(Window.office_id).where(Window.id == Referral.window_id), Referral),
            window=Referral.window_id,
            target_group=Consultation.target_group,
        )
        .select_from(ReferralStay)
        .join(Referral, Referral.id == ReferralStay.referral_id)
        .outerjoin(Consultation, Consultation.id == Referral.consultation_id)
        .where(ReferralStay.left_on > period.last, ReferralStay.happened_on <= period.last)
    )


def days_to_placement(period: Period) -> Select[Any]:
    """Return the year's placements with the day of the person's first consultation, of any kind."""
    first = (
        select(func.min(PersonSupport.first_on))
        .where(PersonSupport.person_id == person_id())
        .correlate(Case)
        .scalar_subquery()
    )
    return (
        new_jobs(other_day=first)
        .join(Case, Case.id == Placement.case_id)
        .where(
            *within(period, Placement.fiscal_year, Placement.started_on),
            Placement.contract != Contract.SUPPORTED_A,
            first <= Placement.started_on,
        )
    )


STEPS: Final = {
    "consulted": (
        Words(ja="相談した人", en="People consulted"),
        Words(
            ja="年度内に事業の相談をした、相談カードのある人", en="People with a card, consulted in the year"
        ),
    ),
    "referred": (
        Words(ja="紹介した人", en="People referred"),
        Words(
            ja="そのうち、年度の最初の相談の日からあとに、窓口へ紹介した人",
            en="Of the people consulted: those referred to a window since the year's first consultation",
        ),
    ),
    "met": (
        Words(ja="面談に至った人", en="People met by the window"),
        Words(
            ja="紹介した人のうち、その紹介で面談の記録がある人",
            en="Of the people referred: those whom the window met, by its record",
        ),
    ),
    "placed": (
        Words(ja="面談を経て就職した人", en="People placed after a meeting"),
        Words(
            ja="面談に至った人のうち、年度の最初の相談の日からあとに、同じ事業で新規就職した人",
            en="Of the people met: those who found a new job under the same programme",
        ),
    ),
    "unmet": (
        Words(ja="面談の記録なしで就職した人", en="People placed without a recorded meeting"),
        Words(
            ja="紹介したが面談の記録がなく、同じ事業で新規就職した人",
            en="People referred, not met by any record, who found a new job under the same programme",
        ),
    ),
    "direct": (
        Words(ja="紹介によらず就職した人", en="People placed without a referral"),
        Words(
            ja="年度の最初の相談のあとに紹介がなく、同じ事業で新規就職した人",
            en="People without a referral since then who found a new job under the same programme",
        ),
    ),
}


def step_metric(step: str) -> Metric:
    """Return one step of the cohort."""
    title, rule = STEPS[step]
    return Metric(
        key=f"course_{step}",
        title=title,
        unit=PEOPLE,
        counting=Counting.PERSONS,
        kind=MetricKind.FLOW,
        rule=Words(
            ja=f"{rule.ja}の数。見る日までのことを数え、課・対象者・月は、その事業の年度の最初の相談によります。",
            en=f"{rule.en}, by the day of looking. Department, target group and month are those of the "
            "year's first consultation under the programme.",
        ),
        rows=partial(consulted, step=step),
        direct=partial(direct.consulted, step=step),
        by=COHORT,
        is_once_each=True,
        note=CARD_BASED,
        day_title=Words(ja="年度の最初の相談", en="First consultation of the year"),
    )


METRICS = (
    *(step_metric(step) for step in STEPS),
    Metric(
        key="referrals_waiting",
        title=Words(ja="次の動きを待つ紹介", en="Referrals waiting for the next move"),
        unit=Words(ja="件", en="referrals"),
        counting=Counting.NEITHER,
        kind=MetricKind.STOCK,
        rule=Words(
            ja="見る日の終わりに、まだ終わっていない紹介の件数。待ちの日数は、最後の動きからの開庁日です。",
            en="Referrals that are not over at the end of the day. Waiting is counted in working days "
            "since the newest move.",
        ),
        rows=waiting,
        direct=direct.waiting,
        by=(By.PART, By.PROGRAMME, By.OFFICE, By.AGENCY, By.WINDOW, By.TARGET_GROUP),
        parts=State,
        day_title=Words(ja="最後の動き", en="Newest move"),
        other_day_title=SENT_ON,
    ),
    Metric(
        key="days_to_placement",
        title=Words(ja="就職までの日数", en="Days to placement"),
        unit=Words(ja="日", en="days"),
        counting=Counting.NEITHER,
        kind=MetricKind.MEDIAN,
        rule=Words(
            ja="最初の相談から就労開始日までの日数の中央値。年度内の新規就職について数えます。",
            en="Median of the days from a person's first consultation to the first working day, "
            "over the year's new employments.",
        ),
        rows=days_to_placement,
        direct=direct.days_to_placement,
        by=JUDGED,
        duration=calendar_days,
        day_title=STARTED_ON,
        other_day_title=Words(ja="最初の相談", en="First consultation"),
        decimals=1,
        looks_at_person=True,
    ),
)
