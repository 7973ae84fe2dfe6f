"""What follows from what was said at the counter, and that nothing said is replaced."""

import pytest

from app.situation.situation import Situation, WorkWish
from app.situation.vocabulary import TargetGroup, Topic


@pytest.mark.parametrize(
    ("topics", "wish"),
    [
        ({Topic.TRAINING, Topic.JOB_SEARCH}, WorkWish.TRAINING),
        ({Topic.JOB_SEARCH, Topic.HOUSING}, WorkWish.FULL_TIME),
        ({Topic.RETENTION}, WorkWish.KEEP),
        ({Topic.DEBT}, None),
        (set(), None),
    ],
)
def test_topics_tell_what_is_wished(topics, wish):
    assert Situation(needs=frozenset(topics)).implied().wish is wish


def test_a_wish_that_was_said_stays():
    said = Situation(needs=frozenset({Topic.TRAINING}), wish=WorkWish.FEW_HOURS)
    assert said.implied().wish is WorkWish.FEW_HOURS


@pytest.mark.parametrize(
    "said",
    [
        {"single_parent": True},
        {"target_groups": frozenset({TargetGroup.PARENT})},
        {"needs": frozenset({Topic.CHILDCARE})},
    ],
)
def test_who_raises_children_has_children_unless_it_was_denied(said):
    assert Situation(**said).implied().children is True
    assert Situation(**said, children=False).implied().children is False


def test_nothing_said_implies_nothing():
    assert Situation().implied() == Situation()
