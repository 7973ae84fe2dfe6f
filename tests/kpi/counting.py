"""Short words for counting in tests."""

from datetime import date

from app.foundation import clock
from app.kpi import counts
from app.kpi.metrics import get_metric
from app.kpi.period import EVERYTHING, Period


def period(fiscal_year: int, until: date | None = None) -> Period:
    return Period.of(fiscal_year, today=until or clock.today())


def figure(key: str, fiscal_year: int = 2012, scope=EVERYTHING, until: date | None = None):
    return counts.value(get_metric(key), period(fiscal_year, until), scope)


def value(key: str, fiscal_year: int = 2012, scope=EVERYTHING, until: date | None = None):
    return figure(key, fiscal_year, scope, until).value


def by(key: str, dimension, fiscal_year: int = 2012, scope=EVERYTHING) -> dict:
    found = counts.breakdown(get_metric(key), period(fiscal_year), dimension, scope)
    return {name: one.value for name, one in found.items()}
