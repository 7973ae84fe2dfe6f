"""The plan, loaded, on a day of May on which the results of the year before are collected."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from app.access.permissions import Role
from app.foundation import clock
from app.foundation.db import db
from app.windows.models import Office
from tests.factories.signing import sign_in
from tests.plan.conftest import load_bundled_plan


@pytest.fixture(autouse=True)
def in_may():
    with clock.standing_at(datetime(2026, 5, 11, 1, 0, tzinfo=UTC)):
        yield


@pytest.fixture
def plan(db_session):
    load_bundled_plan()


@pytest.fixture
def personnel(client, plan):
    """The department of measure 3-10, whose figure is the number of interns."""
    office = db.session.scalars(select(Office).where(Office.key == "personnel")).one()
    sign_in(client, role=Role.DEPARTMENT, office=office)
    return client


@pytest.fixture
def plan_desk(app, plan):
    desk = app.test_client()
    sign_in(desk, role=Role.PLAN_DESK)
    return desk
