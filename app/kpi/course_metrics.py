"""How people get from a consultation to a job: one cohort in steps, what waits, whose support goes on."""

from datetime import date
from functools import partial
from typing import Any, Final

from sqlalchemy import (
    ColumnElement,
    Select,
    String,
    Subquery,
    and_,
    exists,
    false,
    func,
    select,
    type_coerce,
)
from sqlalchemy.orm import aliased

from app.cases.models import Case, Consultation
from app.cases.queries import person_id
from app.cases.vocabulary import ConsultationKind
from app.kpi.metric import CARD_BASED, Metric, row_select, within
from app.kpi.period import Period
from app.kpi.referral_metrics import SENT_ON, has_move, moves
from app.kpi.vocabulary import By, MetricKind
from app.placements.models import Placement
from app.placements.vocabulary import Contract, PlacementKind
from app.plan.register import Words
from app.plan.vocabulary import Counting
from app.referrals.lifecycle import OPEN
from app.referrals.models import Referral, ReferralMove
from app.referrals.queries import counts
from app.referrals.vocabulary import State

COHORT = (By.MONTH, By.PROGRAMME, By.OFFICE, By.TARGET_GROUP)
PEOPLE = Words(ja="人", en="people")


def one_each(order: Any, *conditions: ColumnElement[bool]) -> Subquery:
    """Return one consultation of each person and programme, the first by an order."""
    place = func.row_number().over(
        partition_by=(person_id(), Consultation.programme), order_by=(order, Consultation.id)
    )
    ranked = (
        select(Consultation.id, place.label("place"))
        .join(Case, Case.id == Consultation.case_id)
        .where(
            Consultation.kind == ConsultationKind.CONSULTATION, Consultation.voided_at.is_(None), *conditions
        )
        .subquery("ranked")
    )
    return select(ranked.c.id).where(ranked.c.place == 1).distinct().subquery("one_each")


def person_rows(chosen: Subquery, **more: Any) -> Select[Any]:
    """Return the rows of persons, each standing where one consultation of theirs was held."""
    return (
        row_select(
            "consultation",
            Consultation.id,
            Consultation.held_on,
            case=Consultation.case_id,
            office=Consultation.office_id,
            programme=Consultation.programme,
            target_group=Consultation.target_group,
            **more,
        )
        .join(chosen, chosen.c.id == Consultation.id)
        .join(Case, Case.id == Consultation.case_id)
    )


def referred(period: Period, *, met: bool = False) -> Subquery:
    """Return the newest day by the last on which each person was referred (and met by that window since)."""
    own = aliased(Case)
    person = person_id(own)
    found = (
        select(person.label("person"), func.max(ReferralMove.happened_on).label("day"))
        .join(Referral, Referral.id == ReferralMove.referral_id)
        .join(own, own.id == Referral.case_id)
        .where(
            ReferralMove.to_state == State.SENT,
            *within(period, ReferralMove.fiscal_year, ReferralMove.happened_on),
            counts(ReferralMove),
            ~has_move(State.VOID),
        )
        .group_by(person)
    )
    if met:
        found = found.where(has_move(State.MET, by=period.last))
    return found.subquery("met" if met else "referred")


def jobs(until: date) -> Subquery:
    """Return the newest first working day of each person under each programme, by a day."""
    own = aliased(Case)
    person = person_id(own)
    return (
        select(person.label("person"), Placement.programme, func.max(Placement.started_on).label("day"))
        .join(own, own.id == Placement.case_id)
        .where(
            Placement.kind == PlacementKind.NEW,
            Placement.contract != Contract.SUPPORTED_A,
            Placement.voided_at.is_(None),
            Placement.started_on <= until,
        )
        .group_by(person, Placement.programme)
        .subquery("jobs")
    )


def of_same(found: Subquery) -> ColumnElement[bool]:
    """Return the condition that joins what is known of each person and programme to a consultation.

    The programme is compared as an expression: SQLite would else look people up by their few programmes.
    """
    programme = func.trim(type_coerce(found.c.programme, String))
    return and_(found.c.person == person_id(), programme == type_coerce(Consultation.programme, String))


def since(day: Any, begin: Any) -> ColumnElement[bool]:
    """Return the condition that something happened, not before a day."""
    return func.coalesce(day >= begin, false())


def consulted(period: Period, *, step: str) -> Select[Any]:
    """Return the people of the year's cohort who came as far as a step.

    What they did is read in sets, each once: per person the databases would look through everything.
    """
    year = within(period, Consultation.fiscal_year, Consultation.held_on)
    rows = person_rows(one_each(Consultation.held_on, *year))
    sent, seen, job = referred(period), referred(period, met=True), jobs(period.last)
    is_referred, is_met, is_placed = (since(one.c.day, Consultation.held_on) for one in (sent, seen, job))
    conditions: dict[str, tuple[ColumnElement[bool], ...]] = {
        "consulted": (),
        "referred": (is_referred,),
        "met": (is_met,),
        "placed": (is_met, is_placed),
        "unmet": (is_referred, ~is_met, is_placed),
        "direct": (~is_referred, is_placed),
    }
    if step == "consulted":
        return rows
    joined = rows.outerjoin(sent, sent.c.person == person_id()).outerjoin(seen, seen.c.person == person_id())
    return joined.outerjoin(job, of_same(job)).where(*conditions[step])


def waiting(period: Period) -> Select[Any]:
    """Return the referrals that stand open at the end of the day, since the newest move by then."""
    later, first = aliased(ReferralMove), aliased(ReferralMove)
    newer = exists(
        select(later.id)
        .where(
            later.referral_id == ReferralMove.referral_id,
            later.number > ReferralMove.number,
            later.happened_on <= period.last,
            counts(later),
        )
        .correlate(ReferralMove)
    )
    sent = (
        select(func.min(first.happened_on))
        .where(first.referral_id == Referral.id, first.to_state == State.SENT, counts(first))
        .correlate(Referral)
        .scalar_subquery()
    )
    return moves(part=ReferralMove.to_state, other_day=sent).where(
        ReferralMove.to_state.in_(OPEN), ReferralMove.happened_on <= period.last, ~newer
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
        by=COHORT,
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
        by=(By.PART, By.PROGRAMME, By.OFFICE, By.AGENCY, By.WINDOW, By.TARGET_GROUP),
        parts=State,
        day_title=Words(ja="最後の動き", en="Newest move"),
        other_day_title=SENT_ON,
    ),
)
