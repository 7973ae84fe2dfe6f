"""The command `script/bench [NAME] [--size 10k|100k|1m|10m] [--json]`."""

import argparse
import importlib
import json
import os
import platform
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from bench.result import Result

BY_NAME_ONLY = ("attacks",)
"""What takes an hour is not run among the others."""

SIZES = {"10k": 10_000, "100k": 100_000, "1m": 1_000_000, "10m": 10_000_000}


def names(folder: Path = Path(__file__).parent) -> list[str]:
    """Return the benchmarks that exist: the modules with a function `run`."""
    return sorted(
        file.stem for file in folder.glob("*.py") if "\ndef run(" in file.read_text(encoding="utf-8")
    )


def load(name: str) -> Callable[[int], list[Result]]:
    """Return the function that runs a benchmark."""
    return importlib.import_module(f"bench.{name}").run


def machine() -> str:
    """Describe the machine in one line."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    system = f"{platform.system()} {platform.machine()}"
    return f"{system}, {os.cpu_count()} cores, {memory:.0f} GiB, Python {platform.python_version()}"


def as_table(results: Sequence[Result]) -> str:
    """Return the results in columns: name, value, unit, must, goal, ok."""
    rows = [("name", "value", "unit", "must", "goal", "ok")]
    for each in results:
        bounds = ["–" if bound is None else f"{bound:g}" for bound in (each.must, each.goal)]
        rows.append((each.name, f"{each.value:.4g}", each.unit, *bounds, "ok" if each.ok else "NOT OK"))
    widths = [max(len(row[column]) for row in rows) for column in range(6)]
    return "\n".join(
        "  ".join(text.ljust(width) for text, width in zip(row, widths, strict=True)).rstrip() for row in rows
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one benchmark or all; 0: all is as it must be, 1: something is not, 2: no such benchmark."""
    parser = argparse.ArgumentParser(prog="script/bench", description="Measure Shirube.")
    parser.add_argument("name", nargs="?", help="which benchmark (all, when left out)")
    parser.add_argument("--size", choices=SIZES, default="10k", help="how many records (10k)")
    parser.add_argument("--json", action="store_true", help="print JSON")
    chosen = parser.parse_args(arguments)
    known = names()
    if chosen.name is not None and chosen.name not in known:
        there_are = ", ".join(known) or "none yet"
        print(f"There is no benchmark '{chosen.name}'. There are: {there_are}.", file=sys.stderr)
        return 2
    results: list[Result] = []
    for name in [chosen.name] if chosen.name else [one for one in known if one not in BY_NAME_ONLY]:
        if sys.stderr.isatty():
            print(f"· {name}", file=sys.stderr)
        results += load(name)(SIZES[chosen.size])
    if chosen.json:
        print(
            json.dumps(
                {"machine": machine(), "results": [each.as_json() for each in results]}, ensure_ascii=False
            )
        )
    else:
        print(as_table(results))
    return 0 if all(each.ok for each in results) else 1
