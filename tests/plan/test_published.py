"""The register's FY2012, cell by cell, against a file written by hand from the printed plan."""

import csv
from decimal import Decimal

import pytest

from app.plan import queries
from app.plan.vocabulary import ResultKind

COLUMNS = ["measure", "printed_title", "indicator", "part", "printed", "bracketed", "value", "unit", "word"]


@pytest.fixture
def printed(project):
    with (project / "tests" / "data" / "published_fy2012.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def cells(register):
    for measure in register.measures:
        for indicator in measure.indicators:
            whole = ("", indicator.actual)
            for label, result in [whole, *((part.label.ja, part.actual) for part in indicator.parts)]:
                if result is not None:
                    yield measure, indicator, label, result


def test_every_printed_figure_of_fy2012_stands_in_the_register_and_no_other(plan, printed):
    expected = [
        (row["measure"], row["indicator"], row["part"], Decimal(row["value"]), row["unit"], row["word"])
        for row in printed
    ]
    found = [
        (measure.code, indicator.label.ja, part, result.value, indicator.unit.ja, str(result.printed))
        for measure, indicator, part, result in cells(queries.get_register(2012))
    ]
    assert sorted(found) == sorted(expected)


def test_the_titles_are_those_of_the_printed_table(plan, printed):
    titles = {m.code: m.title_in_table.ja for m in queries.get_register(2012).measures}
    assert {row["measure"]: row["printed_title"] for row in printed}.items() <= titles.items()


def test_the_figures_are_published_history(plan):
    kinds = {result.kind for *_rest, result in cells(queries.get_register(2012))}
    assert kinds == {ResultKind.PUBLISHED}


def test_the_hand_written_file_counts_what_the_plan_prints(printed):
    assert list(printed[0]) == COLUMNS
    words = sorted(row["word"] for row in printed if row["word"])
    assert words == ["なし", "なし", "なし", "開催なし", "開催なし"]
    assert sum(row["bracketed"] == "no" for row in printed) == 11
    parts = [int(row["value"]) for row in printed if row["part"]]
    assert parts == [40, 11, 2]


def test_both_numbers_of_registrants_stand_and_one_note_explains_them(plan):
    register = queries.get_register(2012)
    marked = {
        (measure.code, indicator.actual.value, indicator.notes)
        for measure in register.measures
        for indicator in measure.indicators
        if indicator.key == "centre_registrants"
    }
    assert marked == {("1-3", Decimal(187), (1,)), ("2-4", Decimal(184), (1,))}
    assert "187人" in register.notes[0].text.ja
    assert "184人" in register.notes[0].text.ja


def test_other_contradictions_of_the_print_stay_and_are_noted(plan):
    register = queries.get_register(2012)
    noted = {
        measure.code: (measure.audience.ja, measure.audience_notes, measure.title_notes)
        for measure in register.measures
        if measure.audience_notes or measure.title_notes
    }
    assert noted == {
        "1-1": ("全対象", (6,), ()),
        "3-7": ("全対象者", (6,), (5,)),
        "3-9": ("若年者", (3,), ()),
        "4-12": ("高齢者", (), (4,)),
    }
    assert "若者者" in register.notes[2].text.ja
    twelve = register.measure("4-12")
    assert (twelve.title.ja, twelve.title_in_table.ja) == (
        "高齢者への就労機会の拡大",
        "高齢者への雇用機会の拡大",
    )
    assert "高齢者団体への就労機会の拡大" in register.notes[3].text.ja
    assert register.measure("3-7").title.ja == "（再掲）就労支援情報の提供"
    assert register.measure("3-7").bare_title.ja == "就労支援情報の提供"


def test_notes_of_fy2012_do_not_stand_under_another_year(plan):
    register = queries.get_register(2013)
    assert register.notes == ()
    assert not any(i.notes for m in register.measures for i in m.indicators)


def test_both_target_years_print_one_target(plan):
    register = queries.get_register(2012)
    assert all(measure.one_target for measure in register.measures)
    targets = {
        (m.code, i.key): i.next_target.value for m in register.measures for i in m.indicators if i.next_target
    }
    assert targets["2-6", "assistance_placements"] == 60
    assert targets["4-13", "city_disability_employment_rate"] == Decimal("2.3")
    assert targets["3-7", "info_items"] == targets["1-1", "info_items"] == 150
    assert len(targets) == 24
