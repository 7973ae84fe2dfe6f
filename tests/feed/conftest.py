"""The directory that comes with the program, on a fixed day."""

from datetime import UTC, datetime

import pytest

from app.foundation import clock
from app.foundation.transaction import transaction
from app.windows.loading import load_directory
from tests.factories import system_actor

NOW = datetime(2026, 11, 20, 1, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def standing_still():
    with clock.standing_at(NOW):
        yield


@pytest.fixture
def shipped(db_session):
    with transaction():
        load_directory(actor=system_actor())


@pytest.fixture
def reader(client, shipped):
    """Return a reader who never signed in, in front of the directory that comes with the program."""
    return client
