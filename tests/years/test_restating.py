"""After the freeze: what differs and why, and a restatement that two people make."""

from dataclasses import replace
from datetime import timedelta

import pytest

from app.access.permissions import Role
from app.audit.models import AuditEntry
from app.foundation import clock
from app.foundation.db import db
from app.foundation.errors import Conflict, DomainError, Forbidden, NotFound
from app.foundation.transaction import transaction
from app.kpi.metrics import METRICS
from app.kpi.vocabulary import EditionKind, RestatementState, TableSource
from app.placements.models import Placement
from app.placements.vocabulary import PlacementCategory
from app.years import freezing_queries
from app.years.freezing import How, definition
from app.years.freezing_changes import list_changes, list_record_changes
from app.years.freezing_restatements import decide, propose, withdraw
from app.years.reports import get_table
from tests.factories import make_case, make_consultation, make_placement, make_registration
from tests.years.freezing import (
    LATER,
    MAY,
    NEXT_YEAR,
    YEAR,
    add_late_placement,
    freeze_year,
    plan_desk,
    record_a_year,
    someone,
    supervisor,
)
from tests.years.test_freezing import PLACED, figure, files

pytestmark = [pytest.mark.both_databases, pytest.mark.usefixtures("plan")]


@pytest.fixture
def office(plan):
    office = record_a_year()
    freeze_year()
    return office


def change_of(key=PLACED):
    return next((one for one in list_changes(YEAR) if one.key == key), None)


def records_of(key=PLACED, actor=None):
    frozen_at = freezing_queries.get_edition(YEAR, 1).made_at
    return list_record_changes(
        change_of(key).pairs, frozen_at=frozen_at, actor=actor or supervisor(), limit=100
    )


def any_placement(category=PlacementCategory.RECIPIENT):
    return db.session.query(Placement).filter_by(category=category).order_by(Placement.id).first()


def change(record, **facts):
    with transaction():
        row = db.session.merge(record)
        for name, value in facts.items():
            setattr(row, name, value)


def propose_now(actor=None, chosen=(PLACED,), reason="期限のあとに報告があった"):
    actor = actor or plan_desk()
    with clock.standing_at(LATER), transaction():
        propose(actor=actor, fiscal_year=YEAR, chosen=chosen, reason=reason)
    return actor


def decide_now(actor=None, approve=True, at=LATER + timedelta(days=1)):
    actor = actor or supervisor()
    with clock.standing_at(at), transaction():
        return decide(actor=actor, fiscal_year=YEAR, approve=approve)


def test_nothing_differs_right_after_the_freeze(office):
    assert list_changes(YEAR) == []


def test_a_record_entered_late_is_named(office):
    late = add_late_placement(office)
    found = change_of()
    assert (found.before.value, found.now.value) == (53, 54)
    (record,) = records_of()
    assert (record.how, record.table, record.record_id) == (How.LATE, "placement", late.id)


@pytest.mark.parametrize(
    ("facts", "how", "now"),
    [
        ({"voided_at": LATER}, How.VOIDED, 52),
        ({"started_on": MAY.replace(year=2024), "fiscal_year": 2024}, How.LEFT, 52),
        ({"category": PlacementCategory.IN_NEED}, How.CHANGED, 53),
    ],
)
def test_what_became_of_a_record_is_said(office, facts, how, now):
    placement = any_placement()
    change(placement, **facts)
    assert change_of().now.value == now
    (record,) = records_of()
    assert (record.how, record.record_id) == (how, placement.id)


def test_a_record_moved_into_the_year_was_not_entered_late(office):
    with clock.standing_at(LATER - timedelta(days=120)), transaction():
        placement = make_placement(
            make_case(office), started_on=MAY.replace(year=2024), category=PlacementCategory.IN_NEED
        )
    change(placement, started_on=MAY, fiscal_year=YEAR)
    (record,) = records_of()
    assert record.how is How.JOINED


def test_persons_that_turn_out_to_be_one_are_said_so(plan):
    with transaction():
        first, second = make_case(), make_case()
        for case in (first, second):
            make_registration(case, starts_on=MAY, ends_on=MAY.replace(year=2026))
    freeze_year()
    change(second, merged_into_id=first.id)
    assert {one.how for one in records_of("centre_registrants")} == {How.PERSON}


def test_records_of_the_own_office_only_have_a_number(office):
    add_late_placement(office)
    (foreign,) = records_of()
    assert (foreign.is_own, foreign.number) == (False, None)
    own = replace(supervisor(), office_id=office.id)
    assert records_of(actor=own)[0].number
    (desk,) = records_of(actor=plan_desk())
    assert desk.number is None


def test_a_rule_that_changed_since_is_pointed_out(office, monkeypatch):
    add_late_placement(office)
    assert not change_of().rule_changed
    changed = replace(METRICS[PLACED], version=2)
    assert definition(changed) != definition(METRICS[PLACED])
    monkeypatch.setitem(METRICS, PLACED, changed)
    assert change_of().rule_changed


def test_a_restatement_keeps_both_figures(office):
    before = files()
    add_late_placement(office)
    propose_now()
    done = decide_now()
    assert done.edition == 2
    assert done.changed == 2, "the whole and the part 要保護者等"
    assert figure().value == 54
    assert figure(edition=1).value == 53
    assert [one.value for one in freezing_queries.list_values(YEAR, "2-6", PLACED)] == [54, 53]
    assert files(edition=1) == before
    assert list_changes(YEAR) == []


def test_editions_say_who_and_why(office):
    add_late_placement(office)
    proposer, approver = propose_now(), supervisor()
    decide_now(approver)
    line = freezing_queries.list_editions(YEAR)[0]
    assert (line.kind, line.reason) == (EditionKind.RESTATEMENT, "期限のあとに報告があった")
    assert (line.made_by, line.approved_by) == (proposer.label, approver.label)
    actions = {one.action for one in db.session.query(AuditEntry).all()}
    assert {"year.frozen", "year.proposed", "year.restated"} <= actions


def test_only_what_was_chosen_is_restated(office):
    add_late_placement(office)
    with clock.standing_at(LATER), transaction():
        make_consultation(held_on=MAY, headcount=3)
    propose_now()
    decide_now()
    assert figure("assistance_consultations").value == 12
    assert [one.key for one in list_changes(YEAR)] == ["assistance_consultations"]


def test_whoever_proposes_cannot_approve(office):
    add_late_placement(office)
    actor = propose_now()
    with pytest.raises(DomainError):
        decide_now(actor)
    assert figure().value == 53
    assert decide_now(plan_desk()).edition == 2


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.PLAN_DESK, Role.SUPERVISOR}))
def test_others_neither_propose_nor_approve(office, role):
    add_late_placement(office)
    actor = someone(role)
    with pytest.raises(Forbidden):
        propose_now(actor)
    propose_now()
    with pytest.raises(Forbidden):
        decide_now(actor)


def test_a_supervisor_does_not_propose(office):
    add_late_placement(office)
    actor = supervisor()
    with pytest.raises(Forbidden):
        propose_now(actor)


def test_a_restatement_needs_a_reason_and_a_difference(office):
    add_late_placement(office)
    for chosen, reason in [((PLACED,), " "), ((), "理由"), (("centre_placements",), "理由")]:
        with pytest.raises(DomainError):
            propose_now(chosen=chosen, reason=reason)
    assert freezing_queries.find_proposal(YEAR) is None


def test_records_that_change_after_the_proposal_are_not_approved_unseen(office):
    add_late_placement(office)
    propose_now()
    add_late_placement(office)
    with pytest.raises(Conflict):
        decide_now()
    assert figure().value == 53


def test_one_proposal_waits_at_a_time(office):
    add_late_placement(office)
    propose_now()
    with pytest.raises(Conflict):
        propose_now()


def test_a_refused_proposal_changes_nothing_and_another_may_follow(office):
    add_late_placement(office)
    propose_now()
    assert decide_now(approve=False).changed == 0
    assert figure().value == 53
    propose_now()
    assert decide_now().edition == 2


def test_only_the_proposer_takes_it_back(office):
    add_late_placement(office)
    actor, other = propose_now(), plan_desk()
    with pytest.raises(Forbidden), transaction():
        withdraw(actor=other, fiscal_year=YEAR)
    with transaction():
        withdraw(actor=actor, fiscal_year=YEAR)
    assert freezing_queries.find_proposal(YEAR) is None
    assert db.session.query(freezing_queries.Restatement).one().state is RestatementState.WITHDRAWN


def test_nothing_is_restated_where_nothing_was_frozen(plan):
    actor = plan_desk()
    with pytest.raises(NotFound):
        propose_now(actor)


def test_freeze_change_restate_freeze_the_next_year_and_make_every_report_again(office):
    first = files()
    add_late_placement(office)
    propose_now()
    decide_now()
    second = files()
    record_a_year(MAY.replace(year=2026))
    freeze_year(2026, NEXT_YEAR)
    next_year = files(2026)
    change(any_placement(), voided_at=NEXT_YEAR)
    with clock.standing_at(NEXT_YEAR + timedelta(days=365)):
        assert files(edition=1) == first
        assert files() == files(edition=2) == second
        assert files(2026) == next_year
        assert get_table(YEAR).source is TableSource.FROZEN
    assert first != second
