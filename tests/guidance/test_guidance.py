"""Guidance as it is recorded, read, and taken back with its consultation."""

from datetime import date

import pytest
from sqlalchemy import event, select

from app.audit.models import AuditEntry
from app.foundation import clock
from app.foundation.db import db
from app.foundation.errors import DomainError, NotFound
from app.foundation.transaction import transaction
from app.guidance import operations, queries
from app.guidance.models import Guidance
from app.guidance.operations import NewGuidance
from app.situation.vocabulary import TargetGroup
from tests.factories import make_actor, make_case, make_consultation, make_office, make_window, system_actor

pytestmark = pytest.mark.both_databases


@pytest.fixture
def office(db_session):
    return make_office()


@pytest.fixture
def actor(office):
    return make_actor(office=office)


def said_in(consultation, window, **more):
    facts = {
        "consultation_id": consultation.id,
        "case_id": consultation.case_id,
        "window_id": window.id,
        "given_on": consultation.held_on,
        "target_group": consultation.target_group,
    }
    return NewGuidance(**facts | more)


def record(actor, *new):
    db.session.commit()
    with transaction():
        return operations.record_guidance(actor=actor, new=new)


def test_guidance_keeps_the_version_of_its_day_and_the_fiscal_year(office, actor):
    window, version = make_window(valid_to=date(2025, 4, 1))
    consultation = make_consultation(
        make_case(office), office=office, held_on=date(2025, 3, 31), target_group=TargetGroup.YOUTH
    )

    guidance = record(actor, said_in(consultation, window))[0]

    assert (guidance.window_version_id, guidance.office_id) == (version.id, office.id)
    assert (guidance.fiscal_year, guidance.target_group) == (2024, TargetGroup.YOUTH)
    assert guidance.entered_by == actor.id


def test_guidance_without_a_case_is_recorded_too(office, actor):
    window, _version = make_window()
    consultation = make_consultation(None, office=office)

    record(actor, said_in(consultation, window))

    found = queries.list_of_consultation(actor=actor, consultation_id=consultation.id)
    assert [(one.case_id, one.window.window_id) for one in found] == [(None, window.id)]


@pytest.mark.parametrize(
    "validity", [{"valid_from": date(2025, 6, 3)}, {"valid_to": date(2025, 6, 1)}], ids=["before", "after"]
)
def test_a_window_that_is_not_open_that_day_cannot_be_named(office, actor, validity):
    window, _version = make_window(**validity)
    consultation = make_consultation(make_case(office), office=office, held_on=date(2025, 6, 2))

    with pytest.raises(DomainError) as refused:
        record(actor, said_in(consultation, window))
    assert refused.value.field == "window_id"
    assert db.session.scalar(select(Guidance.id)) is None


def test_a_window_that_does_not_exist_cannot_be_named(office, actor):
    window, _version = make_window()
    consultation = make_consultation(make_case(office), office=office)

    with pytest.raises(DomainError):
        record(actor, said_in(consultation, window, window_id=window.id + 1000))


def test_a_consultation_of_another_office_answers_like_a_missing_one(office, actor):
    window, _version = make_window()
    foreign = make_consultation(make_case())

    with pytest.raises(NotFound) as refused:
        record(actor, said_in(foreign, window))
    with pytest.raises(NotFound) as missing:
        record(actor, said_in(foreign, window, consultation_id=foreign.id + 1000))
    assert refused.value.text() == missing.value.text()


def test_a_void_consultation_takes_no_guidance(office, actor):
    window, _version = make_window()
    consultation = make_consultation(make_case(office), office=office, voided_at=clock.now())

    with pytest.raises(NotFound):
        record(actor, said_in(consultation, window))


def test_what_was_named_to_a_person_is_listed_in_order(office, actor):
    case = make_case(office)
    early, _version = make_window(name="先の窓口")
    late, _version = make_window(name="後の窓口")
    new = [
        said_in(make_consultation(case, office=office, held_on=date(2025, 7, 1)), late),
        said_in(make_consultation(case, office=office, held_on=date(2025, 6, 2)), early),
    ]

    record(actor, *new)

    found = queries.list_of_case(actor=actor, case_id=case.id)
    assert [one.window.name for one in found] == ["先の窓口", "後の窓口"]


def test_another_office_does_not_see_what_was_named(office, actor):
    case = make_case(office)
    consultation = make_consultation(case, office=office)
    record(actor, said_in(consultation, make_window()[0]))
    other = make_actor()

    assert queries.list_of_case(actor=other, case_id=case.id) == []
    assert queries.list_of_consultation(actor=other, consultation_id=consultation.id) == []
    assert len(queries.list_of_case(actor=system_actor(), case_id=case.id)) == 1


def test_guidance_leaves_the_counts_with_its_consultation(office, actor):
    case = make_case(office)
    voided, kept = (make_consultation(case, office=office) for _n in range(2))
    window, _version = make_window()
    record(actor, said_in(voided, window), said_in(kept, window))

    with transaction():
        count = operations.void_of_consultation(actor=actor, consultation_id=voided.id)
    with transaction():
        again = operations.void_of_consultation(actor=actor, consultation_id=voided.id)

    assert (count, again) == (1, 0)
    found = queries.list_of_case(actor=actor, case_id=case.id)
    assert [one.consultation_id for one in found] == [kept.id]


def test_giving_and_voiding_stand_in_the_trail(office, actor):
    consultation = make_consultation(make_case(office), office=office)
    record(actor, said_in(consultation, make_window()[0]))
    with transaction():
        operations.void_of_consultation(actor=actor, consultation_id=consultation.id)

    actions = list(db.session.scalars(select(AuditEntry.action).order_by(AuditEntry.id)))
    assert actions == ["guidance.given", "guidance.voided"]


def test_a_list_takes_the_same_number_of_reads_however_long_it_is(office, actor):
    case = make_case(office)
    case_id = case.id
    windows = [make_window()[0] for _n in range(12)]
    record(actor, *(said_in(make_consultation(case, office=office), window) for window in windows))
    db.session.expire_all()
    reads = []
    event.listen(db.engine, "before_cursor_execute", lambda *read: reads.append(read[2]))

    assert len(queries.list_of_case(actor=actor, case_id=case_id)) == 12
    assert len(reads) <= 3
