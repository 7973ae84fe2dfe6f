"""Words that may tell who somebody is: marked at the save, let through with a reason, asked about live."""

import json
import re

import pytest
from sqlalchemy import select

from app.audit.identity_routes import PACE
from app.audit.models import AuditEntry
from app.cases.models import Consultation
from app.foundation.db import db
from app.referrals.models import Referral
from app.situation.programme import Programme
from tests.counter.test_entry import form
from tests.factories import make_case, make_consultation, make_office, sign_in


@pytest.fixture
def office(db_session):
    return make_office(programme=Programme.ASSISTANCE, name="生活福祉課")


@pytest.fixture
def desk(client, office):
    PACE.left.clear()
    sign_in(client, office=office)
    return client


def memos() -> list[str]:
    return list(db.session.scalars(select(Consultation.memo)))


def seen_in(answer, field: str = "memo") -> str:
    return re.search(rf'name="{field}-seen" value="([0-9a-f]{{16}})"', answer.text)[1]


def passed_entries() -> list[AuditEntry]:
    return list(db.session.scalars(select(AuditEntry).where(AuditEntry.action == "identity.passed")))


def sure(answer, reason: str = "agency", field: str = "memo") -> dict[str, str]:
    return {f"{field}-sure": "1", f"{field}-why": reason, f"{field}-seen": seen_in(answer, field)}


# ---- at the save ----------------------------------------------------------------------------------


def test_a_telephone_number_is_marked_where_it_stands_and_nothing_is_saved(desk):
    answer = desk.post("/counter", data=form(memo="折り返しは<夜>に\r\n０９０−1234−5678 まで"))
    assert answer.status_code == 422
    assert memos() == []
    assert '<mark class="stops">０９０−1234−5678</mark>' in answer.text
    assert "電話番号と思われる数字があります" in answer.text
    assert "折り返しは&lt;夜&gt;に\n０９０−1234−5678 まで</textarea>" in answer.text
    assert "個人が分かる言葉ではない" not in answer.text


def test_a_tick_does_not_let_through_what_blocks(desk):
    memo = "田中さんの電話は090-1234-5678"
    answer = desk.post("/counter", data=form(memo=memo))
    beside = {"memo-sure": "1", "memo-why": "word", "memo-seen": seen_in(answer)}
    assert desk.post("/counter", data=form(memo=memo) | beside).status_code == 422
    assert memos() == []


def test_a_name_is_saved_once_the_writer_says_that_nobody_is_known_by_it_and_why(desk):
    memo = "三鷹の田中さん食堂に応募"
    answer = desk.post("/counter", data=form(memo=memo))
    assert answer.status_code == 422
    assert "<mark>田中さん</mark>" in answer.text
    saved = desk.post("/counter", data=form(memo=memo) | sure(answer, "place"))
    assert saved.status_code == 200
    assert memos() == [memo]
    (entry,) = passed_entries()
    assert (entry.subject, entry.subject_id) == (
        "consultation",
        str(db.session.scalar(select(Consultation.id))),
    )
    assert json.loads(entry.details) == {"identity_kinds": ["name"], "identity_reason": "place"}


@pytest.mark.parametrize("left_out", ["memo-sure", "memo-why", "memo-seen"])
def test_tick_reason_and_having_seen_it_are_all_needed(desk, left_out):
    memo = "田中さん食堂に応募"
    beside = sure(desk.post("/counter", data=form(memo=memo)))
    beside.pop(left_out)
    answer = desk.post("/counter", data=form(memo=memo) | beside)
    assert answer.status_code == 422
    assert memos() == []
    assert ("理由を選んでください" in answer.text) is (left_out == "memo-why")


def test_a_reason_that_is_not_offered_is_none(desk):
    memo = "田中さん食堂に応募"
    beside = sure(desk.post("/counter", data=form(memo=memo)), "because")
    assert desk.post("/counter", data=form(memo=memo) | beside).status_code == 422
    assert memos() == []


def test_a_name_added_after_the_tick_is_asked_about_anew(desk):
    beside = sure(desk.post("/counter", data=form(memo="田中さん食堂に応募")))
    answer = desk.post("/counter", data=form(memo="田中さん食堂に応募。鈴木さんと同行") | beside)
    assert answer.status_code == 422
    assert "<mark>鈴木さん</mark>" in answer.text
    assert 'name="memo-sure" value="1">' in answer.text


def test_words_elsewhere_may_change_after_the_tick(desk):
    beside = sure(desk.post("/counter", data=form(memo="田中さん食堂に応募")))
    assert desk.post("/counter", data=form(memo="きのう、田中さん食堂に応募した") | beside).status_code == 200


def test_the_trail_holds_neither_the_words_nor_their_digest(desk):
    memo = "田中さん食堂に応募"
    answer = desk.post("/counter", data=form(memo=memo))
    desk.post("/counter", data=form(memo=memo) | sure(answer))
    trail = "".join(str(tuple(row)) for row in db.session.execute(select(AuditEntry.__table__)))
    assert "田中" not in trail
    assert seen_in(answer) not in trail


def test_what_is_let_through_is_noted_only_with_the_record(desk):
    memo = "田中さん食堂に応募"
    answer = desk.post("/counter", data=form(memo=memo))
    refused = desk.post("/counter", data=form(memo=memo, minutes="9999") | sure(answer))
    assert refused.status_code == 422
    assert passed_entries() == []
    assert 'name="memo-sure" value="1" checked' in refused.text


def test_a_short_text_for_other_is_read_like_a_memo(desk):
    answer = desk.post("/counter", data=form(source="other", source_other="田中さんの紹介"))
    assert answer.status_code == 422
    assert 'id="source_other-identity"' in answer.text
    assert "<mark>田中さん</mark>" in answer.text


def test_a_pasted_row_says_in_which_column_the_name_stands_and_keeps_its_tabs(desk):
    answer = desk.post("/counter", data=form(memo="11/20\tヤマダ　タロウ\t面談"))
    assert answer.status_code == 422
    assert "氏名の列のようです" in answer.text
    assert "（表の2列目）" in answer.text
    assert "11/20\tヤマダ　タロウ\t面談</textarea>" in answer.text


def test_a_stored_text_that_is_not_touched_is_not_asked_about_again(desk, office):
    consultation = make_consultation(make_case(office), memo="田中さん食堂に応募")
    page = f"/consultations/{consultation.id}/edit"
    data = form(memo="田中さん食堂に応募", minutes="45", version=str(consultation.version))
    assert desk.post(page, data=data).status_code == 302
    assert desk.post(page, data=data | {"memo": "鈴木さん食堂に応募"}).status_code == 422


def test_the_question_of_a_referral_is_read_too(desk, office):
    case = make_case(office)
    make_consultation(case)
    data = {"asked": "other", "asked_other": "鈴木様の件", "submission_key": "a" * 32}
    answer = desk.post(f"/cases/{case.number}/referrals/new", data=data)
    assert "<mark>鈴木様</mark>" in answer.text
    assert db.session.scalar(select(Referral.id)) is None


# ---- while typing ---------------------------------------------------------------------------------


def ask(desk, text: str, name: str = "memo"):
    return desk.post("/identity", data={"name": name, "text": text})


def test_a_script_is_told_the_places_in_characters_and_what_to_show(desk):
    answer = ask(desk, "𠮷野家の後\n田中さん 042-324-8401")
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"
    assert [(one["start"], one["end"], one["severity"]) for one in answer.json["findings"]] == [
        (6, 10, "warn"),
        (11, 23, "block"),
    ]
    assert "<mark>田中さん</mark>" in answer.json["panel"]
    assert "2か所" in answer.json["said"]


def test_an_ordinary_text_shows_nothing(desk):
    assert ask(desk, "週3日、10:30〜15:00、電話で連絡").json == {
        "findings": [],
        "panel": "",
        "said": "",
        "seen": "",
    }


def test_what_a_script_shows_can_be_ticked_and_sent(desk):
    memo = "田中さん食堂に応募"
    panel = ask(desk, memo).json
    beside = {"memo-sure": "1", "memo-why": "place", "memo-seen": panel["seen"]}
    assert f'name="memo-seen" value="{panel["seen"]}"' in panel["panel"]
    assert desk.post("/counter", data=form(memo=memo) | beside).status_code == 200


def test_the_words_are_shown_as_text_and_never_as_markup(desk):
    panel = ask(desk, "<b>田中さん</b>").json["panel"]
    assert "<b>田中" not in panel
    assert "&lt;b&gt;" in panel


@pytest.mark.parametrize("name", ["", "me mo", '"><b>', "a" * 99])
def test_a_field_is_called_by_a_plain_name(desk, name):
    assert ask(desk, "田中さん", name).status_code == 400


def test_a_text_that_no_field_takes_is_not_read(desk):
    assert ask(desk, "田" * 4001).status_code == 413


def test_whoever_asks_too_fast_waits_a_moment(desk):
    answers = [ask(desk, "").status_code for _ in range(40)]
    assert 429 in answers
    assert answers[:20] == [200] * 20
    assert int(ask(desk, "").headers["Retry-After"]) >= 1


def test_without_sign_in_nothing_is_read(client):
    answer = client.post("/identity", data={"name": "memo", "text": "田中さん"})
    assert answer.status_code in {302, 401}
    assert "田中" not in answer.text


def test_the_question_needs_the_token_of_a_form(desk, csrf_protection):
    assert ask(desk, "田中さん").status_code == 400


def test_no_word_of_a_question_is_logged_or_kept(desk, caplog, office):
    caplog.set_level("DEBUG")
    ask(desk, "田中さん 090-1234-5678")
    assert "田中" not in caplog.text
    assert "5678" not in caplog.text
    with desk.session_transaction() as session:
        assert "田中" not in str(dict(session))
