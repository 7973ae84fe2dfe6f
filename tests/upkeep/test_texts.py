"""Texts typed about persons go ninety days after their case closed, wherever they stand; codes stay."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, text

from app.accounts.models import AccountSession
from app.cases.models import Consultation
from app.cases.note_models import CaseNote
from app.cases.note_operations import list_notes, write_note
from app.cases.vocabulary import Channel, CloseReason, Source
from app.drafts.models import Submission
from app.foundation import clock
from app.foundation.db import db
from app.kpi.long_support_models import LongSupportBreak
from app.kpi.vocabulary import LongSupportReason
from app.placements.models import RetentionCheck, RetentionDue
from app.placements.vocabulary import CheckOutcome, DueReason, LeftReason
from app.referrals.models import ReferralExtension, ReferralMove
from app.referrals.vocabulary import ExtensionReason
from app.situation.programme import Programme
from app.upkeep.texts import TYPED, purge_texts
from tests import factories
from tests.counter.test_entry import form
from tests.factories import add, make_case, make_consultation, make_office, make_placement, make_referral

CLOSED_ON = date(2025, 6, 1)
LAST_DAY = date(2025, 8, 29)
GONE = date(2025, 8, 30)
SYSTEM = factories.system_actor()


@pytest.fixture
def office(db_session):
    return make_office(name="生活福祉課")


def filled(case, marker):
    """Type a text of its own into every column of everything that belongs to a person; return the texts."""
    referral = make_referral(case)
    placement = make_placement(case)
    rows = {
        "consultation": make_consultation(case, source=Source.OTHER),
        "placement": placement,
        "long_support_break": add(
            LongSupportBreak(
                case_id=case.id,
                office_id=case.office_id,
                programme=Programme.ASSISTANCE,
                reason=LongSupportReason.OTHER,
                reason_other="",
                set_on=date(2025, 5, 2),
                until_on=date(2025, 7, 2),
                entered_at=clock.now(),
            )
        ),
        "retention_check": add(
            RetentionCheck(
                placement_id=placement.id,
                months=1,
                checked_on=date(2025, 7, 2),
                outcome=CheckOutcome.LEFT,
                channel=Channel.PHONE,
                left_reason=LeftReason.OTHER,
                entered_at=clock.now(),
            )
        ),
        "retention_due": add(
            RetentionDue(
                placement_id=placement.id,
                months=3,
                due_on=date(2025, 9, 2),
                due_reason=DueReason.OTHER,
                due_other="",
                entered_at=clock.now(),
            )
        ),
        "referral": referral,
        "referral_move": db.session.scalars(
            select(ReferralMove).where(ReferralMove.referral_id == referral.id)
        ).one(),
        "referral_extension": add(
            ReferralExtension(
                referral_id=referral.id,
                move_number=1,
                due_on=date(2025, 7, 2),
                reason=ExtensionReason.OTHER,
                reason_other="",
                entered_at=clock.now(),
            )
        ),
    }
    texts = []
    for model, columns in TYPED.items():
        for column in columns:
            texts.append(f"{marker}{model.__tablename__}.{column.key}")
            setattr(rows[model.__tablename__], column.key, texts[-1])
    db.session.flush()
    return texts


def close(case, day=CLOSED_ON):
    case.closed_on, case.close_reason = day, CloseReason.OTHER
    db.session.flush()


def stored():
    """Return everything the database holds, as one text."""
    db.session.flush()
    db.session.expire_all()
    tables = [table.name for table in db.metadata.sorted_tables]
    return "\n".join(str(db.session.execute(text(f'SELECT * FROM "{name}"')).all()) for name in tables)


@pytest.mark.both_databases
def test_texts_go_ninety_days_after_the_case_closed_wherever_they_stand(office):
    case, other = make_case(office), make_case(office)
    texts, stay = filled(case, "消える"), filled(other, "残る")
    close(case)
    close(other, date(2025, 6, 2))
    purge_texts(actor=SYSTEM, today=LAST_DAY)
    assert [one for one in texts if one not in stored()] == []
    assert purge_texts(actor=SYSTEM, today=GONE) == len(TYPED)
    left = stored()
    assert [one for one in texts if one in left] == []
    assert [one for one in stay if one not in left] == []
    assert purge_texts(actor=SYSTEM, today=GONE) == 0


@pytest.mark.both_databases
def test_codes_and_figures_stay(office):
    case = make_case(office)
    filled(case, "消える")
    close(case)
    before = [(one.source, one.topic, one.minutes) for one in db.session.scalars(select(Consultation))]
    purge_texts(actor=SYSTEM, today=GONE)
    db.session.expire_all()
    assert [
        (one.source, one.topic, one.minutes) for one in db.session.scalars(select(Consultation))
    ] == before
    assert db.session.scalars(select(RetentionCheck)).one().left_reason is LeftReason.OTHER


@pytest.mark.both_databases
def test_own_notes_go_whole_and_those_on_others_stay(office):
    case, other = make_case(office), make_case(office)
    actor = factories.make_actor(office=office)
    for one in (case, other):
        write_note(actor=actor, case_id=one.id, text="メモ", version=0)
    close(case)
    assert purge_texts(actor=SYSTEM, today=GONE) == 1
    assert [note.case_id for note in db.session.scalars(select(CaseNote))] == [other.id]
    assert [note.case_id for note in list_notes(actor=actor, case_id=other.id)] == [other.id]


@pytest.mark.both_databases
def test_a_merged_case_follows_the_person(office):
    kept, merged = make_case(office), make_case(office)
    texts = filled(merged, "統合")
    close(merged)
    merged.merged_into_id = kept.id
    db.session.flush()
    assert purge_texts(actor=SYSTEM, today=GONE) == 0, "the person is open under another number"
    close(kept)
    assert purge_texts(actor=SYSTEM, today=GONE) == len(TYPED)
    left = stored()
    assert [one for one in texts if one in left] == []


@pytest.mark.both_databases
def test_a_reopened_case_keeps_its_texts(office):
    case = make_case(office)
    filled(case, "残る")
    close(case)
    case.closed_on = case.close_reason = None
    db.session.flush()
    assert purge_texts(actor=SYSTEM, today=date(2027, 1, 1)) == 0


@pytest.mark.both_databases
def test_of_somebody_without_a_case_the_memo_goes_ninety_days_after_the_day(office):
    make_consultation(None, office=office, held_on=CLOSED_ON, memo="一度だけの相談")
    make_consultation(None, office=office, held_on=CLOSED_ON, memo="会のようす", headcount=5)
    assert purge_texts(actor=SYSTEM, today=LAST_DAY) == 0
    assert purge_texts(actor=SYSTEM, today=GONE) == 2
    assert {one.memo for one in db.session.scalars(select(Consultation)).all()} == {""}


def test_a_page_opened_before_the_purge_cannot_write_the_memo_back_unseen(client, office, db_session):
    account = factories.sign_in(client, office=office)
    case = make_case(office)
    made = make_consultation(case, office=office, memo="古いメモ", counsellor_id=account.id)
    close(case)
    db_session.commit()
    address = f"/consultations/{made.id}/edit"
    said = form(held_on=made.held_on.isoformat(), memo="古いメモ", version=str(made.version))
    purge_texts(actor=SYSTEM, today=GONE)
    db_session.commit()
    answer = client.post(address, data=said)
    assert answer.status_code == 422
    assert 'name="settle" value="memo"' in answer.text
    db_session.expire_all()
    assert db_session.get(Consultation, made.id).memo == ""


def test_purged_texts_leave_the_file_and_the_log_of_the_database_too(app, office, db_session, database):
    case = make_case(office)
    texts = filled(case, "ファイルに残ってはいけない")
    close(case)
    db_session.commit()
    path = Path(db_session.get_bind().url.database)
    assert texts[0].encode() in (path.read_bytes() + Path(f"{path}-wal").read_bytes())
    db_session.close()
    assert (
        app.test_cli_runner().invoke(args=["upkeep", "purge-texts"]).output.strip().endswith(str(len(TYPED)))
    )
    for one in (path, Path(f"{path}-wal")):
        if one.exists():
            assert "ファイルに残ってはいけない".encode() not in one.read_bytes()


def test_traces_of_who_worked_when_go_after_a_month(app, office, db_session):
    account = factories.make_account(office=office)
    now = clock.now()
    for days in (29, 31):
        at = now - timedelta(days=days)
        key = f"{days:064x}"
        add(Submission(key_hash=key, account_id=account.id, purpose="x", subject_id="1", made_at=at))
        add(AccountSession(key_hash=key, account_id=account.id, started_at=at, seen_at=at))
    db_session.commit()
    assert app.test_cli_runner().invoke(args=["upkeep", "purge-traces"]).output.strip().endswith("2")
    left = f"{29:064x}"
    assert db_session.scalars(select(Submission.key_hash)).all() == [left]
    assert db_session.scalars(select(AccountSession.key_hash)).all() == [left]
