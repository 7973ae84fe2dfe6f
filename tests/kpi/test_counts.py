"""Value, breakdowns and drill-down of every metric agree, whatever was recorded."""

import random
from datetime import date, timedelta

import pytest

from app.access.permissions import Role
from app.cases.vocabulary import Channel, ConsultationKind
from app.foundation import clock
from app.foundation.fiscal_year import fiscal_year_of
from app.guidance.models import Guidance
from app.kpi import counts
from app.kpi.drilldown import list_rows
from app.kpi.metrics import METRICS
from app.kpi.period import EVERYTHING, Scope
from app.kpi.vocabulary import By, MetricKind
from app.placements.models import RetentionCheck
from app.placements.vocabulary import CheckOutcome, PlacementCategory, PlacementKind
from app.referrals.vocabulary import DeclineCode, State
from app.situation.programme import Programme
from app.situation.vocabulary import TargetGroup
from app.windows.map_models import MapCounter, MapDistribution, MapEdition, MapPrinting, StaffBriefing
from tests.factories import (
    add,
    make_actor,
    make_case,
    make_consultation,
    make_move,
    make_office,
    make_placement,
    make_referral,
    make_registration,
    make_window,
)
from tests.kpi.counting import figure, period

pytestmark = pytest.mark.both_databases


COURSES = [[], [State.ACCEPTED, State.MET], [State.WITHDRAWN]]
MORE = [[], [State.NO_RESPONSE], [State.ACCEPTED, State.PLACED]]
KINDS = [PlacementKind.NEW, PlacementKind.NEW, PlacementKind.SILVER]


def chance(seed: int) -> random.Random:
    return random.Random(seed)


@pytest.fixture
def history(db_session):
    """A history drawn by lot: three offices, merged cases, every kind of record, over three years."""
    draw, fate = chance(7), chance(11)
    offices = [make_office(programme=programme) for programme in Programme]
    versions = [make_window()[1] for _one in range(3)]
    cases = [make_case(draw.choice(offices)) for _one in range(12)]
    cases += [make_case(offices[0], merged_into_id=draw.choice(cases).id) for _one in range(4)]
    for _one in range(60):
        day = date(2011, 4, 1) + timedelta(days=draw.randrange(3 * 365))
        case, office = draw.choice(cases), draw.choice(offices)
        facts = {"office": office, "programme": draw.choice(list(Programme))}
        group = draw.choice(list(TargetGroup))
        held = make_consultation(
            case, held_on=day, kind=draw.choice(list(ConsultationKind)), headcount=draw.randint(1, 4),
            target_group=group, **facts,
        )  # fmt: skip
        version = draw.choice(versions)
        make_guidance(held, version, nothing_matched=fate.random() < 0.3)
        referral = make_referral(case, version, sent_on=day, consultation=held, office=office)
        for number, to in enumerate(draw.choice(COURSES) or fate.choice(MORE), 2):
            to = State.DECLINED if to is State.WITHDRAWN and fate.random() < 0.5 else to
            code = DeclineCode.WRONG_WINDOW.value if to is State.DECLINED else None
            make_move(referral, to, happened_on=day + timedelta(days=number), number=number, code=code)
        placement = make_placement(
            case, started_on=day, kind=draw.choice(KINDS),
            category=draw.choice([*PlacementCategory, None]), target_group=group, **facts,
        )  # fmt: skip
        if draw.random() < 0.7:
            make_check(placement, draw.choice([1, 3, 6, 12]), draw.choice(list(CheckOutcome)))
        make_registration(case, starts_on=day)
    make_map(date(2012, 6, 1))
    for programme in (Programme.ASSISTANCE, Programme.CENTRE):
        for month in (6, 9):
            make_consultation(cases[0], held_on=date(2012, month, 1), programme=programme)
    make_placement(cases[0], started_on=date(2012, 9, 1), kind=PlacementKind.RAISE)
    make_joint_support(cases[0], date(2012, 9, 1))
    make_courses(offices[0])
    return offices


def make_courses(office):
    """Four people, each under two programmes: supported for long, placed unmet, unreferred, and after all."""
    for course in ("long", "unmet", "direct", "met"):
        case, both = make_case(office), (Programme.ASSISTANCE, Programme.CENTRE)
        for programme in both:
            for day in (date(2010, 5, 1), date(2012, 6, 1)):
                make_consultation(case, held_on=day, programme=programme)
            if course != "long":
                make_placement(case, started_on=date(2012, 8, 1), programme=programme)
        if course in ("unmet", "met"):
            referral = make_referral(case, sent_on=date(2012, 6, 2))
            if course == "met":
                make_move(referral, State.MET, happened_on=date(2012, 6, 9), number=2)


def make_joint_support(case, day):
    _window, version = make_window(office=make_office(name="ハローワーク立川"))
    for _twice in range(2):
        held = make_consultation(case, held_on=day, programme=Programme.ASSISTANCE)
        referral = make_referral(case, version, sent_on=day, consultation=held)
        make_move(referral, State.ACCEPTED, happened_on=day, number=2)
        make_placement(case, started_on=day, referral=referral)


def make_guidance(held, version, *, nothing_matched):
    add(
        Guidance(
            consultation_id=held.id, case_id=held.case_id, office_id=held.office_id,
            window_id=version.window_id, window_version_id=version.id, given_on=held.held_on,
            fiscal_year=held.fiscal_year, target_group=held.target_group, entered_at=clock.now(),
            nothing_matched=nothing_matched,
        )
    )  # fmt: skip


def make_check(placement, months, outcome):
    add(
        RetentionCheck(
            placement_id=placement.id, months=months, checked_on=placement.started_on, outcome=outcome,
            channel=Channel.PHONE, entered_at=clock.now(),
        )
    )  # fmt: skip


def make_map(day):
    year = fiscal_year_of(day)
    edition = add(MapEdition(number=1, published_on=day, fiscal_year=year, changes=""))
    add(MapPrinting(edition_id=edition.id, printed_on=day, fiscal_year=year, copies=40, is_first_run=False))
    counter = add(MapCounter(place="市役所の窓口"))
    add(
        MapDistribution(
            edition_id=edition.id, counter_id=counter.id, laid_on=day, fiscal_year=year, copies=30
        )
    )
    add(StaffBriefing(office_id=make_office().id, held_on=day, fiscal_year=year, headcount=12))


def all_rows(metric, scope=EVERYTHING):
    actor = make_actor(Role.PLAN_DESK)
    return list_rows(metric, period(2012), scope, actor=actor, offset=0, limit=10_000)


def from_rows(metric, rows):
    """Work out a figure by hand from the rows that a page shows."""
    if metric.kind is MetricKind.COHORT:
        return sum(row.part == metric.numerator for row in rows) / len(rows) if rows else None
    if metric.kind is MetricKind.MEDIAN:
        days = sorted(row.duration for row in rows)
        middle = len(days) // 2
        if not days:
            return None
        return days[middle] if len(days) % 2 else (days[middle - 1] + days[middle]) / 2
    if metric.kind is MetricKind.HIGH:
        days = sorted(row.duration for row in rows)
        within = [one for one in days if sum(day <= one for day in days) >= 0.9 * len(days)]
        return within[0] if within else None
    return sum(row.weight for row in rows)


def test_every_metric_finds_something_in_the_history(history):
    assert [key for key in METRICS if not figure(key).n] == []


def test_a_figure_is_what_its_rows_make_of_it(history):
    for metric in METRICS.values():
        rows, total = all_rows(metric)
        found = figure(metric.key)
        assert (len(rows), total) == (found.n, found.n), metric.key
        if not metric.counts_persons:
            assert from_rows(metric, rows) == found.value, metric.key


def test_persons_are_never_more_than_rows_and_never_fewer_than_one(history):
    for metric in METRICS.values():
        if metric.counts_persons:
            found = figure(metric.key)
            assert 1 <= found.value < found.n, metric.key


def test_cells_of_every_breakdown_hold_all_rows_and_sum_where_they_must(history):
    for metric in METRICS.values():
        whole = figure(metric.key)
        for dimension in metric.by:
            cells = counts.breakdown(metric, period(2012), dimension)
            assert sum(cell.n for cell in cells.values()) == whole.n, (metric.key, dimension)
            if metric.is_additive:
                assert sum(cell.value for cell in cells.values()) == whole.value, (metric.key, dimension)


LIMITS = {
    By.PART: "part",
    By.MONTH: "month",
    By.PROGRAMME: "programme",
    By.OFFICE: "office_id",
    By.AGENCY: "agency_id",
    By.WINDOW: "window_id",
    By.TARGET_GROUP: "target_group",
}


def test_a_cell_and_the_page_to_which_it_leads_say_the_same(history):
    for metric in METRICS.values():
        for dimension in metric.by:
            for key, cell in counts.breakdown(metric, period(2012), dimension).items():
                scope = Scope(**{LIMITS[dimension]: key})
                if key is not None:
                    assert figure(metric.key, scope=scope) == cell, (metric.key, dimension, key)


def test_a_page_of_rows_continues_the_page_before(history):
    metric, actor = METRICS["referrals_sent"], make_actor(Role.PLAN_DESK)
    whole, total = all_rows(metric)
    pages = [
        list_rows(metric, period(2012), EVERYTHING, actor=actor, offset=start, limit=4)[0]
        for start in range(0, total, 4)
    ]
    assert [row.record_id for page in pages for row in page] == [row.record_id for row in whole]
    assert [row.day for row in whole] == sorted((row.day for row in whole), reverse=True)


def test_case_numbers_are_shown_to_the_office_that_recorded_and_to_no_one_else(history):
    metric = METRICS["referrals_sent"]
    office = next(one for one in history if one.id == all_rows(metric)[0][0].office_id)
    counsellor = make_actor(Role.COUNSELLOR, office)
    rows, _total = list_rows(metric, period(2012), EVERYTHING, actor=counsellor, offset=0, limit=500)
    own = [row for row in rows if row.office_id == office.id]
    assert own
    assert all(row.number for row in own)
    assert len(own) < len(rows)
    assert all(row.number is None for row in rows if row.office_id != office.id)
    assert all(row.number is None for row in all_rows(metric)[0]), "the plan desk sees rows without number"
