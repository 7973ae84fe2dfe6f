"""``flask drafts`` and the bytes on the disk: no text of a draft anywhere, and nothing after a purge."""

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from app.drafts.models import Draft
from app.drafts.operations import claim, hash_of
from app.drafts.queries import KEPT_FOR
from app.drafts.sealing import ring_of
from app.foundation import clock
from app.foundation.db import db
from app.foundation.transaction import transaction
from config import ConfigurationError, Settings, add_draft_key, create_missing_keys
from tests import factories
from tests.factories import actor_of, make_account, make_draft

MARKER = "とても秘密の書きかけXYZZY"


def bytes_of(folder: Path) -> dict[str, bytes]:
    """Return what the files of the database and everything beside it hold."""
    return {one.name: one.read_bytes() for one in folder.rglob("*") if one.is_file()}


def traces(text: str) -> list[bytes]:
    """Return a text as it could stand in a file."""
    return [text.encode(), text.encode("utf-16-le"), text.encode("unicode_escape"), text.encode("shift_jis")]


def files_with(folder: Path, needles) -> list[str]:
    return [name for name, held in bytes_of(folder).items() for one in needles if one in held]


def purge(app, *arguments) -> str:
    answer = app.test_cli_runner().invoke(args=["drafts", "purge", *arguments])
    assert answer.exit_code == 0, answer.output
    return answer.stdout.splitlines()[-1]


@pytest.fixture
def folder(app) -> Path:
    return app.config["SHIRUBE"].instance


def test_no_text_of_a_draft_is_in_the_database_its_log_a_backup_or_a_log(
    app, client, folder, tmp_path, caplog
):
    account = factories.sign_in(client)
    sealed = []
    for revision in range(1, 4):
        sent = {
            "draft-purpose": "counter.record",
            "draft-page": "/counter",
            "draft-account": account.id,
            "draft-revision": revision,
            "draft-known": 0,
            "submission_key": "a" * 32,
            "memo": MARKER,
        }
        assert client.post("/drafts", data=sent).status_code == 200
        with app.app_context():
            sealed.append(db.session.scalar(select(Draft.sealed)))
    assert files_with(folder, [sealed[-1].encode()]) != [], "the search finds what is there"
    assert app.test_cli_runner().invoke(args=["backup", "make", str(tmp_path / "b")]).exit_code == 0
    for place in (folder, tmp_path / "b"):
        assert files_with(place, [*traces(MARKER), *traces(MARKER[:6]), b"a" * 32]) == []
    assert MARKER not in caplog.text
    assert files_with(tmp_path / "b", [one.encode()[:60] for one in sealed]) == []

    client.get("/drafts")
    with app.app_context():
        db.session.remove()
    assert purge(app, "--all") == "1"
    assert files_with(folder, [one.encode()[:60] for one in sealed]) == [], "sealed bytes outlived the purge"


def test_the_purge_takes_what_is_old_and_says_how_many(app, db_session):
    account = make_account()
    make_draft(account)
    with clock.standing_at(clock.now() - KEPT_FOR - timedelta(minutes=1)):
        make_draft(account)
        make_draft(account)
    db_session.commit()
    assert purge(app) == "2"
    assert purge(app) == "0"
    assert purge(app, "--all") == "1"


def test_signing_in_lets_old_drafts_go(app, client, db_session):
    from app.accounts import passwords

    account = make_account(login_name="tanaka", password_hash=passwords.hash_of("a long good passphrase"))
    with clock.standing_at(clock.now() - KEPT_FOR - timedelta(minutes=1)):
        make_draft(account, memo="古い")
    account.office_id = factories.make_office().id
    db_session.commit()
    assert db_session.query(Draft).count() == 1
    answer = client.post("/sign-in", data={"login_name": "tanaka", "password": "a long good passphrase"})
    assert answer.status_code == 302
    assert db_session.query(Draft).count() == 0


def test_a_new_key_seals_from_the_next_start_on_and_the_former_one_still_opens(tmp_path):
    create_missing_keys(tmp_path)
    path = tmp_path / "keys" / "draft-key"
    before = ring_of(path.read_bytes())
    add_draft_key(tmp_path)
    after = ring_of(path.read_bytes())
    assert after.current != before.current
    assert before.current in after.keys
    assert path.stat().st_mode & 0o777 == 0o600
    add_draft_key(tmp_path)
    assert before.current not in ring_of(path.read_bytes()).keys, "a key is dropped at the second change"
    Settings.from_environment({"SHIRUBE_INSTANCE": str(tmp_path)})


@pytest.mark.parametrize("text", ["", "short", "\n\n", "long enough to be one, really it is....\nshort"])
def test_a_draft_key_that_is_none_is_refused_with_a_sentence(tmp_path, text):
    create_missing_keys(tmp_path)
    (tmp_path / "keys" / "draft-key").write_text(text)
    with pytest.raises(ConfigurationError, match="draft-key"):
        Settings.from_environment({"SHIRUBE_INSTANCE": str(tmp_path)})


def test_a_lost_key_loses_drafts_and_nothing_else(tmp_path):
    create_missing_keys(tmp_path)
    (tmp_path / "shirube.sqlite3").touch()
    (tmp_path / "keys" / "draft-key").unlink()
    with pytest.raises(ConfigurationError, match="script/setup"):
        Settings.from_environment({"SHIRUBE_INSTANCE": str(tmp_path)})
    assert [one.name for one in create_missing_keys(tmp_path)] == ["draft-key"]


def test_a_form_and_its_draft_live_or_die_together(app, db_session):
    key = "d" * 32
    account = make_account()
    make_draft(account).key_hash = hash_of(key)
    db_session.commit()

    def save(then) -> None:
        with transaction():
            claim(key=key, actor=actor_of(account), purpose="consultation", subject_id=1)
            then()

    with pytest.raises(ZeroDivisionError):
        save(lambda: 1 / 0)
    assert db_session.query(Draft).count() == 1
    save(lambda: None)
    assert db_session.query(Draft).count() == 0
