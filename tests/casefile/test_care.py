"""Who is in charge, when to get in touch, a note for oneself, and what is to be done for a person."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from app.access.permissions import Role
from app.cases.charge_queries import find_place
from app.cases.note_models import CaseNote
from app.cases.note_operations import list_notes, write_note
from app.cases.vocabulary import CloseReason
from app.foundation import clock
from app.foundation.errors import Conflict
from tests import factories
from tests.factories import make_case, make_office, make_placement, make_referral, sign_in


@pytest.fixture
def office(db_session):
    return make_office(name="生活福祉課")


@pytest.fixture
def case(office):
    return make_case(office, opened_on=date(2025, 4, 1))


@pytest.fixture
def desk(client, office, case, db_session):
    account = sign_in(client, office=office)
    client.account = account
    return client


def page_of(desk, case):
    return desk.get(f"/cases/{case.number}").text


def test_what_is_to_be_done_stands_on_top_with_one_action_each(desk, case, office, db_session):
    make_referral(case, sent_on=clock.today() - timedelta(days=40), office=office)
    make_placement(case, office=office, started_on=clock.today() - timedelta(days=40))
    db_session.commit()
    desk.post(
        f"/cases/{case.number}/next-contact",
        data={"next_contact_on": (clock.today() + timedelta(days=7)).isoformat()},
    )
    text = page_of(desk, case)
    tasks = text[text.index("すること") : text.index("これまでのこと")]
    for words in ("本人に連絡する", "1か月の定着確認", "返事を記録", "確認を記録", "日過ぎ"):
        assert words in tasks


def test_the_oldest_due_stands_first(desk, case, office, db_session):
    make_referral(case, sent_on=clock.today() - timedelta(days=40), office=office)
    db_session.commit()
    desk.post(
        f"/cases/{case.number}/next-contact",
        data={"next_contact_on": (clock.today() + timedelta(days=1)).isoformat()},
    )
    text = page_of(desk, case)
    assert text.index("日過ぎ") < text.index("本人に連絡する")


def test_a_case_with_nothing_to_do_says_so(desk, case):
    assert "いま、することはありません" in page_of(desk, case)


def test_a_colleague_is_put_in_charge_and_a_stranger_cannot_be(desk, case, office, db_session):
    colleague = factories.make_account(Role.COUNSELLOR, office)
    stranger = factories.make_account(Role.COUNSELLOR, make_office())
    db_session.commit()
    answer = desk.post(
        f"/cases/{case.number}/charge", data={"counsellor_id": str(colleague.id)}, follow_redirects=True
    )
    assert "担当を保存しました" in answer.text
    actor = factories.actor_of(colleague)
    assert find_place(actor=actor, case_id=case.id).counsellor_id == colleague.id
    refused = desk.post(f"/cases/{case.number}/charge", data={"counsellor_id": str(stranger.id)})
    assert refused.status_code == 422
    assert find_place(actor=actor, case_id=case.id).counsellor_id == colleague.id


def test_the_next_contact_is_set_ahead_and_can_be_dropped(desk, case):
    address = f"/cases/{case.number}/next-contact"
    past = (clock.today() - timedelta(days=1)).isoformat()
    refused = desk.post(address, data={"next_contact_on": past})
    assert refused.status_code == 422
    assert "今日からあとの日を入力してください" in refused.text
    day = (clock.today() + timedelta(days=3)).isoformat()
    desk.post(address, data={"next_contact_on": day})
    assert "本人に連絡する" in page_of(desk, case)
    desk.post(address, data={"next_contact_on": ""})
    assert "本人に連絡する" not in page_of(desk, case)


def test_a_note_is_read_by_its_author_alone(desk, client, case, office, app):
    desk.post(f"/cases/{case.number}/note", data={"text": "次は職務経歴書", "version": "0"})
    assert "次は職務経歴書" in page_of(desk, case)
    colleague = app.test_client()
    sign_in(colleague, office=office)
    assert "次は職務経歴書" not in colleague.get(f"/cases/{case.number}").text
    supervisor = app.test_client()
    sign_in(supervisor, role=Role.SUPERVISOR, office=office)
    assert "次は職務経歴書" not in supervisor.get(f"/cases/{case.number}").text


def test_a_note_with_a_telephone_number_is_refused_and_kept_on_the_page(desk, case, db_session):
    answer = desk.post(f"/cases/{case.number}/note", data={"text": "090-1234-5678", "version": "0"})
    assert answer.status_code == 422
    assert "090-1234-5678" in answer.text
    assert db_session.scalars(select(CaseNote)).all() == []


@pytest.mark.both_databases
def test_a_note_changed_in_another_tab_is_not_overwritten(office, case):
    actor = factories.make_actor(office=office)
    write_note(actor=actor, case_id=case.id, text="はじめ", version=0)
    with pytest.raises(Conflict):
        write_note(actor=actor, case_id=case.id, text="もう一つのタブ", version=0)
    write_note(actor=actor, case_id=case.id, text="つぎ", version=1)
    assert [note.text for note in list_notes(actor=actor, case_id=case.id)] == ["つぎ"]
    write_note(actor=actor, case_id=case.id, text="", version=2)
    assert list_notes(actor=actor, case_id=case.id) == []


def test_a_closed_case_is_quiet(desk, case, db_session):
    case.closed_on, case.close_reason = date(2025, 6, 1), next(iter(CloseReason))
    db_session.commit()
    text = page_of(desk, case)
    assert "すること" not in text
    assert "次の連絡" not in text
    assert "再開する" in text


@pytest.mark.parametrize("text", ["次は職務経歴書", ""])
def test_a_note_sent_twice_is_saved_once(desk, case, db_session, text):
    said = {"text": text, "version": "0", "submission_key": "ab" * 16}
    answers = [desk.post(f"/cases/{case.number}/note", data=said, follow_redirects=True) for _one in range(2)]
    assert [answer.status_code for answer in answers] == [200, 200]
    assert all("自分用のメモを保存しました" in answer.text for answer in answers)
    assert [note.text for note in db_session.scalars(select(CaseNote))] == [text] * bool(text)
