"""Units beside figures: English knows one and many, Japanese does not."""

import pytest

from app.kpi import wording as wording_of_figures
from app.kpi.counts import Figure
from app.kpi.metrics import METRICS
from app.kpi.vocabulary import MetricKind
from app.plan import queries
from app.plan.register import Words
from app.plan.wording import unit_words


@pytest.mark.parametrize(
    ("unit", "one"),
    [
        ("people", "person"),
        ("facilities", "facility"),
        ("copies", "copy"),
        ("times", "time"),
        ("working days", "working day"),
        ("person-days", "person-day"),
        ("%", "%"),
    ],
)
def test_one_of_a_unit_reads_well_in_english(unit, one):
    words = Words(ja="件", en=unit)
    assert unit_words(words, 1, "en") == unit_words(words, 1.0, "en") == one
    assert unit_words(words, 2, "en") == unit_words(words, 0, "en") == unit
    assert unit_words(words, 1, "ja") == "件"


def test_no_unit_of_plan_or_figures_keeps_its_plural_beside_one(plan):
    units = {one.unit for measure in queries.get_register(2012).measures for one in measure.indicators}
    units |= {metric.unit for metric in METRICS.values()}
    same = {unit.en for unit in units if unit_words(unit, 1, "en") == unit.en}
    assert same == {"%"}


@pytest.mark.parametrize("metric", METRICS.values(), ids=METRICS)
def test_a_single_counted_record_is_written_in_the_singular(metric):
    written = wording_of_figures.with_unit(metric, Figure(value=1, n=1), "en")
    if metric.kind is MetricKind.COHORT:
        assert written == "100.0%"
    else:
        alone = wording_of_figures.unit(metric, 1, "en", beside_title=False)
        assert alone == f" {unit_words(metric.unit, 1, 'en')}"
        assert not alone.endswith("s")
        # Beside a title that says what is counted the number stands alone.
        assert written in ("1", f"1{alone}")
