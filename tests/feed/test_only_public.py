"""What leaves without sign-in holds nothing of a column that is not classed public."""

import re
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.types import TypeDecorator

from app.feed.site import export_site
from app.foundation.db import UtcDateTime, db
from app.foundation.sensitivity import Sensitivity
from app.foundation.transaction import transaction
from app.windows import map_operations, map_register_operations
from app.windows.map_leaflets import keep_leaflet
from app.windows.vocabulary import PrintRun
from tests.factories import make_account, system_actor

TEXT, NUMBER, MOMENT = "marker", 98_765_431, datetime(1987, 6, 5, 4, 3, 2, tzinfo=UTC)
MARKS = (TEXT, "98765431", "98,765,431", "1987", "昭和62")
PUBLIC_ADDRESSES = ("/public/finder", "/public/windows/", "/sign-in")
# Set, the whole row is shown nowhere.
TAKES_THE_ROW_AWAY = {"voided_at", "void_reason", "retired_at"}
# Codes are words of every page; that these are not published is seen by their names.
CODES = {"origin"}
# It says that what is shown is a sample, and nothing else.
ABOUT_THE_PROGRAM = {"sample_mark"}


@pytest.fixture
def city(shipped):
    """Publish and print an edition of the shipped directory."""
    actor = system_actor()
    with transaction():
        map_operations.publish_edition(
            actor=actor, published_on=date(2026, 4, 1), changes="はじめての号です。"
        )
        keep_leaflet(actor=actor, number=1, url="")
        map_register_operations.record_printing(
            actor=actor, edition_number=1, printed_on=date(2026, 4, 2), copies=100, run=PrintRun.FIRST
        )


def published_tables() -> list[sa.Table]:
    return [
        table
        for table in db.metadata.sorted_tables
        if any(one.info["sensitivity"] is Sensitivity.PUBLIC for one in table.columns)
    ]


def marked(column: sa.Column, account_id: int) -> object:
    """Return what stands for a column wherever it is shown; None for a code."""
    if column.foreign_keys:
        return account_id
    if isinstance(column.type, sa.Integer):
        return NUMBER
    if isinstance(column.type, UtcDateTime):
        return MOMENT
    return None if isinstance(column.type, TypeDecorator) else TEXT


def mark_what_is_not_public(account_id: int) -> set[str]:
    """Write a mark into every such column of the tables that are published; return the names of columns."""
    found = set()
    for table in published_tables():
        for column in table.columns:
            mark = marked(column, account_id)
            hidden = column.info["sensitivity"] is not Sensitivity.PUBLIC
            if hidden and column.name not in TAKES_THE_ROW_AWAY and mark is not None:
                db.session.execute(sa.update(table).values({column: mark}))
                found.add(f"{table.name}.{column.name}")
    return found


def files_of(app, folder: Path) -> dict[str, str]:
    """Return all that is published, as text: the site of files and pages that only a server has."""
    export_site(app, folder)
    found = {
        str(file): file.read_text(encoding="utf-8")
        for file in folder.rglob("*")
        if file.suffix in {".html", ".json", ".csv"}
    }
    client = app.test_client()
    return found | {path: client.get(path).get_data(as_text=True) for path in PUBLIC_ADDRESSES}


def test_nothing_but_public_columns_is_published(app, city, tmp_path):
    with transaction():
        columns = mark_what_is_not_public(make_account(login_name="marker").id)
    assert {"window_version.verified_by", "guidance_rule_version.recorded_at"} <= columns

    shown = files_of(app, tmp_path / "site")

    assert len(shown) > 60
    told = {(name, mark) for name, text in shown.items() for mark in MARKS if mark in text}
    assert told == set()
    assert {name for name, text in shown.items() for code in CODES if f'"{code}"' in text} == set()


def test_when_an_entry_was_made_is_public_for_the_feed_of_changes_says_it(app, city):
    with transaction():
        db.session.execute(sa.text("UPDATE window_version SET recorded_at = '1987-06-05 04:03:02+00:00'"))

    assert "1987-06-05" in app.test_client().get("/open-data/v1/changes.json").get_data(as_text=True)
    column = db.metadata.tables["window_version"].c.recorded_at
    assert column.info["sensitivity"] is Sensitivity.PUBLIC


def test_no_table_without_a_public_column_is_read_for_what_is_published(app, city, tmp_path):
    read: set[str] = set()

    def watch(_connection, _cursor, statement, *_more) -> None:
        read.update(re.findall(r'(?:FROM|JOIN)\s+"?(\w+)"?', statement))

    event.listen(db.engine, "before_cursor_execute", watch)
    try:
        files_of(app, tmp_path / "site")
    finally:
        event.remove(db.engine, "before_cursor_execute", watch)

    assert {"window_version", "map_edition"} <= read
    known = {table.name for table in db.metadata.sorted_tables}
    assert read & known - {table.name for table in published_tables()} == ABOUT_THE_PROGRAM
