"""Targets by year: the latest word wins in its years, and only there."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from app.access.actor import Actor
from app.access.permissions import Role
from app.audit.models import AuditEntry
from app.foundation.db import db
from app.foundation.errors import Conflict, DomainError, Forbidden, NotFound
from app.foundation.transaction import transaction
from app.plan import queries
from app.plan.results import TargetEntry, TextEntry, seen_text
from app.plan.spans import Span, cleared, overlaid, value_in
from app.plan.targets import set_targets
from app.plan.vocabulary import TargetSense
from tests.plan.test_operations import plan_desk

YEARS = range(2000, 2015)
changes = st.lists(
    st.tuples(st.integers(2000, 2014), st.integers(0, 6), st.none() | st.integers(0, 5)), max_size=12
)


@given(changes)
def test_each_year_holds_the_last_value_set_for_it(changes):
    spans, expected = [], {}
    for first, length, value in changes:
        last = min(first + length, 2014)
        years = range(first, last + 1)
        if value is None:
            spans = cleared(spans, first, last)
        else:
            spans = overlaid(spans, Span(first=first, last=last, value=value))
        expected.update(dict.fromkeys(years, value))
    assert {year: value_in(spans, year) for year in YEARS} == {year: expected.get(year) for year in YEARS}


@given(changes)
def test_no_two_spans_share_a_year_and_none_is_reversed(changes):
    spans = []
    for first, length, value in changes:
        spans = overlaid(spans, Span(first=first, last=first + length, value=value))
    assert all(span.first <= span.last for span in spans)
    assert all(one.last < other.first for one, other in zip(spans, spans[1:], strict=False))


pytestmark = pytest.mark.both_databases


def set_target(indicator, value, *, first, last=None, measure="1-1", seen="", actor=None):
    value = None if value is None else Decimal(value)
    entry = TargetEntry(measure=measure, indicator=indicator, value=value, seen=seen)
    with transaction():
        return set_targets(actor=actor or plan_desk(), first=first, last=last or first, entries=[entry])


def targets(measure, indicator, years):
    return [
        next((target.value for key, target in queries.list_targets(measure, year) if key == indicator), None)
        for year in years
    ]


def test_a_new_target_leaves_the_other_years_as_they_were(plan):
    set_target("info_items", 160, first=2014, last=2016, seen="150")
    assert targets("1-1", "info_items", range(2012, 2018)) == [None, 150, 160, 160, 160, None]


def test_a_target_can_be_taken_away_in_the_middle(plan):
    set_target("info_items", 200, first=2015, last=2019)
    set_target("info_items", None, first=2017, seen="200")
    assert targets("1-1", "info_items", range(2015, 2020)) == [200, 200, None, 200, 200]


def test_the_same_target_again_changes_nothing_and_leaves_no_trace(plan):
    assert set_target("info_items", 150, first=2013, last=2014) == 0
    assert db.session.scalars(select(AuditEntry).where(AuditEntry.subject == "indicator")).all() == []


def test_the_same_indicator_has_a_target_of_its_own_under_each_measure(plan):
    set_target("centre_registrants", 200, first=2014, measure="2-4", seen="190")
    assert targets("2-4", "centre_registrants", [2014]) == [200]
    assert targets("1-3", "centre_registrants", [2014]) == [190]


def test_a_new_target_of_a_rate_stays_at_least(plan):
    set_target("city_disability_employment_rate", "2.6", first=2020, measure="4-13")
    (found,) = [target for _key, target in queries.list_targets("4-13", 2020)]
    assert (found.value, found.sense) == (Decimal("2.6"), TargetSense.AT_LEAST)


def test_the_note_stays_with_the_years_for_which_it_was_written(plan):
    set_target("city_hall_practice_sessions", 3, first=2015, measure="5-18")
    before, after = (
        dict(queries.list_targets("5-18", year))["city_hall_practice_sessions"] for year in (2014, 2015)
    )
    assert "障害者計画" in before.note.ja
    assert not after.note


def test_a_target_changed_meanwhile_is_not_overwritten(plan):
    set_target("info_items", 160, first=2014, seen="150")
    with pytest.raises(Conflict):
        set_target("info_items", 170, first=2014, seen="150")


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.PLAN_DESK])
def test_only_the_plan_desk_sets_targets(plan, role):
    with pytest.raises(Forbidden):
        set_target("info_items", 1, first=2020, actor=Actor(id=None, label="x", role=role, office_id=1))


def test_a_target_of_an_indicator_that_the_measure_does_not_show_is_missing(plan):
    with pytest.raises(NotFound):
        set_target("interns", 1, first=2020, measure="1-1")


def test_a_repeated_measure_takes_no_target(plan):
    with pytest.raises(NotFound):
        set_target("info_items", 1, first=2020, measure="3-7")


@pytest.mark.parametrize(("first", "last"), [(2020, 2019), (2020, 2040)])
def test_years_that_cannot_be_are_refused(plan, first, last):
    with pytest.raises(DomainError) as refused:
        set_target("info_items", 1, first=first, last=last)
    assert refused.value.field == "last"


def test_a_target_text_holds_for_its_years(plan):
    old = queries.get_measure("3-8", 2012).next_target_text.ja
    entry = TextEntry(measure="3-8", text="新しい文。", seen=seen_text(old))
    with transaction():
        assert set_targets(actor=plan_desk(), first=2014, last=2015, texts=[entry]) == 1
    now = queries.get_measure("3-8", 2012)
    assert (now.next_target_text.ja, now.second_target_text.ja) == (old, "新しい文。")
    assert queries.get_measure("3-8", 2013).second_target_text.ja == "新しい文。"
    # The English of the old sentence does not stand under the new one.
    assert now.second_target_text.label("en") == "新しい文。"
