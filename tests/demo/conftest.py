"""The sample city of one fixed day, loaded once per run into a SQLite of its own."""

from datetime import date, datetime, time

import pytest

from app.demo.loading import load_sample
from app.foundation import clock
from app.foundation.db import db
from app.foundation.transaction import transaction

TODAY = date(2026, 11, 20)
SAMPLE = "sample"


def morning_of(day: date) -> datetime:
    """Return nine o'clock in Japan."""
    return datetime.combine(day, time(9), tzinfo=clock.TOKYO)


def load(app, *, day: date = TODAY, scale: float = 1, told=lambda _monday: None) -> bool:
    """Load the sample city as if it were this day."""
    with clock.standing_at(morning_of(day)), transaction():
        return load_sample(pepper=app.config["SHIRUBE"].card_pepper, scale=scale, told=told)


@pytest.fixture(scope="session")
def loaded_database(databases):
    """Return a database with the whole sample city."""
    database = databases.get("demo")
    if not database.has(SAMPLE):
        with database.app.app_context():
            load(database.app)
            db.session.remove()
        database.keep(SAMPLE)
    return database


@pytest.fixture
def sample(loaded_database):
    """Return the application on the sample city, as it was loaded; the clock stands on its day."""
    loaded_database.reset(SAMPLE)
    with loaded_database.app.app_context(), clock.standing_at(morning_of(TODAY)):
        yield loaded_database.app
        db.session.rollback()
        db.session.remove()
