"""The frame of the benchmarks."""

import json

import pytest

from bench import attacks, command
from bench.result import Result

QUICK = Result(name="pages.first", value=0.5, unit="s", must=1.0, goal=0.2)
SLOW = Result(name="pages.second", value=2.5, unit="s", must=1.0, goal=0.2)


@pytest.fixture
def one_benchmark(monkeypatch):
    sizes = []

    def run(size):
        sizes.append(size)
        return [QUICK, SLOW]

    monkeypatch.setattr(command, "names", lambda: ["pages"])
    monkeypatch.setattr(command, "load", lambda name: {"pages": run}[name])
    return sizes


def test_json_holds_exactly_what_other_programs_rely_on(one_benchmark, capsys):
    assert command.main(["pages", "--size", "1m", "--json"]) == 1
    report = json.loads(capsys.readouterr().out)
    assert set(report) == {"machine", "results"}
    assert report["results"][1] == {
        "name": "pages.second",
        "value": 2.5,
        "unit": "s",
        "must": 1.0,
        "goal": 0.2,
        "ok": False,
    }
    assert one_benchmark == [1_000_000]


def test_the_table_says_which_value_is_not_as_it_must_be(one_benchmark, capsys):
    command.main([])
    first, second = capsys.readouterr().out.splitlines()[1:]
    assert first.split() == ["pages.first", "0.5", "s", "1", "0.2", "ok"]
    assert second.split() == ["pages.second", "2.5", "s", "1", "0.2", "NOT", "OK"]


def test_the_long_trials_are_run_only_by_name(monkeypatch, capsys):
    asked = []
    monkeypatch.setattr(command, "names", lambda: ["attacks", "pages"])
    monkeypatch.setattr(command, "load", lambda name: lambda size: asked.append(name) or [QUICK])
    command.main([])
    assert asked == ["pages"]
    command.main(["attacks"])
    assert asked == ["pages", "attacks"]


def test_a_trial_that_breaks_counts_as_not_survived(monkeypatch):
    broken = attacks.Trial("x", "tests/toolchain/no_such_test.py", "", "NO_MATTER", 7)
    assert attacks.survived(broken).ok is False


def test_a_benchmark_that_does_not_exist_is_answered_with_those_that_do(one_benchmark, capsys):
    assert command.main(["nothing"]) == 2
    assert "There is no benchmark 'nothing'. There are: pages." in capsys.readouterr().err


@pytest.mark.parametrize(
    ("value", "better", "ok"), [(9, "lower", True), (11, "lower", False), (11, "higher", True)]
)
def test_a_value_is_ok_on_the_right_side_of_what_it_must_reach(value, better, ok):
    assert Result(name="x", value=value, unit="", must=10, better=better).ok is ok


def test_a_value_of_which_nothing_is_demanded_is_ok():
    assert Result(name="x", value=99, unit="").ok


def test_every_benchmark_in_the_folder_can_be_run():
    assert all(callable(command.load(name)) for name in command.names())
