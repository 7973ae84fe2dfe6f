"""The server is killed (-9) in mid-save: one record, or none and its draft; never half of one."""

import fcntl
import http.cookiejar
import os
import random
import signal
import socket
import sqlite3
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from contextlib import closing, contextmanager, suppress

import pytest

from app.accounts import passwords
from config import create_missing_keys
from tests import factories
from tests.attacks.page_forms import encoded, forms_of, replaced

GUNICORN = [sys.executable, "-m", "gunicorn", "--config", "gunicorn.conf.py", "wsgi:app"]
KILLS = int(os.environ.get("SERVER_KILLS", "4"))
PASSWORD = "a long good passphrase"


class NoRedirect(urllib.request.HTTPRedirectHandler):
    """Show the redirect itself."""

    def redirect_request(self, *_args):
        return None


class Desk:
    """A server that can be killed and started again, and a browser without scripts before it."""

    def __init__(self, project, instance) -> None:
        self.project, self.instance = project, instance
        self.database = instance / "shirube.sqlite3"
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        jar = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
        self.browser = urllib.request.build_opener(jar, NoRedirect)
        self.process = None

    def start(self) -> None:
        environment = os.environ | {"SHIRUBE_INSTANCE": str(self.instance), "SHIRUBE_PORT": str(self.port)}
        self.process = subprocess.Popen(
            GUNICORN,
            cwd=self.project,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            start_new_session=True,  # so that master and worker die together, as when the power fails
        )
        assert self.process.stdout.readline().startswith("http://")

    def kill(self) -> None:
        if self.process is not None:
            with suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
            self.process.stdout.close()
            self.process = None

    def ask(self, path, data=None, **headers):
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}{path}", data, headers)
        try:
            with self.browser.open(request, timeout=30) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode()

    def form(self, path):
        return max(forms_of(self.ask(path)[1]), key=lambda one: len(one.controls)).pairs()

    def sign_in(self) -> None:
        sent = replaced(replaced(self.form("/sign-in"), "login_name", "tanaka"), "password", PASSWORD)
        assert self.ask("/sign-in", encoded(sent))[0] == 302

    def rows(self, statement, *values):
        with closing(sqlite3.connect(self.database)) as database:
            return database.execute(statement, values).fetchall()

    @contextmanager
    def nobody_may_write(self):
        """Hold the lock that every writer waits for."""
        with open(f"{self.database}.lock", "a") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield


@pytest.fixture
def desk(app, db_session, database, project, tmp_path):
    office = factories.make_office()
    factories.make_account(office=office, login_name="tanaka", password_hash=passwords.hash_of(PASSWORD))
    db_session.commit()
    db_session.remove()
    app.test_cli_runner().invoke(args=["drafts", "purge"])  # folds the log into the file
    create_missing_keys(tmp_path)
    (tmp_path / "shirube.sqlite3").write_bytes(database.file.read_bytes())
    desk = Desk(project, tmp_path)
    desk.start()
    yield desk
    desk.kill()


def entry(desk, memo):
    """Return an entry that is filled in, whose draft is kept."""
    pairs = desk.form("/counter")
    unknown = dict.fromkeys(("assistance", "age_band", "household"), "unknown")
    said = {"who": "once", "topic": "job_search", "target_group": "youth"} | unknown
    for name, value in said.items():
        pairs = replaced(pairs, name, value)
    pairs = replaced(pairs, "topics", "job_search", "health")
    pairs = replaced(replaced(replaced(pairs, "memo", memo), "window_id", ""), "refer")
    account = desk.rows("SELECT id FROM account")[0][0]
    about = {"purpose": "counter.record", "page": "/counter", "account": account, "tab": "t"}
    about |= {"revision": 1, "known": 0}
    draft = pairs + [(f"draft-{name}", str(value)) for name, value in about.items()]
    headers = {"X-CSRFToken": dict(pairs)["csrf_token"], "Accept": "application/json"}
    status, said = desk.ask("/drafts", encoded(draft), **headers)
    assert status == 200, said
    return pairs


def saved(desk, memo) -> int:
    """Return how many records of a memo there are; each one is whole."""
    found = desk.rows("SELECT id FROM consultation WHERE memo = ?", memo)
    for (record,) in found:
        topics = "SELECT count(*) FROM consultation_topic WHERE consultation_id = ?"
        assert desk.rows(topics, record)[0][0] >= 1
        assert desk.rows("SELECT count(*) FROM submission WHERE subject_id = ?", str(record)) == [(1,)]
        trail = "SELECT count(*) FROM audit_entry WHERE subject = 'consultation' AND subject_id = ?"
        assert desk.rows(trail, str(record)) == [(1,)]
    return len(found)


def post_and_kill(desk, pairs, seconds) -> None:
    def send():
        with suppress(OSError, http.client.HTTPException):
            desk.ask("/counter", encoded(pairs))

    sending = threading.Thread(target=send)
    sending.start()
    time.sleep(seconds)
    desk.kill()
    sending.join()


def check(desk, pairs, memo) -> bool:
    """Start the server again and see that nothing is half or lost; tell whether the record was saved."""
    desk.start()
    assert desk.rows("PRAGMA integrity_check") == [("ok",)]
    there, drafts = saved(desk, memo), desk.rows("SELECT id FROM draft")
    assert (there, len(drafts)) in {(1, 0), (0, 1)}
    if drafts:
        page = desk.ask(f"/counter?draft={drafts[0][0]}")[1]
        assert f">{memo}</textarea>" in page, "the draft does not open"
    # The retry: the session and the key are still good, and it makes the record or finds it.
    assert desk.ask("/counter", encoded(pairs))[0] == 302
    assert saved(desk, memo) == 1
    assert desk.rows("SELECT count(*) FROM draft") == [(0,)]
    return there == 1


def seconds_to_save(desk, memo) -> float:
    pairs = entry(desk, memo)
    started = time.monotonic()
    assert desk.ask("/counter", encoded(pairs))[0] == 302
    return time.monotonic() - started


def test_a_server_killed_in_mid_save_leaves_one_record_or_the_draft(desk):
    desk.sign_in()
    usual = min(seconds_to_save(desk, f"慣らし{number}") for number in range(4))
    pairs = entry(desk, "書きこみを待つ間")
    with desk.nobody_may_write():
        post_and_kill(desk, pairs, 0.5)
    assert not check(desk, pairs, "書きこみを待つ間")

    chance = random.Random(20261122)
    outcomes = []
    for number in range(KILLS):
        memo = f"{number}回目の相談"
        pairs = entry(desk, memo)
        post_and_kill(desk, pairs, usual * chance.uniform(0.3, 1.8))
        outcomes.append(check(desk, pairs, memo))
    print(f"killed {KILLS} times: {sum(outcomes)} saved, {KILLS - sum(outcomes)} kept as a draft")


def test_a_server_started_anew_still_has_every_draft(desk):
    desk.sign_in()
    entry(desk, "再起動の前に")
    desk.process.send_signal(signal.SIGTERM)
    desk.process.wait(timeout=30)
    desk.process.stdout.close()
    desk.start()
    assert "書きかけがあります" in desk.ask("/counter")[1]
