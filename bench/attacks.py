"""The long trials in full, of which every test run does a seeded sample: how many were survived."""

import os
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

from bench.result import Result


class Trial(NamedTuple):
    """Tests of a file, the variable that says how long they are, and the full length."""

    name: str
    file: str
    chosen: str
    variable: str
    full: int


MODEL = "tests/referrals/test_model.py"
TRIALS = (
    Trial("referral_moves_sqlite", MODEL, "sqlite", "MODEL_SEQUENCES", 3_000),
    Trial("referral_moves_postgresql", MODEL, "postgresql", "MODEL_SEQUENCES", 500),
    Trial("server_kills", "tests/attacks/test_killed_server.py", "", "SERVER_KILLS", 200),
    Trial("power_cuts", "tests/attacks/test_power_cut.py", "", "POWER_CUTS", 200),
    Trial("disclosure_tables", "tests/privacy/test_disclosure_sample.py", "", "DISCLOSURE_TABLES", 10_000),
    Trial("feed_requests", "tests/feed/test_indicators.py", "own_description", "FEED_REQUESTS", 3_000),
    Trial("figures_followed", "tests/demo/test_every_figure.py", "supervisor", "FIGURES_OF_A_SHAPE", 10_000),
    Trial("edits_of_each_person", "tests/attacks/test_lost_updates.py", "", "EDITS_EACH", 500),
)
PROJECT = Path(__file__).parent.parent


def run(size: int) -> list[Result]:
    """Run every trial at its full length, whatever ``size`` says; about an hour."""
    return [survived(trial) for trial in TRIALS]


def survived(trial: Trial) -> Result:
    """Return the length of a trial, 0 when it did not hold."""
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "pytest",
            "-q",
            "-s",
            "-p",
            "no:cacheprovider",
            trial.file,
            "-k",
            trial.chosen,
        ],
        cwd=PROJECT,
        env=os.environ | {trial.variable: str(trial.full), "CI": "true"},  # nothing is skipped
        capture_output=True,
        text=True,
        check=False,
    )
    print(done.stdout[-2_000:], file=sys.stderr)
    length = trial.full if done.returncode == 0 else 0
    return Result(name=f"attacks.{trial.name}", value=length, unit="times", must=trial.full, better="higher")
