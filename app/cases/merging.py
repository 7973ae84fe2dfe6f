"""Which case stands for a person after merges and their undoing; pure.

A merge is an edge from a case to the one it was merged into; every case has at most one that stands. The
pointers follow from the edges that stand, whatever was merged and undone in whatever order: so undoing is
exact, and undoing an earlier merge leaves everything as if it had never been.
"""

from collections.abc import Iterable, Mapping
from typing import NamedTuple


class Edge(NamedTuple):
    """One merge that stands: this case was merged into that one."""

    case_id: int
    into_id: int


def path_of(case_id: int, edges: Mapping[int, int]) -> list[int]:
    """Return the cases passed from a case to the one that stands for the person, both included."""
    path = [case_id]
    while path[-1] in edges:
        path.append(edges[path[-1]])
        if len(path) > len(edges) + 1:
            raise ValueError("merges go round in a circle")
    return path


def pointers(cases: Iterable[int], edges: Iterable[Edge]) -> dict[int, int | None]:
    """Return where the pointer of each case stands: the last case of its path, None for that case itself."""
    by_case = {edge.case_id: edge.into_id for edge in edges}
    found: dict[int, int | None] = {}
    for case_id in cases:
        last = path_of(case_id, by_case)[-1]
        found[case_id] = None if last == case_id else last
    return found
