"""補正: what a department says beside a counted figure stands below the table; outside only that it does."""

import csv
import io
import re
from decimal import Decimal

import pytest
from pypdf import PdfReader
from python_calamine import CalamineWorkbook

from app.foundation import clock
from app.foundation.transaction import transaction
from app.kpi.exports.files import FORMATS, write
from app.kpi.vocabulary import RemarkKind, TableSource
from app.plan.submission_operations import CorrectionEntry, correct
from app.publication.gate import get_published, release
from app.publication.published_table import get_published_table
from app.years.freezing_changes import list_changes
from app.years.reports import get_table
from tests.years.freezing import FROZEN_AT, YEAR, add_late_placement, freeze_year, plan_desk, record_a_year
from tests.years.test_freezing import PLACED
from tests.years.test_restating import decide_now, propose_now

pytestmark = [pytest.mark.both_databases, pytest.mark.usefixtures("plan")]
REASON = "紙の台帳に1件あります"
HOUSE = f"補正：所管課は就職件数54件としています。表の数は、記録から数えた数です。理由：{REASON}"
PUBLIC = "補正があります。表の数は、記録から数えたものです。"


def say_otherwise(value=54, part="", indicator=PLACED, measure="2-6", version=0):
    actor = plan_desk()
    entry = CorrectionEntry(
        measure=measure,
        indicator=indicator,
        part=part,
        value=Decimal(value),
        reason=REASON,
        version=version,
    )
    with clock.standing_at(FROZEN_AT), transaction():
        correct(actor=actor, fiscal_year=YEAR, entry=entry)


def let_out():
    actor = plan_desk()
    with transaction():
        release(actor=actor, fiscal_year=YEAR)
    return get_published_table(get_published(YEAR))


def squeezed(text):
    return re.sub(r"\s+", "", text)


def printed(table):
    """Return what each file says, without spaces."""
    book = CalamineWorkbook.from_filelike(io.BytesIO(write(table, "xlsx", "ja")))
    paper = PdfReader(io.BytesIO(write(table, "pdf", "ja"))).pages
    shown = {
        "xlsx": "".join(str(cell) for row in book.get_sheet_by_index(0).to_python() for cell in row),
        "pdf": "".join(page.extract_text() for page in paper),
    }
    shown |= {form: write(table, form, "ja").decode() for form in ("text", "csv", "json")}
    assert shown.keys() == FORMATS.keys()
    return {form: squeezed(text) for form, text in shown.items()}


@pytest.mark.parametrize("is_frozen", [False, True])
def test_a_correction_stands_below_the_table_of_the_house_with_its_mark_and_reason(is_frozen):
    record_a_year()
    say_otherwise()
    if is_frozen:
        freeze_year()
    table = get_table(YEAR)
    (remark,) = table.remarks
    for form, text in printed(table).items():
        assert squeezed(HOUSE) in text, form
        if form not in ("csv", "json"):
            assert re.search(rf"就職件数：53件】?※{remark.number}", text), form


def test_the_number_of_its_mark_goes_on_from_the_plans_own_notes():
    record_a_year()
    say_otherwise()
    table = get_table(YEAR)
    numbers = [one.number for one in table.notes] + [one.number for one in table.remarks]
    assert numbers == list(range(1, len(numbers) + 1))


def test_a_correction_that_the_records_agree_with_by_now_says_nothing():
    office = record_a_year()
    say_otherwise()
    add_late_placement(office)
    assert get_table(YEAR).remarks == ()


def test_a_figure_under_two_measures_is_marked_under_both():
    record_a_year()
    say_otherwise(190, indicator="centre_registrants", measure="2-4")
    (remark,) = get_table(YEAR).remarks
    assert [one.measure for one in remark.places] == ["1-3", "2-4"]


def test_outside_it_is_only_said_that_there_is_a_correction():
    record_a_year()
    say_otherwise()
    freeze_year()
    for form, text in printed(let_out()).items():
        assert squeezed(PUBLIC) in text, form
        for inner in (REASON, "54件", "所管課は"):
            assert inner not in text, form


def test_nothing_is_said_outside_of_a_figure_that_is_withheld():
    record_a_year()
    say_otherwise(3, part="in_need")
    freeze_year()
    assert [one.kind for one in get_table(YEAR).remarks] == [RemarkKind.CORRECTED]
    table = let_out()
    assert table.remarks == ()
    rows = list(csv.DictReader(io.StringIO(write(table, "csv", "ja").decode("utf-8-sig"))))
    assert {row["remarks"] for row in rows} == {""}


def test_a_correction_made_after_the_freeze_waits_for_a_restatement():
    office = record_a_year()
    freeze_year()
    say_otherwise(60)
    assert get_table(YEAR).remarks == ()
    assert len(get_table(YEAR, TableSource.RECORDS).remarks) == 1
    assert list_changes(YEAR) == []
    add_late_placement(office)
    propose_now()
    decide_now()
    assert [one.kind for one in get_table(YEAR).remarks] == [RemarkKind.CORRECTED, RemarkKind.RESTATED]


def test_a_correction_that_a_restatement_settles_is_gone_in_the_next_edition():
    office = record_a_year()
    say_otherwise()
    freeze_year()
    add_late_placement(office)
    propose_now()
    decide_now()
    assert [one.kind for one in get_table(YEAR, edition=1).remarks] == [RemarkKind.CORRECTED]
    assert [one.kind for one in get_table(YEAR).remarks] == [RemarkKind.RESTATED]


def test_the_public_page_says_it_where_the_figure_stands(client):
    record_a_year()
    say_otherwise()
    freeze_year()
    (remark,) = let_out().remarks
    page = squeezed(re.sub(r"<[^>]+>", "", client.get(f"/public/plan/{YEAR}").get_data(as_text=True)))
    assert f"【就職件数：53件】※{remark.number}" in page
    assert f"※{remark.number}{squeezed(PUBLIC)}" in page
    assert squeezed(REASON) not in page
