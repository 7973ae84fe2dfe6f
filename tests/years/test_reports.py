"""The plan's table: as it was published, cell by cell, and as it is counted from records."""

import csv
from datetime import date
from decimal import Decimal

import pytest

from app.foundation.db import db
from app.foundation.errors import NotFound
from app.kpi import notation
from app.kpi.vocabulary import Mark, TableSource
from app.placements.vocabulary import PlacementCategory
from app.situation.programme import Programme
from app.windows.map_models import MapEdition
from app.years.reports import get_table
from tests.factories import add, make_case, make_consultation, make_placement, make_registration

pytestmark = [pytest.mark.both_databases, pytest.mark.usefixtures("plan")]

MAY = date(2012, 5, 1)


@pytest.fixture
def by_hand(project):
    """What the source prints, typed by hand: measure, indicator and part to value, unit and word."""
    with (project / "tests/data/published_fy2012.csv").open(encoding="utf-8-sig", newline="") as file:
        return {
            (row["measure"], row["indicator"], row["part"]): (Decimal(row["value"]), row["unit"], row["word"])
            for row in csv.DictReader(file)
        }


def shown(table):
    return {
        (row.measure.code, figure.label.ja, cell.label.ja if cell.part else ""): (
            cell.value,
            cell.indicator.unit.ja,
            cell.printed,
        )
        for row in table.rows
        for figure in row.figures
        for cell in figure.with_parts()
    }


def printed(code, table=None):
    row = next(row for row in (table or get_table(2012)).rows if row.measure.code == code)
    return [notation.bracketed(cell, "ja") for figure in row.figures for cell in figure.with_parts()]


def test_the_published_table_reproduces_every_printed_figure_and_word(by_hand):
    assert shown(get_table(2012, TableSource.PUBLISHED)) == by_hand


def test_the_table_has_all_21_measures_in_order():
    assert [row.measure.number for row in get_table(2012).rows] == list(range(1, 22))


def test_figures_are_written_as_the_plan_writes_them():
    assert printed("2-4") == [
        "【登録人数：184人】",
        "【就労人数：6人】",
        "【相談人数：5,332人】",
        "【定着支援人数延べ：187人】",
    ]
    assert printed("2-5") == ["就労支援マップの更新：なし", "就労支援マップの増冊：なし"]
    assert printed("2-6")[1:] == [
        "【就職件数：53件】",
        "・生活保護受給者：40件",
        "・母子家庭：11件",
        "・要保護者等：2件",
    ]
    assert printed("4-13") == ["【障害者法定雇用率：2.42%】"]


def test_187_and_184_both_stand_and_a_note_says_so():
    table = get_table(2012)
    figures = [row.find("centre_registrants") for row in table.rows if row.find("centre_registrants")]
    assert [one.value for one in figures] == [187, 184]
    (number,) = {one.indicator.notes for one in figures}
    note = next(note for note in table.notes if note.number == number[0])
    assert "187人" in note.text.ja
    assert "184人" in note.text.ja


def test_a_repeated_measure_shows_the_figures_of_the_other():
    rows = {row.measure.code: row for row in get_table(2012).rows}
    assert rows["3-7"].figures == rows["1-1"].figures
    assert rows["3-7"].measure.repeats == "1-1"


def test_records_fill_the_table_when_they_are_asked_for():
    make_consultation(held_on=MAY, headcount=7)
    make_placement(make_case(), started_on=MAY, category=PlacementCategory.IN_NEED)
    make_registration(make_case(), starts_on=MAY)
    make_consultation(held_on=MAY, programme=Programme.CENTRE, headcount=30)
    table = get_table(2012, TableSource.RECORDS)
    assert printed("2-6", table) == [
        "【相談者の延べ件数：7件】",
        "【就職件数：1件】",
        "・生活保護受給者：0件",
        "・母子家庭：0件",
        "・要保護者等：1件",
    ]
    assert printed("1-3", table)[0] == printed("2-4", table)[0] == "【登録人数：1人】"
    assert printed("2-4", table)[2] == "【相談人数：30人】"
    assert printed("1-1", table) == ["【情報提供件数：124件】"], "what departments report stays what is kept"


def test_parts_of_the_table_sum_to_their_whole():
    for category in [*PlacementCategory, None, PlacementCategory.RECIPIENT]:
        make_placement(make_case(), started_on=MAY, category=category)
    for source in (TableSource.RECORDS, TableSource.PUBLISHED):
        for row in get_table(2012, source).rows:
            for figure in row.figures:
                if figure.parts:
                    assert sum(part.value for part in figure.parts) == figure.value


def test_a_published_year_is_shown_as_published_and_any_other_from_records():
    make_consultation(held_on=MAY)
    make_consultation(held_on=date(2013, 5, 1))
    assert get_table(2012).source is TableSource.PUBLISHED
    later = get_table(2013)
    assert later.source is TableSource.RECORDS
    assert printed("2-6", later)[0] == "【相談者の延べ件数：1件】"


def test_what_nobody_reported_yet_is_no_zero():
    table = get_table(2013)
    assert printed("1-1", table) == ["情報提供件数：該当なし"]
    assert printed("2-6", table)[0] == "【相談者の延べ件数：0件】"


def test_figures_say_where_they_come_from():
    add(MapEdition(number=1, published_on=date(2013, 5, 1), fiscal_year=2013, changes=""))
    cells = {cell.indicator.key: cell for row in get_table(2013).rows for cell in row.figures}
    assert (cells["map_editions"].value, cells["map_editions"].mark) == (1, Mark.MAP)
    assert cells["assistance_placements"].mark is Mark.RECORDS
    assert cells["assistance_placements"].metric == "assistance_placements"
    assert (cells["info_items"].mark, cells["info_items"].metric) == (Mark.REPORTED, None)
    assert {cell.mark for row in get_table(2012).rows for cell in row.figures} == {Mark.PUBLISHED}


def test_one_changed_record_changes_the_table():
    placement = make_placement(make_case(), started_on=MAY, category=PlacementCategory.RECIPIENT)
    before = printed("2-6", get_table(2012, TableSource.RECORDS))
    placement.started_on, placement.fiscal_year = date(2013, 4, 1), 2013
    db.session.flush()
    assert printed("2-6", get_table(2012, TableSource.RECORDS)) != before
    assert printed("2-6", get_table(2013))[1] == "【就職件数：1件】"


def test_fy2019_is_written_as_the_first_year_of_reiwa():
    table = get_table(2019)
    assert notation.table_title(table, "ja").endswith("令和元年度（2019）実績と目標")
    assert notation.headings(2019, "ja")[4:7] == ["令和元年度実績", "令和2年度目標", "令和3年度目標"]
    assert notation.headings(2019, "en")[4:7] == ["FY2019 results", "FY2020 targets", "FY2021 targets"]


def test_a_year_before_every_plan_has_no_table():
    with pytest.raises(NotFound):
        get_table(2006)
