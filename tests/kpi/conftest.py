"""The plan that comes with Shirube, loaded on demand; a clock that stands in November 2026."""

from datetime import UTC, datetime

import pytest

from app.cli.plan import BUNDLED
from app.foundation import clock
from app.foundation.transaction import transaction
from app.plan.loading import load_plan
from app.plan.plan_file import read_plan
from tests.factories import system_actor


@pytest.fixture(autouse=True)
def standing_still():
    with clock.standing_at(datetime(2026, 11, 20, 1, 0, tzinfo=UTC)):
        yield


@pytest.fixture
def plan(db_session):
    """Load the bundled plan."""
    with transaction():
        load_plan(actor=system_actor(), facts=read_plan(BUNDLED.read_text(encoding="utf-8")))
