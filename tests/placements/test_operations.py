"""Recording, correcting and voiding jobs, and their checks: each rule in words, on both databases."""

from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from sqlalchemy import func, select

from app.audit.trail import PENDING
from app.cases.vocabulary import Channel, VoidReason
from app.foundation.db import db
from app.foundation.errors import Conflict, DomainError, NotFound
from app.placements.check_operations import record_checks
from app.placements.entries import NewCheck, NewPlacement
from app.placements.models import Placement, RetentionCheck
from app.placements.operations import change_placement, record_placements, void_placement
from app.placements.queries import Chosen, first_consultations, list_fiscal_years, list_placements
from app.placements.vocabulary import (
    CheckOutcome,
    Contract,
    Hours,
    LeftReason,
    NearReason,
    PlacementCategory,
    PlacementKind,
    Posting,
)
from app.referrals.queries import list_moves
from app.situation.programme import Programme
from app.situation.vocabulary import AssistanceStatus, TargetGroup
from tests import factories
from tests.factories.world import TODAY

pytestmark = pytest.mark.both_databases
FIRST = date(2025, 3, 3)
STARTED = date(2025, 4, 1)


@pytest.fixture
def world(db_session):
    office = factories.make_office(name="生活福祉課")
    case = factories.make_case(office, opened_on=FIRST)
    factories.make_consultation(case, held_on=FIRST)
    return SimpleNamespace(office=office, case=case, desk=factories.make_actor(office=office))


def job(world, **more):
    facts = {
        "case_id": world.case.id,
        "programme": Programme.ASSISTANCE,
        "kind": PlacementKind.NEW,
        "started_on": STARTED,
        "reported_on": STARTED,
        "assistance": AssistanceStatus.RECIPIENT,
        "target_group": TargetGroup.OTHER,
        "hours": Hours.PART_TIME,
        "contract": Contract.NON_REGULAR,
        "posting": Posting.GENERAL,
    }
    return NewPlacement(**(facts | more))


def record(world, **more):
    return record_placements(actor=world.desk, new=[job(world, **more)])[0]


def refused_at(world, **more):
    with pytest.raises(DomainError) as refused:
        record(world, **more)
    return refused.value.field


def states(referral):
    return [move.to_state.value for move in list_moves(referral_id=referral.id)]


def test_a_job_stores_what_was_true_then_and_the_year_of_its_first_day(world):
    placement = record(world, offered_on=date(2025, 3, 20), reported_on=date(2025, 3, 21))
    assert (placement.fiscal_year, placement.category) == (2025, PlacementCategory.RECIPIENT)
    assert record(world, started_on=date(2025, 3, 3)).fiscal_year == 2024
    note = db.session().info[PENDING][0]
    assert (note.action, note.subject_id) == ("placement.recorded", str(placement.id))


@pytest.mark.parametrize(
    ("field", "more"),
    [
        ("started_on", {"started_on": TODAY + timedelta(days=1)}),
        ("started_on", {"started_on": FIRST - timedelta(days=1)}),
        ("reported_on", {"reported_on": TODAY + timedelta(days=1)}),
        ("offered_on", {"offered_on": STARTED + timedelta(days=1)}),
        ("reported_on", {"offered_on": STARTED, "reported_on": STARTED - timedelta(days=1)}),
        ("contract_other", {"contract": Contract.OTHER, "contract_other": "あ" * 10_000}),
        ("contract_other", {"contract": Contract.OTHER, "contract_other": "090-1234-5678"}),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(world, field, more):
    assert refused_at(world, **more) == field
    assert db.session.scalar(select(func.count()).select_from(Placement)) == 0


def test_a_job_before_any_consultation_is_refused_in_words(world):
    case = factories.make_case(world.office)
    with pytest.raises(DomainError, match="まだありません"):
        record(world, case_id=case.id)
    factories.make_consultation(case, held_on=FIRST, voided_at=factories.clock.now())
    with pytest.raises(DomainError, match="まだありません"):
        record(world, case_id=case.id)


def test_the_first_consultation_is_that_of_the_person_in_whichever_case(world):
    older = factories.make_case(world.office, merged_into_id=world.case.id)
    factories.make_consultation(older, held_on=date(2025, 1, 10))
    assert first_consultations([world.case.id, older.id]) == {
        world.case.id: date(2025, 1, 10),
        older.id: date(2025, 1, 10),
    }


def test_a_foreign_case_is_not_there(world):
    with pytest.raises(NotFound):
        record(world, case_id=factories.make_case().id)


def test_a_second_new_job_within_two_weeks_is_questioned_and_can_be_confirmed(world):
    record(world)
    assert refused_at(world, started_on=STARTED + timedelta(days=14)) == "confirmed"
    assert refused_at(world, started_on=STARTED - timedelta(days=14)) == "confirmed"
    again = {"started_on": STARTED + timedelta(days=14), "confirmed": True}
    assert refused_at(world, **again) == "why_separate"
    again["why_separate"] = NearReason.BESIDE
    assert record(world, **again).id
    assert record(world, started_on=STARTED + timedelta(days=29)).id


def test_a_raise_soon_after_a_job_is_no_duplicate_and_a_voided_job_is_none_either(world):
    placement = record(world)
    assert record(world, kind=PlacementKind.RAISE, started_on=STARTED + timedelta(days=3)).id
    void_placement(actor=world.desk, placement_id=placement.id, version=None, reason=VoidReason.DUPLICATE)
    assert record(world).id


def test_duplicates_within_one_batch_are_questioned_too(world):
    with pytest.raises(DomainError) as refused:
        record_placements(actor=world.desk, new=[job(world), job(world)])
    assert refused.value.field == "confirmed"


def test_the_referral_that_led_to_the_job_is_placed_and_comes_back_when_voided(world):
    referral = factories.make_referral(world.case, sent_on=date(2025, 3, 10))
    placement = record(world, referral_id=referral.id)
    moves = list_moves(referral_id=referral.id)
    assert (moves[-1].to_state.value, moves[-1].happened_on) == ("placed", STARTED)
    void_placement(
        actor=world.desk,
        placement_id=placement.id,
        version=placement.version,
        reason=VoidReason.WRONG_RECORD,
    )
    assert states(referral) == ["sent", "placed", "supporting"]


def test_only_a_new_job_can_rest_on_a_referral(world):
    referral = factories.make_referral(world.case, sent_on=date(2025, 3, 10))
    assert refused_at(world, kind=PlacementKind.SILVER, referral_id=referral.id) == "referral_id"
    assert states(referral) == ["sent"]


def test_a_job_cannot_start_before_its_referral_was_sent(world):
    referral = factories.make_referral(world.case, sent_on=date(2025, 4, 20))
    assert refused_at(world, referral_id=referral.id) == "started_on"


def change(world, placement, version=None, **more):
    return change_placement(
        actor=world.desk, placement_id=placement.id, version=version, entry=job(world, **more)
    )


def test_a_correction_moves_year_category_and_referral_along(world):
    referral = factories.make_referral(world.case, sent_on=FIRST)
    placement = record(world, referral_id=referral.id)
    change(
        world,
        placement,
        started_on=date(2025, 3, 31),
        assistance=AssistanceStatus.NONE,
        referral_id=referral.id,
    )
    assert (placement.fiscal_year, placement.category) == (2024, None)
    assert states(referral) == ["sent", "placed", "supporting", "placed"]
    assert list_moves(referral_id=referral.id)[-1].happened_on == date(2025, 3, 31)
    note = db.session().info[PENDING][-1]
    assert note.action == "placement.changed"
    assert '"started_on":"2025-04-01"' in note.details
    assert '"hours"' not in note.details


def test_a_correction_of_something_else_leaves_the_referral_alone(world):
    referral = factories.make_referral(world.case, sent_on=FIRST)
    placement = record(world, referral_id=referral.id)
    change(world, placement, hours=Hours.FULL_TIME, referral_id=referral.id)
    assert states(referral) == ["sent", "placed"]


def test_the_second_of_two_corrections_is_told(world):
    placement = record(world)
    seen = placement.version
    change(world, placement, version=seen, hours=Hours.FULL_TIME)
    with pytest.raises(Conflict):
        change(world, placement, version=seen, posting=Posting.SEASONAL)
    with pytest.raises(Conflict):
        void_placement(actor=world.desk, placement_id=placement.id, version=seen, reason=VoidReason.DUPLICATE)
    assert placement.posting is Posting.GENERAL


def test_a_correction_in_the_very_same_moment_is_a_conflict_too(world):
    placement = record(world)
    db.session.execute(
        Placement.__table__.update().where(Placement.id == placement.id).values(version=placement.version + 1)
    )
    with pytest.raises(Conflict):
        change(world, placement, version=placement.version, hours=Hours.FULL_TIME)


def test_another_offices_or_a_voided_placement_is_not_there(world):
    placement = record(world)
    stranger = factories.make_actor()
    with pytest.raises(NotFound):
        void_placement(actor=stranger, placement_id=placement.id, version=None, reason=VoidReason.DUPLICATE)
    void_placement(actor=world.desk, placement_id=placement.id, version=None, reason=VoidReason.DUPLICATE)
    with pytest.raises(NotFound):
        change(world, placement)


def check(world, placement, **more):
    facts = {
        "placement_id": placement.id,
        "months": 3,
        "checked_on": date(2025, 7, 1),
        "outcome": CheckOutcome.KEPT,
        "channel": Channel.PHONE,
    }
    return record_checks(actor=world.desk, new=[NewCheck(**(facts | more))])[0]


def test_a_check_is_recorded_once_and_corrected_by_its_version(world):
    placement = record(world)
    found = check(world, placement)
    with pytest.raises(Conflict):
        check(world, placement, outcome=CheckOutcome.LEFT, left_reason=LeftReason.HEALTH)
    check(world, placement, outcome=CheckOutcome.UNKNOWN, version=found.version)
    assert db.session.scalars(select(RetentionCheck.outcome)).all() == [CheckOutcome.UNKNOWN]
    note = db.session().info[PENDING][-1]
    assert (note.action, '"kept"' in note.details) == ("retention.changed", True)


@pytest.mark.parametrize(
    ("field", "more"),
    [
        ("checked_on", {"checked_on": date(2025, 6, 30)}),
        ("checked_on", {"checked_on": TODAY + timedelta(days=1)}),
        ("checked_on", {"months": 6}),
        ("checked_on", {"outcome": CheckOutcome.LEFT, "checked_on": date(2025, 3, 31)}),
        ("months", {"months": 2}),
    ],
)
def test_what_cannot_be_known_yet_is_refused(world, field, more):
    placement = record(world)
    with pytest.raises(DomainError) as refused:
        check(world, placement, **more)
    assert refused.value.field == field


def test_only_new_jobs_are_followed_and_only_the_own_offices(world):
    silver = record(world, kind=PlacementKind.SILVER)
    with pytest.raises(DomainError, match="新規就職"):
        check(world, silver)
    foreign = factories.make_placement(factories.make_case(), started_on=STARTED)
    with pytest.raises(NotFound):
        check(world, foreign)


def test_a_correction_may_not_contradict_the_checks(world):
    placement = record(world)
    check(world, placement)
    for more in ({"started_on": date(2025, 5, 1)}, {"kind": PlacementKind.SILVER}):
        with pytest.raises(DomainError, match="定着確認"):
            change(world, placement, **more)


def test_the_list_narrows_by_year_programme_and_what_counts(world):
    record(world)
    record(world, started_on=date(2025, 3, 3), programme=Programme.CENTRE)
    record(world, started_on=date(2025, 6, 1), assistance=AssistanceStatus.NONE)
    factories.make_placement(factories.make_case())

    def found(**chosen):
        rows, total = list_placements(actor=world.desk, chosen=Chosen(**chosen), offset=0, limit=50)
        assert len(rows) == total
        return [row.started_on.isoformat() for row in rows]

    assert found() == ["2025-06-01", "2025-04-01", "2025-03-03"]
    assert found(fiscal_year=2024) == ["2025-03-03"]
    assert found(programme=Programme.ASSISTANCE) == ["2025-06-01", "2025-04-01"]
    assert found(counted_only=True) == ["2025-04-01", "2025-03-03"]
    assert list_fiscal_years(actor=world.desk) == [2025, 2024]


def test_the_list_needs_as_many_reads_for_thirty_as_for_one(world, count_statements):
    def read():
        with count_statements() as sent:
            list_placements(actor=world.desk, chosen=Chosen(), offset=0, limit=50)
        return len(sent)

    factories.make_placement(world.case)
    few = read()
    for _ in range(29):
        factories.make_placement(world.case)
    assert read() == few
