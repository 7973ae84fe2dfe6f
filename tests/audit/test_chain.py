"""The chain: every way to tamper with the trail is found."""

import pytest
from sqlalchemy import delete, select, text, update

from app.audit import queries, trail
from app.audit.chain import GENESIS
from app.audit.models import AuditEntry, AuditHead
from app.foundation.db import db
from app.foundation.transaction import transaction
from tests import factories

pytestmark = pytest.mark.both_databases
ENTRY = AuditEntry.__table__


def write(count: int = 5) -> None:
    for number in range(count):
        with transaction():
            trail.record(
                actor=factories.system_actor(),
                action="office.change",
                subject="office",
                subject_id=number,
                details={"before": {"name": f"第{number}課"}},
            )


def tamper(*statements) -> None:
    """Change the trail as somebody with the database's own password could."""
    if db.engine.dialect.name == "sqlite":
        for act in ("update", "delete"):
            db.session.execute(text(f"DROP TRIGGER audit_entry_no_{act}"))
    else:
        db.session.execute(text("ALTER TABLE audit_entry DISABLE TRIGGER audit_entry_append_only"))
    for statement in statements:
        db.session.execute(statement)
    if db.engine.dialect.name != "sqlite":
        db.session.execute(text("ALTER TABLE audit_entry ENABLE TRIGGER audit_entry_append_only"))
    db.session.commit()


def found(kept: str | None = None) -> str:
    return "\n".join(map(str, queries.verify(kept=kept).faults))


def test_an_honest_trail_holds_and_so_does_every_head_that_was_kept(db_session):
    heads = [queries.get_head().digest]
    for _day in range(3):
        write(2)
        heads.append(queries.get_head().digest)
    assert queries.verify().entries == 6
    assert [found(kept) for kept in heads] == [""] * 4
    assert heads[0] == GENESIS
    assert queries.get_head().number == 6


def test_an_edit_is_found(db_session):
    write()
    tamper(update(ENTRY).where(ENTRY.c.id == 3).values(actor_label="somebody else"))
    assert found() == "entry 3: was changed after it was written"


def test_a_removed_entry_is_found(db_session):
    write()
    tamper(delete(ENTRY).where(ENTRY.c.id == 3))
    assert "entry 4: comes after 2" in found()


def test_a_removed_entry_is_found_when_the_rest_is_renumbered(db_session):
    write()
    tamper(
        delete(ENTRY).where(ENTRY.c.id == 3),
        update(ENTRY).where(ENTRY.c.id == 4).values(id=3),
    )
    assert "entry 3: does not follow from the entry before it" in found()


def test_two_entries_that_changed_places_are_found(db_session):
    write()
    tamper(
        update(ENTRY).where(ENTRY.c.id == 2).values(id=99),
        update(ENTRY).where(ENTRY.c.id == 3).values(id=2),
        update(ENTRY).where(ENTRY.c.id == 99).values(id=3),
    )
    assert "entry 2: does not follow" in found()
    assert "entry 3: was changed" in found()


def test_a_cut_tail_is_found(db_session):
    write()
    tamper(update(AuditHead).values(entry_id=None), delete(ENTRY).where(ENTRY.c.id > 3))
    assert "the end was cut off" in found()


def test_a_cut_tail_with_a_mended_head_is_found_against_a_kept_head(db_session):
    write()
    kept = queries.get_head().digest
    third = db.session.scalar(select(ENTRY.c.digest).where(ENTRY.c.id == 3))
    tamper(update(AuditHead).values(entry_id=3, digest=third), delete(ENTRY).where(ENTRY.c.id > 3))
    assert found() == ""
    assert "kept elsewhere is nowhere in the trail" in found(kept)


def test_a_wholly_rewritten_chain_is_found_against_a_kept_head(db_session):
    write()
    kept = queries.get_head().digest
    tamper(update(AuditHead).values(entry_id=None, digest=GENESIS), delete(ENTRY))
    write()
    assert found() == ""
    assert "kept elsewhere is nowhere in the trail" in found(kept)


@pytest.mark.parametrize(
    "statement", [update(ENTRY).values(action="x"), delete(ENTRY)], ids=["update", "delete"]
)
def test_the_database_itself_refuses_to_rewrite_the_trail(db_session, statement):
    from sqlalchemy.exc import DBAPIError

    write(1)
    with pytest.raises(DBAPIError, match="append-only"):
        db_session.execute(statement)
