"""The start of a process: what every command waits for, and the memory that a server begins with."""

import os
import statistics
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.result import Result
from config import create_missing_keys

ROUNDS = 5
# The process tells of itself: what its parent is told of memory begins with the parent's own.
PROGRAM = """
import flask.cli, wsgi, re, time
print(time.process_time(), re.search(r"VmHWM:\\s+(\\d+)", open("/proc/self/status").read())[1])
"""


def run(size: int) -> list[Result]:
    """Measure a process that imports the whole program, as every command does; ``size`` changes nothing."""
    with TemporaryDirectory() as folder:
        create_missing_keys(Path(folder))
        environment = os.environ | {
            "SHIRUBE_INSTANCE": folder,
            "FLASK_RUN_FROM_CLI": "true",
            "PYTHONPYCACHEPREFIX": f"{folder}/compiled",
        }
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        begin(environment)  # the first start compiles
        seconds, megabytes = zip(*(begin(environment) for _ in range(ROUNDS)), strict=True)
    return [
        Result(name="start.cpu", value=statistics.median(seconds), unit="s", must=2, goal=1),
        Result(name="start.memory", value=max(megabytes), unit="MB", must=120, goal=90),
    ]


def begin(environment: dict[str, str]) -> tuple[float, float]:
    """Return the CPU seconds of one start, and the most memory that it held in MB."""
    command = [sys.executable, "-c", PROGRAM]
    told = subprocess.run(command, env=environment, check=True, capture_output=True, text=True).stdout
    seconds, kilobytes = told.split()
    return float(seconds), int(kilobytes) * 1024 / 1e6
