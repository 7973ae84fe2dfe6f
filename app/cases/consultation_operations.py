"""Logging consultations, correcting them, taking back what was entered in error."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import delete, insert
from sqlalchemy.orm.attributes import flag_modified

from app.access.actor import Actor
from app.audit.trail import record
from app.cases.charge_operations import was_there
from app.cases.consultation_queries import get_consultation, list_counts, list_groups, list_topics
from app.cases.entries import CODED, COLUMNS, NewConsultation, check_consultation
from app.cases.group_counts import complete
from app.cases.models import Consultation, ConsultationCount, ConsultationGroup, ConsultationTopic
from app.cases.operations import own_office, require_version
from app.cases.queries import visible_case_ids
from app.cases.vocabulary import VoidReason
from app.foundation import clock
from app.foundation.db import db, table_of
from app.foundation.errors import N_, DomainError, NotFound
from app.foundation.fiscal_year import fiscal_year_of
from app.foundation.prepared import Prepared

ADD = Prepared(
    insert(table_of(Consultation)).returning(table_of(Consultation).c.id, sort_by_parameter_order=True)
)
CLOSED = N_("この相談者は終了しています。続けるときは、さきに再開してください。")


def record_consultations(
    *, actor: Actor, new: Sequence[NewConsultation], known: Mapping[int, date | None] | None = None
) -> list[int]:
    """Log consultations of the actor's office and return their ids; a single one is a batch of one.

    ``known`` are the days of closing of the cases, where this transaction has asked for them already.

    Raises:
        NotFound: a case that this office may not know of.
        DomainError: a rule is broken, at the field concerned; nothing of the batch is kept.
    """
    office_id, today, now = own_office(actor), clock.today(), clock.now()
    ids = [entry.case_id for entry in new if entry.case_id is not None]
    if known is None:
        known = {key: case.closed_on for key, case in visible_case_ids(actor=actor, ids=ids).items()}
    for entry in new:
        check_consultation(entry, today=today)
        if entry.case_id is not None:
            if entry.case_id not in known:
                raise NotFound
            closed_on = known[entry.case_id]
            if closed_on is not None and entry.held_on > closed_on:
                raise DomainError(CLOSED)
    rows = [
        {
            "office_id": office_id,
            "counsellor_id": actor.id,
            "fiscal_year": fiscal_year_of(entry.held_on),
            "entered_at": now,
            "version": 1,
            **{name: getattr(entry, name) for name in COLUMNS},
        }
        for entry in new
    ]
    logged = add(rows)
    write_beside(list(zip(logged, new, strict=True)))
    for day in {entry.held_on for entry in new}:
        there = {entry.case_id for entry in new if entry.held_on == day and entry.case_id is not None}
        was_there(actor=actor, case_ids=there, day=day)
    for consultation_id in logged:
        record(
            actor=actor, action="consultation.recorded", subject="consultation", subject_id=consultation_id
        )
    return logged


def add(rows: list[dict[str, Any]]) -> list[int]:
    """Insert consultations and return their ids in order."""
    if len(rows) == 1:  # as at the desk, where somebody waits
        return [key for (key,) in ADD.rows(**rows[0])]
    return list(ADD.send_many(rows).scalars()) if rows else []


def write_beside(entries: Sequence[tuple[int, NewConsultation]]) -> None:
    """Write the topics and target groups beside the primary ones."""
    topics = [
        {"consultation_id": key, "topic": topic}
        for key, entry in entries
        for topic in dict.fromkeys(entry.other_topics)
        if topic is not entry.topic
    ]
    groups = [
        {"consultation_id": key, "target_group": group}
        for key, entry in entries
        for group in dict.fromkeys(entry.other_groups)
        if group is not entry.target_group
    ]
    if topics:
        db.session.execute(insert(ConsultationTopic), topics)
    if groups:
        db.session.execute(insert(ConsultationGroup), groups)
    write_counts(entries)


def write_counts(entries: Sequence[tuple[int, NewConsultation]]) -> None:
    """Write how many people of a group session were of which age band, group and so on."""
    counted = [
        {"consultation_id": key, "dimension": dimension, "value": value, "heads": heads}
        for key, entry in entries
        for dimension, values in complete(entry.counts or {}, headcount=entry.headcount).items()
        for value, heads in values.items()
    ]
    if counted:
        db.session.execute(insert(ConsultationCount), counted)


def coded_values(consultation: Consultation) -> dict[str, object]:
    """Return what the trail may keep of a consultation: codes, figures and days."""
    topics = list_topics(consultation_ids=[consultation.id]).get(consultation.id, ())
    return {
        **{name: getattr(consultation, name) for name in CODED},
        "other_topics": sorted(topics),
        "other_groups": sorted(list_groups(consultation_id=consultation.id)),
        "counts": list_counts(consultation_id=consultation.id),
    }


def change_consultation(
    *, actor: Actor, consultation_id: int, version: int | None, entry: NewConsultation
) -> Consultation:
    """Correct a consultation; the trail keeps who, when and what stood before.

    Raises:
        NotFound: no consultation of this office.
        Conflict: somebody else changed it meanwhile.
        DomainError: a rule is broken, at the field concerned.
    """
    consultation = get_consultation(actor=actor, consultation_id=consultation_id)
    require_version(consultation.version, version)
    check_consultation(entry, today=clock.today())
    if entry.case_id != consultation.case_id:
        raise DomainError(N_("相談者は変えられません。取り違えたときは、誤入力として取り消してください。"))
    before = coded_values(consultation)
    for name in COLUMNS:
        setattr(consultation, name, getattr(entry, name))
    consultation.fiscal_year = fiscal_year_of(entry.held_on)
    # Topics and groups beside the primary ones stand in tables of their own: a change of them alone shall
    # count as a version, too, or somebody else's page would overwrite it unseen.
    flag_modified(consultation, "memo")
    db.session.execute(delete(ConsultationTopic).where(ConsultationTopic.consultation_id == consultation.id))
    db.session.execute(delete(ConsultationGroup).where(ConsultationGroup.consultation_id == consultation.id))
    if entry.counts is None:
        # What was counted stays; a headcount that no longer fits it is refused.
        entry = replace(entry, counts=list_counts(consultation_id=consultation.id))
        check_consultation(entry, today=clock.today())
    db.session.execute(delete(ConsultationCount).where(ConsultationCount.consultation_id == consultation.id))
    write_beside([(consultation.id, entry)])
    db.session.flush()
    after = coded_values(consultation)
    record(
        actor=actor,
        action="consultation.changed",
        subject="consultation",
        subject_id=consultation.id,
        details={"before": {name: value for name, value in before.items() if after[name] != value}},
    )
    return consultation


def void_consultation(
    *, actor: Actor, consultation_id: int, version: int | None, reason: VoidReason
) -> Consultation:
    """Take a consultation out of every count; it stays readable in the trail.

    Raises:
        NotFound: no consultation of this office.
        Conflict: somebody else changed it meanwhile.
    """
    consultation = get_consultation(actor=actor, consultation_id=consultation_id)
    require_version(consultation.version, version)
    consultation.voided_at, consultation.void_reason = clock.now(), reason
    record(
        actor=actor,
        action="consultation.voided",
        subject="consultation",
        subject_id=consultation.id,
        details={"before": coded_values(consultation), "reason": reason.value},
    )
    db.session.flush()
    return consultation
