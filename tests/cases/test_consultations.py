"""The consultation log: what is taken, what is refused at which field, and what a correction keeps."""

from dataclasses import replace
from datetime import date

import pytest
import time_machine
from sqlalchemy import select

from app.audit.models import AuditEntry
from app.cases.consultation_operations import change_consultation, record_consultations, void_consultation
from app.cases.consultation_queries import count_office_consultations, list_consultations, list_topics
from app.cases.entries import NewConsultation
from app.cases.models import Consultation
from app.cases.vocabulary import Channel, Source, VoidReason
from app.foundation.db import db
from app.foundation.errors import Conflict, DomainError, NotFound
from app.foundation.transaction import transaction
from app.situation.programme import Programme
from app.situation.vocabulary import AgeBand, AssistanceStatus, Household, TargetGroup, Topic
from tests.factories import actor_of, make_account, make_actor, make_case, make_consultation, make_office

pytestmark = pytest.mark.both_databases


def entry(**more) -> NewConsultation:
    facts = {
        "case_id": None,
        "programme": Programme.ASSISTANCE,
        "held_on": date(2025, 6, 2),
        "minutes": 30,
        "channel": Channel.VISIT,
        "source": Source.SELF,
        "assistance": AssistanceStatus.RECIPIENT,
        "age_band": AgeBand.A40_49,
        "household": Household.SINGLE,
        "target_group": TargetGroup.MIDDLE_AGED,
        "topic": Topic.JOB_SEARCH,
    }
    return NewConsultation(**(facts | more))


@pytest.fixture
def actor(db_session):
    return make_actor()


def logged_one(actor, said):
    return db.session.get(Consultation, record_consultations(actor=actor, new=[said])[0])


def test_a_consultation_keeps_what_was_true_at_the_time(actor, db_session):
    said = entry(other_topics=(Topic.HOUSING, Topic.JOB_SEARCH), memo="面接の練習をした。")
    logged = logged_one(actor, said)
    assert logged.assistance is AssistanceStatus.RECIPIENT
    assert logged.counsellor_id == actor.id
    assert list_topics(consultation_ids=[logged.id]) == {logged.id: (Topic.HOUSING,)}


@pytest.mark.parametrize(
    ("day", "year"), [(date(2026, 3, 31), 2025), (date(2026, 4, 1), 2026), (date(2020, 3, 31), 2019)]
)
def test_the_day_decides_the_fiscal_year(actor, day, year):
    assert logged_one(actor, entry(held_on=day)).fiscal_year == year


def test_today_is_japans_day_whatever_the_servers_zone(actor):
    with time_machine.travel("2026-03-31T15:30:00+00:00", tick=False):
        logged = logged_one(actor, entry(held_on=date(2026, 4, 1)))
    assert logged.fiscal_year == 2026


@pytest.mark.parametrize(
    ("wrong", "field", "words"),
    [
        ({"held_on": date(2099, 1, 1)}, "held_on", "まだ来ていない日"),
        ({"held_on": date(1999, 1, 1)}, "held_on", "平成19年4月1日より前"),
        ({"headcount": 0}, "headcount", "1から500"),
        ({"headcount": 501}, "headcount", "1から500"),
        ({"minutes": 601}, "minutes", "600分まで"),
        ({"memo": "あ" * 201}, "memo", "200字まで"),
        ({"memo": "携帯は090-1234-5678です"}, "memo", "人を特定できる"),
        ({"topic_other": "え" * 61}, "topic_other", "60字まで"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(actor, db_session, wrong, field, words):
    with pytest.raises(DomainError, match=words) as refused:
        record_consultations(actor=actor, new=[entry(**wrong)])
    assert refused.value.field == field
    assert db_session.scalars(select(Consultation)).all() == []


@pytest.mark.parametrize("memo", ["𠮷野家ではない。㈱の件", "①～③を確かめた", "（髙﨑）は書かない", "📄"])
def test_rare_characters_are_kept_as_they_were_typed(actor, db_session, memo):
    logged = logged_one(actor, entry(memo=memo))
    db_session.expire_all()
    assert db_session.get(Consultation, logged.id).memo == memo


def test_a_group_session_belongs_to_no_single_case(actor):
    case = make_case()
    with pytest.raises(DomainError, match="2人以上") as refused:
        record_consultations(actor=actor, new=[entry(case_id=case.id, headcount=3)])
    assert refused.value.field == "headcount"


def test_a_batch_with_one_wrong_entry_leaves_nothing(actor, db_session):
    with pytest.raises(DomainError):
        record_consultations(actor=actor, new=[entry(), entry(minutes=0)])
    assert db_session.scalars(select(Consultation)).all() == []


def test_a_case_of_another_office_cannot_be_written_to(actor):
    foreign = make_case(make_office())
    with pytest.raises(NotFound):
        record_consultations(actor=actor, new=[entry(case_id=foreign.id)])


def test_a_closed_case_takes_only_what_happened_before_it_closed(db_session):
    office = make_office()
    actor = actor_of(make_account(office=office))
    case = make_case(office, closed_on=date(2025, 6, 10))
    record_consultations(actor=actor, new=[entry(case_id=case.id, held_on=date(2025, 6, 10))])
    with pytest.raises(DomainError, match="再開"):
        record_consultations(actor=actor, new=[entry(case_id=case.id, held_on=date(2025, 6, 11))])


def test_a_correction_keeps_who_when_and_what_stood_before(actor, db_session):
    logged = logged_one(actor, entry(memo="はじめのメモ"))
    db_session.commit()
    with transaction():
        change_consultation(
            actor=actor,
            consultation_id=logged.id,
            version=logged.version,
            entry=entry(minutes=45, memo="あとのメモ", held_on=date(2025, 3, 31)),
        )
    assert (logged.minutes, logged.fiscal_year) == (45, 2024)
    kept = db_session.scalars(select(AuditEntry).where(AuditEntry.action == "consultation.changed")).one()
    assert '"minutes":30' in kept.details
    assert '"held_on":"2025-06-02"' in kept.details
    assert "メモ" not in kept.details
    assert kept.actor_id == actor.id


def test_the_second_of_two_people_correcting_one_record_is_told(actor):
    logged = logged_one(actor, entry())
    seen = logged.version
    change_consultation(actor=actor, consultation_id=logged.id, version=seen, entry=entry(minutes=45))
    with pytest.raises(Conflict, match="先に変えました"):
        change_consultation(actor=actor, consultation_id=logged.id, version=seen, entry=entry(minutes=60))
    assert logged.minutes == 45


def test_a_correction_never_moves_a_record_to_another_case(actor):
    case = make_case()
    logged = logged_one(actor, entry())
    with pytest.raises(DomainError, match="相談者は変えられません"):
        change_consultation(
            actor=actor,
            consultation_id=logged.id,
            version=logged.version,
            entry=replace(entry(), case_id=case.id),
        )


def test_a_voided_consultation_leaves_the_lists_and_the_counts(db_session):
    office = make_office()
    actor = actor_of(make_account(office=office))
    case = make_case(office)
    logged = make_consultation(case)
    span = {"first": date(2025, 6, 1), "last": date(2025, 6, 30)}
    assert count_office_consultations(actor=actor, **span) == 1
    void_consultation(
        actor=actor, consultation_id=logged.id, version=logged.version, reason=VoidReason.DUPLICATE
    )
    assert count_office_consultations(actor=actor, **span) == 0
    assert list_consultations(actor=actor, case_id=case.id) == []
    with pytest.raises(NotFound):
        void_consultation(actor=actor, consultation_id=logged.id, version=None, reason=VoidReason.DUPLICATE)
