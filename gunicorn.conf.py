"""How gunicorn serves Shirube: the settings come from config.py, the rest stands here."""

import errno
import logging
import re
import socket
import subprocess
import sys
import time
from pathlib import Path

from gunicorn.glogging import Logger

from config import ConfigurationError, Settings

try:
    settings = Settings.from_environment()
except ConfigurationError as error:
    sys.exit(str(error))

host = settings.host.strip("[]")
SECONDS_TO_WAIT_FOR_PORT = 3.0  # a server that was just stopped may need a moment to let go of it
QUERY = re.compile(r"\?[^\s'\"]*")
LINK = re.compile(r"(/(?:answer|calendar)/)[\w-]+")

bind = [f"[{host}]:{settings.port}" if ":" in host else f"{host}:{settings.port}"]
worker_class = "gthread"
# SQLite has one writer at a time: threads wait for it more cheaply than processes do.
workers = 1 if settings.database_url.startswith("sqlite") else 2
threads = 8
timeout = 60
graceful_timeout = 30
keepalive = 5
umask = 0o077
proc_name = "shirube"
control_socket_disable = True  # it would lie in the home directory
accesslog = None  # who looked at what is in the read log; addresses of clients are kept nowhere
errorlog = "-"
loglevel = "info" if sys.stderr.isatty() else "warning"
worker_tmp_dir = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108 - only gunicorn's heartbeat


class WithoutQueries(logging.Filter):
    """Cuts query strings and one-time links out of messages.

    A search may hold what somebody told a counsellor, and whoever knows a link may answer.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        """Shorten the message; every record passes."""
        record.msg, record.args = LINK.sub(r"\1…", QUERY.sub("?…", record.getMessage())), None
        return True


class logger_class(Logger):  # noqa: N801 - gunicorn's name for the setting
    """Gunicorn's log without query strings."""

    def setup(self, cfg: object) -> None:
        """Add the filter."""
        super().setup(cfg)
        self.error_log.addFilter(WithoutQueries())


def on_starting(_server: object) -> None:
    """Stop with a sentence where the server could not work."""
    wait_for_port()
    # In a process of its own, so that no worker inherits a connection. The sentence is wsgi.py's.
    if subprocess.run([sys.executable, "-c", "import wsgi"]).returncode:
        sys.exit(1)


def wait_for_port() -> None:
    """Make sure that the port is free and the address is of this machine."""
    deadline = time.monotonic() + SECONDS_TO_WAIT_FOR_PORT
    while True:
        try:
            with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                probe.bind((host, settings.port))
        except OSError as error:
            if error.errno != errno.EADDRINUSE or time.monotonic() > deadline:
                sys.exit(
                    f"Shirube cannot listen on {host}, port {settings.port} ({error.strerror or error}). "
                    "Stop the program that uses it, or choose another with SHIRUBE_PORT (and SHIRUBE_HOST)."
                )
            time.sleep(0.2)
        else:
            return


def when_ready(_server: object) -> None:
    """Say where Shirube can be opened."""
    print(f"http://{bind[0]}/", flush=True)
