"""What the entry page fills in without being loaded anew: a card's case, the entry before, usual lengths."""

import re

import pytest

from app.cases.models import CaseCard
from app.foundation import clock
from app.foundation.db import db
from app.privacy import case_code
from app.situation.programme import Programme
from app.situation.vocabulary import Topic
from tests import factories
from tests.counter.test_entry import form

pytestmark = pytest.mark.both_databases


@pytest.fixture
def office(db_session):
    return factories.make_office(programme=Programme.ASSISTANCE)


@pytest.fixture
def account(office):
    return factories.make_account(office=office)


@pytest.fixture
def desk(client, account):
    factories.sign_in(client, account)
    return client


@pytest.fixture
def card(app, office):
    """Return a case with a consultation, and the code of its card."""
    pepper = app.config["SHIRUBE"].card_pepper
    code = case_code.derive(pepper, "b" * 32)
    case = factories.make_case(office)
    factories.make_consultation(case, single_parent=True, memo="写さない")
    factories.add(
        CaseCard(
            case_id=case.id,
            code_hash=case_code.keyed_hash(pepper, code),
            pepper_id=case_code.key_id(pepper),
            issued_at=clock.now(),
        )
    )
    db.session.commit()
    return case, code


def full_width(text: str) -> str:
    return "".join(chr(ord(one) + 0xFEE0) for one in text)


@pytest.mark.parametrize("typed", [str, case_code.grouped, str.lower, full_width])
def test_a_card_answers_with_its_number_the_last_time_and_what_is_carried_over(desk, card, typed):
    case, code = card
    answer = desk.post("/counter/card", data={"card_code": typed(code)}).json
    assert answer["fields"]["case_number"] == [case.number]
    assert answer["fields"]["single_parent"] == ["1"]
    assert answer["fields"]["age_band"] == ["40-49"]
    assert "memo" not in answer["fields"]
    assert case.number in answer["found"]
    assert "2回目・前回" in answer["found"]
    assert code not in str(answer)


def test_a_card_that_nobody_has_is_said_and_fills_nothing(desk, card):
    answer = desk.post("/counter/card", data={"card_code": "0000-0000-000"}).json
    assert list(answer) == ["errors"]
    assert "カードの番号が合いません" in answer["errors"][0]


def test_the_entry_before_gives_its_codes_but_neither_day_person_nor_text(desk, account, office):
    own = {"counsellor_id": account.id, "topic": Topic.DEBT, "minutes": 25, "memo": "写さない"}
    factories.make_consultation(factories.make_case(office), **own)
    factories.make_consultation(factories.make_case(office), topic=Topic.CARE)  # a colleague's, later
    factories.make_consultation(office=office, **own | {"topic": Topic.HOUSING, "headcount": 9})  # a group
    db.session.commit()
    fields = desk.post("/counter/last").json["fields"]
    assert (fields["topics"], fields["topic"]) == (["debt"], ["debt"])
    assert fields["minutes-pick"] == ["25"]
    assert not {"memo", "held_on", "case_number", "card_code", "topic_other"} & fields.keys()


def test_who_has_entered_nothing_yet_is_told_so(desk):
    assert "まだ、あなたが入力した相談がありません" in desk.post("/counter/last").json["errors"][0]


def test_the_lengths_that_a_counsellor_enters_most_stand_as_buttons(desk, account, office):
    for minutes, times in ((25, 9), (40, 8), (30, 7), (55, 6), (5, 5), (10, 4)):
        for _time in range(times):
            factories.make_consultation(office=office, counsellor_id=account.id, minutes=minutes)
    factories.make_consultation(office=office, minutes=599)
    db.session.commit()
    page = desk.get("/counter").text
    buttons = [int(one) for one in re.findall(r'name="minutes-pick"[^>]*value="(\d+)"', page)]
    assert buttons == [5, 15, 25, 30, 40, 55]


def test_the_window_named_is_corrected_with_the_consultation(desk, office):
    first, _version = factories.make_window(name="はじめの窓口")
    second, _version = factories.make_window(name="正しい窓口")
    db.session.commit()
    desk.post("/counter", data=form(who="once", window_id=str(first.id), go="next"))
    page = desk.get("/counter").text
    address = page.split("いまの記録を直す")[0].rsplit('href="', 1)[1].split('"')[0]
    edit = desk.get(address).text
    assert f'<option value="{first.id}" selected>はじめの窓口' in edit
    answer = desk.post(address, data=form(version="1", window_id=str(second.id)))
    assert answer.status_code == 302
    assert f'<option value="{second.id}" selected>正しい窓口' in desk.get(address).text
    desk.post(address, data=form(version="2", window_id=""))
    assert "selected>正しい窓口" not in desk.get(address).text


def test_the_centre_is_asked_in_sight_whether_a_visit_is_retention_support(client, db_session):
    centre = factories.make_office(programme=Programme.CENTRE)
    factories.sign_in(client, factories.make_account(office=centre))
    page = client.get("/counter").text
    assert page.count('name="kind"') == 2
    assert page.index('name="kind"') < page.index('<details class="more"')


def test_elsewhere_the_kind_stays_with_what_is_counted(desk):
    page = desk.get("/counter").text
    assert page.count('name="kind"') == 2
    assert page.index('name="kind"') > page.index('<details class="more"')


def test_a_card_that_this_office_has_not_seen_carries_nothing_over(desk, app):
    pepper = app.config["SHIRUBE"].card_pepper
    code = case_code.derive(pepper, "c" * 32)
    foreign = factories.make_case(factories.make_office())
    factories.add(
        CaseCard(
            case_id=foreign.id,
            code_hash=case_code.keyed_hash(pepper, code),
            pepper_id=case_code.key_id(pepper),
            issued_at=clock.now(),
        )
    )
    db.session.commit()
    assert desk.post("/counter/card", data=form(who="card", card_code=code)).json["head"] == "この方について"
