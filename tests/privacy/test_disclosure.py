"""What may be printed of a table: small cells, others that protect them, and an audit of its own."""

import ast
import itertools
import math
import subprocess
import sys
from random import Random

import pytest

from app.privacy import disclosure_suppression
from app.privacy.disclosure import attack, audit, decide
from app.privacy.disclosure_audit import Printed, spans
from app.privacy.disclosure_tables import Cell, Standing, Sum, Tables, cross_table
from tests.privacy.disclosing import count

PARTS = ("recipient", "single_mother", "in_need")


def split(*values, whole=None, known=()):
    """Return a whole and its parts, as the plan prints them."""
    names = PARTS[: len(values)]
    cells = {name: Cell(name, value) for name, value in zip(names, values, strict=True)}
    cells["whole"] = Cell("whole", sum(values), 30.0)
    for name in known:
        cells[name] = Cell(name, cells[name].value, standing=Standing.KNOWN)
    return Tables(cells, (Sum("whole", names),))


def small_table(random, rows, columns):
    names = [f"r{i}" for i in range(rows)], [f"c{i}" for i in range(columns)]
    counts = {(r, c): count(random) % 13 for r in names[0] for c in names[1]}
    return cross_table("t", counts, rows=names[0], columns=names[1])


def test_hiding_only_the_small_figure_gives_it_away():
    tables = split(40, 11, 2)
    (span,) = attack(tables, {"in_need"}, 10)
    assert (span.least, span.most) == (2, 2)
    assert audit(tables, {"in_need"}, 10)


def test_a_small_figure_takes_the_cheapest_other_with_it():
    assert decide(split(40, 11, 2), 10).withheld == {"single_mother", "in_need"}


def test_who_is_alone_in_a_cell_learns_nothing_of_the_others():
    decision = decide(split(40, 12, 1), 10)
    assert decision.withheld == set(PARTS)
    two_only = audit(split(40, 12, 1), {"single_mother", "in_need"}, 10)
    assert [(span.name, span.insider) for span in two_only] == [("single_mother", "in_need")]


def test_a_table_without_small_figures_is_printed_whole():
    assert decide(split(40, 11, 12), 10).withheld == frozenset()


def test_zeros_are_printed():
    assert decide(split(40, 13, 0), 10).withheld == frozenset()
    rows = {"a": (0, 14, 15, 20), "b": (12, 3, 13, 20), "c": (13, 15, 4, 18), "d": (20, 16, 14, 5)}
    counts = {(row, column): n for row, line in rows.items() for column, n in zip("wxyz", line, strict=True)}
    withheld = decide(cross_table("t", counts, rows=rows, columns="wxyz"), 10).withheld
    assert {"t/b/x", "t/c/y", "t/d/z"} < withheld
    assert "t/a/w" not in withheld


def test_a_small_total_takes_its_whole_line_zeros_too():
    decision = decide(split(3, 2, 0), 10)
    assert decision.withheld == {"whole", *PARTS}
    assert decision.blank == set(PARTS)


@pytest.mark.parametrize(("threshold", "withheld"), [(3, {"single_mother", "in_need"}), (2, set())])
def test_the_threshold_decides_what_is_small(threshold, withheld):
    assert decide(split(40, 11, 2), threshold).withheld == withheld


def test_what_is_known_already_stays_printed_and_is_reckoned_with():
    decision = decide(split(40, 11, 2, known=("whole", *PARTS)), 10)
    assert decision.withheld == frozenset()
    decision = decide(split(40, 11, 2, known=("single_mother",)), 10)
    assert decision.withheld == {"recipient", "in_need"}


def test_what_cannot_be_made_safe_is_withheld_and_never_printed():
    tables = split(40, 11, 2, known=("whole", "recipient", "single_mother"))
    decision = decide(tables, 10)
    assert decision.withheld == {"in_need"}
    assert [(one.name, one.least, one.most) for one in decision.past] == [("in_need", 2, 2)]


def test_when_the_time_is_over_everything_is_withheld():
    decision = decide(split(40, 11, 2), 10, seconds=0)
    assert decision.withheld == {"whole", *PARTS}


def test_a_choice_that_fails_the_audit_is_not_taken(monkeypatch):
    monkeypatch.setattr("app.privacy.disclosure.suppress", lambda tables, _threshold, **_more: frozenset())
    tables = split(40, 11, 2)
    monkeypatch.setattr("app.privacy.disclosure.audit", lambda *_asked: ["known too well"])
    assert decide(tables, 10).withheld == {"whole", *PARTS}


def test_sums_that_do_not_hold_are_refused():
    cells = {"whole": Cell("whole", 5), "a": Cell("a", 2), "b": Cell("b", 2)}
    with pytest.raises(ValueError, match="do not sum"):
        Tables(cells, (Sum("whole", ("a", "b")),))
    with pytest.raises(ValueError, match="below nought"):
        Tables({"a": Cell("a", -1)})


def every_table(printed, free):
    """Return every table that fits what is printed, by trying all numbers in the cells of the middle."""
    most = max(printed.numbers.values()) + 1
    for tried in itertools.product(*(range(printed.unknown[name], most) for name in free)):
        table = {**printed.numbers, **dict(zip(free, tried, strict=True))}
        for total, parts in printed.sums:
            table.setdefault(total, sum(table.get(part, 0) for part in parts))
        if all(table[total] == sum(table[part] for part in parts) for total, parts in printed.sums):
            yield table


@pytest.mark.parametrize("seed", range(20))
def test_the_audit_finds_what_trying_every_table_finds(seed):
    random = Random(seed)
    counts = {(r, c): random.randint(1, 4) for r in "ab" for c in "xyz"}
    tables = cross_table("t", counts, rows="ab", columns="xyz")
    free = [f"t/{r}/{c}" for r in "ab" for c in "xy"]
    hidden = {*free, *(["t/a/*"] if seed % 2 else [])}
    printed = Printed(
        numbers={name: cell.value for name, cell in tables.cells.items() if name not in hidden},
        unknown={name: 1 for name in hidden},
        sums=[(one.total, one.parts) for one in tables.sums],
    )
    fitting = list(every_table(printed, free))
    for span in spans(printed, sorted(hidden)):
        tried = {table[span.name] for table in fitting}
        assert (span.least, span.most) == (min(tried), max(tried))


def test_the_audit_shares_no_code_with_the_choice(project):
    def imported(name):
        tree = ast.parse((project / f"app/privacy/{name}.py").read_text(encoding="utf-8"))
        return {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}

    assert not {name for name in imported("disclosure_audit") if str(name).startswith("app.")}
    assert "app.privacy.disclosure_audit" not in imported("disclosure_suppression")
    assert "app.privacy.disclosure_audit" not in imported("disclosure_programme")


def test_the_solver_is_loaded_only_when_a_table_is_judged():
    said = "import sys, app.privacy.disclosure, app.privacy.disclosure_ledger; print('scipy' in sys.modules)"
    answer = subprocess.run([sys.executable, "-c", said], capture_output=True, text=True, check=True)
    assert answer.stdout.strip() == "False"


def test_each_withheld_cell_has_two_other_tables_that_print_the_same():
    tables = small_table(Random(3), 4, 4)
    search = disclosure_suppression.Search(tables, 10, math.inf)
    search.run()
    for other in search.others:
        assert abs(search.matrix @ other).max() == 0
        moved = {i for i in range(len(other)) if other[i] != search.values[i]}
        assert moved <= search.hidden
    for i in search.hidden:
        values = [other[i] for other in [search.values, *search.others]]
        assert min(values) <= 1
        assert max(values) >= 9
