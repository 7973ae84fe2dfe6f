"""After a busy day no code of a card and no pepper stands in database, log, backup or any other file.

A real server with its loudest log is worked at: cards made, read, mistyped, scanned into the wrong field,
kept in drafts, replaced, merged, shown elsewhere; then an error in mid look-up. Every byte is searched.
"""

import base64
import http.cookiejar
import os
import shutil
import sqlite3
import subprocess
import sys
import time
import urllib.request
from contextlib import closing
from urllib.parse import quote

import pytest

from app.access.permissions import Role
from app.accounts import passwords
from app.privacy import case_code
from config import create_missing_keys
from tests import factories
from tests.attacks.page_forms import encoded, forms_of, replaced
from tests.attacks.test_killed_server import GUNICORN, PASSWORD, Desk, NoRedirect

LOUD = "--log-level debug --access-logfile - --capture-output"


class LoudDesk(Desk):
    """A server that writes all it can into one file."""

    def start(self) -> None:
        environment = os.environ | {
            "SHIRUBE_INSTANCE": str(self.instance),
            "SHIRUBE_PORT": str(self.port),
            "GUNICORN_CMD_ARGS": LOUD,
            "PYTHONUNBUFFERED": "1",
        }
        self.log = self.instance.parent / "server.log"
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                GUNICORN,
                cwd=self.project,
                env=environment,
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
                start_new_session=True,
            )
        # With its output captured, gunicorn says where it serves in the log.
        self.wait_until_it_answers()

    def wait_until_it_answers(self) -> None:
        for _ in range(100):
            try:
                if self.ask("/healthz")[0] == 200:
                    return
            except OSError:
                time.sleep(0.2)
        raise AssertionError(self.log.read_text())

    def sign_in_as(self, name) -> None:
        self.browser = new_browser()
        sent = replaced(replaced(self.form("/sign-in"), "login_name", name), "password", PASSWORD)
        assert self.ask("/sign-in", encoded(sent))[0] == 302

    def send(self, path, pairs):
        return self.ask(path, encoded(pairs))

    def form_with(self, path, field):
        forms = [one for one in forms_of(self.ask(path)[1]) if field in one.controls]
        return forms[0].pairs()


def new_browser():
    return urllib.request.build_opener(
        urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()), NoRedirect
    )


@pytest.fixture
def desk(app, db_session, database, project, tmp_path):
    home, elsewhere = factories.make_office(), factories.make_office()
    hashed = passwords.hash_of(PASSWORD)
    factories.make_account(Role.SUPERVISOR, home, login_name="tanaka", password_hash=hashed)
    factories.make_account(office=elsewhere, login_name="suzuki", password_hash=hashed)
    db_session.commit()
    db_session.remove()
    app.test_cli_runner().invoke(args=["drafts", "purge"])  # folds the log into the file
    instance = tmp_path / "instance"
    create_missing_keys(instance)
    (instance / "shirube.sqlite3").write_bytes(database.file.read_bytes())
    desk = LoudDesk(project, instance)
    desk.start()
    yield desk
    desk.kill()


UNKNOWN = dict.fromkeys(("assistance", "age_band", "household"), "unknown")


def entry(desk, **answers):
    pairs = desk.form("/counter")
    usual = {"who": "new", "topic": "job_search", "target_group": "youth", "window_id": ""}
    answers = usual | UNKNOWN | answers
    for name, value in answers.items():
        pairs = replaced(pairs, name, value)
    return replaced(replaced(pairs, "topics", "job_search"), "refer")


def code_on(page) -> str:
    start = page.index('class="card-code">') + len('class="card-code">')
    return case_code.parse(page[start : start + 13])


def number_on(page) -> str:
    start = page.index('class="card-number">') + len('class="card-number">')
    return page[start : start + 7]


def misspelt(code) -> str:
    return ("0" if code[0] != "0" else "1") + code[1:]


def busy_day(desk, unknown) -> list[str]:
    """Work with cards in every way that the pages offer; return every code that was there."""
    desk.sign_in_as("tanaka")
    made = []
    for _ in range(2):
        pairs = entry(desk)
        for _twice in range(2):
            status, page = desk.send("/counter", pairs)
            assert status == 200, page
        made.append((code_on(page), number_on(page)))
    (code, number), (other, second) = made
    for typed in (code, case_code.grouped(code).lower(), misspelt(code), unknown, code[:6]):
        desk.send("/cases/look-up", replaced(desk.form_with("/cases", "card_code"), "card_code", typed))
        desk.send("/counter", entry(desk, who="card", card_code=typed) + [("intent", "look")])
    # A scanner types into whatever field is at hand; the draft of that page is kept meanwhile.
    wrong = entry(
        desk, who="once", memo=f"カード{case_code.grouped(code)}を読む", source_other=code, card_code=other
    )
    draft = {
        "purpose": "counter.record",
        "page": "/counter",
        "account": 1,
        "tab": "t",
        "revision": 1,
        "known": 0,
    }
    headers = {"X-CSRFToken": dict(wrong)["csrf_token"], "Accept": "application/json"}
    kept = wrong + [(f"draft-{name}", str(value)) for name, value in draft.items()]
    assert desk.ask("/drafts", encoded(kept), **headers)[0] == 200
    assert desk.send("/counter", wrong)[0] == 422
    desk.send("/cases/look-up", replaced(desk.form_with("/cases", "number"), "number", code))
    # A new card, the old one tried, the second case merged by its card.
    status, page = desk.send(
        f"/cases/{number}/card", replaced(desk.form(f"/cases/{number}/card"), "reason", "lost")
    )
    assert status == 200
    newest = code_on(page)
    desk.send("/cases/look-up", replaced(desk.form_with("/cases", "card_code"), "card_code", code))
    pairs = replaced(desk.form_with(f"/cases/{second}/merge", "card_code"), "card_code", newest)
    status, page = desk.send(f"/cases/{second}/merge", replaced(pairs, "number", ""))
    assert status == 200
    pairs = max(forms_of(page), key=lambda one: len(one.controls)).pairs()
    pairs = replaced(replaced(pairs, "reason", "card_found"), "intent", "merge")
    assert desk.send(f"/cases/{second}/merge", pairs)[0] == 302
    # Elsewhere.
    desk.sign_in_as("suzuki")
    assert desk.send("/counter", entry(desk, who="card", card_code=newest))[0] == 302
    assert (
        desk.send("/cases/look-up", replaced(desk.form_with("/cases", "card_code"), "card_code", other))[0]
        == 302
    )
    fail_in_mid_look_up(desk, newest)
    return [code, other, newest]


def fail_in_mid_look_up(desk, code) -> None:
    pairs = replaced(desk.form_with("/cases", "card_code"), "card_code", code)
    with closing(sqlite3.connect(desk.database)) as database:
        database.execute("ALTER TABLE case_card RENAME TO away")
    assert desk.send("/cases/look-up", pairs)[0] == 500
    with closing(sqlite3.connect(desk.database)) as database:
        database.execute("ALTER TABLE away RENAME TO case_card")


def disguises(secret: bytes) -> set[bytes]:
    """Return the forms in which a secret might lie in a file."""
    text = secret.decode("ascii")
    found = {secret, secret[::-1], text.lower().encode(), secret.hex().encode(), quote(text).encode()}
    found |= {text.encode("utf-16-le"), text.encode("utf-16-be")}
    for shift in range(3):
        # Three alignments; the ends depend on what stands beside it.
        whole = base64.b64encode(b"\0" * shift + secret)
        found.add(whole[4 if shift else 0 : -4])
    return found


def needles(codes, pepper) -> dict[bytes, str]:
    found = {one: "pepper" for one in disguises(pepper)}
    found |= {one: "pepper" for one in disguises(pepper[: len(pepper) // 2])}
    found[base64.urlsafe_b64decode(pepper)] = "pepper"
    for code in codes:
        for shape in (
            code,
            case_code.grouped(code),
            "-".join(reversed(case_code.grouped(code).split("-"))),
            code[:10],
        ):
            found |= {one: f"code {code}" for one in disguises(shape.encode())}
    return found


def traces(folder, wanted: dict[bytes, str], *, but=()) -> list[str]:
    return [
        f"{what} in {path.name}"
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path not in but
        for content in (path.read_bytes(),)
        for needle, what in wanted.items()
        if needle in content
    ]


def back_up(desk, folder) -> None:
    environment = os.environ | {"SHIRUBE_INSTANCE": str(desk.instance)}
    command = [sys.executable, "-m", "flask", "backup", "make", str(folder)]
    done = subprocess.run(command, cwd=desk.project, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    (folder.parent / "backup.log").write_text(done.stdout + done.stderr)


def test_no_code_and_no_pepper_stands_in_any_file_after_a_busy_day(desk, tmp_path):
    unknown = case_code.derive(b"another pepper" * 4, "0123456789abcdef")
    codes = busy_day(desk, unknown)
    assert (desk.instance / "shirube.sqlite3-wal").stat().st_size > 0, (
        "the log of the database is searched as well"
    )
    pepper_file = desk.instance / "keys" / "card-pepper"
    pepper = pepper_file.read_bytes().strip()
    back_up(desk, tmp_path / "backup")
    wanted = needles([*codes, unknown, misspelt(codes[0])], pepper)
    assert traces(tmp_path, wanted, but=[pepper_file]) == []
    # What is kept is the keyed hash, and the search would have found what it looked for.
    hashes = {case_code.keyed_hash(pepper, code) for code in codes}
    assert {row[0] for row in desk.rows("SELECT code_hash FROM case_card")} == hashes
    for one in hashes:
        found = traces(tmp_path, {one.encode(): "hash"})
        assert "hash in shirube.sqlite3" in found or "hash in shirube.sqlite3-wal" in found
    assert traces(tmp_path / "backup", {min(hashes).encode(): "hash"}), "the backup can be searched"
    assert desk.rows("SELECT count(*) FROM draft") != [(0,)], "the draft was kept, sealed"
    log = desk.log.read_bytes()
    assert b"POST /cases/look-up" in log
    assert b"no such table: case_card" in log, "the error was written down"
    assert traces(tmp_path, {pepper: "pepper"}) == ["pepper in card-pepper"]
    shutil.copy(pepper_file, tmp_path / "canary")
    assert "pepper in canary" in traces(tmp_path, wanted, but=[pepper_file])
