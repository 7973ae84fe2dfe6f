"""What the entry page asks and writes in statements of its own says the same as the pages of a case."""

from datetime import date, timedelta

import pytest

from app.cases import charge_operations as charges
from app.cases.consultation_operations import record_consultations
from app.cases.consultation_queries import count_consultations, list_seen_on, summarise
from app.cases.entries import NewConsultation
from app.cases.merge_operations import merge_cases
from app.cases.queries import get_case, get_person_entered
from app.cases.vocabulary import Channel, MergeReason, Source
from app.foundation import clock
from app.foundation.errors import NotFound
from app.referrals.open_queries import count_open
from app.referrals.vocabulary import State
from app.situation.programme import Programme
from app.situation.vocabulary import AgeBand, AssistanceStatus, Household, TargetGroup, Topic
from tests import factories
from tests.factories import make_actor, make_case, make_office

pytestmark = pytest.mark.both_databases
TODAY = clock.today()


def visit(case_id, day=TODAY, **more):
    facts = {
        "case_id": case_id,
        "programme": Programme.ASSISTANCE,
        "held_on": day,
        "minutes": 30,
        "channel": Channel.VISIT,
        "source": Source.SELF,
        "assistance": AssistanceStatus.RECIPIENT,
        "age_band": AgeBand.A40_49,
        "household": Household.SINGLE,
        "target_group": TargetGroup.MIDDLE_AGED,
        "topic": Topic.JOB_SEARCH,
    }
    return NewConsultation(**(facts | more))


@pytest.fixture
def office(db_session):
    return make_office()


@pytest.fixture
def actor(office):
    return make_actor(office=office)


def place(actor, case):
    return charges.get_place(actor=actor, case_id=case.id)


def test_a_consultation_settles_what_was_agreed_until_that_day_and_leaves_who_is_in_charge(actor, office):
    case, colleague = make_case(office), make_actor(office=office)
    charges.take_charge(actor=colleague, case_ids=[case.id])
    charges.set_next_contact(actor=colleague, case_id=case.id, day=TODAY)
    since = place(actor, case).in_charge_since
    record_consultations(actor=actor, new=[visit(case.id)])
    assert place(actor, case).next_contact_on is None
    assert (place(actor, case).counsellor_id, place(actor, case).in_charge_since) == (colleague.id, since)


def test_a_consultation_takes_charge_where_nobody_is_and_leaves_what_is_agreed_for_later(actor, office):
    case, later = make_case(office), TODAY + timedelta(days=3)
    charges.set_next_contact(actor=actor, case_id=case.id, day=later)
    record_consultations(actor=actor, new=[visit(case.id)])
    assert (place(actor, case).counsellor_id, place(actor, case).next_contact_on) == (actor.id, later)


def test_a_paper_list_of_several_people_settles_each_for_its_own_day(actor, office):
    first, second = make_case(office), make_case(office)
    for case in (first, second):
        charges.set_next_contact(actor=actor, case_id=case.id, day=TODAY)
    yesterday = TODAY - timedelta(days=1)
    record_consultations(actor=actor, new=[visit(first.id), visit(second.id, yesterday), visit(first.id)])
    assert place(actor, first).next_contact_on is None
    assert place(actor, second).next_contact_on == TODAY
    assert {place(actor, case).counsellor_id for case in (first, second)} == {actor.id}


def test_the_ids_come_in_the_order_of_the_entries(actor, db_session):
    minutes = [45, 15, 60, 30]
    made = record_consultations(actor=actor, new=[visit(None, minutes=each) for each in minutes])
    assert made == sorted(made)
    kept = [db_session.get(factories.Consultation, key).minutes for key in made]
    assert kept == minutes
    assert record_consultations(actor=actor, new=[]) == []


def test_what_a_save_asks_of_a_person_is_what_the_case_says_after_a_merge_too(actor, office):
    old, new, foreign = make_case(office), make_case(office), make_case()
    merge_cases(actor=actor, case_id=old.id, into_id=new.id, reason=MergeReason.PAPER_FILE)
    for number in (old.number, new.number):
        case = get_case(actor=actor, number=number)
        assert get_person_entered(actor=actor, number=number) == (case.id, case.number, case.closed_on)
    for number in (foreign.number, "9999-99"):
        with pytest.raises(NotFound):
            get_person_entered(actor=actor, number=number)


def test_the_summary_of_a_person_counts_every_number_of_theirs_and_names_the_last_day(actor, office):
    old, new = make_case(office), make_case(office)
    assert summarise(actor=actor, case_id=new.id) == (0, None, None)
    earlier = TODAY - timedelta(days=9)
    record_consultations(
        actor=actor, new=[visit(old.id, earlier), visit(new.id, topic=Topic.HOUSING), visit(old.id, earlier)]
    )
    merge_cases(actor=actor, case_id=old.id, into_id=new.id, reason=MergeReason.PAPER_FILE)
    assert summarise(actor=actor, case_id=new.id) == (3, TODAY, Topic.HOUSING)
    assert count_consultations(actor=actor, case_id=new.id) == 3
    assert summarise(actor=make_actor(), case_id=new.id) == (0, None, None)


def test_todays_people_stand_once_each_newest_first(actor, office):
    one, two, three = (make_case(office) for _ in range(3))
    others = make_actor(office=office)
    for case in (one, two, three, one):
        record_consultations(actor=actor, new=[visit(case.id)])
    record_consultations(actor=others, new=[visit(make_case(office).id)])
    record_consultations(actor=actor, new=[visit(two.id, TODAY - timedelta(days=1)), visit(None)])
    assert list_seen_on(actor=actor, day=TODAY) == [one.number, three.number, two.number]
    assert list_seen_on(actor=actor, day=TODAY, limit=2) == [one.number, three.number]
    merge_cases(actor=actor, case_id=three.id, into_id=one.id, reason=MergeReason.PAPER_FILE)
    assert list_seen_on(actor=actor, day=TODAY) == [one.number, two.number]


def test_open_referrals_are_counted_of_the_own_office_and_of_every_number(actor, office):
    case, merged = make_case(office), make_case(office)
    for each in (case, merged):
        factories.make_referral(each)
    refused = factories.make_referral(case)
    factories.make_move(
        refused, State.DECLINED, happened_on=date(2025, 6, 3), number=2, from_state=State.SENT, code="full"
    )
    assert count_open(actor=actor, case_id=case.id) == 1
    merge_cases(actor=actor, case_id=merged.id, into_id=case.id, reason=MergeReason.PAPER_FILE)
    assert count_open(actor=actor, case_id=case.id) == 2
    assert count_open(actor=make_actor(), case_id=case.id) == 0
