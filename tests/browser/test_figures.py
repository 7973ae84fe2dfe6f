"""The plan's table and the figures in a real browser: they fit, they are accessible, they lead to records."""

from datetime import date, timedelta

import pytest

from app.foundation import clock
from app.foundation.db import db
from app.foundation.fiscal_year import first_day, fiscal_year_of
from app.placements.vocabulary import PlacementCategory
from app.referrals.vocabulary import State
from app.windows.models import Office
from tests.browser.desk import city, enter
from tests.browser.harness.checks import assert_accessible, assert_fits, screenshot
from tests.factories import (
    make_case,
    make_consultation,
    make_move,
    make_placement,
    make_referral,
    make_registration,
)


def a_year_of_work(first: date, last: date) -> None:
    """Record something every week from a day to a day."""
    offices = {one.key: one for one in db.session.query(Office)}
    welfare, day, count = offices["life_welfare"], first, 0
    while day <= last:
        case = make_case(welfare, opened_on=day)
        make_consultation(case, held_on=day)
        if count % 2 == 0:
            make_placement(case, started_on=day, category=list(PlacementCategory)[count % 3])
        referral = make_referral(case, sent_on=day)
        if count % 3:
            make_move(referral, State.ACCEPTED, happened_on=day, number=2, from_state=State.SENT)
        make_registration(make_case(welfare, opened_on=day), starts_on=day)
        day, count = day + timedelta(days=8), count + 1
    db.session.commit()


@pytest.fixture
def work(live_server):
    """A city with two years of work."""
    today = clock.today()
    with city(live_server.app):
        a_year_of_work(first_day(fiscal_year_of(today) - 1), today)
        yield


PAGES = {
    "plan-table": "/plan/table/2012",
    "plan-table-running": "/plan/table",
    "figures": "/figures",
    "figure": f"/figures/assistance_placements/{fiscal_year_of(clock.today())}",
    "figure-share": f"/figures/retention_3/{fiscal_year_of(clock.today()) - 1}",
}


@pytest.mark.parametrize("locale", ["ja-JP", "en-US"])
def test_each_page_of_figures_is_accessible_and_fits(work, new_page, locale):
    page = new_page(locale=locale)
    enter(page, "kakaricho")
    if locale == "en-US":
        page.goto("/language/en")
    for name, path in PAGES.items():
        page.goto(path)
        assert_accessible(page)
        for width in (1280, 390):
            screenshot(page, f"{name}-{locale[:2]}", width)
            page.set_viewport_size({"width": width, "height": 900})
            assert_fits(page)


def test_a_supervisor_follows_a_figure_to_the_very_record(work, page):
    enter(page, "kakaricho")
    page.goto("/figures")
    page.locator(".big a").click()
    page.locator("tbody tr").last.wait_for()
    page.locator("section[aria-labelledby=h-rows] tbody tr th a").first.click()
    page.wait_for_url("**/placements/*")
    assert page.locator("h1").is_visible()
