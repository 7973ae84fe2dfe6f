"""What the database keeps of persons and referrals is what the records say, whatever was done to them."""

import random
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import delete, func, insert, select, text, update

from app.cases.models import Case, Consultation
from app.cases.vocabulary import ConsultationKind, VoidReason
from app.foundation.db import db
from app.foundation.fiscal_year import fiscal_year_of
from app.foundation.transaction import transaction
from app.kpi import counts, course_rollups, rollups
from app.kpi.metrics import METRICS
from app.kpi.period import Period, Scope
from app.kpi.rollup_models import PersonSupport, PersonYear, ReferralStay
from app.kpi.vocabulary import By
from app.placements.models import Placement
from app.placements.vocabulary import Contract, PlacementKind
from app.referrals.models import ReferralMove
from app.referrals.vocabulary import State
from app.situation.programme import Programme
from app.situation.vocabulary import TargetGroup
from tests import factories
from tests.factories import make_case, make_consultation, make_office, system_actor

pytestmark = [pytest.mark.both_databases, pytest.mark.usefixtures("db_session")]

FIRST, DAYS = date(2023, 11, 1), 700
NOW = datetime(2025, 10, 1, tzinfo=UTC)
KEPT = [metric for metric in METRICS.values() if metric.direct]
ENTERING = ("visit", "visit", "visit", "many_visits", "refer", "move", "move", "job")
CHANGING = ("change", "void", "remove", "take_back", "change_move", "drop_move", "change_job")
OF_CASES = ("merge", "close")


class Lives:
    """Random lives of seven cases, mostly written past the operations and past the ORM."""

    def __init__(self, seed):
        self.draw = random.Random(seed)
        self.offices = [make_office("生活福祉課"), make_office("センター")]
        self.version = factories.make_window()[1]
        self.cases = [make_case(office=self.offices[0]) for _ in range(7)]
        self.visits, self.referrals, self.jobs = [], [], []

    def live(self, acts):
        for _ in range(acts):
            getattr(self, self.draw.choice((*ENTERING, *ENTERING, *CHANGING, *OF_CASES)))()
            db.session.flush()

    def day(self):
        return FIRST + timedelta(days=self.draw.randrange(DAYS))

    def facts(self):
        return {
            "held_on": self.day(),
            "programme": self.draw.choice((Programme.ASSISTANCE, Programme.ASSISTANCE, Programme.CENTRE)),
            "kind": self.draw.choice((*[ConsultationKind.CONSULTATION] * 4, ConsultationKind.RETENTION)),
            "target_group": self.draw.choice(list(TargetGroup)[:3]),
        }

    def visit(self):
        case, office = self.draw.choice((*self.cases, None)), self.draw.choice(self.offices)
        self.visits.append(make_consultation(case, office=office, **self.facts()).id)

    def many_visits(self):
        """Several in one statement: PostgreSQL shows a trigger all of them at once."""
        if not self.visits:
            return
        like = db.session.get(Consultation, self.visits[0])
        columns = [one.key for one in Consultation.__table__.columns if one.key != "id"]
        rows = [{key: getattr(like, key) for key in columns} for _ in range(4)]
        for row in rows:
            row |= self.facts() | {"case_id": self.draw.choice(self.cases).id, "voided_at": None}
            row |= {"fiscal_year": fiscal_year_of(row["held_on"]), "void_reason": None}
        before = db.session.scalar(select(func.max(Consultation.id)))
        db.session.execute(insert(Consultation.__table__).values(rows))
        self.visits += db.session.scalars(select(Consultation.id).where(Consultation.id > before)).all()

    def refer(self):
        case = self.draw.choice(self.cases)
        self.referrals.append(factories.make_referral(case, self.version, sent_on=self.day()).id)

    def move(self, corrects=None):
        if self.referrals:
            referral, day = self.draw.choice(self.referrals), self.day()
            newest = select(func.max(ReferralMove.number)).where(ReferralMove.referral_id == referral)
            number = (db.session.scalar(newest) or 0) + 1
            states = (State.ACCEPTED, State.MET, State.MET, State.SUPPORTING, State.ENDED, State.VOID)
            row = {
                "referral_id": referral,
                "number": number,
                "to_state": self.draw.choice(states),
                "happened_on": day,
                "fiscal_year": fiscal_year_of(day),
                "code_other": "",
                "corrects_number": corrects and self.draw.randint(1, number - 1) if number > 1 else None,
                "entered_at": NOW,
            }
            db.session.execute(insert(ReferralMove), [row])

    def take_back(self):
        self.move(corrects=True)

    def change_move(self):
        if self.referrals:
            day = self.day()
            chosen = ReferralMove.referral_id == self.draw.choice(self.referrals)
            values = {"happened_on": day, "fiscal_year": fiscal_year_of(day)}
            db.session.execute(update(ReferralMove).where(chosen, ReferralMove.number == 1).values(**values))

    def drop_move(self):
        if self.referrals:
            chosen = ReferralMove.referral_id == self.draw.choice(self.referrals)
            db.session.execute(delete(ReferralMove).where(chosen, ReferralMove.number > 2))

    def job_facts(self):
        day = self.day()
        return {
            "started_on": day,
            "programme": self.draw.choice((Programme.ASSISTANCE, Programme.CENTRE)),
            "kind": self.draw.choice((PlacementKind.NEW, PlacementKind.NEW, PlacementKind.RAISE)),
            "contract": self.draw.choice((Contract.REGULAR, Contract.REGULAR, Contract.SUPPORTED_A)),
        }

    def job(self):
        self.jobs.append(factories.make_placement(self.draw.choice(self.cases), **self.job_facts()).id)

    def change_job(self):
        if self.jobs:
            facts = self.job_facts()
            facts |= {"fiscal_year": fiscal_year_of(facts["started_on"]), "voided_at": None}
            facts["case_id"] = self.draw.choice(self.cases).id
            if self.draw.random() < 0.3:
                facts |= {"voided_at": NOW, "void_reason": VoidReason.DUPLICATE}
            db.session.execute(
                update(Placement).where(Placement.id == self.draw.choice(self.jobs)).values(**facts)
            )

    def change(self):
        if self.visits:
            chosen = Consultation.id.in_(self.draw.sample(self.visits, min(3, len(self.visits))))
            facts = self.facts() | {"case_id": self.draw.choice(self.cases).id}
            facts["fiscal_year"] = fiscal_year_of(facts["held_on"])
            db.session.execute(update(Consultation).where(chosen).values(**facts))

    def void(self):
        if self.visits:
            state = self.draw.choice(((None, None), (NOW, VoidReason.DUPLICATE)))
            values = {"voided_at": state[0], "void_reason": state[1]}
            chosen = Consultation.id == self.draw.choice(self.visits)
            db.session.execute(update(Consultation).where(chosen).values(**values))

    def remove(self):
        if self.visits:
            gone = self.visits.pop(self.draw.randrange(len(self.visits)))
            db.session.execute(delete(Consultation).where(Consultation.id == gone))

    def merge(self):
        """Merge a case, also one that others were merged into, or undo it."""
        case, into = self.draw.sample(self.cases, 2)
        values = {"merged_into_id": self.draw.choice((None, into.id))}
        db.session.execute(update(Case).where(Case.id == case.id).values(**values))

    def close(self):
        values = {"closed_on": self.draw.choice((None, self.day()))}
        db.session.execute(update(Case).where(Case.id == self.draw.choice(self.cases).id).values(**values))


@pytest.mark.parametrize("seed", range(6))
def test_after_any_history_what_is_kept_is_what_the_records_say(seed):
    lives = Lives(seed)
    for _ in range(8):
        lives.live(12)
        assert course_rollups.compare() == []
    for model in (PersonSupport, PersonYear, ReferralStay):
        assert db.session.scalar(select(func.count()).select_from(model)), model


@pytest.mark.parametrize("seed", [20, 21])
def test_every_figure_is_the_same_from_what_is_kept_and_from_the_records_alone(seed):
    lives = Lives(seed)
    lives.live(130)
    assert len(KEPT) == 11
    seen = 0
    for day in (date(2024, 3, 31), date(2024, 9, 30), date(2025, 3, 10), FIRST + timedelta(days=DAYS)):
        period = Period.of(fiscal_year_of(day), today=day)
        for scope in (
            Scope(),
            Scope(programme=Programme.ASSISTANCE),
            Scope(programme=Programme.CENTRE, office_id=lives.offices[1].id),
            Scope(programme=Programme.ASSISTANCE, target_group=list(TargetGroup)[0]),
        ):
            for metric in KEPT:
                alone = replace(metric, rows=metric.direct, rare_part=None, is_once_each=False)
                for by in ((), (By.TARGET_GROUP,), (By.PART,), (By.MONTH, By.OFFICE)):
                    found = counts.grouped(metric, period, scope, *by)
                    assert found == counts.grouped(alone, period, scope, *by), (metric.key, day, scope, by)
                    seen += len(found)
    assert seen > 300


def test_the_rows_behind_a_figure_are_those_of_the_records_alone():
    lives = Lives(7)
    lives.live(130)
    period = Period.of(2025, today=FIRST + timedelta(days=DAYS))
    for metric in KEPT:
        kept, alone = (
            {tuple(row)[1:5] + tuple(row)[6:] for row in db.session.execute(rows(period))}
            for rows in (metric.rows, metric.direct)
        )
        assert kept == alone, metric.key


@pytest.fixture
def a_wrong_day(db_session):
    make_consultation(make_case(), held_on=date(2025, 5, 1))
    factories.make_referral(make_case(), sent_on=date(2025, 5, 1))
    db.session.execute(text("UPDATE person_year SET first_on = '2025-05-02'"))
    db.session.execute(text("DELETE FROM referral_stay"))
    db.session.commit()


@pytest.mark.usefixtures("a_wrong_day")
def test_what_was_tampered_with_is_found_and_made_anew(app):
    run = app.test_cli_runner().invoke
    found = run(args=["rollups", "check"])
    assert (found.exit_code, found.stdout.splitlines()[-1]) == (1, "2")
    assert "person_year" in found.stderr
    with transaction():
        assert rollups.rebuild(actor=system_actor()) == 2
    assert course_rollups.compare() == []
    assert run(args=["rollups", "check"]).exit_code == 0
