"""How good guidance was: wrong windows, what came after, what found nothing, and the page that shows it."""

import html
import re
from datetime import date

import pytest

from app.access.permissions import Role
from app.foundation import clock
from app.guidance.kept import write_situation
from app.kpi import guidance_figures
from app.kpi.guidance_figures import list_unmatched
from app.kpi.period import EVERYTHING, Scope
from app.referrals.vocabulary import DeclineCode, State
from app.situation.situation import Situation, WorkWish
from app.situation.vocabulary import TargetGroup, Topic
from tests.factories import (
    make_actor,
    make_case,
    make_consultation,
    make_guidance,
    make_move,
    make_office,
    make_referral,
    make_window,
    sign_in,
)
from tests.kpi.counting import figure, period

DAY = date(2012, 6, 1)


def decline(case, version, *, on, code=DeclineCode.WRONG_WINDOW, sent_on=DAY):
    referral = make_referral(case, version, sent_on=sent_on)
    make_move(referral, State.DECLINED, from_state=State.SENT, happened_on=on, number=2, code=code.value)
    return referral


@pytest.fixture
def versions(db_session):
    return [make_window(name=name)[1] for name in ("東窓口", "西窓口")]


@pytest.mark.both_databases
def test_the_wrong_window_is_counted_among_the_answered_only(versions):
    wrong, right = versions
    case = make_case()
    decline(case, wrong, on=date(2012, 6, 5))
    decline(case, wrong, on=date(2012, 6, 6), code=DeclineCode.FULL)
    make_referral(case, wrong, sent_on=DAY)
    met = make_referral(case, right, sent_on=DAY)
    make_move(met, State.MET, from_state=State.SENT, happened_on=date(2012, 6, 7), number=2)
    assert figure("wrong_window_rate").value == pytest.approx(1 / 3)
    lines = {line.window_id: line for line in guidance_figures.get_lines(period(2012), EVERYTHING)}
    assert lines[wrong.window_id].wrong_share == pytest.approx(1 / 2)
    assert (lines[right.window_id].answered, lines[right.window_id].wrong) == (1, 0)


@pytest.mark.both_databases
def test_a_window_that_answered_nothing_has_no_share(versions):
    make_guidance(make_consultation(make_case(), held_on=DAY), versions[0])
    (line,) = guidance_figures.get_lines(period(2012), EVERYTHING)
    assert line.wrong_share is None
    assert line.rerouted.value is None
    assert figure("wrong_window_rate").value is None


@pytest.mark.both_databases
def test_found_another_window_means_another_one_and_not_before(versions):
    wrong, right = versions
    refused = date(2012, 6, 10)
    by_referral, by_guidance, same, before, voided = (make_case() for _one in range(5))
    for case in (by_referral, by_guidance, same, before, voided):
        decline(case, wrong, on=refused)
    make_referral(by_referral, right, sent_on=refused)
    make_guidance(make_consultation(by_guidance, held_on=date(2012, 7, 1)), right)
    make_referral(same, wrong, sent_on=date(2012, 7, 1))
    make_referral(before, right, sent_on=date(2012, 6, 9))
    in_error = make_referral(voided, right, sent_on=date(2012, 7, 1))
    make_move(in_error, State.VOID, from_state=State.SENT, happened_on=date(2012, 7, 1), number=2)
    found = figure("rerouted_rate")
    assert (found.value, found.n) == (pytest.approx(2 / 5), 5)
    assert (found.low, found.high) == (None, None)


@pytest.mark.both_databases
def test_only_what_found_nothing_and_was_not_taken_back_is_listed(versions):
    held = make_consultation(make_case(), held_on=DAY)
    debt = Situation(needs=frozenset({Topic.DEBT}))
    for situation in (debt, debt, Situation(needs=frozenset({Topic.TRAINING}))):
        make_guidance(held, versions[0], nothing_matched=True, situation=write_situation(situation))
    make_guidance(held, versions[1], situation=write_situation(debt))
    make_guidance(
        held, versions[1], nothing_matched=True, situation=write_situation(debt), voided_at=clock.now()
    )
    listed = list_unmatched(period(2012), EVERYTHING, actor=make_actor(Role.PLAN_DESK))
    assert [(one.facts, len(one.records)) for one in listed] == [((Topic.DEBT,), 2), ((Topic.TRAINING,), 1)]
    assert figure("guidance_unmatched").value == 3
    assert list_unmatched(period(2012), Scope(month=7), actor=make_actor(Role.PLAN_DESK)) == []


def test_codes_of_different_questions_that_read_alike_stay_apart(versions):
    held = make_consultation(make_case(), held_on=DAY)
    for situation in (Situation(wish=WorkWish.TRAINING), Situation(needs=frozenset({Topic.TRAINING}))):
        make_guidance(held, versions[0], nothing_matched=True, situation=write_situation(situation))
    assert len(list_unmatched(period(2012), EVERYTHING, actor=make_actor(Role.PLAN_DESK))) == 2


@pytest.fixture
def a_year(db_session, versions):
    """Return an office with one case that found nothing, and another office's."""
    own, other = make_office(name="生活福祉課"), make_office(name="別の課")
    cases = [make_case(own), make_case(other)]
    for case in cases:
        held = make_consultation(case, held_on=DAY, target_group=TargetGroup.YOUTH)
        situation = write_situation(Situation(needs=frozenset({Topic.DEBT})))
        make_guidance(held, versions[0], nothing_matched=True, situation=situation)
    db_session.commit()
    return own, cases


def test_every_figure_of_the_page_leads_to_its_rows(client, a_year):
    own, _cases = a_year
    sign_in(client, role=Role.SUPERVISOR, office=own)
    page = client.get("/guidance/figures/2012").text
    assert "東窓口" in page
    assert "債務" in page
    for address in ("/figures/guidance_given/2012?", "/figures/guidance_unmatched/2012"):
        assert address in page
    links = {html.unescape(one) for one in re.findall(r'href="(/figures/[a-z_]+/2012[^"]*)"', page)}
    assert links
    assert {client.get(one).status_code for one in links} == {200}


def test_only_the_own_offices_case_is_named(client, a_year):
    own, (mine, foreign) = a_year
    sign_in(client, role=Role.SUPERVISOR, office=own)
    page = client.get("/guidance/figures/2012").text
    assert mine.number in page
    assert foreign.number not in page
    sign_in(client, role=Role.PLAN_DESK, office=own)
    page = client.get("/guidance/figures/2012").text
    assert mine.number not in page
    assert "債務" in page


def test_a_target_group_and_a_month_limit_every_table(client, a_year):
    own, _cases = a_year
    sign_in(client, role=Role.SUPERVISOR, office=own)
    assert "東窓口" in client.get("/guidance/figures/2012?target_group=youth&month=6").text
    for limit in ("target_group=disability", "month=7", "month=13", "target_group=x"):
        page = client.get(f"/guidance/figures/2012?{limit}")
        assert page.status_code == 200
        assert ("東窓口" in page.text) == (limit in ("month=13", "target_group=x")), limit


@pytest.mark.parametrize("year", ["1800", "9999", "x"])
def test_a_year_that_cannot_be_is_missing(client, db_session, year):
    sign_in(client, role=Role.SUPERVISOR)
    assert client.get(f"/guidance/figures/{year}").status_code == 404


def test_a_page_that_lists_only_the_newest_says_of_how_many(client, versions, monkeypatch):
    monkeypatch.setattr(guidance_figures, "MOST_ROWS", 2)
    held = make_consultation(make_case(), held_on=DAY)
    for _one in range(3):
        make_guidance(held, versions[0], nothing_matched=True, situation=write_situation(Situation()))
    sign_in(client, role=Role.PLAN_DESK)

    page = client.get("/guidance/figures/2012").text
    assert "3件のうち、新しい2件を並べています。" in page
    monkeypatch.setattr(guidance_figures, "MOST_ROWS", 3)
    assert "並べています。それより前" not in client.get("/guidance/figures/2012").text
