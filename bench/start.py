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
COMMAND = (sys.executable, "-m", "flask", "--app", "wsgi", "accounts", "--help")


def run(size: int) -> list[Result]:
    """Measure a command that imports the whole program and ends; ``size`` changes nothing."""
    with TemporaryDirectory() as folder:
        create_missing_keys(Path(folder))
        environment = os.environ | {"SHIRUBE_INSTANCE": folder, "PYTHONPYCACHEPREFIX": f"{folder}/compiled"}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        begin(environment)  # the first start compiles
        starts = [begin(environment) for _ in range(ROUNDS)]
    return [
        Result(
            name="start.cpu",
            value=statistics.median(seconds for seconds, _memory in starts),
            unit="s",
            must=2,
            goal=1,
        ),
        Result(
            name="start.memory",
            value=max(memory for _seconds, memory in starts),
            unit="MB",
            must=120,
            goal=90,
        ),
    ]


def begin(environment: dict[str, str]) -> tuple[float, float]:
    """Return the CPU seconds of one process, and the most memory that it held in MB."""
    process = subprocess.Popen(COMMAND, env=environment, stdout=subprocess.DEVNULL)
    _pid, status, used = os.wait4(process.pid, 0)
    if status:
        raise RuntimeError("the command did not start")
    return used.ru_utime + used.ru_stime, used.ru_maxrss * 1024 / 1e6
