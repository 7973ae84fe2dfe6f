"""Every figure on a screen links to its rows: each page, as each role that may open it."""

import os
from collections import Counter
from dataclasses import replace

import pytest
from flask import url_for

from app.access.permissions import Role
from app.accounts.models import Account
from app.demo.staff import ACCOUNTS
from app.foundation.db import db
from app.foundation.fiscal_year import fiscal_year_of
from app.kpi import counts
from app.kpi.metrics import METRICS
from app.kpi.vocabulary import MetricKind
from tests.architecture.endpoints import roles_of
from tests.browser.every_page import PAGES, address_of
from tests.demo.conftest import TODAY
from tests.demo.figures.reading import tree_of
from tests.demo.figures.walking import Walk
from tests.factories import sign_in

YEAR = fiscal_year_of(TODAY)
MORE = {
    "kpi.figures": [{"year": YEAR - 1}, {"year": 2012}, {"programme": "guidance"}, {"programme": "centre"}],
    "dashboard.show": [{"programme": "centre"}, {"programme": "guidance"}, {"year": YEAR - 1}],
    "kpi.metric": [
        {"key": key, "fiscal_year": year}
        for key, metric in METRICS.items()
        for year in ((YEAR,) if metric.kind is MetricKind.FLOW else (YEAR, YEAR - 1))
    ],
    "years.table": [{"fiscal_year": year, "source": "records"} for year in (YEAR, YEAR - 1, 2012)],
    "kpi.guidance": [{"fiscal_year": YEAR - 1}],
    "series.measure": [{"code": code} for code in ("1-3", "2-4", "2-5", "2-6")],
}
"""Further addresses of pages that show other figures with them."""
CHANGES_THE_CITY = {"group.edit": "a form; the browser's tests change a record to have something to show"}
THOROUGH = Role.SUPERVISOR
"""Looks at MORE, too; whoever else sees counts follows one of each shape."""
MOST = int(os.environ.get("FIGURES_OF_A_SHAPE", "2"))
"""How many figures of one metric and one kind of limit are followed; with the long trials, all of them."""
SEEN_BY = {Role.COUNSELLOR, Role.SUPERVISOR, Role.PLAN_DESK}
"""Roles that see counts and what is behind them."""
LEAST = {"cell": 60, "key": 3, "note": 1, "big": 1}
"""Fewer figures than these, and the walk has looked past them."""


@pytest.fixture
def walk(sample, monkeypatch):
    """Return a function: the walk of an account. Rows stand in one page, so that all are read."""
    monkeypatch.setattr("app.kpi.routes.PAGE_SIZE", 1_000_000)

    def begin(login_name: str, *, most: int | None = None) -> Walk:
        client = sample.test_client()
        account = db.session.query(Account).filter_by(login_name=login_name).one()
        sign_in(client, account)
        return Walk(client, TODAY, most=most, sees_rows=account.role in SEEN_BY)

    return begin


def account_for(role: Role, endpoint: str) -> str:
    """Return who opens a page in a role: the account that the table of pages names, else the role's first."""
    named = PAGES[endpoint].by
    same = [one.login_name for one in ACCOUNTS if one.role is role]
    return named if named in same else same[0]


def addresses(app, endpoint: str) -> list[str]:
    """Return the addresses at which a page is looked at."""
    with app.test_request_context():
        return [
            address_of(app, endpoint),
            *(url_for(endpoint, **values) for values in MORE.get(endpoint, ())),
        ]


def looked_at(walk, sample, role: Role) -> tuple[list[str], Counter[str]]:
    """Open every page of a role, follow its figures; return what is wrong, and how many were followed."""
    wrong, followed = [], Counter()
    pages = [one for one in PAGES if PAGES[one].by and one not in CHANGES_THE_CITY]
    accounts = {one: account_for(role, one) for one in pages if role in roles_of(one)}
    for name in sorted(set(accounts.values())):
        thorough, quick = walk(name, most=MOST), walk(name, most=1)
        for endpoint in (one for one, opener in accounts.items() if opener == name):
            first, *more = addresses(sample, endpoint)
            wrong += (thorough if role is THOROUGH else quick).look(endpoint, first)
            if role is THOROUGH:
                wrong += [line for address in more for line in quick.look(endpoint, address)]
        followed += thorough.followed + quick.followed
    return wrong, followed


@pytest.mark.parametrize("role", list(Role))
def test_every_figure_leads_to_the_rows_that_make_it(walk, sample, role):
    wrong, followed = looked_at(walk, sample, role)
    assert not wrong, "\n".join(wrong)
    if role in SEEN_BY:
        assert all(followed[kind] >= least for kind, least in LEAST.items()), followed
    if role is THOROUGH:
        assert followed["cell"] > 200, followed
        assert followed["plan"] > 7, followed


def test_a_figure_that_its_rows_do_not_make_is_found_out(walk, monkeypatch):
    true_figure = counts.figure_of

    def one_more(*args) -> counts.Figure:
        found = true_figure(*args)
        return replace(found, value=1 + (found.value or 0))

    monkeypatch.setattr(counts, "figure_of", one_more)
    wrong = walk("kakaricho", most=1).look("kpi.guidance", f"/guidance/figures/{YEAR}")
    assert [line for line in wrong if "the records make" in line]


def test_a_figure_without_a_link_is_found_out(walk):
    one = walk("kakaricho", most=0)
    html = one.client.get("/figures").text
    one.trees["/figures"] = tree_of(html)
    assert one.read("kpi.figures", "/figures") == []
    start = html.index('<td class="fig"><a href')
    one.trees["/figures"] = tree_of(html[:start] + '<td class="fig">3' + html[html.index("</td>", start) :])
    (line,) = one.read("kpi.figures", "/figures")
    assert "it leads nowhere" in line
