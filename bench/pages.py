"""A list page with sign-in, CSRF and query, against the same page rendered from memory."""

from collections.abc import Callable
from contextvars import Context

from flask import Flask, g
from flask.testing import FlaskClient
from sqlalchemy import event

from app.access.actor import Actor
from app.access.permissions import Role
from app.cases.forms import CaseFilters, LookUpForm
from app.cases.list_queries import count_cases, list_cases
from app.foundation.db import db
from app.web.pagination import PAGE_SIZE, Page
from bench.city import city, signed_in
from bench.result import Result
from bench.timing import interleaved

ROUNDS = 30


def run(size: int) -> list[Result]:
    """Measure the list of cases."""
    with city(size) as app:
        app.config["WTF_CSRF_ENABLED"] = True
        client = signed_in(app)
        whole, bare = interleaved(asking(client), remember(app), ROUNDS)
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
        answer = Context().run(client.get, "/cases")
        if answer.status_code != 200:
            raise RuntimeError(f"the list was not shown: {answer.status_code}")
        return answer

    return ask


def remember(app: Flask) -> Callable[[], object]:
    """Return a call that renders the list page from rows held in memory, without any query."""
    context = app.test_request_context("/cases")
    context.push()
    g.actor = Actor(id=1, label="相談員", role=Role.COUNSELLOR, office_id=1)
    g.who = "生活福祉課・相談員"
    rows = list_cases(actor=g.actor, state="open", offset=0, limit=PAGE_SIZE)
    page = Page.of(rows, total=count_cases(actor=g.actor, state="open"), number=1)
    surroundings = app.template_context_processors[None]
    kept: dict[str, object] = {}
    for each in surroundings:
        kept |= each()
    template = app.jinja_env.get_template("cases/index.html")
    return lambda: template.render(kept, page=page, filters=CaseFilters(), form=LookUpForm())


def statements(client: FlaskClient) -> int:
    """Return how many statements the list page sends."""
    sent = []
    event.listen(db.engine, "before_cursor_execute", lambda *args: sent.append(args[2]))
    asking(client)()
    return len(sent)
