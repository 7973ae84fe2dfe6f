"""Opening the pages of the sample city, signed in once per account."""

from playwright.sync_api import Browser, BrowserContext

from app.demo.loading import load_sample
from app.foundation.db import db
from app.foundation.transaction import transaction
from tests.browser.every_page import PAGES, address_of, password_of
from tests.browser.harness.checks import assert_accessible, assert_fits
from tests.browser.harness.watching import Watcher

SAMPLE = "small sample"
SCALE = 0.3


class SampleCity:
    """The running server on a small sample city, and a browser context for each account and language."""

    def __init__(self, browser: Browser, server, database) -> None:
        self.browser, self.server, self.database = browser, server, database
        self.contexts: dict[tuple[str | None, str], BrowserContext] = {}
        with server.resting():
            self.fill()

    def fill(self) -> None:
        """Put the sample city into the database; it is loaded once."""
        if not self.database.has(SAMPLE):
            self.database.reset()
            with self.server.app.app_context():
                with transaction():
                    load_sample(pepper=self.server.app.config["SHIRUBE"].card_pepper, scale=SCALE)
                db.session.remove()
            self.database.keep(SAMPLE)
        self.database.reset(SAMPLE)

    def context(self, login_name: str | None, language: str) -> BrowserContext:
        """Return the context of an account, signed in through the page."""
        key = (login_name, language)
        if key not in self.contexts:
            context = self.browser.new_context(base_url=self.server.url, locale="ja-JP")
            context.set_default_timeout(10_000)
            context.watcher = Watcher(context, self.server.url)
            context.add_cookies([{"name": "lang", "value": language, "url": self.server.url}])
            if login_name is not None:
                page = context.new_page()
                page.goto("/sign-in")
                page.fill("input[name=login_name]", login_name)
                page.fill("input[name=password]", password_of(login_name))
                page.click("main button[type=submit]")
                page.wait_for_url(lambda url: "/sign-in" not in url)
                page.close()
            self.contexts[key] = context
        return self.contexts[key]

    def look(self, endpoint: str, language: str) -> None:
        """Open a page wide and narrow; it answers, fits, is accessible and complains about nothing."""
        context = self.context(PAGES[endpoint].by, language)
        context.watcher.problems.clear()
        page = context.new_page()
        try:
            page.set_viewport_size({"width": 1280, "height": 1024})
            answer = page.goto(address_of(self.server.app, endpoint))
            assert answer.status == 200, f"{endpoint} answered {answer.status}"
            assert page.locator("html").get_attribute("lang") == language
            assert page.locator("h1").count() == 1
            assert_fits(page)
            assert_accessible(page)
            page.set_viewport_size({"width": 390, "height": 844})
            assert_fits(page)
            assert_accessible(page)
        finally:
            page.close()
        problems = context.watcher.unexpected()
        assert not problems, "\n".join(problems)

    def close(self) -> None:
        """Close every context."""
        for context in self.contexts.values():
            context.close()
