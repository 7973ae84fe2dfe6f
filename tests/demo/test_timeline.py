"""The story before anybody enters it: for whatever seed and day, things happen in an order that can be."""

from datetime import date, timedelta
from random import Random

import pytest

from app.demo.persons import Town
from app.demo.story import Closing, Job, Opening, Sending, Story, Visit
from app.demo.timeline import first_run, recent_run
from app.demo.visits import shares_out
from app.demo.year_days import YearDays
from app.foundation.working_days import is_working_day
from app.placements.entries import NEAR
from app.placements.vocabulary import PlacementKind
from app.situation.vocabulary import TargetGroup

DAYS = [date(2026, 4, 1) + timedelta(days=61 * step) for step in range(7)]


@pytest.fixture(scope="module", params=enumerate(DAYS), ids=str)
def run(request):
    seed, today = request.param
    rng = Random(seed)
    town = Town(rng)
    first_run(town, rng, scale=0.02)
    return today, recent_run(town, rng, today=today, scale=0.2)


def of(events, *kinds):
    return [event for event in events if isinstance(event, kinds) and not getattr(event, "nameless", False)]


def first_days(events):
    found = {}
    for event in events:
        found[event.person.key] = min(found.get(event.person.key, date.max), event.day)
    return found


def test_nothing_lies_ahead_and_the_last_days_are_not_empty(run):
    today, events = run
    assert max(event.day for event in events) <= today
    assert len([event for event in events if event.day > today - timedelta(days=21)]) > 10


def test_events_fall_on_working_days(run):
    _today, events = run
    assert {event.day for event in events if not is_working_day(event.day)} == set()


def test_a_case_is_opened_before_anything_else_and_nothing_follows_its_closing(run):
    _today, events = run
    opened = first_days(of(events, Opening))
    closed = {event.person.key: event.day for event in of(events, Closing)}
    for event in of(events, Visit, Sending, Job):
        assert opened[event.person.key] <= event.day <= closed.get(event.person.key, date.max)


def test_nobody_finds_a_job_before_the_first_consultation(run):
    _today, events = run
    spoken = first_days(of(events, Visit))
    assert all(spoken[job.person.key] <= job.started_on for job in of(events, Job))


def test_two_jobs_of_a_person_do_not_look_like_one_entered_twice(run):
    _today, events = run
    jobs = sorted(
        (job.person.key, job.started_on) for job in of(events, Job) if job.kind is PlacementKind.NEW
    )
    for (person, day), (following, next_day) in zip(jobs, jobs[1:], strict=False):
        assert person != following or next_day - day > NEAR


def test_shares_come_out_exactly():
    rng = Random(3)
    for total in (0, 3, 10, 415):
        parts = shares_out(rng, total, [1.0, 5.0, 0.2, 2.0])
        assert sum(parts) == total
        assert min(parts) >= min(1, total // 4)


def test_a_drawn_day_is_a_working_day_of_the_span():
    days, rng = YearDays(2012), Random(5)
    for _attempt in range(300):
        day = days.draw(rng, start=date(2012, 8, 1), end=date(2012, 8, 31))
        assert day.month == 8
        assert is_working_day(day)


def test_a_story_leaves_out_what_has_not_happened_yet():
    rng = Random(1)
    story = Story(rng=rng, town=Town(rng), horizon=date(2026, 4, 10))
    person = story.town.group(TargetGroup.DISABILITY)
    assert story.add(Opening(day=date(2026, 4, 10), desk="soudan1", person=person))
    assert not story.add(Opening(day=date(2026, 4, 13), desk="soudan1", person=person))
    assert len(story.events) == 1
