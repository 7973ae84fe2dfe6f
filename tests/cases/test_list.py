"""The list of cases: the one seen last at the own office first, those never seen there last."""

from datetime import date, timedelta

import pytest

from app.cases.charge_queries import list_counsellors
from app.cases.list_queries import count_cases, list_cases
from app.cases.models import CaseOffice
from app.cases.vocabulary import NOBODY, CloseReason, SeenBy
from app.foundation import clock
from app.foundation.db import db
from app.situation.vocabulary import TargetGroup, Topic
from tests.factories import (
    add,
    make_account,
    make_actor,
    make_case,
    make_consultation,
    make_office,
    sign_in,
    system_actor,
)

pytestmark = pytest.mark.both_databases

SPRING = date(2025, 4, 1)


@pytest.fixture
def office(db_session):
    return make_office()


@pytest.fixture
def actor(office):
    return make_actor(office=office)


def numbers(actor, state="open", offset=0, limit=50):
    return [row.number for row in list_cases(actor=actor, state=state, offset=offset, limit=limit)]


def test_the_case_seen_last_stands_first_and_one_never_seen_last(actor, office):
    never, long_ago, lately = (make_case(office) for _ in range(3))
    make_consultation(lately, held_on=SPRING)
    make_consultation(long_ago, held_on=SPRING + timedelta(days=1))
    make_consultation(lately, held_on=SPRING + timedelta(days=2))
    assert numbers(actor) == [lately.number, long_ago.number, never.number]


def test_a_row_tells_the_newest_consultation_and_how_many_there_were(actor, office):
    case = make_case(office)
    make_consultation(case, held_on=SPRING, topic=Topic.OTHER)
    make_consultation(case, held_on=SPRING + timedelta(days=9), topic=Topic.HOUSING)
    make_consultation(case, held_on=SPRING + timedelta(days=9), target_group=TargetGroup.YOUTH)
    (row,) = list_cases(actor=actor, state="open", offset=0, limit=50)
    assert row.consultations == 3
    assert row.last_held_on == SPRING + timedelta(days=9)
    # Of two on one day, the one entered later.
    assert (row.last_topic, row.target_group) == (Topic.JOB_SEARCH, TargetGroup.YOUTH)


def test_a_consultation_taken_back_or_held_elsewhere_says_nothing_here(actor, office):
    case, other = make_case(office), make_office()
    add(CaseOffice(case_id=case.id, office_id=other.id, seen_by=SeenBy.CARD, since=clock.now()))
    make_consultation(case, held_on=SPRING)
    make_consultation(case, held_on=SPRING + timedelta(days=3), voided_at=clock.now())
    make_consultation(case, office=other, held_on=SPRING + timedelta(days=5))
    (here,) = list_cases(actor=actor, state="open", offset=0, limit=50)
    (there,) = list_cases(actor=make_actor(office=other), state="open", offset=0, limit=50)
    assert (here.last_held_on, here.consultations) == (SPRING, 1)
    assert (there.last_held_on, there.consultations) == (SPRING + timedelta(days=5), 1)


def test_a_case_of_another_office_is_not_listed_nor_counted(actor, office):
    make_consultation(make_case())
    assert numbers(actor) == []
    assert count_cases(actor=actor, state="all") == 0


def test_the_list_can_be_left_with_those_in_one_colleagues_charge_or_in_nobodys(actor, office):
    one, other = make_account(office=office), make_account(office=office)
    hers, his, nobodys = (make_case(office) for _ in range(3))
    merged = make_case(office, merged_into_id=hers.id)
    for case in (hers, his, nobodys, merged):
        make_consultation(case)
    put_in_charge(office, {hers: one, his: other, merged: other})
    here = {"actor": actor, "state": "open"}
    for counsellor_id, expected in ((one.id, hers), (other.id, his), (NOBODY, nobodys)):
        rows = list_cases(**here, counsellor_id=counsellor_id, offset=0, limit=50)
        assert [row.number for row in rows] == [expected.number]
        assert count_cases(**here, counsellor_id=counsellor_id) == 1
    assert count_cases(**here) == 3


def put_in_charge(office, charge):
    for case, account in charge.items():
        place = db.session.get(CaseOffice, (case.id, office.id))
        place.counsellor_id, place.in_charge_since = account.id, clock.now()
    db.session.flush()


def test_a_case_never_seen_here_is_found_by_who_is_in_charge_too(actor, office):
    account = make_account(office=office)
    mine, _nobodys = make_case(office), make_case(office)
    put_in_charge(office, {mine: account})
    rows = list_cases(actor=actor, state="all", counsellor_id=account.id, offset=0, limit=50)
    assert [row.number for row in rows] == [mine.number]
    assert list_cases(actor=actor, state="all", counsellor_id=account.id, offset=1, limit=50) == []


def test_whoever_stands_in_no_office_has_no_list(actor, office):
    make_consultation(make_case(office))
    assert numbers(system_actor()) == []
    assert count_cases(actor=system_actor(), state="all") == 0


def test_open_closed_and_all_are_three_lists_and_a_merged_case_is_in_none(actor, office):
    still, over = make_case(office), make_case(office, closed_on=SPRING, close_reason=CloseReason.EMPLOYED)
    merged = make_case(office, merged_into_id=still.id)
    for case in (still, over, merged):
        make_consultation(case)
    assert numbers(actor, "open") == [still.number]
    assert numbers(actor, "closed") == [over.number]
    assert set(numbers(actor, "all")) == {still.number, over.number}
    assert [count_cases(actor=actor, state=one) for one in ("open", "closed", "all")] == [1, 1, 2]


def test_a_person_known_only_by_a_case_that_was_merged_is_listed_and_counted_once(actor, office):
    elsewhere = make_case()
    make_case(office)
    for _number in range(2):
        make_case(office, merged_into_id=elsewhere.id)
    assert elsewhere.number in numbers(actor)
    assert count_cases(actor=actor, state="open") == len(numbers(actor)) == 2


def test_a_person_known_by_an_own_case_and_by_a_merged_one_is_counted_once(actor, office):
    case = make_case(office)
    make_case(office, merged_into_id=case.id)
    assert count_cases(actor=actor, state="open") == len(numbers(actor)) == 1


@pytest.mark.parametrize("size", [1, 2, 3, 4, 7])
def test_the_pages_put_together_are_the_list(actor, office, size):
    for day in range(4):
        case = make_case(office)
        make_consultation(case, held_on=SPRING + timedelta(days=day))
        make_consultation(case, held_on=SPRING - timedelta(days=day))
        make_case(office, opened_on=SPRING + timedelta(days=day))
    whole = numbers(actor)
    assert len(whole) == len(set(whole)) == count_cases(actor=actor, state="open") == 8
    pages = [numbers(actor, offset=first, limit=size) for first in range(0, 9, size)]
    assert [number for page in pages for number in page] == whole


def test_far_beyond_the_end_there_is_nothing(actor, office):
    make_case(office)
    make_consultation(make_case(office))
    db.session.flush()
    assert numbers(actor, offset=500) == []


def test_the_list_names_who_is_in_charge_under_the_number_that_is_left(client, actor, office):
    boss = make_account(office=office)
    kept, nobody = make_case(), make_case(office)
    gone = make_case(office, merged_into_id=kept.id)
    db.session.get(CaseOffice, (gone.id, office.id)).counsellor_id = boss.id
    db.session.commit()
    found = list_counsellors(actor=actor, numbers=[kept.number, nobody.number])
    assert found == {kept.number: boss.label}
    sign_in(client, boss)
    page = client.get("/cases").text
    assert f"<td>{boss.label}</td>" in page
    assert "<td>担当なし</td>" in page


def test_the_page_of_the_list_is_narrowed_by_its_address_and_says_so(client, actor, office):
    boss = make_account(office=office)
    hers, nobodys = make_case(office), make_case(office)
    put_in_charge(office, {hers: boss})
    db.session.commit()
    sign_in(client, boss)
    page = client.get(f"/cases?counsellor_id={boss.id}").text
    assert hers.number in page
    assert nobodys.number not in page
    assert f"担当：{boss.label}" in page
    for wrong in ("999", "x"):
        page = client.get(f"/cases?counsellor_id={wrong}").text
        assert hers.number in page
        assert nobodys.number in page
