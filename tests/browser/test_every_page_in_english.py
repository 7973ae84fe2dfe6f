"""Every page in English: it answers, fits a wide and a narrow screen, and axe finds nothing."""

import pytest

from tests.browser.every_page import PAGES
from tests.browser.looking import SampleCity


@pytest.fixture(scope="module")
def sample_city(browser, running_server, databases):
    city = SampleCity(browser, running_server, databases.get("browser"))
    yield city
    city.close()


@pytest.mark.parametrize("endpoint", PAGES)
def test_page_is_accessible_and_fits(sample_city, endpoint):
    sample_city.look(endpoint, "en")
