"""A city with its directory, its plan and people who can sign in, for tests in the browser."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from flask import Flask
from playwright.sync_api import Page

from app.access.actor import Actor
from app.access.permissions import Role
from app.accounts import passwords
from app.foundation.db import db
from app.foundation.transaction import transaction
from app.plan.loading import load_plan
from app.plan.plan_file import read_plan
from app.windows.loading import load_directory
from app.windows.models import Office
from tests.factories import make_account

PASSWORD = "shirube-tameshi-2026"
PLAN = Path(__file__).resolve().parents[2] / "app" / "plan" / "data" / "kokubunji-2007.toml"
PEOPLE = (
    ("soudan1", Role.COUNSELLOR, "life_welfare"),
    ("kakaricho", Role.SUPERVISOR, "life_welfare"),
    ("keikaku", Role.PLAN_DESK, "economy"),
)


@contextmanager
def city(app: Flask) -> Iterator[None]:
    """Load the directory and the plan and make the people; stay in the application's context."""
    system = Actor(id=None, label="test", role=Role.PLAN_DESK, office_id=None)
    with app.app_context():
        with transaction():
            load_directory(actor=system)
            load_plan(actor=system, facts=read_plan(PLAN.read_text(encoding="utf-8")))
        password = passwords.hash_of(PASSWORD)
        with transaction():
            for login_name, role, key in PEOPLE:
                office = db.session.query(Office).filter_by(key=key).one()
                make_account(role, office, login_name=login_name, password_hash=password)
        yield


def enter(page: Page, login_name: str) -> None:
    """Sign in through the page."""
    page.goto("/sign-in")
    page.fill("input[name=login_name]", login_name)
    page.fill("input[name=password]", PASSWORD)
    page.click("main button[type=submit]")
    page.wait_for_url(lambda url: "/sign-in" not in url)


def answer_about(page: Page) -> None:
    """Answer what is true of a person who is not known yet: an entry page presets none of it."""
    page.locator("input[name=assistance][value=recipient]").check(force=True)
    page.locator("select[name=age_band]").select_option("unknown")
    page.locator("select[name=household]").select_option("unknown")
