"""A sample of the long trial (script/bench disclosure): random tables published, attacked, and again."""

import os

import pytest

from tests.privacy.disclosing import COLUMNS, ROWS, stories
from tests.privacy.trying import try_story

SEED, TWICE = 67, 10
TABLES = int(os.environ.get("DISCLOSURE_TABLES", "200"))


@pytest.fixture(scope="module")
def outcomes():
    told = enumerate(stories(SEED, TABLES))
    return [try_story(story, twice=number % TWICE == 0) for number, story in told]


def test_no_withheld_cell_is_narrowed(outcomes):
    assert sum(one.narrowed for one in outcomes) == 0


def test_who_is_alone_in_a_cell_narrows_no_other(outcomes):
    assert sum(one.narrowed_to_insider for one in outcomes) == 0


def test_the_attack_is_real_hiding_small_cells_alone_is_broken(outcomes):
    at_risk = [one for one in outcomes if one.small]
    assert sum(one.broken for one in at_risk) > 0.1 * len(at_risk)


def test_releases_that_follow_each_other_betray_no_difference(outcomes):
    again = [one for one in outcomes if one.second_level is not None]
    assert len(again) == TABLES // TWICE
    assert sum(one.differenced for one in again) == 0


def test_most_tables_still_leave_cell_by_cell(outcomes):
    assert sum(one.level == 0 for one in outcomes) > 0.8 * len(outcomes)


def test_the_tables_are_as_large_and_as_many_kinds_as_promised():
    told = list(stories(SEED, 400))
    assert {one.kind for one in told} == {"table", "linked", "years"}
    assert max(len(one.first.cells) for one in told if one.kind == "table") <= (ROWS + 1) * (COLUMNS + 1)
