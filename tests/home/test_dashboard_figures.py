"""Figures of the dashboard on random histories: each is as many as its rows; screen, xlsx and JSON agree."""

import io
import json
import re
from datetime import date, timedelta

import pytest
import python_calamine
import time_machine
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.access.permissions import Role
from app.cases.vocabulary import Channel
from app.foundation import clock
from app.foundation.db import db
from app.home import dashboard_files
from app.home.dashboard import Cell
from app.home.dashboard_queries import get_dashboard
from app.kpi.drilldown import get_names, list_rows
from app.kpi.period import Period, Scope
from app.kpi.vocabulary import MetricKind
from app.placements.models import RetentionCheck
from app.placements.vocabulary import CheckOutcome, PlacementCategory, PlacementKind
from app.plan.vocabulary import Counting
from app.referrals.vocabulary import State
from app.situation.programme import Programme
from app.situation.vocabulary import TargetGroup
from tests import factories

YEAR, TODAY = 2025, date(2025, 11, 20)
FIRST = date(2024, 4, 1)
DAYS = st.integers(0, (TODAY - FIRST).days)
EVENT = st.fixed_dictionaries(
    {
        "who": st.integers(0, 5),
        "office": st.integers(0, 1),
        "day": DAYS,
        "programme": st.sampled_from(list(Programme)),
        "group": st.sampled_from(list(TargetGroup)),
        "course": st.sampled_from(["", "sent", "met", "ended"]),
        "job": st.sampled_from(["", "new", "referred", "raise"]),
        "category": st.sampled_from([*PlacementCategory, None]),
        "outcome": st.sampled_from([None, *CheckOutcome]),
        "heads": st.integers(1, 5),
    }
)
HISTORY = st.lists(EVENT, max_size=14)


@pytest.fixture
def city(db_session):
    """Return two offices and an agency's window; what a history adds is rolled back after each."""
    offices = [factories.make_office(name="生活福祉課"), factories.make_office(name="経済課")]
    return offices, factories.make_window()[1]


def live_through(city, history) -> None:
    offices, version = city
    cases = [factories.make_case(offices[one % 2]) for one in range(6)]
    cases[5].merged_into_id = cases[0].id
    for event in history:
        happen(event, cases[event["who"]], offices[event["office"]], version)
    db.session.flush()


def happen(event, case, office, version) -> None:
    day = FIRST + timedelta(days=event["day"])
    facts = {"office": office, "programme": event["programme"], "target_group": event["group"]}
    held = factories.make_consultation(case, held_on=day, headcount=event["heads"], **facts)
    referral = None
    if event["course"]:
        referral = factories.make_referral(case, version, sent_on=day, consultation=held, office=office)
        if event["course"] != "sent":
            to = State.MET if event["course"] == "met" else State.WITHDRAWN
            factories.make_move(referral, to, happened_on=day, number=2)
    if event["job"]:
        kind = PlacementKind.RAISE if event["job"] == "raise" else PlacementKind.NEW
        job = factories.make_placement(
            case, started_on=day, kind=kind, category=event["category"],
            referral=referral if event["job"] == "referred" else None, **facts,
        )  # fmt: skip
        if event["outcome"]:
            db.session.add(
                RetentionCheck(
                    placement_id=job.id, months=1, checked_on=min(day + timedelta(days=31), TODAY),
                    outcome=event["outcome"], channel=Channel.PHONE, entered_at=clock.now(),
                )
            )  # fmt: skip


def rows_behind(cell: Cell):
    actor = factories.make_actor(Role.PLAN_DESK)
    return list_rows(cell.metric, cell.period, cell.scope, actor=actor, offset=0, limit=100_000)[0]


def figure_of(cell: Cell, rows):
    """Work a figure out by hand from the rows that its link lists."""
    metric = cell.metric
    if cell.of_rows:
        return len(rows)
    if metric.kind is MetricKind.COHORT:
        return sum(row.part == metric.numerator for row in rows) / len(rows) if rows else None
    if metric.kind.is_of_days:
        found = sorted(row.duration for row in rows)
        middle = len(found) // 2
        return (found[middle] + found[~middle]) / 2 if found else None
    if metric.weight_title:
        return sum(row.weight for row in rows)
    return len(rows)


def cells_of(dashboard):
    return [
        (block.key, line, cell)
        for block in dashboard.blocks
        for line in block.lines
        for cell in line.cells
        if isinstance(cell, Cell)
    ]


@pytest.mark.both_databases
@settings(max_examples=10, suppress_health_check=list(HealthCheck))
@given(
    history=HISTORY,
    programme=st.sampled_from(list(Programme)),
    office=st.sampled_from([None, 0, 1]),
    group=st.sampled_from([None, TargetGroup.OTHER]),
    until=st.sampled_from([TODAY, date(2025, 9, 30)]),
)
def test_every_figure_is_as_many_as_the_rows_behind_it(city, history, programme, office, group, until):
    point = db.session.begin_nested()
    try:
        live_through(city, history)
        period = Period.of(YEAR, today=TODAY).up_to(until)
        scope = Scope(office_id=None if office is None else city[0][office].id, target_group=group)
        shown = get_dashboard(period, scope, programme, long_months=6, names=get_names(), today=TODAY)
        for key, line, cell in cells_of(shown):
            rows = rows_behind(cell)
            if cell.metric.counting is Counting.PERSONS and cell.metric.key.startswith("centre"):
                assert cell.value <= len(rows), (key, line.code)
            else:
                assert cell.value == pytest.approx(figure_of(cell, rows)), (key, line.code, cell.scope)
        parts_sum(shown)
        steps_nest(shown)
        files_say_the_same(shown)
    finally:
        point.rollback()
        db.session.expire_all()


def parts_sum(shown) -> None:
    """The months, the parts, the agencies, offices and groups sum up to the total."""
    additive = shown.lead.metric.is_additive
    for block in (shown.by_agency, shown.by_office, shown.by_group):
        *parts, total = [line.cells[0].value for line in block.lines]
        assert not additive or sum(parts) == total == shown.lead.now.value
    for block in (shown.by_month, shown.consultations):
        for line in block.lines:
            *months, total = [cell.value for cell in line.cells if cell]
            assert not line.cells[-1].metric.is_additive or sum(months) == total
        *parts, total = [line.cells[-1].value for line in block.lines]
        assert not parts or sum(parts) == total
    for line in shown.retention.lines:
        judged, *parts, _rate = [cell.value for cell in line.cells]
        assert judged == sum(parts)
        rate = line.cells[-1].figure
        assert rate.value is None or rate.low <= rate.value <= rate.high
    for block in (shown.waiting, shown.long):
        *parts, total = [line.cells[0].value for line in block.lines]
        assert sum(parts) == total


def steps_nest(shown) -> None:
    """Whoever is in a step is in all steps before it; with and without a meeting, all placed are there."""
    consulted, *later = [line.cells[0] for line in shown.steps.lines]
    known = {row.record_id for row in rows_behind(consulted)}
    for cell in later:
        here = {row.record_id for row in rows_behind(cell)}
        assert here <= known
        known = here
    placed, unmet, direct = (
        {row.record_id for row in rows_behind(cell)}
        for cell in (later[-1], *(line.cells[0] for line in shown.beside.lines))
    )
    assert not placed & unmet
    assert not placed & direct
    assert not unmet & direct


def files_say_the_same(shown) -> None:
    """What the workbook and the data file hold, read again, is the object's own numbers."""
    data = json.loads(dashboard_files.write_json(shown, lambda cell: cell.metric.key))
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(dashboard_files.write_xlsx(shown, "ja")))
    for block, said in zip(shown.blocks, data["blocks"], strict=True):
        sheet = book.get_sheet_by_name(block.key).to_python(skip_empty_area=False)
        for row, (line, line_said) in enumerate(zip(block.lines, said["lines"], strict=True), start=4):
            values = [None if cell is None else cell.value for cell in line.cells]
            assert [one and one["value"] for one in line_said["cells"]] == values
            written = [*sheet[row][1:], *[""] * len(values)][: len(values)]
            assert [None if one == "" else one for one in written] == pytest.approx(values)


def test_the_screen_and_the_paper_show_the_same_numbers_as_the_files(city, client):
    history = [
        {
            "who": one % 6, "office": 0, "day": 370 + one * 9, "programme": Programme.ASSISTANCE,
            "group": list(TargetGroup)[one % 5], "course": ["", "sent", "met", "ended"][one % 4],
            "job": ["", "new", "referred"][one % 3], "category": list(PlacementCategory)[one % 3],
            "outcome": None, "heads": 1,
        }
        for one in range(24)
    ]  # fmt: skip
    with time_machine.travel("2025-11-20T03:00:00+00:00", tick=False):
        live_through(city, history)
        db.session.commit()
        factories.sign_in(client, factories.make_account(role=Role.SUPERVISOR, office=city[0][0]))
        page = client.get("/dashboard?programme=assistance").text
        data = client.get("/dashboard.json?programme=assistance").json
    for block in data["blocks"]:
        for line in block["lines"]:
            for cell in filter(None, line["cells"]):
                if "rows" not in cell:
                    continue
                address = re.escape(cell["rows"].replace("&", "&amp;"))
                shown = re.findall(rf'<a href="{address}">(?:<b>)?(?:n = )?([^<（]+)[<（]', page)
                assert written(cell) in shown, (block["key"], line["code"], cell, shown)


def written(cell) -> str:
    """Return a number of the data file as the screen and the paper write it."""
    value = cell["value"]
    if value is None:
        return "該当なし"
    if "low" in cell:
        return f"{value * 100:.1f}%"
    return f"{value:,.1f}".removesuffix(".0") if isinstance(value, float) else f"{value:,}"


@pytest.mark.parametrize("until", [date(2025, 4, 1), date(2024, 12, 1)])
def test_a_year_of_one_day_and_one_that_has_not_begun_are_no_error(city, until):
    shown = get_dashboard(
        Period.of(YEAR, today=until),
        Scope(),
        Programme.ASSISTANCE,
        long_months=12,
        names=get_names(),
        today=until,
    )
    assert {cell.value for _key, _line, cell in cells_of(shown)} <= {0, None}
