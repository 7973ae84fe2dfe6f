"""The day grid: a paper list row by row, everything or nothing, and the blank sheet that matches it."""

import io
import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader
from sqlalchemy import select

from app.cases.models import Consultation
from app.counter.grid_columns import (
    CODED,
    MOST_ROWS,
    SEVERAL,
    Column,
    legend,
    read_minutes,
    read_person,
    read_values,
    rows_sent,
)
from app.foundation import clock
from app.foundation.errors import DomainError
from app.situation.programme import Programme
from app.situation.vocabulary import AgeBand, Household, TargetGroup, Topic
from tests import factories
from tests.factories import sign_in

KEY = "a" * 32


@given(st.sampled_from(sorted(CODED)), st.data())
def test_every_value_is_read_from_its_number_its_word_and_its_full_width(column, data):
    number, value = data.draw(st.sampled_from(legend(column)))
    wide = str(number).translate(str.maketrans("0123456789", "０１２３４５６７８９"))
    for typed in (str(number), wide, value.ja, f" {value.ja}　", value.en.upper()):
        assert read_values(column, typed) == (value,)


@given(st.sampled_from(sorted(SEVERAL)), st.data(), st.sampled_from(["、", ",", "/", " ", "・", "，"]))
def test_several_values_keep_their_order_and_the_first_is_the_primary_one(column, data, between):
    chosen = data.draw(st.lists(st.sampled_from(legend(column)), min_size=2, max_size=4, unique=True))
    typed = between.join(str(number) for number, _value in chosen)
    assert read_values(column, f"◎{typed}") == tuple(value for _number, value in chosen)


def test_words_that_hold_the_sign_between_words_are_still_one_value():
    assert read_values(Column.TOPICS, "病気・障害、仕事探し") == (Topic.HEALTH, Topic.JOB_SEARCH)
    assert read_values(Column.TOPICS, "住まい・債務") == (Topic.HOUSING, Topic.DEBT)


@pytest.mark.parametrize(
    ("column", "typed"), [(Column.AGE_BAND, "99"), (Column.AGE_BAND, "1,2"), (Column.TOPICS, "1、天気")]
)
def test_what_the_legend_does_not_know_is_said_at_the_column(column, typed):
    with pytest.raises(DomainError) as refused:
        read_values(column, typed)
    assert refused.value.field == column


@pytest.mark.parametrize("typed", ["0", "601", "半日", "-5", "３０分ほど"])
def test_minutes_that_cannot_be_are_refused(typed):
    with pytest.raises(DomainError):
        read_minutes(typed)


def test_minutes_and_persons_are_read_as_people_write_them():
    assert [read_minutes(typed) for typed in ("30", "３０分", "")] == [30, 30, None]
    assert read_person("７１８２４０").number == "7182-40"
    assert read_person(" 1回 ").number == ""
    with pytest.raises(DomainError, match="新しい方"):
        read_person("新規")


def test_rows_beyond_the_sheet_are_left():
    sent = {f"r{row}-person": "1" for row in (0, MOST_ROWS - 1, MOST_ROWS, 999)}
    assert [place for place, _cells in rows_sent(sent)] == [0, MOST_ROWS - 1]


@pytest.fixture
def office(db_session):
    return factories.make_office()


@pytest.fixture
def desk(client, office):
    sign_in(client, office=office)
    return client


def post(client, *rows, **more):
    data = {"held_on": clock.today().isoformat(), "programme": "assistance", "submission_key": KEY} | more
    for place, row in enumerate(rows):
        data |= {f"r{place}-{column}": text for column, text in row.items()}
    return client.post("/counter/day", data=data)


ROW = {"minutes": "30", "topics": "1", "groups": "3"}


def saved(db_session):
    db_session.expire_all()
    return db_session.scalars(select(Consultation).order_by(Consultation.id)).all()


def test_a_list_is_saved_in_one_go_and_says_how_many(desk, office, db_session):
    case = factories.make_case(office)
    before = factories.make_consultation(
        case, held_on=date(2025, 6, 2), age_band=AgeBand.A50_54, household=Household.SINGLE_PARENT
    )
    db_session.commit()
    answer = post(
        desk,
        {"person": case.number, "channel": "2", "minutes": "15", "topics": "3、1", "memo": "面接の練習"},
        ROW | {"channel": "電話"},
        {},
        ROW | {"age_band": "５", "memo": "求人票を見た"},
    )
    assert answer.status_code == 302
    assert "3件を保存しました" in desk.get("/counter/day").text
    _before, known, once, _last = saved(db_session)
    assert (known.case_id, known.topic, known.minutes) == (case.id, Topic.APPLICATION, 15)
    # What was true the last time is carried over to empty cells.
    assert (known.age_band, known.household, known.target_group) == (
        AgeBand.A50_54,
        Household.SINGLE_PARENT,
        before.target_group,
    )
    assert (once.case_id, once.target_group) == (None, TargetGroup.YOUTH)


def test_one_wrong_row_saves_none_and_keeps_everything_typed(desk, db_session):
    answer = post(desk, ROW | {"memo": "一行目のメモ"}, {"minutes": "長い", "topics": "77"})
    assert answer.status_code == 422
    assert saved(db_session) == []
    for kept in ("一行目のメモ", "長い", "77"):
        assert f'value="{kept}"' in answer.text
    assert "2行目：時間は1分から600分まで" in answer.text
    assert "2行目：「77」は記号表にありません" in answer.text
    assert "2行目：対象者を入力してください" in answer.text


def test_a_sheet_sent_twice_is_saved_once(desk, db_session):
    assert [post(desk, ROW).status_code for _time in range(2)] == [302, 302]
    assert len(saved(db_session)) == 1


def test_an_empty_sheet_is_told_and_a_foreign_case_is_as_unknown_as_a_missing_one(desk, db_session):
    foreign = factories.make_case(factories.make_office())
    db_session.commit()
    assert "1行も入力されていません" in post(desk).text
    answers = [post(desk, ROW | {"person": number}).text for number in (foreign.number, "9999-99")]
    assert all("この課の記録にありません" in text for text in answers)
    assert saved(db_session) == []


def test_a_card_leads_to_its_case_and_its_code_never_comes_back(app, desk, office, db_session):
    from app.cases.entries import NewCase
    from app.cases.operations import open_cases
    from app.privacy import case_code

    pepper = app.config["SHIRUBE"].card_pepper
    code = case_code.derive(pepper, "c" * 32)
    case = open_cases(
        actor=factories.make_actor(office=office),
        pepper=pepper,
        new=[NewCase(opened_on=date(2025, 6, 2), code=code)],
    )[0]
    db_session.commit()
    answer = post(desk, ROW | {"person": case_code.grouped(code).lower(), "minutes": "?"})
    assert case.number in answer.text
    assert code not in answer.text
    assert post(desk, ROW | {"person": code}).status_code == 302
    assert saved(db_session)[0].case_id == case.id


def test_a_name_in_a_memo_stops_its_row_until_the_writer_says_why(desk, db_session):
    answer = post(desk, ROW | {"memo": "山田さんの紹介で来所"})
    assert answer.status_code == 422
    seen = re.search(r'name="r0-memo-seen" value="([^"]+)"', answer.text).group(1)
    why = re.search(r'<option value="([a-z_]+)"', answer.text).group(1)
    row = ROW | {"memo": "山田さんの紹介で来所", "memo-seen": seen, "memo-sure": "1", "memo-why": why}
    assert post(desk, row).status_code == 302
    assert "電話番号" in post(desk, ROW | {"memo": "090-1234-5678に連絡"}, submission_key="b" * 32).text
    assert len(saved(db_session)) == 1


def test_the_blank_sheet_is_one_page_with_every_column_and_number_of_the_grid(desk):
    answer = desk.get("/counter/day/sheet.pdf")
    reader = PdfReader(io.BytesIO(answer.data))
    assert len(reader.pages) == 1
    text = re.sub(r"\s", "", reader.pages[0].extract_text())
    for column in set(CODED) - {Column.KIND}:
        for number, value in legend(column):
            assert f"{number}{value.ja}".replace(" ", "") in text
    assert "日計表" in text


def test_only_the_centre_has_a_column_for_the_kind_and_saves_what_it_says(client, db_session):
    office = factories.make_office(programme=Programme.CENTRE)
    sign_in(client, office=office)
    assert 'name="r0-kind"' in client.get("/counter/day").text
    printed = PdfReader(io.BytesIO(client.get("/counter/day/sheet.pdf").data))
    assert len(printed.pages) == 1
    assert "2定着支援" in re.sub(r"\s", "", printed.pages[0].extract_text())
    post(client, ROW | {"kind": "定着支援"}, ROW, programme="centre")
    assert [one.kind for one in saved(db_session)] == ["retention", "consultation"]


def test_other_offices_have_no_column_for_the_kind(desk):
    assert 'name="r0-kind"' not in desk.get("/counter/day").text


def test_a_row_of_the_same_person_and_topic_is_marked_until_it_is_confirmed(desk, office, db_session):
    case = factories.make_case(office)
    db_session.commit()
    rows = (ROW | {"person": case.number}, ROW | {"person": case.number, "minutes": "15"}, ROW, ROW)
    answer = post(desk, *rows)
    assert answer.status_code == 422
    assert 'id="r1-topics-error"' in answer.text
    assert 'id="r0-topics-error"' not in answer.text
    assert saved(db_session) == []
    assert [post(desk, *rows, confirmed="1").status_code, post(desk, *rows).status_code] == [302, 302]
    assert len(saved(db_session)) == 4


def test_what_nobody_wrote_of_a_person_is_unknown_and_not_none(desk, db_session):
    post(desk, ROW)
    assert saved(db_session)[0].assistance == "unknown"
