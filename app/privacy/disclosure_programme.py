"""The programmes behind the choice: is a cell safe as it is, and if not, what more to withhold; pure.

A cell moves up or down from its true number; a printed cell does not move; every sum goes on to hold.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, Protocol

from app.privacy.disclosure_tables import Standing

NEARLY: Final = 1e-6
CLEAR: Final = 0.5
GAP: Final = 0.02
"""How far from the cheapest choice is near enough."""
MOVING: Final = 1e-3
"""What it costs to move a cell by one: next to nothing, so that the other table stays near the true one."""

Row = tuple[Mapping[int, float], float]
"""Factors of variables, and the most that they may come to."""


class Infeasible(Exception):
    """No choice of withheld cells keeps a cell safe, or none was found in time."""


@dataclass(frozen=True)
class Question:
    """Whether a cell may still be small, or large; to all, or to who is alone in the cell ``insider``."""

    cell: int
    up: bool
    insider: int | None


class State(Protocol):
    """What is known of the tables so far."""

    threshold: int
    values: Any
    matrix: Any
    weights: list[float]
    standings: list[Standing]
    lines: list[tuple[int, list[int]]]
    hidden: set[int]
    blank: set[int]


def find_other(state: State, question: Question) -> Any:
    """Return another table that prints the same and answers the question, None where there is none.

    It lies as far from the true one as it may, so that it answers further questions too.
    """
    import numpy
    from scipy.optimize import linprog

    moving = sorted(state.hidden - {question.insider})
    values = state.values[moving]
    least = numpy.array([0.0 if i in state.blank else min(1.0, state.values[i]) for i in moving])
    most = values + 4 * state.threshold
    asked = moving.index(question.cell)
    if question.up:
        least[asked] = max(least[asked], state.threshold - 1)
        most[asked] = max(most[asked], least[asked])
    else:
        most[asked] = 1
    found = linprog(
        numpy.where(values > state.threshold / 2, 1.0, -1.0),
        A_eq=state.matrix[:, moving],
        b_eq=state.matrix[:, moving] @ values,
        bounds=numpy.column_stack([least, most]),
        method="highs",
    )
    if found.x is None or numpy.abs(found.x - numpy.round(found.x)).max() > NEARLY:
        return None
    other = state.values.copy()
    other[moving] = numpy.round(found.x)
    return other


class Programme:
    """One mixed integer programme: how far each cell goes up, how far down, and whether x stands there."""

    def __init__(self, state: State, question: Question) -> None:
        self.state, self.question = state, question
        value = state.values[question.cell]
        self.step = state.threshold - 1 - value if question.up else value - 1
        # How far any other cell may move: enough for the step to go through several sums.
        self.most = 2 * self.step
        self.totals_of: dict[int, list[int]] = {}
        for total, parts in state.lines:
            if self.is_choice(total) and state.values[total] > 0:
                for part in parts:
                    if state.standings[part] is Standing.OPEN:
                        self.totals_of.setdefault(part, []).append(total)
        open_cells = (i for i in range(len(state.values)) if self.is_choice(i))
        self.choices = [i for i in open_cells if state.values[i] > 0 or i in self.totals_of]
        moving = sorted({*state.hidden, *self.choices} - {question.insider})
        count = len(moving)
        self.moving = moving
        self.up = {i: number for number, i in enumerate(moving)}
        self.down = {i: count + number for number, i in enumerate(moving)}
        self.x = {i: 2 * count + number for number, i in enumerate(self.choices)}

    def is_choice(self, cell: int) -> bool:
        """Whether a cell may be printed or not."""
        return self.state.standings[cell] is Standing.OPEN and cell not in self.state.hidden

    def solve(self, seconds: float) -> tuple[Any, set[int]]:
        """Return another table that answers the question, and the cells to be withheld for it.

        Raises:
            Infeasible: there is no such table, or none was found in time.
        """
        import numpy

        for whole in (False, True):
            found = self.optimum(seconds, whole)
            moves = numpy.array([found[self.up[i]] - found[self.down[i]] for i in self.moving])
            if numpy.abs(moves - numpy.round(moves)).max() < NEARLY:
                break
        other = self.state.values.copy()
        other[self.moving] += numpy.round(moves)
        return other, {i for i in self.choices if found[self.x[i]] > CLEAR}

    def optimum(self, seconds: float, whole: bool) -> Any:
        """Return the variables of the cheapest choice; ``whole`` asks for whole numbers of people as well."""
        import numpy
        from scipy.optimize import Bounds, LinearConstraint, milp

        low, high = self.bounds()
        steps = 2 * len(self.moving)
        found = milp(
            numpy.array([MOVING] * steps + [self.state.weights[i] for i in self.choices]),
            integrality=numpy.array([int(whole)] * steps + [1] * len(self.choices)),
            bounds=Bounds(low, high),
            constraints=[LinearConstraint(*one) for one in self.constraints()],
            options={"time_limit": seconds, "mip_rel_gap": GAP},
        )
        if found.x is None:
            raise Infeasible
        return found.x

    def bounds(self) -> tuple[Any, Any]:
        """Return the least and the most of every variable."""
        import numpy

        state, question = self.state, self.question
        count = 2 * len(self.moving) + len(self.choices)
        low, high = numpy.zeros(count), numpy.ones(count)
        for i in self.moving:
            # Where a total may go, its parts may turn out to be nought.
            least = 0 if i in state.blank or i in self.totals_of else 1
            high[self.up[i]] = self.most
            high[self.down[i]] = max(min(state.values[i] - least, self.most), 0)
        side, other = self.up[question.cell], self.down[question.cell]
        if not question.up:
            side, other = other, side
        if high[side] < self.step:
            raise Infeasible
        low[side], high[other] = self.step, 0
        return low, high

    def constraints(self) -> list[tuple[Any, Any, Any]]:
        """Return matrices with their least and most: sums hold, and what is printed does not move."""
        import numpy
        from scipy.sparse import csr_matrix

        sums = self.state.matrix[:, self.moving]
        count = 2 * len(self.moving) + len(self.choices)
        whole = numpy.zeros((len(sums), count))
        whole[:, : len(self.moving)] = sums
        whole[:, len(self.moving) : 2 * len(self.moving)] = -sums
        found: list[tuple[Any, Any, Any]] = [(csr_matrix(whole), 0, 0)]
        rows = [*self.rows_of_choices(), *self.rows_of_hidden()]
        if rows:
            table = numpy.zeros((len(rows), count))
            for number, (terms, _most) in enumerate(rows):
                table[number, list(terms)] = list(terms.values())
            found.append((csr_matrix(table), -numpy.inf, numpy.array([most for _terms, most in rows])))
        return found

    def rows_of_choices(self) -> list[Row]:
        """Return that an open cell moves only under x, falls to nought only with a line, and goes with it."""
        rows: list[Row] = []
        for i in self.choices:
            value, totals = self.state.values[i], self.totals_of.get(i, [])
            lines = {self.x[total]: -1.0 for total in totals}
            rows.append(({self.up[i]: 1.0, self.x[i]: -float(self.most)}, 0))
            rows.append(({self.down[i]: 1.0, self.x[i]: -float(max(value - 1, 0))} | lines, 0))
            rows += [({self.x[total]: 1.0, self.x[i]: -1.0}, 0) for total in totals]
            if value == 0:
                rows.append(({self.x[i]: 1.0} | lines, 0))
        return rows

    def rows_of_hidden(self) -> list[Row]:
        """Return that a withheld cell falls to nought only where its whole line goes."""
        return [
            (
                {self.down[i]: 1.0} | {self.x[total]: -1.0 for total in self.totals_of[i]},
                float(max(self.state.values[i] - 1, 0)),
            )
            for i in sorted(self.state.hidden - self.state.blank - {self.question.insider})
            if i in self.totals_of
        ]
