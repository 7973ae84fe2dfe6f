"""The recent years: plausible, complete in kinds, and never ahead of the clock."""

from collections import Counter
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from app.cases.models import Case, Consultation, Registration
from app.foundation import clock
from app.foundation.db import db
from app.foundation.working_days import is_working_day
from app.kpi import counts
from app.kpi.metrics import get_metric
from app.kpi.period import Period
from app.kpi.vocabulary import By
from app.placements.models import Placement, RetentionCheck, RetentionDue
from app.placements.standards import WeeklyHours
from app.placements.vocabulary import CheckOutcome, Hours
from app.plan.models import Target
from app.plan.vocabulary import ResultKind
from app.privacy import pii
from app.referrals import deadlines, lifecycle
from app.referrals.models import ReferralMove
from app.referrals.queries import histories
from app.referrals.vocabulary import DeclineCode, State
from app.situation.vocabulary import AgeBand, AssistanceStatus, TargetGroup
from app.windows.map_models import MapEdition
from app.windows.vocabulary import GRACE_DAYS
from tests.demo.conftest import TODAY


def figure(key, fiscal_year):
    return counts.value(get_metric(key), Period.of(fiscal_year, today=TODAY)).value


def by_month(key, fiscal_year):
    period = Period.of(fiscal_year, today=TODAY)
    return {month: one.value for month, one in counts.breakdown(get_metric(key), period, By.MONTH).items()}


def states():
    every = histories(db.session.scalars(select(ReferralMove.referral_id).distinct()))
    return {key: (lifecycle.state_of(moves), moves) for key, moves in every.items()}


def test_two_full_years_and_the_running_one_have_records(sample):
    full = [figure("centre_consultations", year) for year in (2024, 2025)]
    assert all(5000 < number < 6000 for number in full)
    assert 3000 < figure("centre_consultations", 2026) < full[1]
    assert 50 <= figure("assistance_placements", 2024) <= 70
    assert 20 <= figure("assistance_placements", 2026) < figure("assistance_placements", 2025)


def test_august_is_quieter_than_october(sample):
    for year in (2012, 2025):
        months = by_month("centre_consultations", year)
        assert months[8] < 0.85 * months[10]


def test_nobody_works_on_a_holiday(sample):
    days = set(db.session.scalars(select(Consultation.held_on).distinct()))
    days |= set(db.session.scalars(select(ReferralMove.happened_on).distinct()))
    assert [day for day in days if not is_working_day(day)] == []


def test_nothing_lies_ahead_and_nothing_was_entered_before_it_happened(sample):
    spoken = db.session.execute(select(Consultation.held_on, Consultation.entered_at)).all()
    others = db.session.execute(select(ReferralMove.happened_on, ReferralMove.entered_at)).all()
    others += db.session.execute(select(Placement.reported_on, Placement.entered_at)).all()
    assert all(day <= clock.day_of(entered) <= TODAY for day, entered in [*spoken, *others])
    assert all((clock.day_of(entered) - day).days <= 4 for day, entered in spoken)


def test_registrations_of_2024_are_new_and_are_renewed_later(sample):
    assert figure("centre_registrants", 2024) == 206
    first = db.session.scalar(
        select(func.min(Registration.starts_on)).where(Registration.starts_on >= date(2014, 1, 1))
    )
    assert first >= date(2024, 4, 1)
    parts = counts.breakdown(get_metric("centre_registrants"), Period.of(2025, today=TODAY), By.PART)
    assert parts["renewal"].value > parts["new"].value > 0


def test_every_state_of_a_referral_occurs(sample):
    assert {state for state, _moves in states().values()} == set(State)


def test_some_referrals_wait_past_their_deadline_and_past_the_grace(sample):
    waiting = [moves[0].happened_on for state, moves in states().values() if state is State.SENT]
    overdue = [day for day in waiting if deadlines.due_day(State.SENT, day, 10) < TODAY]
    silent = [day for day in waiting if deadlines.silent_from(day, 10, GRACE_DAYS) < TODAY]
    assert len(waiting) - len(overdue) >= 3
    assert len(overdue) > len(silent) >= 1


def test_old_referrals_are_closed(sample):
    stale = [
        moves
        for state, moves in states().values()
        if state in lifecycle.OPEN and (TODAY - moves[0].happened_on).days > 270
    ]
    assert stale == []


def test_referrals_are_declined_for_many_reasons_among_them_the_wrong_window(sample):
    codes = Counter(
        db.session.scalars(select(ReferralMove.code).where(ReferralMove.to_state == State.DECLINED))
    )
    assert codes[DeclineCode.WRONG_WINDOW.value] >= 3
    assert len(codes) >= 5


def test_retention_checks_know_every_outcome(sample):
    outcomes = Counter(db.session.scalars(select(RetentionCheck.outcome)))
    assert set(outcomes) == set(CheckOutcome)
    assert outcomes[CheckOutcome.KEPT] > outcomes[CheckOutcome.LEFT] > outcomes[CheckOutcome.UNKNOWN]


def test_cases_are_closed_for_many_reasons(sample):
    reasons = Counter(db.session.scalars(select(Case.close_reason).where(Case.closed_on.is_not(None))))
    assert len(reasons) >= 6


def test_no_note_holds_an_identity_and_there_are_many_notes(sample):
    notes = set(db.session.scalars(select(Consultation.memo).where(Consultation.memo != "")))
    assert len(notes) >= 30
    assert {note: pii.examine(note, today=TODAY) for note in notes} == dict.fromkeys(notes, [])


def test_what_is_said_of_a_person_fits_together(sample):
    rows = db.session.scalars(select(Consultation).where(Consultation.case_id.is_not(None))).all()
    for one in rows:
        if one.assistance is AssistanceStatus.CHILD_ALLOWANCE:
            assert one.single_parent
        if one.target_group is TargetGroup.YOUTH:
            assert one.age_band in (AgeBand.A15_19, AgeBand.A20_29, AgeBand.A30_34)
    bands = {}
    for one in rows:
        bands.setdefault(one.case_id, set()).add(one.age_band)
    assert all(len(found) == 1 for found in bands.values())


def test_the_map_appears_every_recent_year_and_is_printed_again(sample):
    years = list(
        db.session.scalars(
            select(MapEdition.fiscal_year).where(MapEdition.state == "published").order_by(MapEdition.number)
        )
    )
    assert years == [2024, 2025, 2026]
    assert figure("map_reprints", 2024) == 500


def test_targets_and_reported_results_stand_in_the_plan(sample):
    from app.plan.models import Result

    sixty = select(Target).where(Target.value == 60, Target.first_fiscal_year == 2024)
    assert db.session.scalar(sixty) is not None
    reported = select(Result.fiscal_year, func.count()).where(Result.kind == ResultKind.REPORTED)
    found = dict(db.session.execute(reported.group_by(Result.fiscal_year)).all())
    # The second year's results are not all in: the plan desk has something to ask for.
    assert found[2024] > found[2025] > 10


def test_jobs_are_of_many_kinds_and_end_for_many_reasons(sample):
    live = Placement.voided_at.is_(None)
    for column in (Placement.occupation, Placement.industry, Placement.weekly_hours, Placement.wage_band):
        found = Counter(db.session.scalars(select(column).where(live)))
        assert len(found) >= 5, column
    unknown = db.session.scalars(select(Placement.weekly_hours).where(live)).all().count(WeeklyHours.UNKNOWN)
    assert 0 < unknown < 30
    full_time = select(Placement.weekly_hours).where(live, Placement.hours == Hours.FULL_TIME)
    assert set(db.session.scalars(full_time)) == {WeeklyHours.FROM_30}
    left = db.session.scalars(
        select(RetentionCheck.left_reason).where(RetentionCheck.outcome == CheckOutcome.LEFT)
    ).all()
    assert None not in left
    assert len(set(left)) >= 5


def test_checks_are_moved_now_and_then_and_nobody_who_left_is_asked_again(sample):
    assert 5 <= db.session.scalar(select(func.count()).select_from(RetentionDue)) <= 80
    left, later = aliased(RetentionCheck), aliased(RetentionCheck)
    again = (
        select(func.count())
        .select_from(later)
        .join(left, left.placement_id == later.placement_id)
        .where(left.outcome == CheckOutcome.LEFT, later.months > left.months)
    )
    assert db.session.scalar(again) == 0
