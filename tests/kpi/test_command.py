"""flask kpi: one table on standard output or in a file; what is wrong is said on standard error."""

import io
from datetime import date

import pytest
from python_calamine import CalamineWorkbook

from app.access.permissions import Role
from app.foundation.db import db
from tests.factories import make_account, make_consultation, make_office


@pytest.fixture
def kpi(app, plan):
    db.session.commit()
    db.session.remove()
    runner = app.test_cli_runner()
    return lambda *arguments: runner.invoke(args=["kpi", *arguments])


@pytest.mark.parametrize("year", ["2012", "平成24年度", "H24", "FY2012", "２０１２"])
def test_a_year_is_read_however_it_is_written(kpi, year):
    answer = kpi("table", "--fiscal-year", year, "--format", "text")
    assert answer.exit_code == 0, answer.stderr
    assert "就職件数：53件" in answer.stdout.splitlines()
    assert answer.stderr == ""


def test_the_source_can_be_chosen(kpi):
    make_consultation(held_on=date(2012, 5, 1), headcount=4)
    db.session.commit()
    published = kpi("table", "--fiscal-year", "2012", "--source", "published").stdout
    records = kpi("table", "--fiscal-year", "2012", "--source", "records").stdout
    assert "相談者の延べ件数：415件" in published
    assert "相談者の延べ件数：4件" in records


def test_a_table_is_written_to_a_file(kpi, tmp_path):
    for form in ("text", "csv", "json", "xlsx"):
        file = tmp_path / f"table.{form}"
        answer = kpi("table", "--fiscal-year", "2012", "--format", form, "--output", str(file))
        assert (answer.exit_code, answer.stdout) == (0, "")
        assert str(file) in answer.stderr
        assert file.stat().st_size > 1000


def test_a_workbook_can_be_piped(kpi):
    answer = kpi("table", "--fiscal-year", "2012", "--format", "xlsx")
    assert CalamineWorkbook.from_filelike(io.BytesIO(answer.stdout_bytes)).sheet_names == ["平成24年度実績"]


@pytest.mark.parametrize(
    "arguments",
    [
        ("table", "--fiscal-year", "朝"),
        ("table", "--fiscal-year", "1900"),
        ("table", "--fiscal-year", "2006"),
        ("table", "--fiscal-year", "2012", "--format", "docx"),
        ("table", "--fiscal-year", "2012", "--source", "rumour"),
        ("table", "--fiscal-year", "2012", "--output", "/no/such/folder/table.txt"),
    ],
)
def test_bad_input_is_a_sentence_on_standard_error(kpi, arguments):
    answer = kpi(*arguments)
    assert answer.exit_code != 0
    assert answer.stdout == ""
    assert "Error: " in answer.stderr
    assert "Traceback" not in answer.stderr


def test_the_codes_of_the_csv_are_printed(kpi):
    assert "published" in kpi("codes").stdout


def test_a_year_is_frozen_and_again_changes_nothing(kpi):
    first = kpi("freeze", "--fiscal-year", "2012")
    assert (first.exit_code, first.stdout.splitlines()[-1]) == (0, "38")
    again = kpi("freeze", "--fiscal-year", "H24")
    assert (again.exit_code, again.stdout.splitlines()[-1]) == (0, "0")
    assert "すでに確定しています" in again.stderr
    frozen = kpi("table", "--fiscal-year", "2012", "--source", "frozen", "--format", "text").stdout
    published = kpi("table", "--fiscal-year", "2012", "--source", "published", "--format", "text").stdout
    assert "就職件数：53件" in frozen.splitlines()
    assert [line for line in frozen.splitlines() if "：" in line and "実績は" not in line] == [
        line for line in published.splitlines() if "：" in line and "実績は" not in line
    ]


def test_freezing_shows_how_far_it_is(kpi):
    answer = kpi("freeze", "--fiscal-year", "2025", "--with-missing")
    assert answer.exit_code == 0, answer.stderr
    assert "8/8" in answer.stderr
    assert int(answer.stdout.splitlines()[-1]) > 8


def test_a_freeze_without_reports_or_before_its_day_says_why(kpi):
    missing = kpi("freeze", "--fiscal-year", "2025")
    assert missing.exit_code == 1
    assert "報告がまだない指標" in missing.stderr
    early = kpi("freeze", "--fiscal-year", "2026")
    assert early.exit_code == 1
    assert "から確定できます" in early.stderr


def test_a_restatement_takes_two_people(kpi, app):
    with app.app_context():
        names = [make_account(role, make_office()).login_name for role in (Role.PLAN_DESK, Role.SUPERVISOR)]
        db.session.commit()
    kpi("freeze", "--fiscal-year", "2025", "--with-missing")
    with app.app_context():
        make_consultation(held_on=date(2025, 5, 1), headcount=4)
        db.session.commit()
    asked = ("restate", "--fiscal-year", "2025", "--reason", "期限のあとの記録", "--by", names[0])
    compared = kpi("restate", "--fiscal-year", "2025")
    assert compared.stdout.splitlines()[-1] == "0"
    assert "確定 0件、いまの記録では 4件" in compared.stderr
    assert kpi(*asked, "--approved-by", names[0]).exit_code == 1
    done = kpi(*asked, "--approved-by", names[1])
    assert (done.exit_code, done.stdout.splitlines()[-1]) == (0, "1"), done.stderr
    text = kpi("table", "--fiscal-year", "2025", "--edition", "1", "--format", "text").stdout
    assert "相談者の延べ件数：0件" in text
    assert "相談者の延べ件数：4件" in kpi("table", "--fiscal-year", "2025", "--format", "text").stdout
