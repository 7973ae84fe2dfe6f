"""Loading the directory, once, twice, and over what people verified."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import func, select

from app.audit.models import AuditEntry
from app.foundation.db import db
from app.foundation.errors import DomainError
from app.foundation.transaction import transaction
from app.situation.programme import Programme
from app.windows import operations, queries
from app.windows.directory import NewOffice, WindowEntry, WindowFacts
from app.windows.loading import load_directory, read_file
from app.windows.models import Office, Window, WindowVersion
from app.windows.vocabulary import OfficeKind
from tests.factories import make_office, make_window, system_actor

pytestmark = pytest.mark.both_databases


def load(file=None):
    with transaction():
        return load_directory(actor=system_actor(), file=file)


def counts():
    return [
        db.session.scalar(select(func.count()).select_from(table))
        for table in (Office, Window, WindowVersion)
    ]


def test_loading_brings_in_every_office_window_and_version(db_session):
    loaded = load()

    file = read_file()
    versions = sum(len(window.versions) for window in file.windows)
    assert counts() == [len(file.offices), len(file.windows), versions]
    assert (loaded.offices, loaded.windows, loaded.versions) == tuple(counts())


def test_loading_again_changes_nothing_and_leaves_no_trace(db_session):
    load()
    before = counts(), db.session.scalar(select(func.count(AuditEntry.id)))

    loaded = load()

    assert (loaded.offices, loaded.windows, loaded.versions, loaded.kept) == (0, 0, 0, [])
    assert (counts(), db.session.scalar(select(func.count(AuditEntry.id)))) == before


def test_a_broken_file_names_the_place_and_changes_nothing(db_session, tmp_path):
    file = tmp_path / "broken.toml"
    file.write_text('[[office]]\nkey = "north"\nkind = "agency"\n[[window]]\nkey = "w"\n', encoding="utf-8")

    with pytest.raises(DomainError, match="office 1 north"):
        load(file)
    assert counts() == [0, 0, 0]


@pytest.mark.parametrize("content", [None, "経済課".encode("cp932")])
def test_a_file_that_is_missing_or_not_utf8_is_named(db_session, tmp_path, content):
    file = tmp_path / "gone.toml"
    if content:
        file.write_bytes(content)

    with pytest.raises(DomainError, match=r"gone\.toml"):
        load(file)


def test_a_window_that_ended_leads_to_its_successor(db_session):
    load()

    kokubunji = queries.list_versions(queries.find_window_id("labour_advice_kokubunji"))[0]
    assert kokubunji.successor_id == queries.find_window_id("labour_advice_tama")


def entry(**facts):
    version = WindowFacts(**{"name": "北の窓口", "name_en": "North Desk"} | facts)
    return WindowEntry(key="north", office="house", position=1, versions=(version,))


def bring_in(entry):
    house = NewOffice(key="house", kind=OfficeKind.AGENCY, name="北の家", name_en="North House")
    with transaction():
        return operations.load_directory(actor=system_actor(), offices=[house], windows=[entry])


def test_a_changed_entry_becomes_a_new_version_and_the_old_one_stays(db_session):
    bring_in(entry())

    bring_in(entry(address="立川市"))

    versions = queries.list_versions(queries.find_window_id("north"))
    assert [(view.number, view.facts.address) for view in versions] == [(1, ""), (2, "立川市")]
    assert queries.list_windows(date(2026, 4, 1))[0].number == 2


def test_a_file_does_not_override_what_a_person_verified(db_session):
    bring_in(entry(telephone="042-000-0000", verified_on=date(2026, 4, 1)))

    loaded = bring_in(entry(telephone="042-999-9999"))

    assert loaded.kept == ["north"]
    assert [view.facts.telephone for view in queries.list_windows(date(2026, 4, 1))] == ["042-000-0000"]


def test_versions_upside_down_are_refused_by_the_operation_too(db_session):
    upside_down = entry(valid_from=date(2026, 4, 1), valid_to=date(2026, 3, 31))

    with pytest.raises(DomainError) as refused:
        bring_in(upside_down)
    assert refused.value.field == "valid_to"
    ages = entry(minimum_age=60, maximum_age=59)
    with pytest.raises(DomainError) as refused:
        bring_in(ages)
    assert refused.value.field == "maximum_age"
    assert counts() == [0, 0, 0]


def test_offices_that_exist_keep_their_name_and_gain_a_missing_programme(db_session):
    make_office("economy", name="経済課（前からある）", programme=None)
    make_office("centre", name="センター", programme=Programme.CENTRE)
    db.session.commit()
    new = NewOffice(
        key="economy",
        kind=OfficeKind.DEPARTMENT,
        name="経済課",
        name_en="Economy Section",
        programme=Programme.GUIDANCE,
    )

    with transaction():
        operations.ensure_offices(
            actor=system_actor(), new=[new, replace(new, key="centre"), replace(new, key="fresh")]
        )

    found = {office.key: (office.name, office.programme) for office in queries.list_offices()}
    assert found == {
        "economy": ("経済課（前からある）", Programme.GUIDANCE),
        "centre": ("センター", Programme.CENTRE),
        "fresh": ("経済課", Programme.GUIDANCE),
    }


def test_every_creation_stands_in_the_trail(db_session):
    bring_in(entry())

    actions = list(db.session.scalars(select(AuditEntry.action).order_by(AuditEntry.id)))
    assert actions == ["office.create", "window.create", "window.version"]


def test_a_window_of_the_same_key_is_not_made_twice(db_session):
    make_window(key="north")
    db.session.commit()

    loaded = bring_in(entry())

    assert (loaded.windows, loaded.versions) == (0, 1)
