"""Consultations and registrations are counted by the plan's rules, on hand-made histories."""

from datetime import UTC, date, datetime

import pytest

from app.cases.vocabulary import ConsultationKind, VoidReason
from app.foundation import clock
from app.kpi.vocabulary import By
from app.situation.programme import Programme
from tests.factories import make_case, make_consultation, make_office, make_registration
from tests.kpi.counting import by, figure, value

pytestmark = [pytest.mark.both_databases, pytest.mark.usefixtures("db_session")]

MAY = date(2012, 5, 1)
VOID = {"voided_at": datetime(2012, 6, 1, tzinfo=UTC), "void_reason": VoidReason.DUPLICATE}


def test_31_march_and_1_april_fall_into_different_years():
    make_consultation(held_on=date(2012, 3, 31))
    make_consultation(held_on=date(2012, 4, 1))
    make_consultation(held_on=date(2013, 3, 31))
    make_consultation(held_on=date(2013, 4, 1))
    assert [value("assistance_consultations", year) for year in (2011, 2012, 2013)] == [1, 2, 1]


def test_a_group_counts_every_person_who_came():
    make_consultation(held_on=MAY, headcount=12)
    make_consultation(held_on=MAY)
    found = figure("assistance_consultations")
    assert (found.value, found.n) == (13, 2)


def test_a_consultation_entered_in_error_leaves_the_count():
    make_consultation(held_on=MAY)
    make_consultation(held_on=MAY, **VOID)
    assert value("assistance_consultations") == 1


def test_retention_contacts_are_counted_apart_and_never_twice():
    make_consultation(held_on=MAY, programme=Programme.CENTRE, headcount=3)
    make_consultation(held_on=MAY, programme=Programme.CENTRE, kind=ConsultationKind.RETENTION, headcount=2)
    assert (value("centre_consultations"), value("centre_retention_contacts")) == (3, 2)


def test_each_programme_counts_its_own():
    make_consultation(held_on=MAY, programme=Programme.ASSISTANCE)
    make_consultation(held_on=MAY, programme=Programme.CENTRE)
    make_consultation(held_on=MAY, programme=Programme.GUIDANCE)
    assert (value("assistance_consultations"), value("centre_consultations")) == (1, 1)


def test_a_year_without_records_counts_0_and_a_year_to_come_has_no_figure():
    assert value("assistance_consultations", 2012) == 0
    assert value("centre_registrants", 2012) == 0
    assert value("assistance_consultations", 2030) is None
    assert value("centre_registrants", 2030) is None


def test_a_year_up_to_a_day_leaves_out_what_came_later():
    make_consultation(held_on=date(2012, 5, 10))
    make_consultation(held_on=date(2012, 5, 11))
    assert value("assistance_consultations", 2012, until=date(2012, 5, 10)) == 1


def test_a_registration_is_valid_to_the_day_before_its_anniversary():
    case = make_case()
    make_registration(case, starts_on=date(2012, 4, 1))
    assert value("centre_registrants", 2012) == 1
    make_registration(make_case(), starts_on=date(2012, 3, 31))
    assert value("centre_registrants", 2012) == 1, "it ended on 30 March 2013"
    assert value("centre_registrants", 2011) == 1, "on 31 March 2012 only the second is there yet"


def test_who_registers_on_31_march_counts_on_that_day():
    make_registration(make_case(), starts_on=date(2013, 3, 31))
    make_registration(make_case(), starts_on=date(2013, 4, 1))
    assert value("centre_registrants", 2012) == 1


def test_registrants_of_a_running_year_are_those_of_today():
    make_registration(make_case(), starts_on=date(2012, 6, 1))
    make_registration(make_case(), starts_on=date(2011, 6, 2))
    with clock.standing_at(datetime(2012, 6, 1, 1, 0, tzinfo=UTC)):
        assert value("centre_registrants", 2012) == 2
    with clock.standing_at(datetime(2012, 6, 1, 15, 30, tzinfo=UTC)):
        assert value("centre_registrants", 2012) == 1, "in Japan it is 2 June already"


def test_an_early_renewal_and_a_merged_case_are_one_person():
    office = make_office(programme=Programme.CENTRE)
    kept = make_case(office)
    merged = make_case(office, merged_into_id=kept.id)
    make_registration(kept, starts_on=date(2012, 5, 1))
    make_registration(kept, starts_on=date(2013, 3, 1))
    make_registration(merged, starts_on=date(2012, 9, 1))
    found = figure("centre_registrants")
    assert (found.value, found.n) == (1, 3)


def test_a_registration_entered_in_error_leaves_the_count():
    make_registration(make_case(), starts_on=date(2012, 5, 1), **VOID)
    assert value("centre_registrants") == 0


def test_months_and_offices_sum_to_the_year():
    one, other = make_office(), make_office()
    for office, day, people in [(one, date(2012, 4, 1), 2), (one, date(2013, 3, 31), 3), (other, MAY, 4)]:
        make_consultation(held_on=day, office=office, headcount=people)
    assert by("assistance_consultations", By.MONTH) == {4: 2, 3: 3, 5: 4}
    assert by("assistance_consultations", By.OFFICE) == {one.id: 5, other.id: 4}
