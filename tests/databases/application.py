"""The application as tests run it, on whichever database."""

from pathlib import Path

import flask_migrate
from flask import Flask
from flask.testing import FlaskClient

from app import create_app
from app.foundation.db import db
from config import Settings


class IsolatedClient(FlaskClient):
    """A client whose every request has an application context of its own, as in production.

    Without it a test that holds a context (fixture `db_session`) would share `flask.g`, the signed-in user
    and the database session with the request. What the test prepared is committed first; afterwards it reads
    afresh.
    """

    def open(self, *args, **kwargs):
        """Send one request."""
        holds_context = bool(_context_of(self.application))
        if holds_context:
            db.session.commit()
        with self.application.app_context():
            answer = super().open(*args, **kwargs)
        if holds_context:
            db.session.expire_all()
        return answer


def _context_of(application: Flask):
    from flask.globals import _cv_app  # Flask offers no public way to ask without raising

    context = _cv_app.get(None)
    return context if context is not None and context.app is application else None


def make_application(*, instance: Path, database_url: str) -> Flask:
    """Make the application on an empty database and bring that to the newest schema."""
    application = create_app(
        Settings(
            instance=instance,
            database_url=database_url,
            secret_key="a key that only tests use " * 2,
            card_pepper=b"a pepper that only tests use " * 2,
            draft_key=b"a draft key that only tests use " * 2,
        )
    )
    application.testing = True
    # Forms are posted without first reading a page; the fixture `csrf_protection` switches the check back on.
    application.config["WTF_CSRF_ENABLED"] = False
    application.test_client_class = IsolatedClient
    with application.app_context():
        flask_migrate.upgrade(directory=str(Path(application.root_path).parent / "migrations"))
        db.session.remove()
        db.engine.dispose()
    return application
