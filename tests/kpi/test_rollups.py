"""The sums that the database keeps are those of the records, whatever was done to them."""

import random
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import delete, insert, text, update

from app.cases.models import Consultation, ConsultationCount
from app.cases.vocabulary import ConsultationKind, Dimension, VoidReason
from app.foundation.db import db
from app.foundation.fiscal_year import fiscal_year_of
from app.foundation.transaction import transaction
from app.kpi import counts, rollups
from app.kpi.metrics import METRICS
from app.kpi.period import NOT_RECORDED, Period, Scope
from app.kpi.rollup_models import ConsultationDay
from app.kpi.vocabulary import By
from app.situation.programme import Programme
from app.situation.vocabulary import TargetGroup
from tests.factories import make_case, make_consultation, make_office, system_actor

pytestmark = [pytest.mark.both_databases, pytest.mark.usefixtures("db_session")]

TODAY = date(2026, 11, 20)
SUMMED = [metric for metric in METRICS.values() if metric.sums]
DIMENSIONS = [(), (By.MONTH,), (By.OFFICE,), (By.TARGET_GROUP,), (By.MONTH, By.TARGET_GROUP)]


class History:
    """Random acts on consultations, as any program may do them: past the operations, past the ORM."""

    def __init__(self, seed):
        self.draw = random.Random(seed)
        self.offices = [make_office("生活福祉課"), make_office("センター")]
        self.cases = [make_case(office=self.offices[0]) for _ in range(4)]
        self.ids = []

    def act(self):
        getattr(self, self.draw.choice(("enter", "enter", "count", "change", "void", "merge", "remove")))()

    def enter(self):
        facts = self.facts()
        office = next(one for one in self.offices if one.id == facts["office_id"])
        del facts["office_id"]
        self.ids.append(make_consultation(self.draw.choice(self.cases), office=office, **facts).id)

    def facts(self):
        held_on = date(2025, 3, 28) + timedelta(days=self.draw.randrange(8))
        return {
            "held_on": held_on,
            "office_id": self.draw.choice(self.offices).id,
            "programme": self.draw.choice((Programme.ASSISTANCE, Programme.CENTRE)),
            "kind": self.draw.choice(list(ConsultationKind)),
            "target_group": self.draw.choice(list(TargetGroup)[:3]),
            "headcount": self.draw.randint(1, 30),
        }

    def count(self):
        if not self.ids:
            return
        which = self.draw.choice(self.ids)
        db.session.execute(delete(ConsultationCount).where(ConsultationCount.consultation_id == which))
        values = self.draw.sample(["disability", "youth", "middle_aged", "unknown"], self.draw.randint(0, 4))
        rows = [
            {
                "consultation_id": which,
                "dimension": dimension,
                "value": value,
                "heads": self.draw.randint(1, 9),
            }
            for value in values
            for dimension in (Dimension.TARGET_GROUP, Dimension.AGE_BAND)
        ]
        if rows:
            db.session.execute(insert(ConsultationCount), rows)
        if len(values) > 1:
            db.session.execute(
                update(ConsultationCount)
                .where(ConsultationCount.consultation_id == which, ConsultationCount.value == values[0])
                .values(heads=11)
            )

    def change(self):
        if self.ids:
            which = Consultation.id.in_(self.draw.sample(self.ids, min(3, len(self.ids))))
            facts = self.facts()
            facts["fiscal_year"] = fiscal_year_of(facts["held_on"])
            db.session.execute(update(Consultation).where(which).values(**facts))

    def void(self):
        if self.ids:
            which = Consultation.id == self.draw.choice(self.ids)
            state = self.draw.choice(((None, None), (datetime(2026, 1, 1, tzinfo=UTC), VoidReason.DUPLICATE)))
            db.session.execute(
                update(Consultation).where(which).values(voided_at=state[0], void_reason=state[1])
            )

    def merge(self):
        self.cases[1].merged_into_id = self.draw.choice((None, self.cases[0].id))
        db.session.flush()

    def remove(self):
        if self.ids:
            which = self.ids.pop(self.draw.randrange(len(self.ids)))
            db.session.execute(delete(ConsultationCount).where(ConsultationCount.consultation_id == which))
            db.session.execute(delete(Consultation).where(Consultation.id == which))


@pytest.mark.parametrize("seed", range(4))
def test_after_any_history_the_kept_sums_are_those_of_the_records(seed):
    history = History(seed)
    for number in range(60):
        history.act()
        if number % 10 == 9:
            assert rollups.compare() == []
    assert db.session.query(ConsultationDay).count()


def test_every_figure_is_the_same_from_kept_sums_and_from_the_very_rows():
    history = History(20)
    for _ in range(80):
        history.act()
    scopes = [
        Scope(),
        Scope(office_id=history.offices[0].id),
        Scope(target_group=TargetGroup.DISABILITY, month=4),
        Scope(target_group=NOT_RECORDED),
        Scope(office_id=history.offices[1].id, programme=Programme.CENTRE),
    ]
    assert SUMMED
    for metric in SUMMED:
        for period in (Period.of(2024, today=TODAY), Period.of(2025, today=date(2025, 4, 2))):
            for scope in scopes:
                for by in DIMENSIONS:
                    assert counts.sums_of(metric, period, scope, by) is not None
                    kept = counts.grouped(metric, period, scope, *by)
                    assert kept == counts.grouped_rows(metric, period, scope, *by)


def test_what_the_sums_cannot_tell_is_counted_from_the_rows():
    metric, period = SUMMED[0], Period.of(2025, today=TODAY)
    make_consultation(held_on=date(2025, 5, 1), programme=Programme.ASSISTANCE)
    assert counts.sums_of(metric, period, Scope(agency_id=NOT_RECORDED), ()) is None
    assert counts.value(metric, period, Scope(agency_id=NOT_RECORDED)).value == 1


@pytest.fixture
def a_wrong_sum(db_session):
    make_consultation(held_on=date(2025, 5, 1), headcount=4)
    make_consultation(held_on=date(2025, 5, 2))
    db.session.execute(text("UPDATE consultation_day SET heads = heads + 1 WHERE heads = 4"))
    db.session.commit()


@pytest.mark.usefixtures("a_wrong_sum")
def test_a_sum_that_was_tampered_with_is_found_and_made_anew(app):
    (wrong,) = rollups.compare()
    assert (wrong.held_on, wrong.kept, wrong.counted) == (date(2025, 5, 1), (1, 5), (1, 4))
    with transaction():
        assert rollups.rebuild(actor=system_actor()) == 1
    assert rollups.compare() == []


@pytest.mark.usefixtures("a_wrong_sum")
def test_the_command_says_how_many_sums_are_wrong_and_mends_them(app):
    run = app.test_cli_runner().invoke
    found = run(args=["rollups", "check"])
    assert (found.exit_code, found.stdout.splitlines()[-1]) == (1, "1")
    assert "2025-05-01" in found.stderr
    assert run(args=["rollups", "rebuild"]).stdout.splitlines()[-1] == "1"
    found = run(args=["rollups", "check"])
    assert (found.exit_code, found.stdout.splitlines()[-1]) == (0, "0")
