"""Figures of the employment-support map (就労支援マップ)."""

from typing import Any

from sqlalchemy import Select, literal

from app.foundation.db import Coded
from app.kpi.metric import Metric, row_select, within
from app.kpi.period import Period
from app.kpi.vocabulary import By, MetricKind
from app.plan.register import Words
from app.plan.vocabulary import Counting
from app.situation.programme import Programme
from app.windows.map_models import MapDistribution, MapEdition, MapPrinting, StaffBriefing
from app.windows.map_vocabulary import EditionState

GUIDANCE = literal(Programme.GUIDANCE, Coded(Programme))


def map_editions(period: Period) -> Select[Any]:
    """Return editions published in the year."""
    return row_select("map_edition", MapEdition.id, MapEdition.published_on, programme=GUIDANCE).where(
        *within(period, MapEdition.fiscal_year, MapEdition.published_on),
        MapEdition.state == EditionState.PUBLISHED,
        MapEdition.voided_at.is_(None),
    )


def map_reprints(period: Period) -> Select[Any]:
    """Return printings of the year after an edition's first run; each weighs its copies."""
    return row_select(
        "map_printing",
        MapPrinting.id,
        MapPrinting.printed_on,
        weight=MapPrinting.copies,
        programme=GUIDANCE,
    ).where(
        *within(period, MapPrinting.fiscal_year, MapPrinting.printed_on),
        MapPrinting.is_first_run.is_(False),
        MapPrinting.voided_at.is_(None),
    )


def map_distributions(period: Period) -> Select[Any]:
    """Return what was laid at counters in the year; each entry weighs its copies."""
    return row_select(
        "map_distribution",
        MapDistribution.id,
        MapDistribution.laid_on,
        weight=MapDistribution.copies,
        programme=GUIDANCE,
    ).where(
        *within(period, MapDistribution.fiscal_year, MapDistribution.laid_on),
        MapDistribution.copies > 0,
        MapDistribution.voided_at.is_(None),
    )


def staff_briefings(period: Period) -> Select[Any]:
    """Return the briefings of staff in the year; each weighs the people who were there."""
    return row_select(
        "staff_briefing",
        StaffBriefing.id,
        StaffBriefing.held_on,
        weight=StaffBriefing.headcount,
        office=StaffBriefing.office_id,
        programme=GUIDANCE,
    ).where(
        *within(period, StaffBriefing.fiscal_year, StaffBriefing.held_on),
        StaffBriefing.voided_at.is_(None),
    )


METRICS = (
    Metric(
        key="map_editions",
        title=Words(ja="就労支援マップの更新", en="Map updates"),
        unit=Words(ja="回", en="times"),
        counting=Counting.NEITHER,
        kind=MetricKind.FLOW,
        rule=Words(
            ja="年度内に発行した就労支援マップの版の数。",
            en="Editions of the employment-support map published in the year.",
        ),
        rows=map_editions,
        by=(By.MONTH,),
        programme=Programme.GUIDANCE,
        day_title=Words(ja="発行日", en="Published on"),
    ),
    Metric(
        key="map_reprints",
        title=Words(ja="就労支援マップの増冊", en="Extra copies of the map"),
        unit=Words(ja="冊", en="copies"),
        counting=Counting.NEITHER,
        kind=MetricKind.FLOW,
        rule=Words(
            ja="年度内に増し刷りした冊数。それぞれの版の初刷は数えません。",
            en="Copies printed in the year after an edition's first run.",
        ),
        rows=map_reprints,
        by=(By.MONTH,),
        programme=Programme.GUIDANCE,
        day_title=Words(ja="印刷日", en="Printed on"),
        weight_title=Words(ja="冊数", en="Copies"),
    ),
    Metric(
        key="map_distributions",
        title=Words(ja="就労支援マップの配架", en="Copies of the map laid out"),
        unit=Words(ja="冊", en="copies"),
        counting=Counting.NEITHER,
        kind=MetricKind.FLOW,
        rule=Words(
            ja="年度内に窓口や施設に置いた冊数。増冊（印刷した数）とは別に数えます。",
            en="Copies laid at counters in the year; what was printed is a figure of its own.",
        ),
        rows=map_distributions,
        by=(By.MONTH,),
        programme=Programme.GUIDANCE,
        day_title=Words(ja="置いた日", en="Laid out on"),
        weight_title=Words(ja="冊数", en="Copies"),
    ),
    Metric(
        key="staff_briefings",
        title=Words(ja="就労支援マップの周知", en="Staff told about the map"),
        unit=Words(ja="人", en="people"),
        counting=Counting.NEITHER,
        kind=MetricKind.FLOW,
        rule=Words(
            ja="年度内にマップの説明を受けた職員の延べ人数。",
            en="Staff who were told about the map in the year, each time counted.",
        ),
        rows=staff_briefings,
        by=(By.MONTH, By.OFFICE),
        programme=Programme.GUIDANCE,
        day_title=Words(ja="周知した日", en="Held on"),
        weight_title=Words(ja="人数", en="People"),
    ),
)
