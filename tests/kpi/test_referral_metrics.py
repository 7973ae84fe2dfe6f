"""Referrals are counted from the history of their moves; guidance and the map from their records."""

from datetime import date

import pytest

from app.kpi.period import Scope
from app.kpi.vocabulary import By
from app.referrals.vocabulary import State
from app.situation.vocabulary import TargetGroup
from app.windows.map_models import MapEdition, MapPrinting
from tests.factories import (
    add,
    make_case,
    make_consultation,
    make_move,
    make_office,
    make_referral,
    make_window,
)
from tests.kpi.counting import by, figure, value

pytestmark = [pytest.mark.both_databases, pytest.mark.usefixtures("db_session")]

MAY = date(2012, 5, 1)


def referral(*moves, sent_on=MAY, version=None, case=None, consultation=None):
    made = make_referral(case or make_case(), version, sent_on=sent_on, consultation=consultation)
    before = State.SENT
    for number, (to, day) in enumerate(moves, start=2):
        make_move(made, to, happened_on=day, number=number, from_state=before)
        before = to
    return made


def test_a_meeting_counts_in_the_year_in_which_it_was():
    referral((State.ACCEPTED, date(2013, 3, 29)), (State.MET, date(2013, 4, 1)), sent_on=date(2013, 3, 28))
    assert [value("referrals_sent", year) for year in (2012, 2013)] == [1, 0]
    assert [value("referrals_met", year) for year in (2012, 2013)] == [0, 1]


def test_what_came_after_a_meeting_changes_nothing():
    referral((State.MET, MAY), (State.SUPPORTING, MAY), (State.ENDED, MAY))
    referral((State.MET, MAY), (State.WITHDRAWN, MAY))
    assert (value("referrals_sent"), value("referrals_met")) == (2, 2)


def test_a_referral_entered_in_error_leaves_every_count():
    referral((State.ACCEPTED, MAY), (State.MET, MAY), (State.VOID, date(2014, 1, 6)))
    assert (value("referrals_sent"), value("referrals_met"), value("response_days")) == (0, 0, None)


def test_a_placement_without_a_recorded_meeting_invents_none():
    referral((State.PLACED, MAY))
    assert value("referrals_met") == 0


def test_sent_referrals_part_into_answered_withdrawn_and_waiting():
    referral((State.DECLINED, MAY))
    referral((State.NO_RESPONSE, MAY), (State.ACCEPTED, MAY), (State.WITHDRAWN, MAY))
    referral((State.WITHDRAWN, MAY))
    referral((State.NO_RESPONSE, MAY))
    referral()
    assert value("referrals_sent") == 5
    assert by("referrals_sent", By.PART) == {"answered": 2, "withdrawn": 1, "waiting": 2}


def test_the_median_takes_working_days_to_the_first_answer():
    friday = date(2012, 4, 27)
    # 30 April, 3 and 4 May are holidays; 28, 29 April and 5, 6 May are weekends.
    referral((State.ACCEPTED, date(2012, 5, 1)), (State.MET, date(2012, 5, 9)), sent_on=friday)
    referral((State.NO_RESPONSE, date(2012, 5, 2)), (State.DECLINED, date(2012, 5, 7)), sent_on=friday)
    referral(sent_on=friday)
    found = figure("response_days")
    assert (found.value, found.n) == (2.0, 2), "1 and 3 working days; the unanswered one is not among them"


def test_figures_are_told_apart_by_agency_and_target_group():
    agency = make_office()
    version = make_window(agency)[1]
    case = make_case()
    young = make_consultation(case, held_on=MAY, target_group=TargetGroup.YOUTH)
    referral((State.ACCEPTED, date(2012, 5, 2)), version=version, case=case, consultation=young)
    referral()
    assert by("referrals_sent", By.AGENCY)[agency.id] == 1
    assert by("referrals_sent", By.TARGET_GROUP) == {TargetGroup.YOUTH: 1, None: 1}
    assert by("response_days", By.AGENCY) == {agency.id: 1.0}
    assert value("referrals_sent", scope=Scope(target_group=TargetGroup.YOUTH)) == 1
    assert value("referrals_sent", scope=Scope(agency_id=agency.id)) == 1


def test_reprints_are_what_is_printed_after_an_editions_first_run():
    edition = add(MapEdition(number=3, published_on=MAY, fiscal_year=2012, changes=""))
    for copies, first in ((5000, True), (300, False), (200, False)):
        add(
            MapPrinting(
                edition_id=edition.id, printed_on=MAY, fiscal_year=2012, copies=copies, is_first_run=first
            )
        )
    assert (value("map_editions"), value("map_reprints")) == (1, 500)
    assert (value("map_editions", 2011), value("map_reprints", 2011)) == (0, 0)
