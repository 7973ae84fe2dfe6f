"""Every page in Japanese: it answers, fits a wide and a narrow screen, and axe finds nothing."""

import pytest

from tests.browser.every_page import EVERY_ROLE, NO_PAGE, PAGES, ROLES_SEEN
from tests.browser.looking import SampleCity


@pytest.fixture(scope="module")
def sample_city(browser, running_server, databases):
    city = SampleCity(browser, running_server, databases.get("browser"))
    yield city
    city.close()


@pytest.mark.parametrize("endpoint", PAGES)
def test_page_is_accessible_and_fits(sample_city, endpoint):
    sample_city.look(endpoint, "ja")


def test_every_page_is_looked_at(running_server):
    rules = running_server.app.url_map.iter_rules()
    pages = {rule.endpoint for rule in rules if "GET" in rule.methods}
    assert pages - PAGES.keys() - NO_PAGE.keys() == set()
    assert (PAGES.keys() | NO_PAGE.keys()) - pages == set()


def test_every_role_opens_some_page():
    assert ROLES_SEEN == EVERY_ROLE
