"""Loading the plan: once, twice, over what people changed."""

from decimal import Decimal

import pytest
from sqlalchemy import func, select

from app.audit.models import AuditEntry
from app.foundation.db import db
from app.foundation.transaction import transaction
from app.plan import queries
from app.plan.models import Indicator, Measure, Result, Target
from app.plan.results import TargetEntry
from app.plan.targets import set_targets
from app.windows.models import Office
from tests.plan.conftest import load_bundled_plan
from tests.plan.test_operations import plan_desk

pytestmark = pytest.mark.both_databases


def count(model):
    return db.session.scalar(select(func.count()).select_from(model))


def test_the_bundled_plan_has_21_measures_and_35_indicators(plan):
    assert (count(Measure), count(Indicator)) == (21, 35)


def test_loading_twice_changes_nothing(plan):
    before = {model: count(model) for model in (Measure, Indicator, Result, Target, Office, AuditEntry)}
    assert not load_bundled_plan()
    assert {model: count(model) for model in before} == before


def test_loading_creates_the_departments_with_their_programmes(plan):
    programmes = {office.key: office.programme for office in db.session.scalars(select(Office))}
    assert programmes["life_welfare"] == "assistance"
    assert programmes["economy"] == "guidance"
    assert len(programmes) == 10


def test_loading_again_leaves_a_target_that_the_plan_desk_changed(plan):
    with transaction():
        set_targets(
            actor=plan_desk(),
            first=2014,
            last=2014,
            entries=[
                TargetEntry(measure="1-1", indicator="info_items", value=Decimal(175), seen="150"),
                TargetEntry(measure="1-2", indicator="books_lent", value=None, seen="220"),
            ],
        )
    assert not load_bundled_plan()
    assert [target.value for _key, target in queries.list_targets("1-1", 2014)] == [175]
    assert [key for key, _target in queries.list_targets("1-2", 2014)] == ["books_held"]


def test_loading_again_corrects_words_that_the_file_says_otherwise(plan):
    measure = db.session.scalars(select(Measure).where(Measure.code == "1-1")).one()
    measure.title_en = "Wrong"
    db.session.commit()
    assert load_bundled_plan() == {"measure": 1}
    assert queries.get_measure("1-1", 2012).title.en == "Employment support information"


def test_loading_is_one_entry_in_the_trail(plan):
    entries = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "plan.load")).all()
    assert [entry.subject_id for entry in entries] == ["kokubunji-2007"]
