"""A backup is whole, can be given back, lies apart from keys, and holds nothing that is not finished."""

import sqlite3
import stat
from contextlib import closing
from pathlib import Path

import pytest

from app.accounts.models import AccountSession, Attempt
from app.cases.models import Consultation
from app.drafts.models import Draft
from app.foundation import clock
from app.foundation.db import db
from tests import factories

MARKER = "ひみつの書きかけ"


@pytest.fixture
def content(app, db_session):
    """Fill the database: records, a draft, a session, an attempt."""
    account = factories.make_account(office=factories.make_office())
    factories.make_consultation(factories.make_case(account.office), counsellor_id=account.id)
    draft = factories.make_draft(account, memo=MARKER)
    key_hash = "b" * 64
    db_session.add(Attempt(key_hash=key_hash, window_started_at=clock.now(), count=3))
    db_session.add(
        AccountSession(key_hash="c" * 64, account_id=account.id, started_at=clock.now(), seen_at=clock.now())
    )
    db_session.commit()
    return draft.sealed


def run(app, *arguments):
    return app.test_cli_runner().invoke(args=["backup", *map(str, arguments)])


def made(app, folder: Path) -> Path:
    answer = run(app, "make", folder)
    assert answer.exit_code == 0, answer.output
    return Path(answer.stdout.splitlines()[-1])


def rows(file: Path, table: str) -> int:
    with closing(sqlite3.connect(file)) as copy:
        return copy.execute(f"SELECT count(*) FROM {table}").fetchone()[0]


def test_a_backup_holds_every_record_and_can_be_checked(app, content, tmp_path):
    file = made(app, tmp_path / "backup")
    assert rows(file, "consultation") == 1
    assert rows(file, "account") == 1
    answer = run(app, "verify", file)
    assert answer.exit_code == 0, answer.output
    assert "控えは完全です" in answer.output


def test_a_backup_holds_no_drafts_sessions_or_attempts_not_even_their_bytes(app, content, tmp_path):
    file = made(app, tmp_path / "backup")
    assert [rows(file, table) for table in ("draft", "account_session", "attempt")] == [0, 0, 0]
    everything = b"".join(one.read_bytes() for one in (tmp_path / "backup").iterdir())
    for trace in (MARKER, content, content[:40], "b" * 64, "c" * 64):
        assert trace.encode() not in everything
    with app.app_context():
        assert db.session.query(Draft).count() == 1, "the draft itself stays where it is"


def test_a_backup_is_for_its_owner_alone_and_leaves_nothing_half_made(app, content, tmp_path):
    folder = tmp_path / "backup"
    file = made(app, folder)
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert {stat.S_IMODE(one.stat().st_mode) for one in folder.iterdir()} == {0o600}
    assert {one.name for one in folder.iterdir()} == {file.name, f"{file.name}.list.json"}


def test_a_backup_restored_is_the_same_database(app, content, tmp_path):
    from config import Settings

    file = made(app, tmp_path / "backup")
    settings: Settings = app.config["SHIRUBE"]
    restored = tmp_path / "restored.sqlite3"
    restored.write_bytes(file.read_bytes())
    from tests.databases.application import make_application

    other = make_application(instance=tmp_path, database_url=f"sqlite:///{restored}")
    assert settings.database_url != other.config["SHIRUBE"].database_url
    with other.app_context():
        assert db.session.query(Consultation).count() == 1
        db.session.remove()
        db.engine.dispose()


@pytest.mark.parametrize("name", ["draft-key", "card-pepper", "secret-key"])
def test_a_folder_that_holds_a_key_is_refused(app, content, tmp_path, name):
    (tmp_path / "all" / "keys").mkdir(parents=True)
    (tmp_path / "all" / "keys" / name).write_text("x")
    answer = run(app, "make", tmp_path / "all")
    assert answer.exit_code == 1
    assert "鍵があります" in answer.output
    assert [one.name for one in (tmp_path / "all").iterdir()] == ["keys"]


def test_the_folder_of_the_database_is_refused(app, content, tmp_path):
    instance = app.config["SHIRUBE"].instance
    for folder in (instance, instance / "backup", instance / "a" / ".." / "backup"):
        answer = run(app, "make", folder)
        assert answer.exit_code == 1
        assert "別の場所" in answer.output
    assert not (instance / "backup").exists()


def test_a_changed_backup_is_found(app, content, tmp_path):
    file = made(app, tmp_path / "backup")
    whole = file.read_bytes()

    file.write_bytes(whole[:-4096])
    assert "変わっています" in run(app, "verify", file).output
    file.write_bytes(whole)
    with closing(sqlite3.connect(file)) as copy:
        copy.execute("UPDATE consultation SET minutes = minutes + 1")
        copy.commit()
    assert run(app, "verify", file).exit_code == 1
    file.write_bytes(whole)
    assert run(app, "verify", file).exit_code == 0


def test_rows_that_differ_are_found_even_when_the_file_was_listed_anew(app, content, tmp_path):
    import json

    from app.upkeep.backup import digest_of

    file = made(app, tmp_path / "backup")
    with closing(sqlite3.connect(file)) as copy:
        copy.execute("UPDATE consultation SET minutes = minutes + 1")
        copy.commit()
    listing = file.with_name(f"{file.name}.list.json")
    kept = json.loads(listing.read_text()) | {"sha256": digest_of(file)}
    listing.write_text(json.dumps(kept))
    assert "一覧と一致しません" in run(app, "verify", file).output


def test_a_backup_without_its_list_is_not_called_whole(app, content, tmp_path):
    file = made(app, tmp_path / "backup")
    file.with_name(f"{file.name}.list.json").unlink()
    answer = run(app, "verify", file)
    assert answer.exit_code == 1
    assert "読めません" in answer.output


def test_a_backup_is_made_while_somebody_reads_and_the_log_is_not_empty(app, content, tmp_path):
    with app.app_context():
        database = Path(db.engine.url.database)
        with closing(sqlite3.connect(database)) as reader:
            reader.execute("BEGIN")
            reader.execute("SELECT count(*) FROM account").fetchone()
            assert rows(made(app, tmp_path / "backup"), "consultation") == 1


def test_postgresql_is_told_what_to_use(databases):
    from tests.conftest import unavailable
    from tests.databases.postgresql import PostgresqlMissingError

    try:
        app = databases.get("postgresql").app
    except PostgresqlMissingError as reason:
        unavailable(str(reason))
    answer = run(app, "make", "/nowhere")
    assert answer.exit_code == 1
    assert "pg_dump --format=custom --exclude-table-data=draft" in answer.output


def test_a_dump_of_postgresql_as_it_is_documented_holds_no_draft(databases, project):
    import re
    import subprocess

    from tests.conftest import unavailable
    from tests.databases.postgresql import PostgresqlMissingError, find_programs

    try:
        database = databases.get("postgresql")
    except PostgresqlMissingError as reason:
        unavailable(str(reason))
    database.reset()
    with database.app.app_context():
        account = factories.make_account(office=factories.make_office(), login_name="in-the-dump")
        sealed = factories.make_draft(account, memo=MARKER).sealed
        db.session.commit()
        db.session.remove()
    documented = (project / "docs" / "backup.md").read_text(encoding="utf-8")
    left_out = re.findall(r"--exclude-table-data=\w+", documented)
    place = ["--host", str(database.server.folder), "--username", "postgres", "shirube"]
    dump = subprocess.run(
        [find_programs() / "pg_dump", "--format=plain", *left_out, *place],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert "in-the-dump" in dump
    assert "CREATE TABLE public.draft " in dump
    assert sealed not in dump
    assert len(left_out) == 3
