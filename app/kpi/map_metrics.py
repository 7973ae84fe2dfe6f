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
from app.windows.map_models import MapEdition, MapPrinting

GUIDANCE = literal(Programme.GUIDANCE, Coded(Programme))


def map_editions(period: Period) -> Select[Any]:
    """Return editions published in the year."""
    return row_select("map_edition", MapEdition.id, MapEdition.published_on, programme=GUIDANCE).where(
        *within(period, MapEdition.fiscal_year, MapEdition.published_on)
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
)
