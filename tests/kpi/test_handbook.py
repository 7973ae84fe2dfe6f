"""The KPI handbook: every metric is explained in both languages, and the file in docs is the one of today."""

import pytest

from app.access.permissions import Role
from app.kpi.explaining import FILE
from app.kpi.handbook import COUNTING, entries, write_handbook
from app.kpi.metrics import METRICS
from app.plan.vocabulary import Counting
from tests.factories import sign_in


@pytest.mark.parametrize("key", METRICS)
def test_every_metric_says_what_counts_what_not_an_example_and_its_source(key):
    metric = METRICS[key]
    for text in (metric.title, metric.unit, metric.rule, metric.counts_not, metric.example, metric.source):
        assert text.ja
        assert text.en
        assert text.ja != text.en or text.ja == "%"


def test_the_file_explains_no_metric_that_is_gone():
    import tomllib

    assert set(tomllib.loads(FILE.read_text(encoding="utf-8"))) == set(METRICS)


def test_visits_and_persons_are_told_apart():
    found = {
        key: dict((heading.en, text.ja) for heading, text in entries(metric))[COUNTING.en]
        for key, metric in METRICS.items()
    }
    assert found["assistance_consultations"] == Counting.VISITS.ja
    assert found["assistance_persons"] == Counting.PERSONS.ja


def test_the_handbook_in_docs_is_made_of_the_metrics_of_today(project):
    kept = (project / "docs" / "kpi-handbook.md").read_text(encoding="utf-8")
    assert kept == write_handbook(), "flask kpi handbook --output docs/kpi-handbook.md"


def test_the_command_prints_the_handbook(app):
    printed = app.test_cli_runner().invoke(args=["kpi", "handbook"])
    assert printed.exit_code == 0
    assert printed.output == write_handbook()


def test_the_screen_explains_every_metric_in_both_languages(client, db_session):
    sign_in(client, role=Role.SUPERVISOR)
    page = client.get("/figures/handbook").text
    assert all(metric.counts_not.ja in page and f'id="{key}"' in page for key, metric in METRICS.items())
    client.set_cookie("lang", "en")
    page = client.get("/figures/handbook").text
    assert METRICS["days_to_placement"].example.en in page


def test_a_department_reads_the_definitions_and_no_figure(client, db_session):
    sign_in(client, role=Role.DEPARTMENT)
    page = client.get("/figures/handbook").text
    assert METRICS["assistance_placements"].counts_not.ja in page
    assert "/figures/assistance_placements/" not in page
