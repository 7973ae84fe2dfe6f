"""Backups of SQLite: a copy by the backup API, without drafts, sessions and attempts, compared row by row."""

import hashlib
import json
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from app.foundation.engines import lock_of
from app.foundation.errors import N_, DomainError
from app.upkeep.places import refuse_beside_keys

# What a backup is not for: unfinished forms, whose key is elsewhere, and who was signed in.
LEFT_OUT: Final = ("draft", "account_session", "attempt")
LIST_SUFFIX: Final = ".list.json"
FORMAT: Final = 1


@dataclass(frozen=True, kw_only=True)
class Backup:
    """A backup that was made or checked."""

    file: Path
    tables: int
    rows: int
    schema: str


def make_backup(*, database: Path, folder: Path, instance: Path, now: datetime) -> Backup:
    """Make a backup of a SQLite database into a folder, and check it against the database.

    Raises:
        DomainError: the folder holds keys or is the instance folder, or the copy is not the same.
    """
    folder = folder.resolve()
    refuse_beside_keys(folder, instance=instance.resolve())
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    file = folder / f"shirube-{now:%Y-%m-%d-%H%M%S}.sqlite3"
    unfinished = new_file(file.with_suffix(".unfinished"))
    try:
        # Nobody writes meanwhile (docs/decisions/0002): copy and original are of one moment.
        with lock_of(str(database)), closing(reading(database)) as source:
            with closing(sqlite3.connect(unfinished)) as copy:
                source.backup(copy)
            wanted = listed(source)
        leave_out(unfinished)
        with closing(reading(unfinished)) as copy:
            require_sound(copy)
            if listed(copy) != wanted:
                raise DomainError(
                    N_("控えの内容が、もとのデータベースと一致しません。控えは残していません。")
                )
        write_list(file, unfinished, wanted)
        unfinished.replace(file)
    finally:
        unfinished.unlink(missing_ok=True)
    return counted(file, wanted)


def verify_backup(*, file: Path) -> Backup:
    """Check a backup against the list that was written with it.

    Raises:
        DomainError: the file or its list is missing, was changed, or is not sound.
    """
    kept = read_list(file)
    if kept["sha256"] != digest_of(file):
        raise DomainError(N_("%(file)s は、作られたときから変わっています。"), file=file)
    with closing(reading(file)) as copy:
        require_sound(copy)
        if listed(copy) != kept["tables"]:
            raise DomainError(N_("%(file)s の行が、作られたときの一覧と一致しません。"), file=file)
    return counted(file, kept["tables"])


def counted(file: Path, tables: dict[str, Any]) -> Backup:
    """Return what a list says in short."""
    with closing(reading(file)) as copy:
        schema = str(copy.execute("SELECT version_num FROM alembic_version").fetchone()[0])
    rows = sum(one["rows"] for one in tables.values())
    return Backup(file=file, tables=len(tables), rows=rows, schema=schema)


def reading(file: Path) -> sqlite3.Connection:
    """Open a database that is only read."""
    return sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True)


def new_file(file: Path) -> Path:
    """Make an empty file that only its owner may read."""
    os.close(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    return file


def leave_out(file: Path) -> None:
    """Take out of a copy what a backup is not for, and write it anew so that no trace of it stays."""
    with closing(sqlite3.connect(file, isolation_level=None)) as copy:
        copy.execute("PRAGMA journal_mode = DELETE").fetchone()
        copy.execute("PRAGMA secure_delete = ON").fetchone()
        for table in LEFT_OUT:
            copy.execute(f"DELETE FROM {table}")  # noqa: S608 - names of our own
        copy.execute("VACUUM")


def require_sound(copy: sqlite3.Connection) -> None:
    """Raise DomainError when the file is damaged, points nowhere, or holds what a backup must not."""
    try:
        faults = [str(row[0]) for row in copy.execute("PRAGMA integrity_check") if row[0] != "ok"]
        faults += [f"{row[0]} → {row[2]}" for row in copy.execute("PRAGMA foreign_key_check")]
        for table in LEFT_OUT:
            found = copy.execute(f"SELECT 1 FROM {table}").fetchone()  # noqa: S608 - a table of our own
            faults += [table] if found else []
    except sqlite3.DatabaseError as error:
        faults = [str(error)]
    if faults:
        raise DomainError(N_("控えが壊れています：%(faults)s"), faults="、".join(faults[:3]))


def listed(database: sqlite3.Connection) -> dict[str, Any]:
    """Return per table how many rows it has and a hash over all of them, of tables that a backup holds."""
    named = database.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
    names = [str(name) for (name,) in named if not name.startswith("sqlite_") and name not in LEFT_OUT]
    return {name: rows_of(database, name) for name in names}


def rows_of(database: sqlite3.Connection, table: str) -> dict[str, Any]:
    """Return number and hash of the rows of a table, whatever order they lie in."""
    number, total = 0, 0
    for row in database.execute(f'SELECT * FROM "{table}"'):  # noqa: S608 - named by the schema
        number += 1
        total += int.from_bytes(hashlib.sha256(repr(row).encode("utf-8", "surrogatepass")).digest(), "big")
    return {"rows": number, "sha256": f"{total % 2**256:064x}"}


def write_list(file: Path, content: Path, tables: dict[str, Any]) -> None:
    """Write what the backup holds, beside it."""
    path = file.with_name(file.name + LIST_SUFFIX)
    with open_private(path) as out:
        json.dump({"format": FORMAT, "sha256": digest_of(content), "tables": tables}, out, indent=1)


@contextmanager
def open_private(path: Path) -> Iterator[Any]:
    """Open a new file that only its owner may read, and see that it is on the disk."""
    with new_file(path).open("w", encoding="utf-8") as out:
        yield out
        out.flush()
        os.fsync(out.fileno())


def read_list(file: Path) -> dict[str, Any]:
    """Return the list beside a backup; raises DomainError when there is none that can be read."""
    path = file.with_name(file.name + LIST_SUFFIX)
    try:
        kept = json.loads(path.read_text(encoding="utf-8"))
        if file.is_file() and kept["format"] == FORMAT and kept["tables"] and kept["sha256"]:
            return dict(kept)
    except (OSError, ValueError, KeyError, TypeError):
        pass
    raise DomainError(N_("%(file)s か、その一覧（%(list)s）が読めません。"), file=file, list=path.name)


def digest_of(file: Path) -> str:
    """Return the SHA-256 of a file."""
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()
