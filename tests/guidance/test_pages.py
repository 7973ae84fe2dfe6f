"""窓口案内 without a consultation, and the slip: nothing is kept, nothing says who somebody is."""

import io
import json

import pypdf
import pytest
from sqlalchemy import func, select

from app.access.permissions import Role
from app.audit.models import AuditEntry
from app.cases.models import Consultation
from app.foundation import clock
from app.foundation.db import db
from app.foundation.transaction import transaction
from app.guidance.kept import write_situation
from app.guidance.models import Guidance
from app.situation.situation import Situation
from app.situation.vocabulary import AgeBand, TargetGroup, Topic
from app.windows.loading import load_directory
from app.windows.models import Window
from tests.factories import make_office, make_window, sign_in, system_actor

IN_DEBT = Situation(
    needs=frozenset({Topic.DEBT, Topic.LIVING_COSTS}),
    age_band=AgeBand.A40_49,
    target_groups=frozenset({TargetGroup.OTHER}),
)


@pytest.fixture
def desk(client, db_session):
    with transaction():
        load_directory(actor=system_actor())
    sign_in(client, office=make_office(name="生活福祉課"))
    return client


def window_id(key: str) -> int:
    return db.session.scalar(select(Window.id).where(Window.key == key))


def slip_of(desk, **data):
    return desk.post("/guidance/slip", data=data)


def text_of(answer) -> str:
    pages = pypdf.PdfReader(io.BytesIO(answer.data)).pages
    assert len(pages) == 1
    return "".join(pages[0].extract_text().split())


def test_the_same_questions_lead_to_the_same_list_and_nothing_is_kept(desk):
    entries = db.session.scalar(select(func.count()).select_from(AuditEntry))
    said = {"topics": ["debt", "living_costs"], "age_band": "40-49", "target_groups": ["other"]}
    page, part = desk.post("/guidance", data=said).text, desk.post("/guidance/answer", data=said).text
    assert "自立生活サポートセンターこくぶんじ" in page
    assert "自立生活サポートセンターこくぶんじ" in part
    assert "紹介する" not in part
    for model in (Guidance, Consultation):
        assert db.session.scalar(select(func.count()).select_from(model)) == 0
    assert db.session.scalar(select(func.count()).select_from(AuditEntry)) == entries


def test_nothing_asked_is_no_answer(desk):
    page = desk.get("/guidance").text
    assert "相談内容や対象者を選ぶと" in page
    assert 'class="rank"' not in page


@pytest.mark.parametrize("role", [Role.COUNSELLOR, Role.PLAN_DESK], ids=str)
def test_only_who_records_consultations_is_offered_to_record_one(client, db_session, role):
    sign_in(client, role=role)
    assert ("この内容で相談を記録" in client.get("/guidance").text) == (role is Role.COUNSELLOR)


def test_the_slip_has_window_reasons_and_notes_on_one_page(desk):
    answer = slip_of(desk, window_id=window_id("self_reliance_support"), situation=write_situation(IN_DEBT))
    assert (answer.status_code, answer.content_type) == (200, "application/pdf")
    assert answer.headers["Content-Disposition"].startswith("inline")
    text = text_of(answer)
    for words in (
        "案内票",
        "自立生活サポートセンターこくぶんじ",
        "この窓口を案内する理由",
        "042-324-8401",
        "生活福祉課",
    ):
        assert words in text, words


def test_what_was_asked_is_not_on_the_slip(desk):
    text = text_of(
        slip_of(desk, window_id=window_id("self_reliance_support"), situation=write_situation(IN_DEBT))
    )
    for words in ("40～49", "40-49", "その他の就労困難者", "債務"):
        assert words not in text, words


def test_a_slip_of_a_window_alone_gives_no_reasons(desk):
    text = text_of(slip_of(desk, window_id=window_id("silver_centre")))
    assert "国分寺市シルバー人材センター" in text
    assert "この窓口を案内する理由" not in text


def test_a_window_that_was_not_proposed_is_printed_without_reasons(desk):
    text = text_of(slip_of(desk, window_id=window_id("silver_centre"), situation=write_situation(IN_DEBT)))
    assert "この窓口を案内する理由" not in text


def test_furigana_are_printed_on_request(desk):
    said = {"window_id": window_id("self_reliance_support"), "situation": write_situation(IN_DEBT)}
    assert "まどぐち" not in text_of(slip_of(desk, **said))
    assert "まどぐち" in text_of(slip_of(desk, **said, furigana="1"))


@pytest.mark.parametrize(
    "sent", ["", "0", "-1", "9" * 30, "x", "１"], ids=["none", "zero", "minus", "huge", "letters", "wide"]
)
def test_a_window_that_does_not_exist_is_said(desk, sent):
    answer = slip_of(desk, window_id=sent)
    assert answer.status_code == 422
    assert "窓口を選びなおしてください" in answer.text


def test_a_window_that_ended_has_no_slip(desk):
    ended, _version = make_window(valid_to=clock.today().replace(year=2020))
    db.session.commit()
    assert slip_of(desk, window_id=ended.id).status_code == 422


@pytest.mark.parametrize(
    "sent",
    ["{", "[]", json.dumps({"name": "x"}), json.dumps({"age_band": "x" * 900}), "[" * 5000,
     json.dumps({"at": "9999-12-31T23:59:59-12:00", "needs": ["nothing"]})],
)  # fmt: skip
def test_codes_that_nobody_sent_are_refused_with_a_sentence(desk, sent):
    assert slip_of(desk, window_id=window_id("silver_centre"), situation=sent).status_code == 422


def test_a_moment_out_of_time_does_no_harm(desk):
    sent = json.dumps(IN_DEBT.codes() | {"at": "9999-12-31T23:59:59-12:00"})
    assert slip_of(desk, window_id=window_id("self_reliance_support"), situation=sent).status_code == 200


def test_a_slip_that_cannot_hold_a_character_says_so_before_it_is_printed(desk):
    with transaction():
        window, _version = make_window(name="𠮷田の窓口", address="髙﨑町1-1")
        sent = {"window_id": str(window.id), "furigana": "1"}
    asked = slip_of(desk, **sent)

    assert asked.mimetype == "text/html"
    assert "〓と印刷される字があります：𠮷<" in asked.text
    assert f'name="window_id" value="{window.id}"' in asked.text
    assert 'name="furigana" value="1"' in asked.text
    assert "〓田の窓口" in text_of(slip_of(desk, **sent, as_is="1"))
    assert slip_of(desk, window_id=window_id("silver_centre")).mimetype == "application/pdf"
