"""Loading the plan: once, twice, over people's own targets."""

import pytest
from sqlalchemy import func, select

from app.audit.models import AuditEntry
from app.foundation.db import db
from app.plan.models import Indicator, Measure, Result, Target
from tests.plan.conftest import load_bundled_plan

pytestmark = pytest.mark.both_databases


def count(model):
    return db.session.scalar(select(func.count()).select_from(model))


def test_the_bundled_plan_has_21_measures_and_35_indicators(plan):
    assert (count(Measure), count(Indicator)) == (21, 35)


def test_loading_twice_changes_nothing(plan):
    before = {model: count(model) for model in (Measure, Indicator, Result, Target, AuditEntry)}
    assert not load_bundled_plan()
    assert {model: count(model) for model in before} == before
