"""flask kpi: one table on standard output or in a file; what is wrong is said on standard error."""

import io
from datetime import date

import pytest
from python_calamine import CalamineWorkbook

from app.foundation.db import db
from tests.factories import make_consultation


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
        ("table", "--fiscal-year", "2012", "--format", "pdf"),
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
