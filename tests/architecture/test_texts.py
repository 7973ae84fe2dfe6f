"""Every text typed about a person goes when its time is over, or a reason says why it stays."""

from sqlalchemy import String

from app.cases.note_models import CaseNote
from app.foundation.db import Coded, db
from app.foundation.sensitivity import Sensitivity
from app.upkeep.texts import TYPED

STAYS = {
    "audit_entry.details": "the trail is append-only; operations hand it codes and numbers, never a text",
    "case_record.number": "drawn at random",
    "consultation_count.value": "a code of the vocabulary of its dimension",
    "guidance.situation": "the codes of what was asked and answered",
    "referral_move.code": "a code of the vocabulary of its state",
}


def sensitive_texts() -> set[str]:
    return {
        f"{table.name}.{column.name}"
        for table in db.metadata.sorted_tables
        for column in table.columns
        if column.info["sensitivity"] is Sensitivity.SENSITIVE
        and isinstance(column.type, String)
        and not isinstance(column.type, Coded)
    }


def purged() -> set[str]:
    found = {f"{one.class_.__tablename__}.{one.key}" for columns in TYPED.values() for one in columns}
    return found | {f"{CaseNote.__tablename__}.text"}


def test_every_text_about_a_person_is_purged_or_excused(app):
    assert sensitive_texts() == purged() | STAYS.keys()
    assert not purged() & STAYS.keys()


def test_what_is_purged_can_be_emptied(app):
    assert [
        str(one) for columns in TYPED.values() for one in columns if one.property.columns[0].nullable
    ] == []
