"""The commands in script/."""

import os
import subprocess

import pytest

SCRIPTS = ["setup", "server", "test", "bench", "lock"]


def run(project, command, **environment):
    return subprocess.run(
        command,
        cwd=project,
        env=os.environ | environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=60,
    )


@pytest.mark.parametrize("name", SCRIPTS)
def test_every_script_can_be_executed_stops_at_the_first_error_and_has_no_syntax_error(project, name):
    script = project / "script" / name
    assert os.access(script, os.X_OK)
    assert "set -Eeuo pipefail" in script.read_text()
    assert run(project, ["bash", "-n", script]).returncode == 0


def test_ci_runs_the_same_checks_as_everybody_and_nothing_else(project):
    lines = (project / ".ci/run").read_text().splitlines()
    assert os.access(project / ".ci/run", os.X_OK)
    assert len(lines) == 2
    assert lines[1].endswith('script/test"')


@pytest.mark.parametrize("name", ["setup", "server"])
def test_an_unknown_argument_is_named_and_nothing_is_done(project, name):
    done = run(project, ["script/" + name, "--nonsense"])
    assert done.returncode == 2
    assert "--nonsense" in done.stderr
    assert done.stdout == ""


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.1", "city.example"])
def test_demonstration_accounts_are_refused_outside_this_machine(project, host):
    done = run(project, ["script/server", "--demo"], SHIRUBE_HOST=host)
    assert done.returncode == 1
    assert "--demo only serves 127.0.0.1" in done.stderr


def test_a_script_works_from_any_folder(project, tmp_path):
    done = run(tmp_path, [project / "script/setup", "--help"])
    assert done.returncode == 0
    assert "--demo" in done.stdout
