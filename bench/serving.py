"""The bench's city behind a real port, as it is served: gunicorn in a process of its own."""

import http.client
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

from flask import Flask

from bench.city import signed_in
from config import CARD_PEPPER_FILE, DRAFT_KEY_FILE, write_key

ROOT = Path(__file__).parent.parent
SECONDS_TO_START = 20.0
TICKS = os.sysconf("SC_CLK_TCK")
TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')


@dataclass(frozen=True, kw_only=True)
class Server:
    """A running server: its port, its process, and the cookie of somebody signed in."""

    port: int
    process: subprocess.Popen[bytes]
    cookie: str

    def cpu(self) -> float:
        """Return the CPU seconds that the server has spent so far, its workers included."""
        spent = 0
        for stat in Path("/proc").glob("[0-9]*/stat"):
            try:
                fields = stat.read_text().rsplit(")", 1)[1].split()
            except OSError:
                continue
            if self.process.pid in (int(stat.parent.name), int(fields[1])):
                spent += int(fields[11]) + int(fields[12])
        return spent / TICKS


class Visitor:
    """One browser's connection, kept open, with the cookie that it was given last."""

    def __init__(self, server: Server, cookie: str = "") -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
        self.headers = {"Cookie": cookie or server.cookie}

    def get(self, path: str) -> str:
        """Return a page; RuntimeError when it is not shown."""
        self.connection.request("GET", path, headers=self.headers)
        return self.answer(200)

    def token(self, path: str) -> str:
        """Return the token with which the forms of this visitor are sent."""
        found = TOKEN.search(self.get(path))
        if found is None:
            raise RuntimeError(f"{path} has no form")
        return found[1]

    def post(self, path: str, data: dict[str, object]) -> None:
        """Send a form; RuntimeError when it is not saved.

        The cookie stays: what is to be said on the next page would pile up in it, for no page is asked for.
        """
        body = urlencode(data, doseq=True)
        form = {"Content-Type": "application/x-www-form-urlencoded"}
        cookie = self.headers["Cookie"]
        self.connection.request("POST", path, body, self.headers | form)
        self.answer(302)
        self.headers["Cookie"] = cookie

    def answer(self, expected: int) -> str:
        """Read the answer to its end."""
        response = self.connection.getresponse()
        text = response.read().decode()
        given = response.headers.get("Set-Cookie")
        if given:
            self.headers["Cookie"] = given.partition(";")[0]
        if response.status != expected:
            raise RuntimeError(f"the server answered {response.status}")
        return text


@contextmanager
def served(app: Flask) -> Iterator[Server]:
    """Serve the bench's database, with somebody signed in."""
    settings = app.config["SHIRUBE"]
    keys = settings.instance / "keys"
    keys.mkdir(mode=0o700, exist_ok=True)
    write_key(keys / CARD_PEPPER_FILE, settings.card_pepper.decode() + "\n")
    write_key(keys / DRAFT_KEY_FILE, settings.draft_key.decode() + "\n")
    client = signed_in(app)
    name = app.config["SESSION_COOKIE_NAME"]
    cookie = client.get_cookie(name)
    port = free_port()
    environment = {
        **{key: value for key, value in os.environ.items() if not key.startswith("SHIRUBE_")},
        "SHIRUBE_INSTANCE": str(settings.instance),
        "DATABASE_URL": settings.database_url,
        "SHIRUBE_SECRET_KEY": settings.secret_key,
        "SHIRUBE_PORT": str(port),
    }
    command = [sys.executable, "-m", "gunicorn", "--config", "gunicorn.conf.py", "wsgi:app"]
    process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL)
    try:
        wait_for(port, process)
        yield Server(port=port, process=process, cookie=f"{name}={cookie.value}")
    finally:
        process.terminate()
        process.wait(timeout=40)


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    """Wait until the server listens; RuntimeError when it does not."""
    until = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < until and process.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            time.sleep(0.05)
    raise RuntimeError("the server did not start")
