"""Signing in and out with Flask: which actor belongs to a request (docs/decisions/0001-sessions.md).

The cookie holds a random key; what it opens stands in the table account_session and can be ended there.
"""

import logging
import secrets
from dataclasses import dataclass
from typing import Final

from flask import Flask, Response, current_app, g, redirect, request, session, url_for
from flask_babel import gettext as _
from flask_login import LoginManager, UserMixin, current_user, login_user
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.wrappers import Response as AnyResponse

from app.access.guards import current_actor
from app.access.throttle import Throttle
from app.accounts import attempts, operations, passwords, queries, sessions
from app.accounts.attempts import Counter
from app.accounts.lifetime import is_due_for_touch
from app.accounts.queries import Visit
from app.foundation import clock
from app.foundation.transaction import transaction
from app.web import filters

log = logging.getLogger(__name__)

BROWSER_COOKIE: Final = "browser"
A_YEAR: Final = 365 * 24 * 3600
OPEN_WHILE_PASSWORD_IS_DUE: Final = frozenset(
    {"accounts.password", "accounts.sign_out", "accounts.sign_in", "web.switch_language", "static", "healthz"}
)
PER_PAIR: Final = Throttle(free=5)
PER_ACCOUNT: Final = Throttle(free=20)
PER_ADDRESS: Final = Throttle(free=50)


class Visitor(UserMixin):
    """What flask-login holds: the session's key is the alternative id."""

    def __init__(self, key: str, visit: Visit) -> None:
        self.key = key
        self.visit = visit

    def get_id(self) -> str:
        """Return the key that the cookie carries."""
        return self.key


def register(app: Flask) -> None:
    """Give every request its actor."""
    manager = LoginManager()
    # Its protection would put a hash of the address into the cookie; stolen keys are ended in the table.
    manager.session_protection = None
    manager.user_loader(load_visitor)
    manager.init_app(app, add_context_processor=False)
    # First of all, so that the page about a missing CSRF token has its menu too.
    app.before_request_funcs.setdefault(None, []).insert(0, identify)
    app.before_request(ask_for_new_password)
    app.after_request(hand_out_browser_mark)


def load_visitor(key: str) -> Visitor | None:
    """Return who belongs to the key in the cookie."""
    visit = queries.find_visit(key)
    return Visitor(key, visit) if visit else None


def identify() -> None:
    """Put the actor of this request into ``g``, with the words for the head of the page."""
    if request.endpoint in {"static", "healthz"} or not current_user.is_authenticated:
        return
    visit: Visit = current_user.visit
    g.visit = visit
    g.actor = visit.actor
    g.who = words_for(visit)
    if is_due_for_touch(seen_at=visit.seen_at, now=clock.now()):
        touch(visit)


def words_for(visit: Visit) -> str:
    """Return 「生活福祉課・相談員」."""
    role = filters.label(visit.actor.role)
    office = visit.office_name_en if filters.locale() == "en" else visit.office_name
    return _("%(office)s・%(role)s", office=office, role=role) if office else role


def touch(visit: Visit) -> None:
    """Write that the session is in use; a page never fails because of that."""
    try:
        with transaction():
            sessions.touch(session_id=visit.session_id)
    except SQLAlchemyError:
        log.warning("the moment last seen could not be written", exc_info=True)


def ask_for_new_password() -> AnyResponse | None:
    """Lead whoever holds a one-time password to choosing an own one first."""
    visit: Visit | None = g.get("visit")
    if visit is None or not visit.must_change_password or request.endpoint in OPEN_WHILE_PASSWORD_IS_DUE:
        return None
    return redirect(url_for("accounts.password"))


@dataclass(frozen=True, kw_only=True)
class Counters:
    """What is counted of one attempt to sign in, and under which hash a good one is remembered."""

    counted: tuple[Counter, ...]
    own: str
    known: str


def counters_for(login_name: str) -> Counters:
    """Return the counters of an attempt.

    A browser in which this account has signed in before has a count of its own: whatever others try from
    elsewhere, they cannot keep the holder out.
    """
    secret = current_app.config["SECRET_KEY"]
    browser = request.cookies.get(BROWSER_COOKIE, "")
    known = attempts.key_of(secret, "known", login_name, browser)
    if browser and attempts.is_known(known):
        own = Counter(key_hash=attempts.key_of(secret, "browser", login_name, browser), throttle=PER_PAIR)
        return Counters(counted=(own,), own=own.key_hash, known=known)
    address = request.remote_addr or ""
    pair = Counter(key_hash=attempts.key_of(secret, "pair", login_name, address), throttle=PER_PAIR)
    account = Counter(key_hash=attempts.key_of(secret, "account", login_name), throttle=PER_ACCOUNT)
    source = Counter(key_hash=attempts.key_of(secret, "address", address), throttle=PER_ADDRESS)
    return Counters(counted=(pair, account, source), own=pair.key_hash, known=known)


def try_to_sign_in(login_name: str, password: str) -> bool:
    """Check a password and begin a session; False when name or password is wrong.

    Raises:
        TooManyAttempts: a wait has not passed yet.
    """
    counters = counters_for(login_name)
    with transaction():
        wait = attempts.reserve(counters.counted)
    account = queries.find_by_login_name(login_name)
    usable = account is not None and account.is_active
    fits = passwords.matches(account.password_hash if account and usable else None, password)
    if account is None or not fits:
        if account is not None and wait:
            with transaction():
                sessions.note_wait(account_id=account.id, minutes=wait)
        return False
    with transaction():
        key = sessions.sign_in(account_id=account.id, password=password)
        attempts.succeed(counters.counted, clear=counters.own)
        known = remember_browser(login_name)
        attempts.remember_known(known)
    enter(key)
    return True


def remember_browser(login_name: str) -> str:
    """Give this browser a random mark (no more is in the cookie); return the hash to remember it by."""
    g.browser = request.cookies.get(BROWSER_COOKIE) or secrets.token_urlsafe(16)
    return attempts.key_of(current_app.config["SECRET_KEY"], "known", login_name, g.browser)


def hand_out_browser_mark(response: Response) -> Response:
    """Set the mark of a browser in which somebody has just signed in."""
    mark = g.get("browser")
    if mark:
        secure = bool(current_app.config["SESSION_COOKIE_SECURE"])
        response.set_cookie(
            BROWSER_COOKIE, mark, max_age=A_YEAR, httponly=True, samesite="Lax", secure=secure
        )
    return response


def enter(key: str) -> None:
    """Begin the cookie afresh with the key of a new session, so that none planted before is taken over."""
    visitor = load_visitor(key)
    session.clear()
    if visitor is not None:
        login_user(visitor)
        session.pop("_id", None)  # flask-login's hash of the address; nothing reads it here
        g.visit, g.actor = visitor.visit, visitor.visit.actor


def change_password(current: str, password: str, again: str) -> None:
    """Replace the own password; the session goes on under a new key, every other one ends.

    Raises:
        DomainError: see operations.change_password; TooManyAttempts after wrong guesses at the present one.
    """
    actor = current_actor()
    key_hash = attempts.key_of(current_app.config["SECRET_KEY"], "password", str(actor.id))
    counters = [Counter(key_hash=key_hash, throttle=PER_PAIR)]
    with transaction():
        attempts.reserve(counters)
    with transaction():
        key = operations.change_password(actor=actor, current=current, password=password, again=again)
        attempts.succeed(counters, clear=key_hash)
    enter(key)


def leave() -> None:
    """End the session at hand, here and in the table."""
    visit: Visit | None = g.get("visit")
    if visit is not None:
        with transaction():
            sessions.sign_out(actor=visit.actor, session_id=visit.session_id)
    session.clear()
    g.pop("visit", None)
    g.pop("actor", None)
