"""The figures owed to the state, worked out by hand.

Measure 6 in FY2026 (1 April 2026 to 20 November 2026), people on public assistance:

    A  consulted twice; new job, then higher earnings     takes part, gained
    B  consulted                                          takes part
    C  consulted last year only; job on 1 May             takes part (by the job), gained
    D  consulted, not on public assistance; job           neither
    E  merged into B, consulted under the old number      is B
    F  consulted; type A support, no other job            takes part
    G  last year: consulted and placed                    neither
    a group of 9 without cards                            nobody
                                                          participants 4 (A B C F), gained 2 (A C)

Joint programme with Hello Work: A referred and accepted, placed through it; B referred, declined;
F referred in March, accepted in April; D referred and accepted; B again to another agency, accepted.
                                                          supported 3 (A D F), placements 1
"""

from datetime import date

import pytest

from app.access.permissions import Role
from app.foundation import clock
from app.foundation.db import db
from app.foundation.errors import Conflict, DomainError, Forbidden
from app.foundation.transaction import transaction
from app.national.operations import Reported, enter_counts
from app.national.queries import get_rates, list_reports
from app.placements.vocabulary import Contract, PlacementKind
from app.referrals.vocabulary import DeclineCode, State
from app.situation.programme import Programme
from app.situation.vocabulary import AssistanceStatus
from app.windows.vocabulary import OfficeKind
from tests.factories import (
    make_actor,
    make_case,
    make_consultation,
    make_move,
    make_office,
    make_placement,
    make_referral,
    make_window,
    sign_in,
)
from tests.kpi.counting import value

RECIPIENT = {"assistance": AssistanceStatus.RECIPIENT}
MAY = date(2026, 5, 1)
COUNTS = {
    "working_age": 40,
    "excluded_illness": 20,
    "excluded_school": 3,
    "excluded_care": 4,
    "excluded_working": 5,
    "excluded_other": 0,
    "other_households": 60,
    "other_households_working": 24,
}


def refer(case, agency_name, sent_on, *moves, **more):
    office = make_office(name=agency_name, kind=OfficeKind.AGENCY, programme=None)
    _window, version = make_window(office=office)
    held = make_consultation(case, held_on=sent_on, **more)
    referral = make_referral(case, version, sent_on=sent_on, consultation=held)
    for number, (to, day) in enumerate(moves, 2):
        code = next(iter(DeclineCode)).value if to is State.DECLINED else None
        make_move(referral, to, happened_on=day, number=number, code=code)
    return referral


@pytest.fixture
def office(db_session):
    own = make_office(programme=Programme.ASSISTANCE, name="生活福祉課")
    a, b, c, d, f, g = (make_case(own) for _one in range(6))
    e = make_case(own, merged_into_id=b.id)
    for case, day in [(a, MAY), (a, date(2026, 6, 1)), (b, MAY), (e, MAY), (f, MAY)]:
        make_consultation(case, held_on=day, **RECIPIENT)
    for case in (c, g):
        make_consultation(case, held_on=date(2026, 3, 1), **RECIPIENT)
    make_consultation(d, held_on=MAY)
    make_consultation(office=own, held_on=MAY, headcount=9, **RECIPIENT)
    through = refer(
        a, "ハローワーク立川", MAY, (State.ACCEPTED, MAY), (State.MET, MAY), (State.PLACED, date(2026, 7, 1))
    )
    make_placement(a, started_on=date(2026, 7, 1), referral=through)
    make_placement(a, started_on=date(2026, 9, 1), kind=PlacementKind.RAISE)
    make_placement(c, started_on=MAY)
    make_placement(d, started_on=MAY, assistance=AssistanceStatus.NONE)
    make_placement(f, started_on=MAY, contract=Contract.SUPPORTED_A)
    make_placement(g, started_on=date(2026, 3, 15))
    refer(b, "ハローワーク立川", MAY, (State.DECLINED, MAY))
    refer(f, "マザーズハローワーク立川", date(2026, 3, 20), (State.ACCEPTED, date(2026, 4, 2)))
    refer(d, "ハローワーク府中", MAY, (State.ACCEPTED, MAY))
    refer(b, "東京しごとセンター多摩", MAY, (State.ACCEPTED, MAY))
    db.session.commit()
    return own


def enter(actor, *, seen=0, sure=False, as_of=date(2026, 7, 31), **more):
    with transaction():
        reported = Reported(
            as_of=as_of, values=COUNTS | more, source="被保護者調査（7月末）", sure=sure, seen=seen
        )
        return enter_counts(actor=actor, fiscal_year=2026, reported=reported)


def supervisor(office):
    actor = make_actor(Role.SUPERVISOR, office)
    db.session.commit()
    return actor


def shares():
    return {rate.key: rate.share for rate in get_rates(2026, clock.today())}


@pytest.mark.both_databases
def test_persons_and_jobs_are_as_worked_out_by_hand(office):
    keys = ("assistance_participants", "assistance_gainers", "joint_supported", "joint_placements")
    assert [value(key, 2026) for key in keys] == [4, 2, 3, 1]


@pytest.mark.both_databases
def test_rates_are_reckoned_from_records_and_from_what_was_reported(office):
    assert shares() == {"participation": None, "gain": 0.5, "households": None, "joint": 1 / 3}
    enter(supervisor(office))
    # 40 of working age without 20 + 3 + 4 + 5 + 0 leave 8 who can take part; 4 do. 24 of 60 households.
    assert shares() == {"participation": 0.5, "gain": 0.5, "households": 0.4, "joint": 1 / 3}


@pytest.mark.both_databases
def test_a_correction_holds_and_the_earlier_counts_stay(office):
    actor = supervisor(office)
    enter(actor)
    with pytest.raises(Conflict):
        enter(actor, seen=0)
    enter(actor, seen=1, excluded_illness=12)
    assert [(one.number, one.excluded_illness) for one in list_reports(2026)] == [(2, 12), (1, 20)]
    assert shares()["participation"] == 4 / 16


def test_a_participation_above_all_is_questioned_and_not_silently_taken(office):
    actor = supervisor(office)
    with pytest.raises(DomainError, match="100%を超えます") as asked:
        enter(actor, excluded_illness=26)
    assert asked.value.field == "sure"
    assert not list_reports(2026)
    enter(actor, excluded_illness=26, sure=True)
    assert shares()["participation"] == 2.0


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"excluded_illness": 29}, "working_age"),
        ({"other_households_working": 61}, "other_households_working"),
        ({"as_of": date(2026, 3, 31)}, "as_of"),
        ({"as_of": date(2026, 12, 1)}, "as_of"),
    ],
)
def test_counts_that_cannot_be_are_refused(office, more, field):
    with pytest.raises(DomainError) as refused:
        enter(supervisor(office), **more)
    assert refused.value.field == field


def test_nobody_to_divide_by_reads_not_applicable(office, client):
    actor = supervisor(office)
    enter(actor, excluded_illness=28, other_households=0, other_households_working=0)
    sign_in(client, role=Role.SUPERVISOR, office=office)
    page = client.get("/national-figures/2026").text
    assert page.count("該当なし") == 2
    assert "分母が0のため" in page
    assert "<b>0.0%" not in page


def test_only_the_plan_desk_and_who_answers_for_measure_6_enter_counts(office):
    other = make_office(programme=Programme.CENTRE)
    for actor in (
        supervisor(other),
        make_actor(Role.COUNSELLOR, office),
        make_actor(Role.DEPARTMENT, office),
    ):
        db.session.commit()
        with pytest.raises(Forbidden):
            enter(actor)
    desk = make_actor(Role.PLAN_DESK, other)
    db.session.commit()
    enter(desk)
    assert len(list_reports(2026)) == 1


def test_counts_are_entered_on_the_page_and_a_doubt_is_confirmed_there(office, client):
    sign_in(client, role=Role.SUPERVISOR, office=office)
    form = {name: str(count) for name, count in COUNTS.items()}
    form |= {"as_of": "2026-07-31", "source": "被保護者調査", "excluded_illness": "26", "version": "0"}
    address = "/national-figures/2026/counts"
    assert 'name="sure"' not in client.get(address).text
    asked = client.post(address, data=form)
    assert asked.status_code == 422
    assert "100%を超えます" in asked.text
    assert 'name="sure"' in asked.text
    assert client.post(address, data=form | {"sure": "1"}).status_code == 302
    page = client.get("/national-figures/2026").text
    assert "200.0%" in page
    assert "100%を超えています" in page
    assert 'href="/figures/assistance_participants/2026"' in page
