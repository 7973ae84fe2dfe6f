"""A year's figures of very many consultations: kept sums against the raw statement on a covering index.

The raw statement is the floor of a program without kept sums; its index is made for the bench alone.
"""

import math
from collections.abc import Callable

from sqlalchemy import text

from app.foundation import clock
from app.foundation.db import db
from app.foundation.fiscal_year import fiscal_year_of
from app.kpi import counts
from app.kpi.metrics import METRICS
from app.kpi.period import EVERYTHING, Period
from app.kpi.vocabulary import By
from bench.city import city
from bench.result import Result
from bench.timing import interleaved

ROUNDS = 20
SMALL = 10_000
KEY = "assistance_consultations"
INDEX = (
    "CREATE INDEX bench_covering ON consultation "
    "(programme, kind, fiscal_year, target_group, voided_at, held_on, headcount)"
)
RAW = text(
    "SELECT target_group, count(*), sum(headcount) FROM consultation WHERE programme = 'assistance' "
    "AND kind = 'consultation' AND fiscal_year = :year AND voided_at IS NULL AND held_on <= :last "
    "GROUP BY target_group"
)


def run(size: int) -> list[Result]:
    """Measure the year by target group at this size, and how its cost grows from ten thousand on."""
    kept, raw, rows = measured(size)
    results = [
        Result(name="dashboard.year_vs_indexed_sql", value=kept / raw, unit="×", must=1.5, goal=0.1),
        Result(name="dashboard.rows_vs_indexed_sql", value=rows / raw, unit="×"),
        Result(name="dashboard.year", value=kept * 1000, unit="ms"),
    ]
    if size > SMALL:
        small, _raw, _rows = measured(SMALL)
        growth = math.log(kept / small) / math.log(size / SMALL)
        results.append(Result(name="dashboard.growth", value=growth, unit="exponent", must=1.05, goal=0.3))
    return results


def measured(size: int) -> tuple[float, float, float]:
    """Return the CPU seconds of one year: from kept sums, by the raw statement, from the very rows."""
    with city(size):
        db.session.execute(text(INDEX))
        db.session.execute(text("ANALYZE"))
        db.session.commit()
        period = Period.of(fiscal_year_of(clock.today()), today=clock.today())
        kept, rows, raw = (
            year_of(counts.grouped, period),
            year_of(counts.grouped_rows, period),
            raw_of(period),
        )
        if kept() != rows() or {key: figure.value for (key,), figure in kept().items()} != raw():
            raise RuntimeError("kept sums, rows and the raw statement differ")
        first, floor = interleaved(kept, raw, ROUNDS)
        slow, floor_beside = interleaved(rows, raw, ROUNDS // 4)
        return first, floor, slow * floor / floor_beside


def year_of(grouped: Callable[..., dict], period: Period) -> Callable[[], dict]:
    """Return a call that counts the year by target group in one of the two ways."""
    return lambda: grouped(METRICS[KEY], period, EVERYTHING, By.TARGET_GROUP)


def raw_of(period: Period) -> Callable[[], dict]:
    """Return a call that sends the raw statement."""
    asked = {"year": period.fiscal_year, "last": period.last.isoformat()}

    def ask() -> dict:
        return {row[0]: row[2] for row in db.session.connection().execute(RAW, asked)}

    return ask
