"""A registration lasts to the day before its anniversary; a renewal continues it."""

from datetime import date

import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st

from app.cases.registration import last_day_of_registration
from app.cases.registration_operations import (
    NewRegistration,
    end_registration,
    register,
    renew,
    void_registration,
)
from app.cases.registration_queries import list_ending_registrations, list_registrations
from app.cases.vocabulary import RegistrationKind, VoidReason
from app.foundation.errors import DomainError
from app.situation.programme import Programme
from tests.factories import actor_of, make_account, make_case, make_office


@pytest.fixture
def centre(db_session):
    return make_office(programme=Programme.CENTRE)


@pytest.fixture
def actor(centre):
    return actor_of(make_account(office=centre))


@pytest.mark.parametrize(
    ("first", "last"),
    [
        (date(2012, 4, 1), date(2013, 3, 31)),
        (date(2024, 2, 29), date(2025, 2, 28)),
        (date(2023, 3, 1), date(2024, 2, 29)),
        (date(2025, 1, 1), date(2025, 12, 31)),
    ],
)
def test_a_registration_ends_the_day_before_its_anniversary(first, last):
    assert last_day_of_registration(first) == last


@given(st.dates(date(2007, 4, 1), date(2090, 1, 1)))
def test_a_registration_lasts_365_or_366_days(first):
    assert (last_day_of_registration(first) - first).days + 1 in (365, 366)


@pytest.mark.both_databases
def test_only_the_centre_registers(db_session):
    office = make_office(programme=Programme.ASSISTANCE)
    case = make_case(office)
    with pytest.raises(DomainError, match="障害者就労支援センター"):
        register(
            actor=actor_of(make_account(office=office)),
            new=[NewRegistration(case_id=case.id, starts_on=date(2025, 6, 2))],
        )


@pytest.mark.both_databases
def test_a_person_is_not_registered_twice_for_the_same_days(actor, centre):
    case = make_case(centre)
    register(actor=actor, new=[NewRegistration(case_id=case.id, starts_on=date(2025, 6, 2))])
    with pytest.raises(DomainError, match="もう登録があります") as refused:
        register(actor=actor, new=[NewRegistration(case_id=case.id, starts_on=date(2026, 6, 1))])
    assert refused.value.field == "starts_on"


@pytest.mark.both_databases
@time_machine.travel("2026-06-01T03:00:00+00:00", tick=False)
def test_a_renewal_in_time_continues_from_the_next_day(actor, centre):
    case = make_case(centre)
    former = register(actor=actor, new=[NewRegistration(case_id=case.id, starts_on=date(2025, 6, 10))])[0]
    renewed = renew(actor=actor, registration_id=former.id, on=date(2026, 6, 1))
    assert (renewed.starts_on, renewed.ends_on) == (date(2026, 6, 10), date(2027, 6, 9))
    assert renewed.kind is RegistrationKind.RENEWAL
    assert [one.id for one in list_registrations(actor=actor, case_id=case.id)] == [renewed.id, former.id]


@pytest.mark.both_databases
@time_machine.travel("2026-08-01T03:00:00+00:00", tick=False)
def test_a_lapsed_registration_starts_anew_on_the_day_of_renewal(actor, centre):
    case = make_case(centre)
    former = register(actor=actor, new=[NewRegistration(case_id=case.id, starts_on=date(2025, 6, 10))])[0]
    renewed = renew(actor=actor, registration_id=former.id, on=date(2026, 8, 1))
    assert (renewed.starts_on, renewed.kind) == (date(2026, 8, 1), RegistrationKind.NEW)


@pytest.mark.both_databases
@time_machine.travel("2026-01-01T03:00:00+00:00", tick=False)
def test_a_renewal_half_a_year_early_is_refused(actor, centre):
    case = make_case(centre)
    former = register(actor=actor, new=[NewRegistration(case_id=case.id, starts_on=date(2025, 6, 10))])[0]
    with pytest.raises(DomainError, match="3か月前から"):
        renew(actor=actor, registration_id=former.id, on=date(2026, 1, 1))


@pytest.mark.both_databases
def test_a_registration_ends_early_within_its_days_only(actor, centre):
    case = make_case(centre)
    one = register(actor=actor, new=[NewRegistration(case_id=case.id, starts_on=date(2025, 6, 2))])[0]
    with pytest.raises(DomainError, match="期間の中"):
        end_registration(actor=actor, registration_id=one.id, ends_on=date(2026, 6, 2))
    end_registration(actor=actor, registration_id=one.id, ends_on=date(2025, 9, 30))
    assert one.ends_on == date(2025, 9, 30)


@pytest.mark.both_databases
def test_registrations_that_end_this_month_are_listed_until_renewed_or_taken_back(actor, centre):
    kept, taken_back = make_case(centre), make_case(centre)
    for case in (kept, taken_back):
        register(actor=actor, new=[NewRegistration(case_id=case.id, starts_on=date(2025, 6, 10))])
    void_registration(
        actor=actor,
        registration_id=list_registrations(actor=actor, case_id=taken_back.id)[0].id,
        reason=VoidReason.WRONG_CASE,
    )
    ending = list_ending_registrations(actor=actor, first=date(2026, 6, 1), last=date(2026, 6, 30))
    assert [(one.number, one.ends_on) for one in ending] == [(kept.number, date(2026, 6, 9))]
