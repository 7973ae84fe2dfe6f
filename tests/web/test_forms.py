"""Forms: what is refused is said in words at its field, and what was typed stays."""

import re
from decimal import Decimal

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from app.foundation.errors import DomainError
from app.web.fields import EnumChoice, MemoField, NumberField, TextField
from app.web.forms import Form
from tests.web.house import FULL, Channel, SampleFilters, SampleForm, Topic, build_house

HOUSE: Flask = build_house()
pytestmark = pytest.mark.usefixtures("friday")


@pytest.fixture
def friday():
    """Let the clock stand at noon of Friday, 20 November 2026 in Japan."""
    with time_machine.travel("2026-11-20T03:00:00Z", tick=False):
        yield


def read(form_class: type[Form] = SampleForm, **changed: object) -> Form:
    """Return the form as read from a full entry with some answers changed; None takes an answer away."""
    sent = {**FULL, **changed} if form_class is SampleForm else changed
    data = MultiDict()
    for name, value in sent.items():
        if value is not None:
            data.setlist(name, value if isinstance(value, list) else [value])
    with HOUSE.test_request_context(method="POST", data=data):
        form = form_class()
        if form_class is SampleForm:
            form.window.choices = [(1, "ハローワーク立川"), (2, "東京しごとセンター多摩")]
        form.validate()
        return form


def test_a_full_entry_is_read() -> None:
    form = read()
    assert form.problems == []
    assert form.channel.data is Channel.VISIT
    assert form.minutes.data == 30
    assert form.topics.data == (Topic.SEARCH, Topic.TRAINING)
    assert form.primary.data is Topic.TRAINING
    assert form.memo.data == "日中に通える講座を希望。\nむさし製菓のパート。"
    assert form.headcount.data == 1
    assert form.window.data == 2
    assert form.agreed.data is False


@pytest.mark.parametrize(
    ("changed", "field", "sentence"),
    [
        ({"channel": None}, "channel", "対応方法を選んでください。"),
        (
            {"channel": "'; DROP"},
            "channel",
            "対応方法に、選択肢にない値が送られました。選びなおしてください。",
        ),
        (
            {"channel": "telex"},
            "channel",
            "対応方法の「テレックス」は、いまは使いません。ほかのものを選んでください。",
        ),
        ({"topics": None}, "topics", "相談内容を一つ以上選んでください。"),
        (
            {"topics": ["search", "x"]},
            "topics",
            "相談内容に、選択肢にない値が送られました。選びなおしてください。",
        ),
        ({"primary": "other"}, "primary", "選んだもののうち、主なもの一つに◎をつけてください。"),
        ({"primary": None}, "primary", "選んだもののうち、主なもの一つに◎をつけてください。"),
        ({"window": "99"}, "window", "窓口に、選択肢にない値が送られました。選びなおしてください。"),
        ({"window": "1e3"}, "window", "窓口に、選択肢にない値が送られました。選びなおしてください。"),
        ({"minutes-pick": None}, "minutes", "時間を選ぶか、分の数を入力してください。"),
        ({"minutes": "601"}, "minutes", "時間は1から600までの数を入力してください。"),
        ({"minutes": "半時間"}, "minutes", "時間は数字で入力してください。"),
        ({"headcount": "0"}, "headcount", "人数は1から500までの数を入力してください。"),
        ({"headcount": "1.5"}, "headcount", "人数は小数のない数で入力してください。"),
        ({"memo": "あ" * 201}, "memo", "メモは200字までです。いま201字あります。"),
        (
            {"memo": "a\x00b"},
            "memo",
            "メモに、保存できない文字が入っていました。取りのぞきましたので、確かめてからもう一度保存してください。",
        ),
    ],
)
def test_what_is_wrong_is_said_once_at_its_field(changed: dict, field: str, sentence: str) -> None:
    form = read(**changed)
    assert form[field].errors == [sentence]
    assert [problem.text for problem in form.problems] == [sentence]
    assert form.problems[0].anchor.startswith(field)


def test_ten_thousand_characters_are_kept_in_the_field_and_refused() -> None:
    form = read(memo="𠮷㈱" * 5000)
    assert form.memo.data == "𠮷㈱" * 5000
    assert form.memo.errors == ["メモは200字までです。いま10000字あります。"]


def test_rare_characters_count_as_one_and_prose_is_never_folded() -> None:
    form = read(memo="𠮷㈱２〜３人" * 28)
    assert form.memo.errors == []
    assert form.memo.data.startswith("𠮷㈱２〜３人")


def test_codes_are_folded_and_trimmed() -> None:
    assert read(card="　７Ｋ２Ｍ－４ ").card.data == "7K2M-4"


def test_control_characters_are_taken_out_of_what_is_shown_again() -> None:
    assert read(memo="a\x00\u202eb\x7f").memo.data == "ab"


def test_a_single_topic_is_its_own_primary() -> None:
    form = read(topics=["papers"], primary=None)
    assert form.primary.data is Topic.PAPERS
    assert form.problems == []


def test_what_is_typed_as_minutes_outweighs_a_button_left_chosen() -> None:
    form = read(minutes="２５分")
    assert form.minutes.data == 25
    assert not any(option.chosen for option in form.minutes.options)


def test_a_retired_value_can_be_kept_by_the_record_that_has_it() -> None:
    class Edit(Form):
        channel = EnumChoice("対応方法", Channel)

    with HOUSE.test_request_context(method="POST", data={"channel": "telex"}):
        form = Edit(channel=Channel.TELEX)
        assert form.validate()
        assert form.channel.options[-1].text == "テレックス"
        assert "テレックス" not in [option.text for option in Edit().channel.options]


def test_an_empty_post_is_empty_and_not_the_defaults() -> None:
    with HOUSE.test_request_context(method="POST"):
        form = SampleForm(channel=Channel.VISIT)
        form.window.choices = []
        assert not form.validate()
        assert form.channel.errors == ["対応方法を選んでください。"]


def test_a_json_body_is_no_form() -> None:
    with HOUSE.test_request_context(method="POST", json=["visit"]):
        form = SampleForm()
        form.window.choices = []
        assert not form.validate()


def test_the_key_of_a_page_is_kept_when_it_is_shown_again_and_new_on_a_new_page() -> None:
    first = read(submission_key="0123456789abcdef0123456789abcdef")
    assert first.submission_key.data == "0123456789abcdef0123456789abcdef"
    assert re.fullmatch("[0-9a-f]{32}", read(submission_key="<script>").submission_key.data)
    assert read().submission_key.data != read().submission_key.data


@pytest.mark.parametrize("sent", ["x", "-1", "9" * 30])
def test_a_forged_version_asks_to_open_the_page_again(sent: str) -> None:
    form = read(version=sent)
    assert [problem.anchor for problem in form.problems] == [""]
    assert "開きなおして" in form.problems[0].text


def test_the_error_of_an_operation_stands_at_its_field_or_on_top() -> None:
    form = read()
    with HOUSE.test_request_context():
        form.show(DomainError("最初の相談より前です。", field="day"))
        form.show(DomainError("%(month)sは閉じています。", month="4月"))
        form.show(DomainError("古いページです。", field="version"))
    assert form.day.errors == ["最初の相談より前です。"]
    assert form.form_errors == ["4月は閉じています。", "古いページです。"]


@given(st.integers(0, 10**9), st.sampled_from(["{}", "{:,}", " {:,} ", "{}冊"]))
def test_a_number_is_read_back_however_it_is_written(number: int, pattern: str) -> None:
    class Count(Form):
        count = NumberField("蔵書数", unit="冊")

    assert read(Count, count=pattern.format(number)).count.data == number


@pytest.mark.parametrize("typed", ["25", "25 min", "25min"])
def test_a_unit_written_with_a_space_before_it_may_be_typed(typed: str) -> None:
    class Time(Form):
        time = NumberField("Duration", unit=" min")

    assert read(Time, time=typed).time.data == 25


@given(st.text(max_size=30))
def test_no_text_breaks_a_number_field(typed: str) -> None:
    class Count(Form):
        count = NumberField("率", decimals=1)

    form = read(Count, count=typed)
    assert form.count.errors or isinstance(form.count.data, Decimal)


@given(st.text(max_size=50))
def test_no_text_breaks_a_text_field_and_none_keeps_a_control_character(typed: str) -> None:
    class Words(Form):
        line = TextField("ことば", required=False)
        memo = MemoField("メモ")

    form = read(Words, line=typed, memo=typed)
    assert form.line.data.isprintable() or not any(ord(one) < 32 for one in form.line.data)
    assert not any(ord(one) < 32 and one != "\n" for one in form.memo.data)


def test_filters_keep_their_defaults_where_the_address_says_nothing() -> None:
    with HOUSE.test_request_context("/list?channel=phone&page=2"):
        from flask import request

        form = SampleFilters(request.args)
        assert form.validate()
        assert form.year.data == 2026
        assert form.channel.data is Channel.PHONE
        assert form.since.data is None


def test_a_refused_entry_answers_422_with_links_to_the_fields_and_keeps_the_text(
    visitor: FlaskClient,
) -> None:
    answer = visitor.post("/counter", data={**FULL, "channel": "", "memo": "写したくない長い文"})
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert '<a href="#channel-1">対応方法を選んでください。</a>' in page
    assert 'id="channel-1"' in page
    assert "写したくない長い文</textarea>" in page
    assert "まだ保存していません" in page


def test_what_was_done_is_told_once_with_a_link(visitor: FlaskClient) -> None:
    assert visitor.post("/counter", data=FULL).status_code == 302
    first = visitor.get("/list").get_data(as_text=True)
    assert "相談を記録しました。" in first
    assert '<a class="tap" href="/record">記録を見る</a>' in first
    assert "相談を記録しました。" not in visitor.get("/list").get_data(as_text=True)


def test_a_late_save_says_so_and_keeps_the_entry(visitor: FlaskClient) -> None:
    answer = visitor.post("/counter", data={**FULL, "memo": "late"})
    assert answer.status_code == 422
    assert "先に保存した人がいます。" in answer.get_data(as_text=True)


def test_without_its_token_a_form_is_refused_in_words() -> None:
    answer = build_house(csrf=True).test_client().post("/counter", data=FULL)
    assert answer.status_code == 400
    page = answer.get_data(as_text=True)
    assert "もう一度送ってください" in page
    assert "CSRF" not in page
