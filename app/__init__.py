"""Shirube (しるべ): case-referral tracking for a city's employment support desk.

``create_app`` is the one place that puts the house together: only here are routes and commands imported.
"""

import importlib
import logging
from contextlib import suppress
from datetime import timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

from flask import Flask, current_app, g, redirect, request, url_for
from flask_babel import Babel
from flask_babel import gettext as _
from flask_login import user_logged_in
from flask_migrate import Migrate
from flask_wtf.csrf import CSRFProtect
from jinja2 import StrictUndefined
from werkzeug.wrappers import Response

from app.access import guards, navigation
from app.access.actor import Actor
from app.access.permissions import Permission
from app.demo.queries import sample_is_loaded
from app.demo.staff import list_demo_accounts
from app.foundation import clock, engines
from app.foundation.db import db
from app.foundation.errors import Conflict
from app.foundation.transaction import transaction
from app.referrals import sweeping
from app.web import addresses, conflicts, errors, filters, headers, language, proxies
from config import PROJECT, Settings

# Every package that has pages or commands; a missing room is a package without one. Further rooms with pages
# stand with their own name.
PAGES = (
    "audit",
    "audit.identity_routes",
    "accounts",
    "windows",
    "windows.entry_routes",
    "windows.map_routes",
    "windows.map_register_routes",
    "windows.closed_day_routes",
    "drafts",
    "plan",
    "plan.cycle_routes",
    "cases",
    "guidance",
    "guidance.rule_routes",
    "referrals",
    "referrals.link_routes",
    "referrals.check_in_routes",
    "referrals.correction_routes",
    "referrals.paper_routes",
    "followup.board_routes",
    "followup.bulk_routes",
    "followup.quick_routes",
    "placements",
    "placements.check_routes",
    "kpi",
    "years",
    "years.freezing_routes",
    "years.series_routes",
    "publication",
    "kpi.handbook_routes",
    "months",
    "national",
    "collecting",
    "counter",
    "counter.grid_routes",
    "counter.group_routes",
    "counter.fill_routes",
    "casefile",
    "casefile.care_routes",
    "casefile.merge_routes",
    "home",
    "home.calendar_routes",
    "home.dashboard_routes",
    "home.handover_routes",
    "feed",
    "feed.data_routes",
    "feed.figure_routes",
    "feed.plan_routes",
    "feed.token_routes",
)
MODELS = (
    "audit.models",
    "accounts.models",
    "windows.models",
    "windows.rule_models",
    "windows.map_models",
    "windows.closed_day_models",
    "drafts.models",
    "plan.models",
    "plan.submission_models",
    "plan.period_models",
    "cases.models",
    "cases.note_models",
    "cases.handover_models",
    "guidance.models",
    "referrals.models",
    "referrals.paper_models",
    "referrals.link_models",
    "followup.view_models",
    "followup.waiting_models",
    "placements.models",
    "kpi.rollup_models",
    "years.freezing_models",
    "publication.models",
    "months.models",
    "national.models",
    "kpi.long_support_models",
    "home.models",
    "feed.token_models",
    "demo.models",
)
COMMANDS = (
    "accounts",
    "audit",
    "backup",
    "demo",
    "drafts",
    "feed",
    "guidance",
    "imports",
    "keys",
    "kpi",
    "plan",
    "referrals",
    "rollups",
    "upkeep",
    "windows",
)
LARGEST_FORM = 256 * 1024


def create_app(settings: Settings | None = None) -> Flask:
    """Build the application.

    Raises:
        ConfigurationError: the settings do not allow a safe start.
    """
    settings = settings or Settings.from_environment()
    app = Flask(__name__, instance_path=str(settings.instance))
    configure(app, settings)
    for module in MODELS:
        importlib.import_module(f"app.{module}")
    connect_extensions(app)
    register_pages(app)
    register_commands(app)
    proxies.trust(app, settings.proxies)
    return app


def configure(app: Flask, settings: Settings) -> None:
    """Turn the settings into Flask's configuration."""
    logging.getLogger("app").setLevel(logging.INFO)
    url = engines.normalise_url(settings.database_url)
    app.config.update(
        SHIRUBE=settings,
        SHIRUBE_DEMO_ACCOUNTS=list_demo_accounts,
        SECRET_KEY=settings.secret_key,
        SQLALCHEMY_DATABASE_URI=url,
        SQLALCHEMY_ENGINE_OPTIONS=engines.engine_options(url),
        SESSION_COOKIE_NAME="shirube",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=settings.secure_cookies,
        PERMANENT_SESSION_LIFETIME=timedelta(hours=12),
        WTF_CSRF_SSL_STRICT=False,  # pages send no referrer; the token and SameSite stand in for its check
        WTF_I18N_ENABLED=False,  # every sentence is our own; its catalogue was read from disk for each form
        WTF_CSRF_TIME_LIMIT=None,  # it lives as long as the session: a form left open over lunch is not lost
        BABEL_DEFAULT_LOCALE="ja",
        BABEL_DEFAULT_TIMEZONE="Asia/Tokyo",
        MAX_CONTENT_LENGTH=LARGEST_FORM,
        MAX_FORM_MEMORY_SIZE=LARGEST_FORM,
    )
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True


def connect_extensions(app: Flask) -> None:
    """Connect the libraries and what every page shares."""
    db.init_app(app)
    with app.app_context():
        engines.apply_rules(db.engine)
    Migrate(app, db, directory=str(PROJECT / "migrations"))
    Babel(app, locale_selector=language.select_locale)
    CSRFProtect(app)
    addresses.register(app)
    filters.register(app)
    headers.register(app)
    errors.register(app)
    conflicts.register(app)


def register_pages(app: Flask) -> None:
    """Import the routes of each package, wire the accounts, and refuse what has no guard."""
    app.register_blueprint(language.blueprint)
    guards.public(language.switch_language)
    for name in PAGES:
        room = name if "." in name else f"{name}.routes"
        if (Path(__file__).parent / f"{room.replace('.', '/')}.py").exists():
            app.register_blueprint(importlib.import_module(f"app.{room}").blueprint)
    accounts = importlib.import_module("app.accounts.signing")
    accounts.register(app)
    importlib.import_module("app.drafts.restoring").register(app)
    guards.refuse_unguarded(app)
    app.add_url_rule("/", "front", guards.public(front))
    app.add_url_rule("/healthz", "healthz", guards.public(healthz))
    guards.public(app.view_functions["static"])
    app.context_processor(surroundings)
    user_logged_in.connect(note_silences, app)


def register_commands(app: Flask) -> None:
    """Add the command groups."""
    for name in COMMANDS:
        if (Path(__file__).parent / "cli" / f"{name}.py").exists():
            app.cli.add_command(importlib.import_module(f"app.cli.{name}").group)


def front() -> Response:
    """Lead to the page that the reader's role sees first."""
    actor = guards.find_actor()
    if actor is None:
        return redirect(url_for(guards.SIGN_IN))
    return redirect(url_for(navigation.front_page(actor, current_app.view_functions)))


def note_silences(_app: Flask, **_visitor: object) -> None:
    """Note silent referrals when somebody signs in, for houses where no timer runs the sweep."""
    actor = sweeping.BY_ITSELF
    if not sweeping.list_silent(actor=actor, today=clock.today()):
        return
    # An answer that comes in at this very moment goes first; the next sign-in looks again.
    with suppress(Conflict), transaction():
        sweeping.sweep(actor=actor)


def healthz() -> tuple[str, int, dict[str, str]]:
    """Answer ok when the database answers and its disk has not failed."""
    db.session.execute(db.text("SELECT 1"))
    engines.require_working_disk(db.engine)
    return "ok\n", 200, {"Content-Type": "text/plain; charset=utf-8"}


def surroundings() -> dict[str, object]:
    """Return what base.html needs around every page."""
    actor = guards.find_actor()
    section = (request.endpoint or "").split(".")[0]
    fixed = around(actor, filters.locale(), request.script_root)
    current = next((e for e, _line in fixed["entries"] if e.endpoint == request.endpoint), None) or next(
        (e for e, _line in fixed["entries"] if section in e.sections), None
    )
    return {
        "actor": actor,
        "navigation": [{**line, "current": e is current} for e, line in fixed["entries"]],
        "account_menu": fixed["account_menu"],
        "who": g.get("who"),
        "sign_out_url": fixed["sign_out_url"],
        "sample_data": sample_is_loaded(),
        "public_pages": fixed["public_pages"],
    }


@lru_cache(maxsize=256)  # every page has it
def around(actor: Actor | None, _locale: str, _root: str) -> dict[str, Any]:
    """Return of the surroundings what is the same on every page of a person, in one language at one place."""
    entries = navigation.menu_of(actor, current_app.view_functions) if actor else []
    own = [("drafts.index", _("下書き"))]
    if actor and actor.may(Permission.CASE_READ):
        own.append(("calendar.index", _("カレンダー連携")))
    own.append(("accounts.password", _("パスワードを変える")))
    return {
        "entries": [
            (e, {"endpoint": e.endpoint, "url": url_for(e.endpoint), "label": _(e.label)}) for e in entries
        ],
        "account_menu": [{"url": url_for(name), "label": label} for name, label in own] if actor else [],
        "sign_out_url": url_for("accounts.sign_out") if actor else None,
        "public_pages": url_for("feed.start"),
    }
