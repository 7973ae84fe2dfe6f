"""Dates are read as people write them; what cannot be read is said in plain words."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.foundation import fiscal_year
from app.foundation.errors import DomainError
from app.foundation.text import day_from_excel_serial, fold_width, parse_day

TODAY = date(2026, 11, 20)


def read(text: str) -> date:
    return parse_day(text, today=TODAY)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2012-05-01", date(2012, 5, 1)),
        ("2012/5/1", date(2012, 5, 1)),
        ("2012.5.1", date(2012, 5, 1)),
        ("20120501", date(2012, 5, 1)),
        ("２０１２／５／１", date(2012, 5, 1)),
        ("2012年5月1日", date(2012, 5, 1)),
        ("2012年5月1日（火）", date(2012, 5, 1)),
        ("2012/5/1(火曜日)", date(2012, 5, 1)),
        ("西暦2012年5月1日", date(2012, 5, 1)),
        (" 2012 / 5 / 1 ", date(2012, 5, 1)),
        ("H24.5.1", date(2012, 5, 1)),
        ("h24/5/1", date(2012, 5, 1)),
        ("H.24.5.1", date(2012, 5, 1)),
        ("H240501", date(2012, 5, 1)),
        ("㍻24年5月1日", date(2012, 5, 1)),
        ("R6/4/1", date(2024, 4, 1)),
        ("Ｒ６．４．１", date(2024, 4, 1)),
        ("R8-4-1", date(2026, 4, 1)),
        ("R060401", date(2024, 4, 1)),
        ("令和元年5月1日", date(2019, 5, 1)),
        ("令和1年5月1日", date(2019, 5, 1)),
        ("㋿元年5月1日", date(2019, 5, 1)),
        ("平成31年4月30日", date(2019, 4, 30)),
        ("平成元年1月8日", date(1989, 1, 8)),
        ("昭和64年1月7日", date(1989, 1, 7)),
        ("昭和元年12月25日", date(1926, 12, 25)),
        ("S45.3.2", date(1970, 3, 2)),
        ("令和8年11月20日（金）", date(2026, 11, 20)),
        ("20 November 2026 (Fri)", date(2026, 11, 20)),
        ("2000/2/29", date(2000, 2, 29)),
    ],
)
def test_a_full_date_is_read_in_every_usual_spelling(text, expected):
    assert read(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("4/1", date(2026, 4, 1)),
        ("４月１日", date(2026, 4, 1)),
        ("11/20", date(2026, 11, 20)),
        ("11/21", date(2025, 11, 21)),
        ("12月31日（水）", date(2025, 12, 31)),
        ("2/29", date(2024, 2, 29)),
    ],
)
def test_month_and_day_are_the_last_such_day_up_to_today(text, expected):
    assert read(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [("11/20", TODAY), ("11/19", date(2027, 11, 19)), ("4/1", date(2027, 4, 1)), ("2/29", date(2028, 2, 29))],
)
def test_month_and_day_are_the_next_such_day_where_a_field_looks_ahead(text, expected):
    assert parse_day(text, today=TODAY, ahead=True) == expected


@given(st.dates(min_value=date(1950, 1, 1), max_value=date(2099, 1, 1)), st.integers(0, 365))
def test_month_and_day_of_the_past_year_come_back_whatever_today_is(today, distance):
    day = today - timedelta(days=distance)
    found = parse_day(f"{day.month}/{day.day}", today=today)
    assert (found.month, found.day) == (day.month, day.day)
    assert day <= found <= today


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("今日", 0), ("きょう", 0), ("本日", 0), ("Today", 0), ("ＴＯＤＡＹ", 0),
        ("昨日", -1), ("きのう", -1), ("yesterday", -1), ("一昨日", -2), ("おととい", -2), ("あした", 1),
    ],
)  # fmt: skip
def test_words_for_days_count_from_today(text, days):
    assert read(text) == TODAY + timedelta(days=days)


@pytest.mark.parametrize(
    "text", ["2012-02-30", "2月30日", "2023/2/29", "2012-13-01", "2012/0/1", "H24.4.31", "R0.4.1", "4/0"]
)
def test_a_day_that_does_not_exist_is_named(text):
    with pytest.raises(DomainError, match="という日付はありません"):
        read(text)


@pytest.mark.parametrize(
    ("text", "limit", "instead"),
    [
        ("平成31年5月1日", "2019/4/30まで", "2019/5/1と入力"),
        ("H32.4.1", "2019/4/30まで", "2020/4/1と入力"),
        ("昭和64年1月8日", "1989/1/7まで", "1989/1/8と入力"),
        ("S99/1/1", "1989/1/7まで", "2024/1/1と入力"),
    ],
)
def test_a_day_past_the_end_of_its_era_is_an_error_that_says_so(text, limit, instead):
    with pytest.raises(DomainError, match="が終わった後の日付です") as caught:
        read(text)
    assert limit in str(caught.value)
    assert instead in str(caught.value)


@pytest.mark.parametrize(
    ("text", "limit", "instead"),
    [
        ("令和元年4月30日", "2019/5/1から", "2019/4/30と入力"),
        ("R1.1.1", "2019/5/1から", "2019/1/1と入力"),
        ("平成元年1月7日", "1989/1/8から", "1989/1/7と入力"),
        ("昭和元年12月24日", "1926/12/25から", "1926/12/24と入力"),
    ],
)
def test_a_day_before_the_start_of_its_era_is_an_error_that_says_so(text, limit, instead):
    with pytest.raises(DomainError, match="が始まる前の日付です") as caught:
        read(text)
    assert limit in str(caught.value)
    assert instead in str(caught.value)


@pytest.mark.parametrize("text", ["大正14年1月1日", "M45.7.29", "T3.4.1"])
def test_eras_before_showa_are_refused_by_name(text):
    with pytest.raises(DomainError, match="明治・大正"):
        read(text)


@pytest.mark.parametrize("text", ["24.5.1", "24年5月1日", "01/02/03"])
def test_a_year_of_two_digits_is_never_guessed(text):
    with pytest.raises(DomainError, match="何年のことか分かりません"):
        read(text)


@pytest.mark.parametrize("text", ["", "   ", "\u3000"])
def test_an_empty_field_asks_for_a_date(text):
    with pytest.raises(DomainError, match="日付を入力してください"):
        read(text)


@pytest.mark.parametrize(
    "text",
    ["こないだ", "41030", "2012/5", "平成24年度", "R6/4", "5 Foo 2012", "1" * 10_000, "𠮷", "2012/5/1/1"],
)
def test_what_is_no_date_is_refused_with_examples(text):
    with pytest.raises(DomainError, match="日付として読み取れません") as caught:
        read(text)
    assert len(str(caught.value)) < 120


@pytest.mark.parametrize("text", ["1899-12-31", "2100-01-01", "99991231", "0001/1/1"])
def test_a_year_far_outside_is_refused_with_the_range(text):
    with pytest.raises(DomainError, match="1900年から2099年"):
        read(text)


@given(
    st.dates(min_value=fiscal_year.SHOWA.first, max_value=date(2099, 12, 31)), st.sampled_from(["ja", "en"])
)
def test_every_day_label_reads_back_to_its_day(day, locale):
    assert parse_day(fiscal_year.day_label(day, locale), today=TODAY) == day
    assert parse_day(day.isoformat(), today=TODAY) == day


@given(st.text(max_size=40))
def test_any_text_is_a_day_or_a_clear_refusal(text):
    try:
        read(text)
    except DomainError as error:
        refusal = str(error)
    else:
        return
    assert refusal.endswith("。")


@pytest.mark.parametrize(
    ("serial", "expected"),
    [
        (61, date(1900, 3, 1)),
        (41030, date(2012, 5, 1)),
        (43585, date(2019, 4, 30)),
        (41030.75, date(2012, 5, 1)),
    ],
)
def test_a_spreadsheet_serial_is_a_day(serial, expected):
    assert day_from_excel_serial(serial) == expected


def test_a_serial_of_the_1904_system_starts_four_years_later():
    assert day_from_excel_serial(39568, date1904=True) == date(2012, 5, 1)


@pytest.mark.parametrize("serial", [0, 60, -1, 20120501, float("nan"), float("inf"), True])
def test_a_number_that_is_no_serial_is_refused(serial):
    with pytest.raises(DomainError, match="通し番号"):
        day_from_excel_serial(serial)


def test_folding_makes_digits_and_letters_half_width():
    assert fold_width("Ｈ２４．５．１　①") == "H24.5.1 1"
