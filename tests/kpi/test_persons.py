"""After merges every figure is that of persons, and after their undoing it is exactly what it was."""

import random
from collections import defaultdict
from datetime import date, timedelta

import pytest
from sqlalchemy import select, text, update

from app.access.permissions import Role
from app.cases.merge_operations import merge_cases, undo_merge
from app.cases.models import Case, Consultation, Registration
from app.cases.queries import get_person
from app.cases.vocabulary import MergeReason
from app.guidance.models import Guidance
from app.kpi import counts
from app.kpi.metrics import METRICS
from app.kpi.period import Period
from app.placements.models import Placement
from app.placements.vocabulary import Contract, PlacementKind
from app.referrals.models import Consent, Referral
from app.referrals.vocabulary import DeclineCode, State
from app.situation.programme import Programme
from tests import factories

pytestmark = pytest.mark.both_databases

TODAY = date(2026, 2, 10)
YEARS = (2023, 2024, 2025)
FIRST = date(2023, 4, 1)
HOLDERS = (Consultation, Placement, Registration, Guidance, Consent, Referral)


def figures() -> dict:
    """Return every figure of every year, with the breakdowns of those that rest on persons."""
    found = {}
    for metric in METRICS.values():
        for year in YEARS:
            period = Period.of(year, today=TODAY)
            found[metric.key, year] = counts.value(metric, period)
            if metric.rests_on_persons:
                found |= {(metric.key, year, by): counts.breakdown(metric, period, by) for by in metric.by}
    return found


def some_day(chance) -> date:
    return FIRST + timedelta(days=chance.randrange((TODAY - FIRST).days))


def write_histories(chance, office, centre, windows) -> list[Case]:
    """Open cases at two offices, each with consultations, jobs, registrations and referrals as they come."""
    cases = []
    for _ in range(chance.randint(6, 9)):
        at = chance.choice((office, centre))
        programme = Programme.CENTRE if at is centre else Programme.ASSISTANCE
        case = factories.make_case(at, opened_on=FIRST)
        cases.append(case)
        days = sorted(some_day(chance) for _ in range(chance.randint(1, 4)))
        held = [factories.make_consultation(case, held_on=day, programme=programme) for day in days]
        for _job in range(chance.randint(0, 3)):
            factories.make_placement(
                case,
                started_on=some_day(chance),
                programme=programme,
                kind=chance.choice((PlacementKind.NEW, PlacementKind.NEW, PlacementKind.RENEWAL)),
                contract=chance.choice((Contract.REGULAR, Contract.SUPPORTED_A)),
            )
        if at is centre:
            for _year in range(chance.randint(0, 2)):
                factories.make_registration(case, starts_on=some_day(chance))
        for _sent in range(chance.randint(0, 2)):
            sent = some_day(chance)
            referral = factories.make_referral(
                case, chance.choice(windows), sent_on=sent, consultation=held[0]
            )
            if chance.random() < 0.7:
                factories.make_move(
                    referral,
                    State.DECLINED,
                    happened_on=sent,
                    number=2,
                    from_state=State.SENT,
                    code=DeclineCode.WRONG_WINDOW.value,
                )
        if chance.random() < 0.5:
            factories.make_guidance(chance.choice(held), chance.choice(windows))
    return cases


def merge_some(chance, actor, cases, times) -> list[int]:
    """Merge pairs that are not one person yet; return the merges that were made, in order."""
    made = []
    for _ in range(times):
        persons = sorted({get_person(case_id=case.id).id for case in cases})
        if len(persons) < 3:
            break
        one, into = chance.sample(persons, 2)
        made.append(merge_cases(actor=actor, case_id=one, into_id=into, reason=MergeReason.PAPER_FILE).id)
    return made


def persons_behind(cases) -> dict[int, int]:
    return {case.id: get_person(case_id=case.id).id for case in cases}


def naive_counts(session, cases) -> dict:
    """Count persons placed by the centre and registered there, one record after the other."""
    person, found = persons_behind(cases), defaultdict(set)
    for job in session.scalars(select(Placement)):
        counted = job.kind is PlacementKind.NEW and job.contract is not Contract.SUPPORTED_A
        if counted and job.programme is Programme.CENTRE:
            found["centre_placements", job.fiscal_year].add(person[job.case_id])
    for one in session.scalars(select(Registration)):
        for year in YEARS:
            if one.starts_on <= Period.of(year, today=TODAY).last <= one.ends_on:
                found["centre_registrants", year].add(person[one.case_id])
    return {(key, year): len(found[key, year]) for key in KEYS for year in YEARS}


KEYS = ("centre_placements", "centre_registrants")


@pytest.fixture
def desk(db_session):
    """Return a supervisor whom no office limits, two offices and some windows."""
    office = factories.make_office()
    centre = factories.make_office(programme=Programme.CENTRE)
    actor = factories.system_actor()
    assert actor.role is Role.SUPERVISOR
    return actor, office, centre, [factories.make_window()[1] for _ in range(3)]


@pytest.mark.parametrize("seed", range(3))
def test_merging_counts_persons_and_undoing_restores_every_figure(desk, db_session, seed):
    chance = random.Random(seed)
    actor, office, centre, windows = desk
    cases = write_histories(chance, office, centre, windows)
    before = figures()
    pointers = {case.id: None for case in cases}

    made = merge_some(chance, actor, cases, chance.randint(2, 5))
    merged = figures()
    for key, figure in merged.items():
        assert METRICS[key[0]].rests_on_persons or figure == before[key], key
    counted = naive_counts(db_session, cases)
    assert {key: merged[key].value for key in counted} == counted

    # Some undone in whatever order, others made in between, then all undone.
    chance.shuffle(made)
    for merge_id in made[:1]:
        undo_merge(actor=actor, merge_id=merge_id)
        assert {key: figure.value for key, figure in figures().items() if key in counted} == naive_counts(
            db_session, cases
        )
    made = made[1:] + merge_some(chance, actor, cases, 1)
    chance.shuffle(made)
    for merge_id in made:
        undo_merge(actor=actor, merge_id=merge_id)
    assert {case.id: case.merged_into_id for case in cases} == pointers
    assert figures() == before


@pytest.mark.parametrize("seed", range(3))
def test_a_merge_counts_as_if_every_record_stood_under_one_number(desk, db_session, seed):
    chance = random.Random(1000 + seed)
    actor, office, centre, windows = desk
    cases = write_histories(chance, office, centre, windows)
    merge_some(chance, actor, cases, chance.randint(2, 5))
    merged, person = figures(), persons_behind(cases)
    db_session.flush()
    for case_id, into_id in person.items():
        for holder in HOLDERS:
            db_session.execute(update(holder).where(holder.case_id == case_id).values(case_id=into_id))
    db_session.execute(text("UPDATE case_record SET merged_into_id = NULL"))
    db_session.expire_all()
    assert figures() == merged


def test_a_merge_changes_past_years_too(desk, db_session):
    actor, _office, centre, _windows = desk
    one, other = (factories.make_case(centre, opened_on=FIRST) for _ in range(2))
    for case in (one, other):
        factories.make_placement(case, started_on=date(2023, 6, 1), programme=Programme.CENTRE)
    past = Period.of(2023, today=TODAY)
    assert counts.value(METRICS["centre_placements"], past).value == 2
    merge_cases(actor=actor, case_id=one.id, into_id=other.id, reason=MergeReason.CARD_FOUND)
    assert counts.value(METRICS["centre_placements"], past).value == 1
