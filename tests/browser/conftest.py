"""Fixtures for tests in a real Chromium; every test of this folder carries the marker `browser`.

Fixtures
    live_server   the application on a clean SQLite behind a real port (`.url`, `.app`), CSRF checked
    page          a page of a new browser context, Japanese, 1280 × 900; paths lead to the server.
                  A console error or warning, a breach of the content policy or a request to another machine
                  fails the test; `watcher.allow(pattern)` names the one that a test provokes on purpose
    new_page      a function for pages of other people: `new_page(locale="en-US", java_script_enabled=False)`
    watcher       what the pages of this test reported

Checks are imported: `from tests.browser.harness.checks import assert_accessible, assert_fits, screenshot`.
"""

import pytest

from tests.browser.harness.chromium import HOW_TO_INSTALL, find_chromium, flags
from tests.conftest import unavailable

WINDOW = {"width": 1280, "height": 900}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests of this folder."""
    for item in items:
        if item.path.is_relative_to(__file__.removesuffix("/conftest.py")):
            item.add_marker("browser")


@pytest.fixture(scope="session")
def browser():
    """Return a running Chromium, one per worker."""
    program = find_chromium()
    if program is None:
        unavailable(f"no Chromium: {HOW_TO_INSTALL}")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=program, args=flags())
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def running_server(browser, databases):
    """Return the server that all browser tests of a worker share."""
    from tests.browser.harness.serving import LiveServer

    database = databases.get("browser")
    database.app.config["WTF_CSRF_ENABLED"] = True
    server = LiveServer(database.app)
    yield server
    server.stop()


@pytest.fixture
def live_server(running_server, databases):
    """Return the server on a clean database."""
    with running_server.resting():
        databases.get("browser").reset()
    return running_server


@pytest.fixture
def new_page(browser, live_server):
    """Return a function that opens a page in a new browser context, as another person would."""
    from tests.browser.harness.watching import Watcher

    contexts = []

    def open_page(**options):
        chosen = {"locale": "ja-JP", "timezone_id": "Asia/Tokyo", "viewport": WINDOW} | options
        context = browser.new_context(base_url=live_server.url, **chosen)
        context.set_default_timeout(10_000)
        context.watcher = Watcher(context, live_server.url)
        contexts.append(context)
        return context.new_page()

    yield open_page
    for context in contexts:
        context.close()
    problems = [problem for context in contexts for problem in context.watcher.unexpected()]
    assert not problems, "\n".join(problems)


@pytest.fixture
def page(new_page):
    """Return a page."""
    return new_page()


@pytest.fixture
def watcher(page):
    """Return what watches the page."""
    return page.context.watcher
