"""How often a script may ask: at once, and then with the time; one person does not slow down another."""

from hypothesis import given
from hypothesis import strategies as st

from app.access.pace import KNOWN_AT_ONCE, Pace


def test_so_many_questions_are_free_and_the_next_one_waits():
    pace = Pace(burst=3, per_second=2)
    assert [pace.wait(1, 10.0) for _ in range(4)] == [0, 0, 0, 0.5]


def test_with_the_time_questions_are_free_again_up_to_the_burst():
    pace = Pace(burst=2, per_second=1)
    assert [pace.wait(1, 0.0) for _ in range(3)] == [0, 0, 1]
    assert pace.wait(1, 1.0) == 0
    assert [pace.wait(1, 100.0) for _ in range(3)] == [0, 0, 1]


def test_nobody_waits_for_another():
    pace = Pace(burst=1, per_second=1)
    assert [pace.wait(1, 0.0), pace.wait(1, 0.0), pace.wait(2, 0.0)] == [0, 1, 0]


def test_whoever_asked_longest_ago_is_forgotten_first():
    pace = Pace(burst=1, per_second=1)
    for who in range(KNOWN_AT_ONCE + 1):
        pace.wait(who, 0.0)
    assert len(pace.left) == KNOWN_AT_ONCE
    assert 0 not in pace.left


@given(st.lists(st.floats(0, 3), max_size=60))
def test_no_rhythm_gets_more_than_the_burst_and_what_the_time_allows(pauses):
    pace, now, free = Pace(burst=5, per_second=2), 0.0, 0
    for pause in pauses:
        now += pause
        free += pace.wait(1, now) == 0
    assert free <= 5 + 2 * now + 1e-6
