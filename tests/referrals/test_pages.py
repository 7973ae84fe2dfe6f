"""What is seen and done on the pages of referrals, by the desk and by the addressee."""

import re
from datetime import date

import pytest
from sqlalchemy import func, select

from app.accounts.models import Account
from app.followup import waiting
from app.foundation.db import db
from app.referrals.models import Referral, ReferralMove
from app.referrals.vocabulary import Asked, State
from tests import factories
from tests.factories import sign_in

KEY = "0123456789abcdef0123456789abcdef"
SENDING = {
    "asked": "job_search",
    "sent_on": "2025-07-14",
    "consent_on": "2025-07-14",
    "consent_form": "oral",
}


@pytest.fixture
def desk(world, client):
    sign_in(client, db.session.get(Account, world.desk.id))
    return client


@pytest.fixture
def partner(world, client):
    sign_in(client, db.session.get(Account, world.partner.id))
    return client


def count(model):
    return db.session.scalar(select(func.count()).select_from(model))


def send(desk, world, **more):
    form = SENDING | {"window_id": world.window.id, "submission_key": KEY} | more
    return desk.post(f"/cases/{world.case.number}/referrals/new", data=form)


def referral_of(world, **more):
    referral = factories.make_referral(world.case, world.version, **more)
    db.session.commit()
    return referral


def states(referral):
    found = db.session.scalars(
        select(ReferralMove.to_state)
        .where(ReferralMove.referral_id == referral.id)
        .order_by(ReferralMove.number)
    )
    return [state.value for state in found]


def test_a_referral_is_sent_from_the_case_and_shown_with_its_reference(desk, world):
    asking = desk.get(f"/cases/{world.case.number}/referrals/new?window={world.window.id}").text
    assert f'<option value="{world.window.id}" selected>' in asking
    answer = send(desk, world)
    assert answer.status_code == 302
    page = desk.get(answer.location).text
    assert "ハローワーク立川 専門援助" in page
    assert "紹介番号は" in page
    assert "令和7年7月29日（火）" in page  # ten working days after the 14th, one holiday between


def test_the_same_form_sent_twice_is_one_referral(desk, world):
    first, second = send(desk, world), send(desk, world)
    assert first.location == second.location
    assert count(Referral) == 1


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"sent_on": "2025-07-16"}, "今日より後"),
        ({"consent_on": "2025-07-15"}, "同意の前には紹介できません"),
        ({"asked": "no_such_thing"}, "選択肢にない値"),
        ({"asked": "other", "asked_other": "あ" * 10_000}, "60字まで"),
        ({"window_id": "99999"}, "選択肢にない値"),
        ({"window_id": "abc"}, "選択肢にない値"),
        ({"sent_on": "2025-02-30"}, "日"),
        ({"asked": "other", "asked_other": "090-1234-5678に電話"}, "書いてはいけない内容"),
    ],
)
def test_bad_input_ends_in_a_message_and_no_record(desk, world, more, words):
    answer = send(desk, world, **more)
    assert answer.status_code == 422
    assert words in answer.text[answer.text.index('id="problems"') :]
    assert count(Referral) == 0


def test_a_retired_answer_is_neither_offered_nor_taken(desk, world, monkeypatch):
    monkeypatch.setattr(Asked.TRAINING, "_retired", True)
    asking = desk.get(f"/cases/{world.case.number}/referrals/new").text
    assert 'value="living"' in asking
    assert 'value="training"' not in asking
    answer = send(desk, world, asked="training")
    assert answer.status_code == 422
    assert "いまは使いません" in answer.text
    assert count(Referral) == 0


def test_figures_above_the_board_keep_the_filters(desk, world):
    referral_of(world)
    page = desk.get(f"/referrals?window_id={world.window.id}").text
    assert f"shown=overdue&amp;window_id={world.window.id}" in page


def test_rare_characters_come_back_as_they_were_typed(desk, world):
    page = desk.get(send(desk, world, asked="other", asked_other="𠮷の㈱の件").location).text
    assert "その他（𠮷の㈱の件）" in page


def test_a_foreign_referral_looks_like_one_that_is_not_there(desk, world):
    foreign = factories.make_referral(factories.make_case())
    db.session.commit()
    answers = [desk.get(f"/referrals/{one}") for one in (foreign.reference, "9999-99", "not-a-number", "１")]
    assert {answer.status_code for answer in answers} == {404}
    assert desk.post(f"/referrals/{foreign.reference}/moves", data={"to": "accepted"}).status_code == 404


def test_the_page_offers_exactly_the_moves_that_may_follow(desk, world):
    referral = referral_of(world, sent_on=date(2025, 7, 1))
    page = desk.get(f"/referrals/{referral.reference}").text
    assert re.findall(r'name="to" id="to-\d" value="(\w+)"', page) == [
        "accepted",
        "declined",
        "met",
        "withdrawn",
    ]
    assert 'value="system"' not in page


def test_gaps_in_the_time_line_read_as_not_recorded(desk, world):
    referral = referral_of(world, sent_on=date(2025, 7, 1))
    move(desk, referral, "met")
    page = desk.get(f"/referrals/{referral.reference}").text
    line = page[page.index('<ol class="timeline"') : page.index("</ol>")]
    assert re.sub(r"\s+", "", re.sub(r"<[^>]+>", " ", line)).startswith(
        "令和7年7月1日（火）送付入力7月15日（火）10:00記録なし受理令和7年7月10日（木）面談済"
    )


def move(client, referral, to, **more):
    form = {"to": to, "happened_on": "2025-07-10", "channel": "phone", "version": "1"} | more
    return client.post(f"/referrals/{referral.reference}/moves", data=form)


def test_a_forged_move_ends_in_a_message(desk, world):
    referral = referral_of(world)
    for to in ("placed", "void", "ended", "sent", "nonsense", ""):
        answer = move(desk, referral, to, code="x", ended_code="other")
        assert answer.status_code == 422
        assert "新しい状態" in answer.text[answer.text.index('id="problems"') :]
    assert states(referral) == ["sent"]


def test_a_stale_page_is_told_that_somebody_was_faster(desk, world):
    referral = referral_of(world)
    assert move(desk, referral, "accepted").status_code == 302
    answer = move(desk, referral, "met")
    assert answer.status_code == 422
    assert "ほかの人が先に" in answer.text
    assert states(referral) == ["sent", "accepted"]


def test_a_double_click_on_a_move_is_one_move(desk, world):
    referral = referral_of(world)
    for _ in range(2):
        answer = move(desk, referral, "accepted", submission_key=KEY)
        assert answer.status_code == 302
    assert states(referral) == ["sent", "accepted"]


def test_moves_of_a_closed_referral_are_refused_in_words(desk, world):
    referral = referral_of(world)
    move(desk, referral, "declined", declined_code="full")
    answer = move(desk, referral, "accepted", version="2")
    assert answer.status_code == 422
    assert 'id="problems"' in answer.text
    assert states(referral) == ["sent", "declined"]


def test_consent_is_taken_back_and_the_referral_closes(desk, world):
    referral = referral_of(world)
    answer = desk.post(
        f"/referrals/{referral.reference}/withdraw-consent", data={"withdrawn_on": "2025-07-15"}
    )
    assert "撤回されました" in desk.get(answer.location).text
    assert states(referral) == ["sent", "withdrawn"]
    early = desk.post(
        f"/referrals/{referral.reference}/withdraw-consent", data={"withdrawn_on": "2025-07-15"}
    )
    assert early.status_code == 422


def test_a_void_referral_says_so_and_needs_a_reason(desk, world):
    referral = referral_of(world)
    where = f"/referrals/{referral.reference}/void"
    assert desk.get(where).status_code == 200
    assert desk.post(where, data={}).status_code == 422
    assert (
        "どの件数にも入りません" in desk.get(desk.post(where, data={"void_code": "duplicate"}).location).text
    )


def test_the_board_shows_figures_that_lead_to_their_rows(desk, world):
    late = referral_of(world)
    page = desk.get("/referrals").text
    assert late.reference in page
    assert "20日過ぎ" not in page
    assert re.search(r"期限を過ぎたもの</span><b>1<", page)
    assert late.reference in desk.get("/referrals?shown=overdue").text
    assert late.reference not in desk.get("/referrals?shown=office").text
    assert desk.get("/referrals?shown=nonsense&window_id=x&page=-1").status_code == 200


def test_the_pages_need_as_many_reads_for_thirty_as_for_one(desk, world, count_statements):
    referral_of(world)
    waiting.forget()
    with count_statements() as few:
        desk.get("/referrals")
    for _ in range(29):
        factories.make_referral(world.case, world.version)
    db.session.commit()
    waiting.forget()
    with count_statements() as many:
        desk.get("/referrals")
    assert len(many) == len(few)


def test_pages_speak_english_too(desk, world):
    referral = referral_of(world)
    desk.get("/language/en")
    for where in ("/referrals", f"/referrals/{referral.reference}"):
        page = desk.get(where).text
        assert '<html lang="en"' in page
        assert "Sent" in page


def test_a_partner_answers_and_never_meets_the_case(partner, world):
    referral = referral_of(world, sent_on=date(2025, 7, 1))
    world.case.gender = None
    for where in ("/received-referrals", f"/received-referrals/{referral.reference}"):
        page = partner.get(where).text
        assert referral.reference in page
        assert world.case.number not in page
        assert "相談番号" not in page
        assert world.office.name not in page
    answer = partner.post(
        f"/received-referrals/{referral.reference}/answers",
        data={"to": "declined", "happened_on": "2025-07-10", "declined_code": "full", "version": "1"},
    )
    assert answer.status_code == 302
    assert states(referral) == ["sent", "declined"]
    page = partner.get(f"/received-referrals/{referral.reference}").text
    assert "いま返事をすることはありません" in page


def test_a_partner_cannot_forge_what_only_the_desk_may_do(partner, world):
    referral = referral_of(world)
    for to in ("withdrawn", "void", "placed", "no_response"):
        answer = partner.post(
            f"/received-referrals/{referral.reference}/answers",
            data={"to": to, "happened_on": "2025-07-10", "version": "1"},
        )
        assert answer.status_code == 422
    assert states(referral) == ["sent"]
    assert partner.get(f"/referrals/{referral.reference}").status_code == 403
    assert partner.get("/referrals").status_code == 403


def test_another_agencys_referral_looks_like_one_that_is_not_there(partner, world):
    other = factories.make_referral(world.case)
    db.session.commit()
    assert partner.get(f"/received-referrals/{other.reference}").status_code == 404
    answer = partner.post(f"/received-referrals/{other.reference}/answers", data={"to": "accepted"})
    assert answer.status_code == 404
    assert State.SENT.value in states(other)
