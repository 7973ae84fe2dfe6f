"""The day field: whatever is typed ends in a day or in a sentence, and stays in the field."""

from datetime import UTC, date, datetime, timedelta

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from app.foundation import clock, fiscal_year
from app.web.fields import DayField
from app.web.forms import Form
from tests.web.house import build_house

FRIDAY = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)
HOUSE: Flask = build_house()


class DayForm(Form):
    day = DayField("日付", not_future=True)
    due = DayField("期限", required=False, ahead=True)


def read(**sent: str) -> DayForm:
    """Return the form as read on Friday, 20 November 2026."""
    data = MultiDict({name.replace("_", "-"): value for name, value in sent.items()})
    with HOUSE.test_request_context(method="POST", data=data), clock.standing_at(FRIDAY):
        form = DayForm()
        form.validate()
        # the sentences are lazy in nothing: they can be read after the request
        form.echo = form.day.echo
        form.options = form.day.options
        return form


past_days = st.dates(date(1926, 12, 25), date(2026, 11, 20))


@given(past_days)
def test_three_numbers_give_that_day(day: date) -> None:
    form = read(day_pick="other", day_year=str(day.year), day_month=str(day.month), day_date=str(day.day))
    assert form.day.data == day
    assert form.day.errors == []


@given(past_days)
def test_three_numbers_in_full_width_give_that_day(day: date) -> None:
    wide = str.maketrans("0123456789", "０１２３４５６７８９")
    parts = {"day_year": day.year, "day_month": day.month, "day_date": day.day}
    assert read(**{name: str(number).translate(wide) for name, number in parts.items()}).day.data == day


@given(past_days)
def test_the_echo_of_a_day_typed_back_gives_the_same_day(day: date) -> None:
    written = fiscal_year.day_label(day)
    form = read(day=written)
    assert form.day.data == day
    assert form.echo == written


@given(past_days)
def test_a_button_sends_the_day_itself_whatever_day_it_is_taken_up(day: date) -> None:
    form = read(day_pick=day.isoformat())
    assert form.day.data == day
    assert form.day.typed["year"] == str(day.year)


@given(
    st.fixed_dictionaries(
        {name: st.text(max_size=12) for name in ("day", "day_pick", "day_year", "day_month", "day_date")}
    )
)
def test_anything_typed_ends_in_a_day_or_in_one_sentence(sent: dict[str, str]) -> None:
    form = read(**sent)
    assert (form.day.data is None) == bool(form.day.errors) or form.day.data > date(2026, 11, 20)
    assert all(isinstance(text, str) and text.endswith(("。", "）。")) for text in form.day.errors)


@given(st.integers(1, 400))
def test_a_day_to_come_is_refused_where_the_thing_has_happened(ahead: int) -> None:
    day = date(2026, 11, 20) + timedelta(days=ahead)
    form = read(day=day.isoformat())
    assert form.day.errors == [f"{fiscal_year.day_label(day)}は今日より後です。日付を確かめてください。"]


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("R8.4.1", date(2026, 4, 1)),
        ("令和8年4月1日", date(2026, 4, 1)),
        ("４／１", date(2026, 4, 1)),
        ("きのう", date(2026, 11, 19)),
        ("2012-05-01", date(2012, 5, 1)),
        ("12/1", date(2025, 12, 1)),
    ],
)
def test_the_free_field_reads_what_people_write(typed: str, day: date) -> None:
    assert read(day=typed).day.data == day


def test_a_day_ahead_is_the_next_one() -> None:
    assert read(day="きのう", due="12/1").due.data == date(2026, 12, 1)


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({}, "日付を入力してください。"),
        ({"day_year": "2026", "day_date": "1"}, "日付の「月」を入力してください。"),
        ({"day_year": "2026", "day_month": "四", "day_date": "1"}, "日付の「月」は数字で入力してください。"),
        (
            {"day_year": "2025", "day_month": "2", "day_date": "29"},
            "2025年2月29日という日はありません。日付を確かめてください。",
        ),
        (
            {"day_year": "26", "day_month": "4", "day_date": "1"},
            "年は西暦の4けたで入力してください（例 2026）。",
        ),
        (
            {"day": "4/1", "day_year": "2026", "day_month": "4", "day_date": "2"},
            "日付が二とおり書かれています。年月日か文字か、どちらか一つにしてください。",
        ),
        ({"day_pick": "soon"}, "日付を選びなおしてください。"),
    ],
)
def test_what_cannot_be_read_is_said_at_the_field(sent: dict[str, str], sentence: str) -> None:
    form = read(**sent)
    assert form.day.data is None
    assert form.day.errors == [sentence]


def test_what_was_typed_stays_in_the_fields() -> None:
    form = read(day_pick="other", day="2月30日", day_year="二〇", day_month="2", day_date="30")
    assert form.day.typed == {"text": "2月30日", "year": "二〇", "month": "2", "date": "30"}
    assert [option.chosen for option in form.options] == [False, False, True]


def test_a_draft_of_yesterday_still_means_the_day_it_was_written() -> None:
    form = read(day_pick="2026-11-17")
    assert form.day.data == date(2026, 11, 17)
    assert [option.chosen for option in form.options] == [False, False, True]


def test_two_texts_that_agree_are_taken() -> None:
    assert read(day="R8.4.1", day_year="2026", day_month="4", day_date="1").day.data == date(2026, 4, 1)
