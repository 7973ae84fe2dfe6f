"""Releases beside each other: a small difference is a person, so the ledger judges all of them together."""

import pytest

from app.privacy.disclosure import decide
from app.privacy.disclosure_ledger import Released, joined
from app.privacy.disclosure_tables import Cell, Sum, Tables, cross_table


def split(name, **values):
    cells = {key: Cell(key, value) for key, value in values.items()}
    cells[name] = Cell(name, sum(values.values()), 30.0)
    return Tables(cells, (Sum(name, tuple(values)),))


def publish(tables, *earlier, threshold=10):
    """Return the release that follows the earlier ones."""
    decision = decide(joined(earlier, tables), threshold)
    return Released(tables, decision.withheld, decision.blank)


def test_the_same_again_changes_nothing():
    tables = split("whole", a=40, b=30, c=20)
    first = publish(tables)
    assert publish(tables, first).withheld == first.withheld == frozenset()


def test_one_more_person_does_not_show_as_a_difference():
    first = publish(split("whole", a=40, b=30, c=20))
    second = publish(split("whole", a=41, b=30, c=20), first)
    assert second.withheld == {"a", "whole"}


def test_a_change_of_ten_or_more_may_show():
    first = publish(split("whole", a=40, b=30, c=20))
    second = publish(split("whole", a=60, b=30, c=20), first)
    assert second.withheld == frozenset()


def test_a_person_who_leaves_does_not_show_either():
    first = publish(split("whole", a=40, b=30, c=20))
    assert publish(split("whole", a=39, b=30, c=20), first).withheld == {"a", "whole"}


def test_what_comes_and_goes_between_three_releases_does_not_show():
    first = publish(split("whole", a=40, b=30, c=20))
    second = publish(split("whole", a=60, b=30, c=20), first)
    third = publish(split("whole", a=41, b=30, c=20), first, second)
    assert third.withheld == {"a", "whole"}, "one more than in the first release"


@pytest.mark.parametrize("months", [(12, 17, 40), (30, 34, 38, 60)])
def test_cumulative_releases_of_a_year_give_no_month_away(months):
    earlier, printed = [], []
    for sum_so_far in months:
        release = publish(split("whole", a=sum_so_far, b=100), *earlier)
        earlier.append(release)
        if "a" not in release.withheld:
            printed.append(sum_so_far)
    assert all(later - before >= 10 for before, later in zip(printed, printed[1:], strict=False))
    assert printed


def test_another_breakdown_of_the_same_people_is_judged_with_the_first():
    rows, first = "ab", {("a", "x"): 3, ("a", "y"): 40, ("b", "x"): 30, ("b", "y"): 20}
    published = publish(cross_table("t", first, rows=rows, columns="xy"))
    assert {"t/a/x", "t/a/y"} <= published.withheld
    # The margin by column again, and with it what the cell would need to be worked out.
    again = split("t/*/x", **{"t/a/x": 3, "t/b/x": 30})
    assert {"t/a/x", "t/b/x"} <= publish(again, published).withheld


def test_what_was_withheld_may_not_follow_from_a_later_release_of_its_neighbours():
    published = publish(split("whole", a=40, b=11, c=2))
    assert published.withheld == {"b", "c"}
    assert "b" in publish(split("other", b=11, d=50), published).withheld


def test_a_year_whose_small_figure_is_out_for_good_says_so():
    tables = split("whole", a=40, b=11, c=2)
    careless = Released(tables, frozenset({"c"}))
    assert decide(joined([careless], tables), 10).past
