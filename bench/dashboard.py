"""The dashboard of very many consultations: the page against direct SQL, kept sums against a raw statement.

The raw statement is the floor of a program without kept sums; its index is made for the bench alone. The page
from the records alone is the same page, every metric of which is counted without what the database keeps.
"""

import math
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import Context
from dataclasses import dataclass, replace
from time import process_time

from flask.testing import FlaskClient
from sqlalchemy import text

from app.access.permissions import Role
from app.accounts.models import Account
from app.foundation import clock
from app.foundation.db import db
from app.foundation.fiscal_year import fiscal_year_of
from app.kpi import counts
from app.kpi.metrics import METRICS
from app.kpi.period import EVERYTHING, Period
from app.kpi.vocabulary import By
from bench.city import city, signed_in
from bench.outcomes import live_on
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
PAGE = "/dashboard?programme=assistance"
NARROWED = PAGE + "&office=1&target_group=disability"


@dataclass(frozen=True, kw_only=True)
class Measured:
    """CPU seconds: one year from kept sums, by the raw statement, from the rows; the page in three ways."""

    kept: float
    raw: float
    rows: float
    page: float
    narrowed: float
    direct: float
    unplanned: float


def run(size: int) -> list[Result]:
    """Measure the year and the page at this size, and how their cost grows from ten thousand on."""
    found = measured(size)
    # Of few records, what it costs to ask at all is more than what it costs to count.
    must = 1.5 if size > SMALL else None
    results = [
        Result(
            name="dashboard.year_vs_indexed_sql", value=found.kept / found.raw, unit="×", must=must, goal=0.1
        ),
        Result(name="dashboard.rows_vs_indexed_sql", value=found.rows / found.raw, unit="×"),
        Result(name="dashboard.year", value=found.kept * 1000, unit="ms"),
        Result(name="dashboard.page_cpu", value=found.page * 1000, unit="ms", goal=300),
        Result(name="dashboard.page_narrowed_cpu", value=found.narrowed * 1000, unit="ms", goal=300),
        # Before the database has gathered statistics (ANALYZE), as in a city that has just begun.
        Result(name="dashboard.page_without_statistics", value=found.unplanned * 1000, unit="ms", goal=300),
        Result(
            name="dashboard.page_vs_indexed_sql",
            value=found.page / found.direct,
            unit="×",
            must=1.5,
            goal=0.1,
        ),
    ]
    if size > SMALL:
        small = measured(SMALL)
        pairs = {
            "growth": (small.kept, found.kept),
            "page_growth": (small.page, found.page),
            "page_narrowed_growth": (small.narrowed, found.narrowed),
        }
        for name, (before, after) in pairs.items():
            exponent = math.log(after / before) / math.log(size / SMALL)
            results.append(
                Result(name=f"dashboard.{name}", value=exponent, unit="exponent", must=1.05, goal=0.3)
            )
    return results


def measured(size: int) -> Measured:
    """Return what one year and one page cost."""
    with city(size) as app:
        live_on(size)
        db.session.get_one(Account, 1).role = Role.SUPERVISOR
        db.session.commit()
        client = signed_in(app)
        page, narrowed = asking(client, PAGE), asking(client, NARROWED)
        unplanned, _again = interleaved(page, page, ROUNDS // 4)
        db.session.execute(text(INDEX))
        db.session.execute(text("ANALYZE"))
        db.session.commit()
        kept, raw, rows = year()
        whole, part = interleaved(page, narrowed, ROUNDS // 2)
        return Measured(
            kept=kept,
            raw=raw,
            rows=rows,
            page=whole,
            narrowed=part,
            direct=whole * ratio(client),
            unplanned=unplanned,
        )


def year() -> tuple[float, float, float]:
    """Return the CPU seconds of one year: from kept sums, by the raw statement, from the very rows."""
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


def ratio(client: FlaskClient) -> float:
    """Return how many times as long the page takes from the records alone; both say the same."""
    data = asking(client, PAGE.replace("?", ".json?"))
    page = asking(client, PAGE)
    shown, begun = data(), process_time()
    page()
    middle = process_time()
    with from_the_records():
        if data() != shown:
            raise RuntimeError("the page and the records differ")
        again = process_time()
        page()
        return (process_time() - again) / (middle - begun)


@contextmanager
def from_the_records() -> Iterator[None]:
    """Let every metric be counted from the records alone."""
    own = dict(METRICS)
    for key, metric in own.items():
        METRICS[key] = replace(
            metric, rows=metric.direct or metric.rows, sums=None, rare_part=None, is_once_each=False
        )
    try:
        yield
    finally:
        METRICS.update(own)


def asking(client: FlaskClient, address: str) -> Callable[[], bytes]:
    """Return a call that asks for a page as a browser does, in a context of its own."""

    def ask() -> bytes:
        answer = Context().run(client.get, address)
        if answer.status_code != 200:
            raise RuntimeError(f"{address} was not shown: {answer.status_code}")
        return answer.data

    return ask


def year_of(grouped: Callable[..., dict], period: Period) -> Callable[[], dict]:
    """Return a call that counts the year by target group in one of the two ways."""
    return lambda: grouped(METRICS[KEY], period, EVERYTHING, By.TARGET_GROUP)


def raw_of(period: Period) -> Callable[[], dict]:
    """Return a call that sends the raw statement."""
    asked = {"year": period.fiscal_year, "last": period.last.isoformat()}

    def ask() -> dict:
        return {row[0]: row[2] for row in db.session.connection().execute(RAW, asked)}

    return ask
