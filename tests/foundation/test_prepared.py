"""A statement sent by the driver itself says what SQLAlchemy's way would have said."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from sqlalchemy import bindparam, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from app.audit.models import AuditEntry
from app.cases.models import Case
from app.drafts.models import Submission
from app.foundation.db import read, table_of
from app.foundation.prepared import Prepared
from app.situation.vocabulary import Gender
from tests.factories import make_case

pytestmark = pytest.mark.both_databases

CASE = table_of(Case).c
MOMENT = datetime(2026, 5, 1, 8, 30, 15, 250, tzinfo=timezone(timedelta(hours=9)))


def add_case(number: str, **more: object) -> int:
    values = {
        "number": number,
        "office_id": make_case().office_id,
        "opened_on": date(2026, 4, 30),
        "gender": Gender.FEMALE,
        "is_number_unknown": True,
        "entered_at": MOMENT,
        "version": 1,
        **more,
    }
    (row,) = Prepared(insert(table_of(Case)).returning(CASE.id)).rows(**values)
    return row[0]


def test_what_is_written_reads_the_same_by_either_way(db_session):
    key = add_case("7777-77")
    case = db_session.get(Case, key)
    assert (case.number, case.opened_on, case.gender) == ("7777-77", date(2026, 4, 30), Gender.FEMALE)
    assert (case.is_number_unknown, case.closed_on, case.entered_at) == (True, None, MOMENT)
    columns = (CASE.number, CASE.opened_on, CASE.gender, CASE.is_number_unknown, CASE.entered_at)
    statement = select(*columns).where(CASE.id == bindparam("key"))
    assert Prepared(statement).rows(key=key) == [tuple(read(statement, key=key).one())]


def test_what_the_statement_itself_says_is_kept(db_session):
    for number in ("7777-71", "7777-72", "7777-73"):
        add_case(number)
    two = Prepared(
        select(CASE.number).where(CASE.number >= bindparam("least")).order_by(CASE.number).limit(2).offset(1)
    )
    assert two.rows(least="7777-71") == [("7777-72",), ("7777-73",)]
    assert two.rows(least="7777-73") == []
    assert two.row(least="7777-73") is None


def test_a_change_tells_how_many_rows_it_changed(db_session):
    add_case("7777-71")
    add_case("7777-72")
    close = Prepared(
        update(table_of(Case))
        .where(CASE.number.like(bindparam("like")))
        .values(closed_on=bindparam("day"), version=2)
    )
    assert close.send({"like": "7777-%", "day": date(2026, 5, 2)}) == 2
    assert close.send({"like": "0000-%", "day": None}) == 0
    assert Prepared(delete(table_of(Submission))).send({}) == 0
    assert {case.closed_on for case in db_session.scalars(select(Case).where(CASE.version == 2))} == {
        date(2026, 5, 2)
    }


def test_a_broken_rule_of_the_database_is_told_as_by_sqlalchemy(db_session):
    add_case("7777-71")
    with pytest.raises(IntegrityError) as told:
        add_case("7777-71")
    assert "7777-71" not in str(told.value.statement)


def test_many_rows_go_in_at_once(db_session):
    add = Prepared(insert(table_of(Case)).returning(CASE.id, sort_by_parameter_order=True))
    office_id = make_case().office_id
    common = {"office_id": office_id, "opened_on": date(2026, 4, 30), "entered_at": MOMENT, "version": 1}
    numbers = ["7777-73", "7777-71", "7777-72"]
    made = add.send_many([{"number": number, **common} for number in numbers]).scalars().all()
    assert [db_session.get(Case, key).number for key in made] == numbers


def test_a_statement_that_only_sqlalchemy_can_fill_in_is_refused(db_session):
    with pytest.raises(ValueError, match="cannot be prepared"):
        Prepared(select(CASE.id).where(CASE.number.in_(bindparam("numbers", expanding=True)))).rows(
            numbers=["1"]
        )


def test_a_value_that_is_missing_is_an_error(db_session):
    entry = Prepared(select(AuditEntry.id).where(AuditEntry.at == bindparam("moment")))
    assert entry.rows(moment=datetime(2026, 1, 1, tzinfo=UTC)) == []
    with pytest.raises(KeyError, match="moment"):
        entry.rows()


def test_whoever_counts_the_statements_of_a_page_counts_these_too(db_session, count_statements):
    numbers = Prepared(select(CASE.number))
    with count_statements() as statements:
        numbers.rows()
        numbers.rows()
    assert statements == [numbers.ready[db_session.get_bind().dialect.name].sql] * 2
