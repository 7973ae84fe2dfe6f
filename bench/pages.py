"""A list page with sign-in, CSRF and query, against the same page rendered from memory."""

from collections.abc import Callable
from contextvars import Context

from flask.testing import FlaskClient
from sqlalchemy import event

from app.foundation.db import db
from bench.city import city, signed_in
from bench.memory import remembered
from bench.result import Result
from bench.timing import interleaved

ROUNDS = 30
LIST = "/cases"


def run(size: int) -> list[Result]:
    """Measure the list of cases."""
    with city(size) as app:
        app.config["WTF_CSRF_ENABLED"] = True
        client = signed_in(app)
        whole, bare = interleaved(asking(client), remembered(app, asking(client), LIST), ROUNDS)
        return [
            Result(name="pages.list_vs_memory", value=whole / bare, unit="×", must=2.0, goal=1.35),
            Result(name="pages.list_statements", value=statements(client), unit="statements", must=8),
        ]


def asking(client: FlaskClient) -> Callable[[], object]:
    """Return a call that asks for the list as a browser does.

    Each time in a context of its own: inside the bench's application context every request would find the
    visitor, the database session and its objects of the request before, and none would look them up.
    """

    def ask() -> object:
        answer = Context().run(client.get, LIST)
        if answer.status_code != 200:
            raise RuntimeError(f"the list was not shown: {answer.status_code}")
        return answer

    return ask


def statements(client: FlaskClient) -> int:
    """Return how many statements the list page sends."""
    sent = []
    event.listen(db.engine, "before_cursor_execute", lambda *args: sent.append(args[2]))
    asking(client)()
    return len(sent)
