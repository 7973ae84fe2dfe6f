"""The first administrator, asked for at a real terminal, as script/setup asks."""

import os
import pty
import select
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing, suppress

import pytest

from config import create_missing_keys

COMMAND = [sys.executable, "-m", "flask", "accounts", "create-administrator"]
PATIENCE_SECONDS = 60


def hear_interrupts():
    """Undo what a shell does to tests that run in its background: Ctrl+C would never be heard."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


class Terminal:
    """A person at a terminal: reads until a question stands there, types, presses Enter."""

    def __init__(self, project, instance):
        self.master, slave = pty.openpty()
        environment = {name: value for name, value in os.environ.items() if name != "SHIRUBE_ADMIN_PASSWORD"}
        # A session of its own with this terminal, so that a password is asked for where it cannot be seen.
        self.process = subprocess.Popen(
            ["setsid", "--ctty", "--wait", *COMMAND],
            cwd=project,
            env=environment | {"SHIRUBE_INSTANCE": str(instance)},
            stdin=slave,
            stdout=slave,
            stderr=slave,
            preexec_fn=hear_interrupts,
        )
        os.close(slave)
        self.shown = ""

    def read_until(self, question):
        end = time.monotonic() + PATIENCE_SECONDS
        while question not in self.shown:
            assert time.monotonic() < end, f"{question!r} was never shown:\n{self.shown}"
            if select.select([self.master], [], [], 1)[0]:
                self.shown += self.read()
        before, _question, self.shown = self.shown.partition(question)
        return before

    def read(self):
        try:
            return os.read(self.master, 4096).decode()
        except OSError:
            return ""

    def answer(self, question, text):
        before = self.read_until(question)
        os.write(self.master, text.encode() + b"\n")
        return before

    def interrupt(self):
        """Press Ctrl+C until the program ends: one that comes just before it begins to read is not seen."""
        end = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < end:
            os.write(self.master, b"\x03")
            with suppress(subprocess.TimeoutExpired):
                return self.process.wait(timeout=2)
        raise AssertionError("it goes on in spite of Ctrl+C")

    def close(self):
        self.process.kill()
        self.process.wait()
        os.close(self.master)


@pytest.fixture
def instance(tmp_path, databases):
    create_missing_keys(tmp_path)
    database = databases.get("sqlite")
    database.reset()
    (tmp_path / "shirube.sqlite3").write_bytes(database.file.read_bytes())
    return tmp_path


@pytest.fixture
def terminal(project, instance):
    person = Terminal(project, instance)
    yield person
    person.close()


def test_the_terminal_asks_again_until_the_password_will_do_and_never_shows_it(terminal, instance):
    terminal.answer("Name for signing in [admin]:", "Kanri")
    terminal.answer("Password (12 characters or more):", "short")
    said = terminal.answer("Password (12 characters or more):", "wooden kettle marble")
    assert "at least 12 characters" in said
    terminal.answer("The same password again:", "wooden kettle marbles")
    said = terminal.answer("Password (12 characters or more):", "wooden kettle marble")
    assert "do not match" in said
    terminal.answer("The same password again:", "wooden kettle marble")
    shown = terminal.read_until("made the administrator kanri")
    assert "kettle" not in shown
    assert terminal.process.wait(timeout=PATIENCE_SECONDS) == 0
    assert accounts_of(instance) == [("kanri",)]


def accounts_of(instance):
    with closing(sqlite3.connect(instance / "shirube.sqlite3")) as connection:
        return connection.execute("SELECT login_name FROM account").fetchall()


def test_an_interrupted_question_makes_nobody(terminal, instance):
    terminal.answer("Name for signing in [admin]:", "kanri")
    terminal.read_until("Password (12 characters or more):")
    assert terminal.interrupt() != 0
    assert accounts_of(instance) == []
