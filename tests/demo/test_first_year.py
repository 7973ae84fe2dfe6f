"""FY2012: the records yield exactly the published figures, with others among them that must not count."""

import csv
from datetime import date

import pytest
from sqlalchemy import func, select

from app.accounts.models import Account
from app.cases.consultation_operations import void_consultation
from app.cases.models import Case, Consultation, Registration
from app.cases.registration_operations import end_registration
from app.cases.vocabulary import ConsultationKind, RegistrationKind, VoidReason
from app.foundation.db import db
from app.foundation.transaction import transaction
from app.kpi import counts
from app.kpi.metrics import get_metric
from app.kpi.period import Period
from app.kpi.vocabulary import By
from app.placements.models import Placement
from app.placements.operations import void_placement
from app.placements.vocabulary import Contract, PlacementCategory, PlacementKind
from app.referrals.models import ReferralMove
from app.situation.programme import Programme
from app.situation.vocabulary import AssistanceStatus
from tests.demo.conftest import TODAY
from tests.factories import actor_of

FY2012 = Period.of(2012, today=TODAY)
LABELS = {
    "centre_registrants": ("2-4", "登録人数"),
    "centre_placements": ("2-4", "就労人数"),
    "centre_consultations": ("2-4", "相談人数"),
    "centre_retention_contacts": ("2-4", "定着支援人数延べ"),
    "map_editions": ("2-5", "就労支援マップの更新"),
    "map_reprints": ("2-5", "就労支援マップの増冊"),
    "assistance_consultations": ("2-6", "相談者の延べ件数"),
    "assistance_placements": ("2-6", "就職件数"),
}


@pytest.fixture(scope="session")
def published(project):
    """Return the hand-written figures by measure, indicator and part."""
    with (project / "tests" / "data" / "published_fy2012.csv").open(encoding="utf-8-sig") as file:
        return {(row["measure"], row["indicator"], row["part"]): row["value"] for row in csv.DictReader(file)}


def figure(key: str, period: Period = FY2012):
    return counts.value(get_metric(key), period).value


def supervisor(name: str):
    return actor_of(db.session.scalar(select(Account).where(Account.login_name == name)))


def count(model, *conditions):
    return db.session.scalar(select(func.count()).select_from(model).where(*conditions))


@pytest.mark.parametrize("key", LABELS)
def test_the_records_of_2012_yield_the_published_figure(sample, published, key):
    measure, label = LABELS[key]
    assert figure(key) == int(published[measure, label, ""])


def test_the_placements_of_2012_split_as_published(sample, published):
    parts = counts.breakdown(get_metric("assistance_placements"), FY2012, By.PART)
    assert {PlacementCategory(key).ja: part.value for key, part in parts.items()} == {
        part: int(value)
        for (measure, label, part), value in published.items()
        if (measure, label) == LABELS["assistance_placements"] and part
    }


def test_records_that_must_not_count_stand_among_those_that_do(sample):
    """The figures would be wrong if any of these rules were left out."""
    year = Placement.fiscal_year == 2012
    new = Placement.kind == PlacementKind.NEW
    for programme in (Programme.ASSISTANCE, Programme.CENTRE):
        here = (year, Placement.programme == programme)
        assert count(Placement, *here, Placement.kind == PlacementKind.RAISE)
        assert count(Placement, *here, Placement.kind == PlacementKind.RENEWAL)
        assert count(Placement, *here, new, Placement.contract == Contract.SUPPORTED_A)
        assert count(Placement, *here, new, Placement.voided_at.is_not(None))
    assert count(Placement, year, Placement.kind == PlacementKind.SILVER)
    outside = Placement.assistance == AssistanceStatus.NONE
    assert count(Placement, year, new, outside, Placement.programme == Programme.ASSISTANCE)
    spoken = Consultation.fiscal_year == 2012
    for programme in Programme:
        assert count(
            Consultation, spoken, Consultation.programme == programme, Consultation.voided_at.is_not(None)
        )
    retention = Consultation.kind == ConsultationKind.RETENTION
    assert count(Consultation, spoken, retention, Consultation.programme == Programme.ASSISTANCE)
    assert count(Consultation, spoken, Consultation.headcount > 1)


def test_one_person_with_two_jobs_at_the_centre_counts_once(sample):
    jobs = counts.value(get_metric("centre_placements"), FY2012)
    assert (jobs.value, jobs.n) == (6, 7)


def test_some_registrations_lapsed_ended_or_were_void_before_31_march(sample):
    last = date(2013, 3, 31)
    began = Registration.starts_on < date(2012, 4, 1)
    lapsed = set(db.session.scalars(select(Registration.case_id).where(began))) - set(
        db.session.scalars(select(Registration.case_id).where(~began))
    )
    assert len(lapsed) >= 5
    assert count(Registration, Registration.voided_at.is_not(None), Registration.ends_on >= last)
    assert (
        count(Registration, Registration.kind == RegistrationKind.RENEWAL, Registration.ends_on > last) > 100
    )


def test_voiding_one_consultation_changes_the_figure_by_one(sample):
    chosen = db.session.scalar(
        select(Consultation).where(
            Consultation.fiscal_year == 2012,
            Consultation.programme == Programme.ASSISTANCE,
            Consultation.kind == ConsultationKind.CONSULTATION,
            Consultation.voided_at.is_(None),
        )
    )
    with transaction():
        void_consultation(
            actor=supervisor("kakaricho"),
            consultation_id=chosen.id,
            version=None,
            reason=VoidReason.DUPLICATE,
        )
    assert figure("assistance_consultations") == 414


def test_voiding_one_placement_changes_total_and_part_by_one(sample):
    chosen = db.session.scalar(
        select(Placement).where(
            Placement.fiscal_year == 2012,
            Placement.kind == PlacementKind.NEW,
            Placement.category == PlacementCategory.IN_NEED,
            Placement.contract != Contract.SUPPORTED_A,
            Placement.voided_at.is_(None),
        )
    )
    with transaction():
        void_placement(
            actor=supervisor("kakaricho"), placement_id=chosen.id, version=None, reason=VoidReason.DUPLICATE
        )
    parts = counts.breakdown(get_metric("assistance_placements"), FY2012, By.PART)
    assert figure("assistance_placements") == 52
    assert parts[PlacementCategory.IN_NEED.value].value == 1


def test_ending_one_registration_the_day_before_takes_one_person_off_the_count(sample):
    last = date(2013, 3, 31)
    chosen = db.session.scalar(
        select(Registration).where(
            Registration.starts_on < last, Registration.ends_on > last, Registration.voided_at.is_(None)
        )
    )
    with transaction():
        end_registration(actor=supervisor("shocho"), registration_id=chosen.id, ends_on=date(2013, 3, 30))
    assert figure("centre_registrants") == 183


@pytest.mark.parametrize("fiscal_year", range(2013, 2024))
def test_the_years_between_hold_no_records(sample, fiscal_year):
    period = Period.of(fiscal_year, today=TODAY)
    assert {key: figure(key, period) for key in LABELS} == dict.fromkeys(LABELS, 0)


def test_the_jobs_of_2012_were_asked_about_for_a_year(sample):
    kept = [counts.value(get_metric(f"retention_{months}"), FY2012).value for months in (1, 3, 6, 12)]
    assert all(0.4 < share < 0.95 for share in kept)


def test_nothing_of_2012_is_left_open(sample):
    assert count(Case, Case.opened_on < date(2013, 4, 1), Case.closed_on.is_(None)) == 0
    assert count(ReferralMove, ReferralMove.happened_on.between(date(2013, 4, 1), date(2024, 3, 31))) == 0
