"""Which retention checks fall due and when, how they are moved, and what they may say."""

from datetime import date, timedelta
from random import Random
from types import SimpleNamespace

import pytest

from app.audit.trail import PENDING
from app.cases.models import CaseOffice
from app.cases.vocabulary import Channel, VoidReason
from app.foundation.db import db
from app.foundation.errors import Conflict, DomainError, NotFound
from app.foundation.working_days import is_working_day
from app.placements.check_operations import move_due, record_checks
from app.placements.due_queries import list_checks_due, list_moved, list_next_checks
from app.placements.entries import NewCheck, NewDue
from app.placements.history_queries import find_beside, list_near
from app.placements.models import RetentionCheck, RetentionDue
from app.placements.operations import void_placement
from app.placements.retention import MILESTONES, due_on, last_move, latest_start, milestone
from app.placements.vocabulary import CheckOutcome, DueReason, LeftReason, PlacementKind
from app.windows.closed_day_models import CityClosedDay
from tests import factories

databases = pytest.mark.both_databases
STARTED = date(2025, 4, 1)
KEPT, LEFT = CheckOutcome.KEPT, CheckOutcome.LEFT


@pytest.fixture
def world(db_session):
    office = factories.make_office(name="生活福祉課")
    case = factories.make_case(office, opened_on=date(2025, 3, 3))
    desk = factories.make_actor(office=office)
    return SimpleNamespace(office=office, case=case, desk=desk)


def due(world, until, **more):
    found = list_checks_due(actor=world.desk, until=until, **more)
    return [(one.placement_id, one.months, one.due_on.isoformat()) for one in found]


def check(world, placement, months, outcome, on, **more):
    if outcome is LEFT:
        more.setdefault("left_reason", LeftReason.HEALTH)
    return record_checks(
        actor=world.desk,
        new=[
            NewCheck(
                placement_id=placement.id,
                months=months,
                checked_on=on,
                outcome=outcome,
                channel=Channel.PHONE,
                **more,
            )
        ],
    )[0]


def move(world, placement, day, months=1, **more):
    facts = {"due_reason": DueReason.PERSON_ASKED} | more
    return move_due(
        actor=world.desk, new=NewDue(placement_id=placement.id, months=months, due_on=day, **facts)
    )


def test_every_check_falls_on_a_working_day_of_the_city_and_never_before_its_months_are_over():
    closed = {date(2025, 5, 7), date(2026, 1, 5)}
    for offset in range(800):
        started = date(2024, 1, 1) + timedelta(days=offset)
        for months in MILESTONES:
            day = due_on(started, months, closed)
            assert is_working_day(day, closed)
            assert day >= milestone(started, months)
            assert not any(
                is_working_day(milestone(started, months) + timedelta(days=one), closed)
                for one in range((day - milestone(started, months)).days)
            )
            assert day <= last_move(started, months)


@pytest.mark.parametrize(
    ("started", "months", "day"),
    [
        (date(2024, 2, 29), 1, date(2024, 3, 29)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2025, 1, 31), 1, date(2025, 2, 28)),
        (date(2024, 8, 31), 6, date(2025, 2, 28)),
        (date(2025, 3, 31), 1, date(2025, 4, 30)),
        (date(2025, 4, 1), 1, date(2025, 5, 1)),
        (date(2025, 4, 3), 1, date(2025, 5, 7)),  # Saturday 3 May, holidays to Tuesday 6
        (date(2024, 11, 29), 1, date(2025, 1, 6)),  # 29 December: closed to 3 January, then a weekend
    ],
)
def test_due_days_on_the_calendar(started, months, day):
    assert due_on(started, months) == day


def test_the_latest_start_is_the_inverse_of_the_milestone():
    for offset in range(1100):
        day = date(2023, 12, 1) + timedelta(days=offset)
        for months in MILESTONES:
            start = latest_start(day, months)
            assert milestone(start, months) <= day < milestone(start + timedelta(days=1), months)


@databases
def test_a_check_comes_by_itself_and_goes_when_it_is_made(world):
    job = factories.make_placement(world.case, started_on=STARTED)
    assert due(world, date(2025, 4, 30)) == []
    assert due(world, date(2025, 5, 1)) == [(job.id, 1, "2025-05-01")]
    check(world, job, 1, KEPT, date(2025, 5, 1))
    assert due(world, date(2025, 6, 30)) == []
    assert due(world, date(2025, 7, 1)) == [(job.id, 3, "2025-07-01")]


@databases
def test_the_citys_own_closed_day_moves_a_check_on(world):
    job = factories.make_placement(world.case, started_on=STARTED)
    factories.add(CityClosedDay(day=date(2025, 5, 1), reason="試験", entered_at=factories.clock.now()))
    assert due(world, date(2025, 5, 1)) == []
    assert due(world, date(2025, 5, 2)) == [(job.id, 1, "2025-05-02")]


@databases
def test_only_the_newest_of_several_missed_checks_is_asked_for(world):
    job = factories.make_placement(world.case, started_on=STARTED)
    assert due(world, date(2026, 7, 1)) == [(job.id, 12, "2026-04-01")]


@databases
def test_nobody_is_asked_who_left_and_no_job_that_is_not_new_or_was_taken_back(world):
    left = factories.make_placement(world.case, started_on=STARTED)
    check(world, left, 3, LEFT, date(2025, 5, 20))
    for kind in (PlacementKind.SILVER, PlacementKind.RAISE, PlacementKind.RENEWAL):
        factories.make_placement(world.case, started_on=STARTED, kind=kind)
    wrong = factories.make_placement(world.case, started_on=STARTED)
    void_placement(actor=world.desk, placement_id=wrong.id, version=None, reason=VoidReason.DUPLICATE)
    factories.make_placement(factories.make_case(), started_on=STARTED)
    assert due(world, date(2025, 10, 1)) == []


@databases
def test_the_oldest_comes_first_and_a_colleague_sees_the_own_cases(world):
    colleague = factories.make_account(office=world.office)
    theirs = factories.make_case(world.office)
    place = db.session.get(CaseOffice, (theirs.id, world.office.id))
    if place is None:
        place = factories.add(CaseOffice(case_id=theirs.id, office_id=world.office.id))
    place.counsellor_id = colleague.id
    db.session.flush()
    later = factories.make_placement(world.case, started_on=date(2025, 5, 1), counsellor_id=world.desk.id)
    first = factories.make_placement(theirs, started_on=STARTED, counsellor_id=world.desk.id)
    until = date(2025, 6, 10)
    assert [one[0] for one in due(world, until)] == [first.id, later.id]
    office = factories.make_placement(factories.make_case(world.office), started_on=date(2025, 5, 2))
    db.session.get(CaseOffice, (world.case.id, world.office.id)).counsellor_id = world.desk.id
    db.session.flush()

    def own(actor):
        found = list_next_checks(actor=actor, today=until, until=until, own=True)
        return [one.placement_id for one in found]

    assert own(factories.actor_of(colleague)) == [first.id, office.id]
    assert own(world.desk) == [later.id, office.id], "what nobody is in charge of is everybody's"


@databases
def test_the_checks_of_one_person_are_those_under_every_number(world):
    old = factories.make_case(world.office, merged_into_id=world.case.id)
    mine = {factories.make_placement(one, started_on=STARTED).id for one in (old, world.case)}
    factories.make_placement(factories.make_case(world.office), started_on=STARTED)
    for case in (old, world.case):
        assert {one[0] for one in due(world, date(2025, 5, 1), case_id=case.id)} == mine
    assert len(due(world, date(2025, 5, 1))) == 3


@databases
def test_a_check_is_moved_with_a_reason_and_the_trail_keeps_the_day_before(world):
    job = factories.make_placement(world.case, started_on=STARTED)
    assert move(world, job, date(2025, 5, 17)).due_on == date(2025, 5, 19)  # a Saturday
    assert due(world, date(2025, 5, 18)) == []
    assert due(world, date(2025, 5, 19)) == [(job.id, 1, "2025-05-19")]
    move(world, job, date(2025, 5, 12), moves=1, due_reason=DueReason.OTHER, due_other="勤務表が変わった")
    assert due(world, date(2025, 5, 12)) == [(job.id, 1, "2025-05-12")]
    assert len(list_moved(placement_id=job.id)[1]) == 2
    note = db.session().info[PENDING][-1]
    assert note.action == "retention.moved"
    assert '"before":{"due_on":"2025-05-19"}' in note.details
    assert "勤務表" not in note.details


@databases
def test_what_cannot_be_moved_is_refused(world):
    job = factories.make_placement(world.case, started_on=STARTED)
    for day in (date(2025, 4, 30), date(2025, 7, 1)):
        with pytest.raises(DomainError) as refused:
            move(world, job, day)
        assert refused.value.field == "due_on"
    with pytest.raises(DomainError) as refused:
        move(world, job, date(2025, 5, 9), due_other="090-1234-5678")
    assert refused.value.field == "due_other"
    move(world, job, date(2025, 5, 9))
    with pytest.raises(Conflict):
        move(world, job, date(2025, 5, 12))
    check(world, job, 1, KEPT, date(2025, 5, 9))
    with pytest.raises(DomainError, match="もう記録されています"):
        move(world, job, date(2025, 5, 12), moves=1)
    silver = factories.make_placement(world.case, started_on=STARTED, kind=PlacementKind.SILVER)
    foreign = factories.make_placement(factories.make_case(), started_on=STARTED)
    for other in (silver, foreign):
        with pytest.raises(NotFound):
            move(world, other, date(2025, 5, 9))


@databases
def test_leaving_needs_its_reason_and_nothing_else_takes_one(world):
    job = factories.make_placement(world.case, started_on=STARTED)
    for outcome, reason in ((LEFT, None), (KEPT, LeftReason.HEALTH)):
        with pytest.raises(DomainError) as refused:
            check(world, job, 1, outcome, date(2025, 5, 1), left_reason=reason)
        assert refused.value.field == "left_reason"
    found = check(
        world, job, 1, LEFT, date(2025, 4, 20), left_reason=LeftReason.OTHER, left_other="通勤が遠い"
    )
    assert (found.left_reason, found.left_other) == (LeftReason.OTHER, "通勤が遠い")
    note = db.session().info[PENDING][-1]
    assert "通勤" not in note.details


@databases
def test_a_job_that_was_left_cannot_be_kept_later_nor_left_before_it_was_kept(world):
    job = factories.make_placement(world.case, started_on=STARTED)
    check(world, job, 1, LEFT, date(2025, 4, 20))
    with pytest.raises(DomainError) as refused:
        check(world, job, 3, KEPT, date(2025, 7, 1))
    assert refused.value.field == "outcome"
    other = factories.make_placement(world.case, started_on=STARTED)
    check(world, other, 3, KEPT, date(2025, 7, 1))
    with pytest.raises(DomainError) as refused:
        check(world, other, 1, LEFT, date(2025, 4, 20))
    assert refused.value.field == "outcome"


@databases
def test_the_jobs_of_a_person_stand_side_by_side_under_whatever_number(world):
    old = factories.make_case(world.office, merged_into_id=world.case.id)
    first = factories.make_placement(old, started_on=STARTED)
    second = factories.make_placement(world.case, started_on=date(2025, 4, 12))
    factories.make_placement(world.case, started_on=date(2025, 4, 5), kind=PlacementKind.SILVER)
    factories.make_placement(world.case, started_on=date(2025, 4, 5), office=factories.make_office())
    assert find_beside(actor=world.desk, placement=first) == (None, second)
    assert find_beside(actor=world.desk, placement=second) == (first, None)
    near = {"actor": world.desk, "case_id": world.case.id}
    assert list_near(**near, day=date(2025, 4, 12), but=second.id) == [first]
    assert list_near(**near, day=date(2025, 4, 16)) == [second]
    assert list_near(**near, day=None) == []


def asked_for(jobs, until, closed):
    """Say the same in plain words: of each job the newest milestone, unless answered or left."""
    found = []
    for job in jobs:
        over = [months for months in MILESTONES if milestone(job.started_on, months) <= until]
        left = [months for months, outcome in job.checks.items() if outcome is LEFT]
        if not over or over[-1] in job.checks or any(months < over[-1] for months in left):
            continue
        day = job.moves.get(over[-1]) or due_on(job.started_on, over[-1], closed)
        if day <= until:
            found.append((job.id, over[-1], day.isoformat()))
    return sorted(found, key=lambda one: (one[2], one[0]))


@databases
@pytest.mark.parametrize("seed", range(3))
def test_the_list_is_what_plain_words_say_over_random_histories(world, seed):
    rng = Random(seed)
    closed = frozenset({date(2025, 5, 7), date(2025, 12, 1)})
    for day in closed:
        factories.add(CityClosedDay(day=day, reason="試験", entered_at=factories.clock.now()))
    jobs = []
    for _number in range(40):
        started = date(2024, 1, 1) + timedelta(days=rng.randrange(700))
        job = factories.make_placement(world.case, started_on=started)
        checks, moves = {}, {}
        for months in MILESTONES:
            if rng.random() < 0.4:
                checks[months] = rng.choice(list(CheckOutcome))
                add_check(job, months, checks[months])
            elif rng.random() < 0.3:
                for offset in (9, rng.randrange(25)):
                    moves[months] = due_on(started, months) + timedelta(days=offset)
                    add_move(job, months, moves[months])
        jobs.append(SimpleNamespace(id=job.id, started_on=started, checks=checks, moves=moves))
    for _number in range(15):
        until = date(2024, 2, 1) + timedelta(days=rng.randrange(1000))
        assert due(world, until) == asked_for(jobs, until, closed)


def add_check(job, months, outcome):
    factories.add(
        RetentionCheck(
            placement_id=job.id,
            months=months,
            checked_on=job.started_on,
            outcome=outcome,
            channel=Channel.PHONE,
            entered_at=factories.clock.now(),
        )
    )


def add_move(job, months, day):
    factories.add(
        RetentionDue(
            placement_id=job.id,
            months=months,
            due_on=day,
            due_reason=DueReason.NO_CONTACT,
            due_other="",
            entered_at=factories.clock.now(),
        )
    )
