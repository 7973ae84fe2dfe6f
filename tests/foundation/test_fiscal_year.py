"""Years begin on 1 April and are written with the era of their December."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.foundation import fiscal_year
from app.foundation.errors import DomainError

fiscal_years = st.integers(min_value=1930, max_value=2099)
days = st.dates(min_value=date(1930, 1, 1), max_value=date(2099, 12, 31))


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2012, 3, 31), 2011),
        (date(2012, 4, 1), 2012),
        (date(2013, 1, 1), 2012),
        (date(2013, 3, 31), 2012),
        (date(2013, 4, 1), 2013),
    ],
)
def test_31_march_and_1_april_lie_in_different_fiscal_years(day, expected):
    assert fiscal_year.fiscal_year_of(day) == expected


@given(fiscal_years)
def test_a_fiscal_year_holds_its_first_and_last_day_and_not_their_neighbours(year):
    first, last = fiscal_year.first_day(year), fiscal_year.last_day(year)
    assert (first.month, first.day, last.month, last.day) == (4, 1, 3, 31)
    assert fiscal_year.fiscal_year_of(first) == fiscal_year.fiscal_year_of(last) == year
    assert fiscal_year.fiscal_year_of(first - timedelta(days=1)) == year - 1
    assert fiscal_year.fiscal_year_of(last + timedelta(days=1)) == year + 1


@given(fiscal_years)
def test_the_twelve_months_cover_a_fiscal_year_without_gap(year):
    spans = fiscal_year.months(year)
    assert spans[0][0] == fiscal_year.first_day(year)
    assert spans[-1][1] == fiscal_year.last_day(year)
    assert len(spans) == 12
    for (_, end), (start, _) in zip(spans, spans[1:], strict=False):
        assert start == end + timedelta(days=1)


def test_january_to_march_belong_to_the_following_calendar_year():
    assert fiscal_year.month_span(2011, 2) == (date(2012, 2, 1), date(2012, 2, 29))
    assert fiscal_year.month_span(2011, 12) == (date(2011, 12, 1), date(2011, 12, 31))


@pytest.mark.parametrize(
    ("year", "japanese", "english"),
    [
        (1988, "昭和63年度", "FY1988"),
        (1989, "平成元年度", "FY1989"),
        (2012, "平成24年度", "FY2012"),
        (2018, "平成30年度", "FY2018"),
        (2019, "令和元年度", "FY2019"),
        (2020, "令和2年度", "FY2020"),
        (2026, "令和8年度", "FY2026"),
    ],
)
def test_a_fiscal_year_is_written_with_its_era(year, japanese, english):
    assert fiscal_year.short_label(year) == japanese
    assert fiscal_year.label(year) == f"{japanese}({year})"
    assert fiscal_year.label(year, western=False) == japanese
    assert fiscal_year.label(year, "en") == fiscal_year.short_label(year, "en") == english


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("平成24年度", 2012),
        ("平成２４年度", 2012),
        (" 平成 24 年度 ", 2012),
        ("平成24", 2012),
        ("H24", 2012),
        ("h24年度", 2012),
        ("㍻24年度", 2012),
        ("平成元年度", 1989),
        ("昭和63年度", 1988),
        ("S63", 1988),
        ("平成31年度", 2019),
        ("令和元年度", 2019),
        ("令和1年度", 2019),
        ("Ｒ１", 2019),
        ("平成32年度", 2020),
        ("令和8年度(2026)", 2026),
        ("令和８年度（２０２６）", 2026),
        ("FY2012", 2012),
        ("fy 2012", 2012),
        ("2012", 2012),
        ("２０１２年度", 2012),
    ],
)
def test_a_fiscal_year_is_read_in_every_usual_spelling(text, expected):
    assert fiscal_year.parse(text) == expected


@pytest.mark.parametrize(
    "text", ["", "年度", "24", "24年度", "令和0年度", "大正3年度", "平成二十四年度", "2012年", "x"]
)
def test_what_is_no_fiscal_year_is_refused_with_an_example(text):
    with pytest.raises(DomainError, match="年度として読み取れません.*令和8年度"):
        fiscal_year.parse(text)


def test_a_year_that_contradicts_itself_is_refused():
    with pytest.raises(DomainError, match="元号の年度と西暦が合いません"):
        fiscal_year.parse("平成24年度(2013)")


@pytest.mark.parametrize("text", ["1800", "9999"])
def test_a_year_far_outside_is_refused_with_the_range(text):
    with pytest.raises(DomainError, match="1926から2099"):
        fiscal_year.parse(text)


@given(fiscal_years, st.sampled_from(["ja", "en"]), st.booleans())
def test_every_label_reads_back_to_its_year(year, locale, western):
    assert fiscal_year.parse(fiscal_year.label(year, locale, western)) == year


@pytest.mark.parametrize(
    ("day", "name", "year"),
    [
        (date(1926, 12, 25), "昭和", 1),
        (date(1989, 1, 7), "昭和", 64),
        (date(1989, 1, 8), "平成", 1),
        (date(2019, 4, 30), "平成", 31),
        (date(2019, 5, 1), "令和", 1),
        (date(2026, 11, 20), "令和", 8),
    ],
)
def test_eras_turn_on_their_exact_day(day, name, year):
    era, count = fiscal_year.era_of(day)
    assert (era.name, count) == (name, year)


@given(days)
def test_a_day_lies_within_the_era_that_is_named_for_it(day):
    era, count = fiscal_year.era_of(day)
    assert era.first <= day
    assert era.last is None or day <= era.last
    assert era.first.year + count - 1 == day.year


def test_a_day_before_showa_has_no_era_here_and_the_error_says_so():
    with pytest.raises(DomainError, match="昭和より前"):
        fiscal_year.era_of(date(1926, 12, 24))


def test_a_day_is_written_long_and_short_in_both_languages():
    day = date(2026, 11, 20)
    assert fiscal_year.day_label(day) == "令和8年11月20日（金）"
    assert fiscal_year.day_label(day, "en") == "20 November 2026 (Fri)"
    assert fiscal_year.day_label(day, weekday=False) == "令和8年11月20日"
    assert fiscal_year.day_label(day, "en", weekday=False) == "20 November 2026"
    assert fiscal_year.day_short(day) == "11月20日（金）"
    assert fiscal_year.day_short(day, "en") == "20 Nov (Fri)"
    assert fiscal_year.day_label(date(2019, 5, 1)) == "令和元年5月1日（水）"
    assert fiscal_year.day_label(date(1900, 1, 2)) == "1900年1月2日（火）"


@pytest.mark.parametrize("name", ["令和", "R", "r"])
def test_an_era_is_found_by_name_and_letter(name):
    assert fiscal_year.find_era(name) is fiscal_year.REIWA
    assert fiscal_year.find_era("大正") is None
