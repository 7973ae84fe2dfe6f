"""What an attacker can work out of what is printed: an audit of its own, sharing no code with the choice.

It knows only what a reader knows: the printed numbers, where x stands, and which numbers sum to which. For
each x it finds the smallest and the largest number that fits (linear programmes with whole numbers).
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

FAR: Final = 1000
EXACT: Final = 1e-6
Equation = tuple[Mapping[str, int], int]
"""Unknowns with their factors, and what they sum to."""


@dataclass(frozen=True)
class Printed:
    """What a reader has: numbers, x with the least that it can stand for, and sums as total and parts."""

    numbers: Mapping[str, int]
    unknown: Mapping[str, int]
    sums: Sequence[tuple[str, Sequence[str]]]

    def equations(self, learnt: Mapping[str, int] | None = None) -> list[Equation]:
        """Return every sum in which an unknown stands, for a reader who has learnt some unknowns besides."""
        known = {**self.numbers, **(learnt or {})}
        found: list[Equation] = []
        for total, parts in self.sums:
            factors: dict[str, int] = {}
            rest = 0
            for name, factor in [*((part, 1) for part in parts), (total, -1)]:
                if name in known:
                    rest -= factor * known[name]
                else:
                    factors[name] = factors.get(name, 0) + factor
            if factors:
                found.append((factors, rest))
        return found


@dataclass(frozen=True)
class Span:
    """The smallest and the largest number that an unknown can be (infinite where nothing limits it)."""

    name: str
    least: float
    most: float
    insider: str | None = None

    def is_wide(self, threshold: int) -> bool:
        """Whether every number from 1 to T − 1 stays possible."""
        return self.least <= 1 and self.most >= threshold - 1


def narrowed(
    printed: Printed, threshold: int, *, watched: Iterable[str] | None = None, alone: Iterable[str] = ()
) -> list[Span]:
    """Return the unknowns that are known too well, to anybody or to who is ``alone`` in another.

    Who is alone in a cell knows that its number is 1. ``watched`` are those to look at, by default all.
    """
    names = sorted(printed.unknown if watched is None else watched)
    found = narrow_spans(printed, threshold, names)
    for insider in sorted(alone):
        own = {insider, *parts_of(printed, insider)}
        others = [name for name in names if name not in own]
        found += narrow_spans(printed, threshold, others, insider)
    return found


def narrow_spans(
    printed: Printed, threshold: int, names: Sequence[str], insider: str | None = None
) -> list[Span]:
    """Return the spans that are too narrow; a table that fits answers for every unknown in it at once."""
    reader = Reader(printed, insider)
    unsure = [name for name in names if not reader.shows(name, 1, threshold - 1)]
    return [span for span in map(reader.span, unsure) if not span.is_wide(threshold)]


def parts_of(printed: Printed, total: str) -> set[str]:
    """Return what a total is made of: who is alone in it knows already that nobody else is there."""
    parts = {part for one, parts in printed.sums if one == total for part in parts}
    return parts.union(*(parts_of(printed, part) for part in parts))


def spans(printed: Printed, names: Sequence[str], insider: str | None = None) -> list[Span]:
    """Return the span of each unknown; an insider knows that its own number is 1."""
    return [*map(Reader(printed, insider).span, names)]


class Reader:
    """Somebody who has all that is printed and, as an insider, the own number 1 besides."""

    def __init__(self, printed: Printed, insider: str | None) -> None:
        self.printed, self.insider = printed, insider
        self.equations = printed.equations({} if insider is None else {insider: 1})
        self.near = neighbours(self.equations)
        self.problems: dict[frozenset[str], Problem] = {}

    def problem(self, name: str) -> "Problem | None":
        """Return the unknowns that hang together with one; None where no sum limits it."""
        group = self.near.get(name)
        if group is None:
            return None
        if group not in self.problems:
            self.problems[group] = Problem(self.printed, self.equations, group)
        return self.problems[group]

    def span(self, name: str) -> Span:
        """Return how small and how large an unknown can be."""
        problem = self.problem(name)
        if problem is None:
            return Span(name, self.printed.unknown[name], math.inf, self.insider)
        return Span(name, problem.end(name, 1), problem.end(name, -1), self.insider)

    def shows(self, name: str, small: int, large: int) -> bool:
        """Tell whether tables that fit show an unknown as small and as large as asked."""
        problem = self.problem(name)
        if problem is None:
            return self.printed.unknown[name] <= small
        return problem.shows(name, 1, small) and problem.shows(name, -1, large)


def neighbours(equations: Sequence[Equation]) -> dict[str, frozenset[str]]:
    """Return for each unknown all that hang together with it."""
    groups: dict[str, set[str]] = {}
    for factors, _rest in equations:
        joined: set[str] = set(factors)
        for name in factors:
            joined |= groups.get(name, set())
        for name in joined:
            groups[name] = joined
    return {name: frozenset(group) for name, group in groups.items()}


class Problem:
    """Unknowns that hang together, ready to be asked for the ends of any of them."""

    def __init__(self, printed: Printed, equations: Sequence[Equation], group: frozenset[str]) -> None:
        import numpy

        self.order = {name: column for column, name in enumerate(sorted(group))}
        own = [one for one in equations if one[0].keys() & group]
        self.left = numpy.zeros((len(own), len(group)))
        self.right = numpy.array([rest for _factors, rest in own], dtype=float)
        for row, (factors, _rest) in enumerate(own):
            for name, factor in factors.items():
                self.left[row, self.order[name]] = factor
        # No limit at all makes some solvers give up; beyond this, it is none.
        self.far = 10 * (1 + sum(abs(rest) for _factors, rest in own) + sum(printed.unknown.values()) + FAR)
        self.limits = [(printed.unknown[name], self.far) for name in self.order]
        self.fitting: list[Any] = []

    def shows(self, name: str, direction: int, bound: int) -> bool:
        """Tell whether an unknown gets down (1) or up (-1) to a bound in a table that fits."""
        column = self.order[name]
        if any(direction * table[column] <= direction * bound for table in self.fitting):
            return True
        return direction * self.end(name, direction) <= direction * bound

    def end(self, name: str, direction: int) -> float:
        """Return the smallest (1) or the largest (-1) whole number of an unknown.

        Raises:
            ValueError: what is printed contradicts itself.
        """
        import numpy

        column = self.order[name]
        aim = numpy.zeros(len(self.order))
        aim[column] = direction
        found = self.solve(aim, whole=False)
        if found.status == 0 and numpy.abs(found.x - numpy.round(found.x)).max() > EXACT:
            found = self.solve(aim, whole=True)
        if found.status != 0:
            raise ValueError(f"{name}: {found.message}")
        self.fitting.append(numpy.round(found.x))
        end = round(found.x[column])
        return math.inf if end >= self.far / 2 else float(end)

    def solve(self, aim: Any, *, whole: bool) -> Any:
        """Return the outcome of one programme; its end in whole numbers is at or within its end in any."""
        from scipy.optimize import linprog

        return linprog(
            aim,
            A_eq=self.left,
            b_eq=self.right,
            bounds=self.limits,
            integrality=int(whole),
            method="highs",
        )
