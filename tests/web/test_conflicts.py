"""Two people at one record: the second sees both versions of what differs and chooses; nothing is lost."""

import re

import pytest

from app.access.permissions import Role
from app.cases.models import Consultation
from app.cases.vocabulary import Channel
from app.foundation.db import db
from app.placements.models import Placement, RetentionCheck
from app.situation.programme import Programme
from app.situation.vocabulary import Topic
from tests import factories
from tests.attacks.page_forms import FORM, encoded, forms_of, replaced

pytestmark = pytest.mark.both_databases
FIRST_SAVED = "ほかの人がこの記録を先に保存しました"


@pytest.fixture
def office(db_session):
    return factories.make_office(programme=Programme.CENTRE)


@pytest.fixture
def desks(app, office):
    """Return the windows of two colleagues."""
    clients = []
    for role in (Role.COUNSELLOR, Role.SUPERVISOR):
        client = app.test_client()
        factories.sign_in(client, factories.make_account(role, office))
        clients.append(client)
    db.session.commit()
    return clients


@pytest.fixture
def consultation(office):
    made = factories.make_consultation(
        factories.make_case(office), programme=Programme.CENTRE, memo="はじめのメモ", minutes=30
    )
    db.session.commit()
    return made


def form_of(html: str):
    return max(forms_of(html), key=lambda one: len(one.controls))


def opened(client, page: str):
    return form_of(client.get(page).text).pairs()


def send(client, page: str, pairs, **said):
    for name, value in said.items():
        pairs = replaced(pairs, name, *([value] if isinstance(value, str) else value))
    answer = client.post(page, data=encoded(pairs), content_type=FORM)
    db.session.rollback()
    db.session.expire_all()
    return answer


def minutes(number: int) -> dict[str, object]:
    return {"minutes": str(number), "minutes-pick": ()}


def asked(answer) -> list[str]:
    return re.findall(r'name="settle" value="([^"]+)"', answer.text)


def test_the_second_sees_both_versions_who_saved_first_and_only_what_differs(desks, consultation):
    page = f"/consultations/{consultation.id}/edit"
    first, second = (opened(desk, page) for desk in desks)
    assert send(desks[0], page, first, memo="先のメモ", **minutes(45)).status_code == 302
    answer = send(desks[1], page, second, memo="あとのメモ", **minutes(45))
    assert answer.status_code == 422
    assert FIRST_SAVED in answer.text
    assert asked(answer) == ["memo"]
    assert "先のメモ" in answer.text
    assert re.search(r"先に保存された内容（相談員\d+・", answer.text)
    assert re.search(r"<textarea[^>]*>あとのメモ</textarea>", answer.text)
    assert not re.search(r'name="keep-memo"[^>]*checked', answer.text)
    assert db.session.get(Consultation, consultation.id).memo == "先のメモ"


@pytest.mark.parametrize(("choice", "kept"), [("stored", "先のメモ"), ("typed", "あとのメモ")])
def test_what_is_chosen_is_saved_with_the_new_version(desks, consultation, choice, kept):
    page = f"/consultations/{consultation.id}/edit"
    first, second = (opened(desk, page) for desk in desks)
    send(desks[0], page, first, memo="先のメモ")
    answer = send(desks[1], page, second, memo="あとのメモ")
    again = form_of(answer.text).pairs()
    assert send(desks[1], page, again, **{"keep-memo": choice}).status_code == 302
    assert db.session.get(Consultation, consultation.id).memo == kept


def test_nothing_is_saved_while_a_choice_is_open_and_the_typed_text_stays(desks, consultation):
    page = f"/consultations/{consultation.id}/edit"
    first, second = (opened(desk, page) for desk in desks)
    send(desks[0], page, first, memo="先のメモ", **minutes(45))
    answer = send(desks[1], page, second, memo="あとのメモ", **minutes(60))
    assert asked(answer) == ["minutes", "memo"]
    again = form_of(answer.text).pairs()
    answer = send(desks[1], page, again, **{"keep-memo": "stored", "keep-minutes": ()})
    assert answer.status_code == 422
    assert asked(answer) == ["minutes", "memo"]
    assert re.search(r'name="keep-memo" id="[^"]*" value="stored" checked', answer.text)
    assert "あとのメモ" in answer.text
    assert db.session.get(Consultation, consultation.id).minutes == 45


def test_a_third_who_saves_meanwhile_is_shown_as_well(desks, consultation):
    page = f"/consultations/{consultation.id}/edit"
    first, second = (opened(desk, page) for desk in desks)
    send(desks[0], page, first, memo="一番目")
    answer = send(desks[1], page, second, memo="二番目")
    send(desks[0], page, opened(desks[0], page), memo="三番目")
    answer = send(desks[1], page, form_of(answer.text).pairs(), **{"keep-memo": "typed"})
    assert answer.status_code == 422
    assert "三番目" in answer.text
    assert db.session.get(Consultation, consultation.id).memo == "三番目"


def test_lists_are_chosen_with_their_primary_one(desks, consultation):
    page = f"/consultations/{consultation.id}/edit"
    first, second = (opened(desk, page) for desk in desks)
    send(desks[0], page, first, topics=["housing", "debt"], topic="debt")
    answer = send(desks[1], page, second, topics=["care"], topic="care")
    assert asked(answer) == ["topics"]
    assert "◎債務、住まい" in answer.text
    send(desks[1], page, form_of(answer.text).pairs(), **{"keep-topics": "stored"})
    assert db.session.get(Consultation, consultation.id).topic is Topic.DEBT


def test_topics_alone_are_a_change_too(desks, consultation):
    page = f"/consultations/{consultation.id}/edit"
    first, second = (opened(desk, page) for desk in desks)
    kept = consultation.topic.value
    beside = "debt" if kept != "debt" else "care"
    assert send(desks[0], page, first, topics=[kept, beside], topic=kept).status_code == 302
    answer = send(desks[1], page, second, memo="午後に電話")
    assert answer.status_code == 422
    assert "topics" in asked(answer)


def test_who_typed_the_same_as_was_saved_is_asked_nothing(desks, consultation):
    page = f"/consultations/{consultation.id}/edit"
    first, second = (opened(desk, page) for desk in desks)
    send(desks[0], page, first, memo="同じメモ")
    answer = send(desks[1], page, second, memo="同じメモ")
    assert asked(answer) == []
    assert "このまま保存できます" in answer.text
    assert send(desks[1], page, form_of(answer.text).pairs()).status_code == 302


def test_a_placement_is_chosen_field_by_field(desks, office):
    case = factories.make_case(office)
    factories.make_consultation(case, programme=Programme.CENTRE)
    placement = factories.make_placement(case, programme=Programme.CENTRE)
    db.session.commit()
    page = f"/placements/{placement.id}/edit"
    first, second = (opened(desk, page) for desk in desks)
    hours = {"part_time", "full_time"} - {placement.hours.value}
    assert send(desks[0], page, first, hours=hours.pop()).status_code == 302
    answer = send(desks[1], page, second)
    assert asked(answer) == ["hours"]
    send(desks[1], page, form_of(answer.text).pairs(), **{"keep-hours": "typed"})
    assert db.session.get(Placement, placement.id).hours is placement.hours


def test_a_first_check_after_another_first_check_is_a_choice(desks, office):
    case = factories.make_case(office)
    factories.make_consultation(case, programme=Programme.CENTRE)
    placement = factories.make_placement(case, programme=Programme.CENTRE)
    db.session.commit()
    page = f"/placements/{placement.id}/checks/1"
    form = opened(desks[0], f"/placements/{placement.id}/checks/1")
    second = opened(desks[1], page)
    assert send(desks[0], page, form, outcome="kept", channel="phone").status_code == 302
    answer = send(desks[1], page, second, outcome="kept", channel="visit", left_reason="")
    assert asked(answer) == ["channel"]
    send(desks[1], page, form_of(answer.text).pairs(), **{"keep-channel": "typed"})
    assert db.session.query(RetentionCheck).one().channel is Channel.VISIT
