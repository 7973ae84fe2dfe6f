"""Figures of jobs found: placements, how long they last, how long they took."""

from functools import partial
from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, Select, String, and_, func, or_, select, type_coerce
from sqlalchemy.orm import aliased

from app.kpi.metric import CARD_BASED, Metric, within
from app.kpi.period import Period
from app.kpi.rows import new_jobs
from app.kpi.vocabulary import By, MetricKind
from app.placements.models import Placement, RetentionCheck
from app.placements.retention import AWAY, MILESTONES, latest_start
from app.placements.vocabulary import CheckOutcome, Contract, PlacementCategory
from app.plan.models import CountingRule
from app.plan.register import Words
from app.plan.vocabulary import Counting
from app.situation.programme import Programme

SUPPORTED_A_COUNTS = "a_type_counts_as_centre_placement"
"""Key of the plan desk's dated rule under which 就労継続支援A型 counts in centre_placements."""
JUDGED = (By.MONTH, By.PROGRAMME, By.OFFICE, By.TARGET_GROUP)
STARTED_ON = Words(ja="就労開始日", en="First working day")


def assistance_placements(period: Period) -> Select[Any]:
    """Return the placements of measure 6; whoever has none of its categories lies outside."""
    return new_jobs(part=Placement.category).where(
        Placement.programme == Programme.ASSISTANCE,
        *within(period, Placement.fiscal_year, Placement.started_on),
        Placement.contract != Contract.SUPPORTED_A,
        Placement.category.is_not(None),
    )


def centre_placements(period: Period) -> Select[Any]:
    """Return the placements of the centre; A型 only where a dated rule of the plan desk says so."""
    return new_jobs().where(
        Placement.programme == Programme.CENTRE,
        *within(period, Placement.fiscal_year, Placement.started_on),
        or_(Placement.contract != Contract.SUPPORTED_A, rule_holds(SUPPORTED_A_COUNTS)),
    )


def rule_holds(key: str) -> ColumnElement[bool]:
    """Return the condition that a counting rule holds on the first working day."""
    return (
        select(CountingRule.id)
        .where(
            CountingRule.key == key,
            CountingRule.valid_from <= Placement.started_on,
            or_(CountingRule.valid_to.is_(None), CountingRule.valid_to >= Placement.started_on),
        )
        .exists()
    )


def retention(period: Period, *, months: int) -> Select[Any]:
    """Return the year's placements that are old enough, each with what was known on the day asked for.

    Who was found to have left the job earlier has not kept it since, asked again or not.
    """
    asked = func.nullif(type_coerce(RetentionCheck.outcome, String), CheckOutcome.UNKNOWN.value)
    outcome = func.coalesce(asked, gone_before(period, months), CheckOutcome.UNKNOWN.value)
    return (
        new_jobs(part=outcome, other_day=RetentionCheck.checked_on)
        .outerjoin(
            RetentionCheck,
            and_(
                RetentionCheck.placement_id == Placement.id,
                RetentionCheck.months == months,
                RetentionCheck.checked_on <= period.as_of,
            ),
        )
        .where(
            *within(period, Placement.fiscal_year, Placement.started_on),
            Placement.contract != Contract.SUPPORTED_A,
            Placement.started_on <= latest_start(period.as_of, months),
        )
    )


def gone_before(period: Period, months: int) -> ScalarSelect[str]:
    """Return what an earlier check said, beside ``Placement``, if it said that the job was not kept."""
    earlier = aliased(RetentionCheck)
    return (
        select(type_coerce(earlier.outcome, String))
        .where(
            earlier.placement_id == Placement.id,
            earlier.months < months,
            earlier.outcome.in_(AWAY),
            earlier.checked_on <= period.as_of,
        )
        .order_by(earlier.months.desc())
        .limit(1)
        .correlate(Placement)
        .scalar_subquery()
    )


def retention_metric(months: int) -> Metric:
    """Return the retention rate after some months."""
    return Metric(
        key=f"retention_{months}",
        title=Words(ja=f"{months}か月定着率", en=f"Retention, {months} month{'s' if months > 1 else ''}"),
        unit=Words(ja="%", en="%"),
        counting=Counting.NEITHER,
        kind=MetricKind.COHORT,
        rule=Words(
            ja=f"年度内の新規就職のうち、見る日までに{months}か月を過ぎたものについて、同じ仕事を続けている割合。"
            "前の時点で離職や転職が分かったものは、そのあとも続いていないものとして数えます。"
            "不明と、まだ確かめていないものも分母に入れ、その分を幅で示します。",
            en=f"Of the year's new employments that are {months} months old on the day of looking, "
            "the share in which the same job is kept. Who left the job at an earlier time has not kept it "
            "since. Unknown and not yet checked stay in the denominator; "
            "the range shows what they may change.",
        ),
        rows=partial(retention, months=months),
        by=(By.PART, *JUDGED),
        parts=CheckOutcome,
        numerator=CheckOutcome.KEPT.value,
        unknown=CheckOutcome.UNKNOWN.value,
        looks_back=True,
        day_title=STARTED_ON,
        other_day_title=Words(ja="確認日", en="Checked on"),
        decimals=1,
    )


METRICS = (
    Metric(
        key="assistance_placements",
        title=Words(ja="就職件数", en="Placements"),
        unit=Words(ja="件", en="placements"),
        counting=Counting.NEITHER,
        kind=MetricKind.FLOW,
        rule=Words(
            ja="就労開始日が年度内にある、生活保護被保護者等就労促進事業の新規就職の件数。雇用契約ごとに1件。"
            "増収、契約更新、シルバー人材センターでの就業、就労継続支援A型は数えません。"
            "区分は就職したときのもので、三つの計はいつも合計に合います。",
            en="New employments under the employment promotion programme whose first working day lies in "
            "the year, one per contract. Higher earnings, renewals, work through the Silver centre and type "
            "A support are not counted. The category is that at the time of the job; the three always sum to "
            "the total.",
        ),
        rows=assistance_placements,
        by=(By.PART, By.MONTH, By.OFFICE, By.AGENCY, By.TARGET_GROUP),
        programme=Programme.ASSISTANCE,
        note=Words(
            ja="母子家庭には、児童扶養手当を受給する父子家庭を含みます。",
            en="Single-mother households include fathers who receive the child-rearing allowance.",
        ),
        parts=PlacementCategory,
        day_title=STARTED_ON,
    ),
    Metric(
        key="centre_placements",
        title=Words(ja="就労人数", en="People placed"),
        unit=Words(ja="人", en="people"),
        counting=Counting.PERSONS,
        kind=MetricKind.FLOW,
        rule=Words(
            ja="就労開始日が年度内にある、障害者就労支援センターの新規就職をした人の数。何件あっても1人。"
            "就労継続支援A型は、計画担当が期間を定めて設定した場合だけ数えます。",
            en="People with a new employment through the centre whose first working day lies in the year; "
            "one person however many jobs. Type A counts only under a dated setting of the plan desk.",
        ),
        rows=centre_placements,
        by=(By.MONTH, By.OFFICE, By.AGENCY, By.TARGET_GROUP),
        programme=Programme.CENTRE,
        note=CARD_BASED,
        day_title=STARTED_ON,
    ),
    *(retention_metric(months) for months in MILESTONES),
)
