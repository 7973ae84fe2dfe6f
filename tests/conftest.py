"""What every test gets: a clean database, the application on it, a clock that can be set, and no network.

Fixtures
    app            the application on a clean SQLite; in a test marked `both_databases`, once on each database
    db_session     an application context and its session, for tests of models, queries and operations
    client         a test client; every request has a context of its own (see databases/application.py)
    csrf_protection   switches the CSRF check back on, for the tests of the check itself
    database       the database behind `app` (`.name`, `.reset()`)
    count_statements   `with count_statements() as statements:` collects what is sent to the database

Tests of a package's models, queries and operations carry `pytestmark = pytest.mark.both_databases`;
routes and browsers run on SQLite. Days are set with time_machine.travel(…, tick=False) or
clock.standing_at(…).
"""

import os
import socket
import time
from pathlib import Path

# Neither Japan nor UTC: whoever lets the machine's zone decide a day is found out. Nothing of the caller's
# settings may reach a test.
os.environ["TZ"] = "America/New_York"
time.tzset()
for name in [
    name for name in os.environ if name.startswith(("SHIRUBE_", "FLASK_")) or name == "DATABASE_URL"
]:
    del os.environ[name]

import pytest  # noqa: E402
from hypothesis import settings  # noqa: E402

# A clock on a busy machine says nothing of the code; what must be fast is timed by tests of its own.
settings.register_profile("no-deadline", deadline=None)
settings.load_profile("no-deadline")

MARKERS = {
    "both_databases": "runs once on SQLite and once on PostgreSQL",
    "browser": "needs Chromium",
}
LOOPBACK = ("127.", "::1", "localhost")


def pytest_configure(config: pytest.Config) -> None:
    """Make the markers known."""
    for name, meaning in MARKERS.items():
        config.addinivalue_line("markers", f"{name}: {meaning}")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run a test marked `both_databases` once on each."""
    if "database" in metafunc.fixturenames and metafunc.definition.get_closest_marker("both_databases"):
        metafunc.parametrize("database", ["sqlite", "postgresql"], indirect=True)


def unavailable(reason: str) -> None:
    """Skip a test that this machine cannot run; where everything must run (CI=true), fail it."""
    if os.environ.get("CI") == "true":
        pytest.fail(f"CI needs it: {reason}", pytrace=False)
    pytest.skip(reason)


@pytest.fixture(scope="session")
def databases(tmp_path_factory: pytest.TempPathFactory):
    """Return the databases of this worker: `databases.get("sqlite")`, each made when first asked for."""
    from tests.databases.kept import Databases

    databases = Databases(tmp_path_factory.mktemp)
    yield databases
    databases.close()


@pytest.fixture
def database(request: pytest.FixtureRequest, databases):
    """Return a clean database: SQLite, or both in turn in a test marked `both_databases`."""
    from tests.databases.postgresql import PostgresqlMissingError

    try:
        database = databases.get(getattr(request, "param", "sqlite"))
    except PostgresqlMissingError as reason:
        unavailable(f"no PostgreSQL: {reason}")
    database.reset()
    return database


@pytest.fixture
def app(database):
    """Return the application on a clean database."""
    yield database.app
    # A context that a failed test left behind must not keep rows locked.
    with database.app.app_context():
        from app.foundation.db import db

        db.session.remove()


@pytest.fixture
def db_session(app):
    """Return the session of an application context that lasts as long as the test."""
    from app.foundation.db import db

    with app.app_context():
        yield db.session
        db.session.rollback()


@pytest.fixture
def client(app):
    """Return a test client."""
    return app.test_client()


@pytest.fixture
def csrf_protection(app):
    """Check CSRF tokens in this test, as in production."""
    app.config["WTF_CSRF_ENABLED"] = True
    yield
    app.config["WTF_CSRF_ENABLED"] = False


@pytest.fixture
def count_statements(app):
    """Return the means to count what a page asks of the database."""
    from functools import partial

    from tests.databases.counting import counted_statements

    return partial(counted_statements, app)


@pytest.fixture(scope="session", autouse=True)
def closed_network():
    """Let no test reach beyond this machine."""
    connect = socket.socket.connect

    def connect_to_loopback(self, address):
        if self.family != socket.AF_UNIX and not str(address[0]).startswith(LOOPBACK):
            self.close()
            raise RuntimeError(f"a test tried to reach {address[0]}")
        return connect(self, address)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", connect_to_loopback)
        yield


@pytest.fixture(scope="session")
def project() -> Path:
    """Return the project's folder."""
    return Path(__file__).resolve().parents[1]
