"""Freeze, release, change records and words, restate, release, freeze the next year: every report again."""

import hashlib
from datetime import date, timedelta

import pytest

from app.access.permissions import Role
from app.foundation import clock
from app.foundation.db import db
from app.foundation.transaction import transaction
from app.kpi.exports.files import FORMATS, write
from app.kpi.vocabulary import TableSource
from app.plan.models import Measure
from app.plan.operations import enter_results
from app.plan.results import TextEntry, seen_text
from app.publication.gate import get_published, release
from app.publication.published_table import get_published_table
from app.publication.queries import list_releases
from app.years.freezing_queries import list_editions
from app.years.freezing_restatements import decide, propose
from app.years.reports import get_table
from tests.factories import sign_in
from tests.years.freezing import (
    FROZEN_AT,
    LATER,
    NEXT_YEAR,
    YEAR,
    add_late_placement,
    freeze_year,
    plan_desk,
    record_a_year,
    supervisor,
)
from tests.years.test_restating import any_placement, change

pytestmark = [pytest.mark.both_databases, pytest.mark.usefixtures("plan")]
YEARS = (2012, YEAR, YEAR + 1)
LANGUAGES = ("ja", "en")
SUFFIXES = ("pdf", "xlsx", "csv", "json")
YEARS_LATER = NEXT_YEAR + timedelta(days=1200)


def words(text, was=""):
    actor = plan_desk()
    with clock.standing_at(LATER), transaction():
        entry = TextEntry(measure="2-6", text=text, seen=seen_text(was))
        enter_results(actor=actor, fiscal_year=YEAR, texts=[entry])


def let_out(year, at):
    actor = plan_desk()
    with clock.standing_at(at), transaction():
        release(actor=actor, fiscal_year=year)


def restate(chosen, reason):
    proposer, approver = plan_desk(), supervisor()
    with clock.standing_at(LATER), transaction():
        propose(actor=proposer, fiscal_year=YEAR, chosen=chosen, reason=reason)
    with clock.standing_at(LATER), transaction():
        decide(actor=approver, fiscal_year=YEAR, approve=True)


def the_history():
    """Two years with two editions and two releases of the first, and the year that was printed before."""
    for year in (2012,):
        freeze_year(year)
        let_out(year, FROZEN_AT)
    office = record_a_year()
    words("説明会を2回開いた")
    freeze_year()
    let_out(YEAR, FROZEN_AT)
    yield
    add_late_placement(office)
    words("説明会を3回開いた", "説明会を2回開いた")
    restate(("assistance_placements", "text__2_6"), "期限のあとに報告があった")
    let_out(YEAR, LATER)
    yield
    record_a_year(date(2026, 5, 1))
    freeze_year(2026, NEXT_YEAR)
    let_out(2026, NEXT_YEAR)
    yield


def digests(files):
    return {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}


def reports():
    """Return every file of every edition and of every release that there is, by what it is of."""
    found = {}
    for year in YEARS:
        for edition in list_editions(year):
            table = get_table(year, TableSource.FROZEN, edition.number)
            found |= files_of(("edition", year, edition.number), table)
        for one in list_releases(year):
            found |= files_of(
                ("release", year, one.number), get_published_table(get_published(year, one.number))
            )
    return digests(found)


def files_of(name, table):
    return {(*name, form, lang): write(table, form, lang) for form in FORMATS for lang in LANGUAGES}


def answers(client):
    """Return what pages and feeds hand out of each of them."""
    addresses = []
    for year in YEARS:
        for one in list_releases(year):
            asked = f"release={one.number}"
            addresses += [f"/open-data/v1/plan/{year}.{suffix}?{asked}" for suffix in SUFFIXES]
            addresses += [f"/feed/v1/fiscal-years/{year}/indicators?{asked}"]
        for edition in list_editions(year):
            asked = f"source=frozen&edition={edition.number}"
            addresses += [f"/plan/table/{year}.{suffix}?{asked}" for suffix in (*SUFFIXES, "txt")]
    found = {}
    for address in addresses:
        answer = client.get(address)
        assert answer.status_code == 200, address
        found[address] = answer.data
    return digests(found)


def without_the_list_of_releases(found):
    """The feed names the releases of a year that there are by now, so its documents grow by that."""
    return {name: digest for name, digest in found.items() if not name.startswith("/feed/")}


def test_every_report_of_every_year_comes_again_byte_for_byte(client):
    made, handed_out = {}, {}
    for _step in the_history():
        sign_in(client, role=Role.PLAN_DESK)
        now, out = reports(), answers(client)
        assert {name: now[name] for name in made} == made
        before = without_the_list_of_releases(handed_out)
        assert {name: out[name] for name in before} == before
        made, handed_out = now, out
    assert {name[:3] for name in made} == {
        ("edition", 2012, 1),
        ("release", 2012, 1),
        ("edition", YEAR, 1),
        ("edition", YEAR, 2),
        ("release", YEAR, 1),
        ("release", YEAR, 2),
        ("edition", YEAR + 1, 1),
        ("release", YEAR + 1, 1),
    }
    assert len(made) == 8 * len(FORMATS) * len(LANGUAGES)
    assert made["edition", YEAR, 1, "csv", "ja"] != made["edition", YEAR, 2, "csv", "ja"]

    change(any_placement(), voided_at=NEXT_YEAR)
    words("まったく別のことば", "説明会を3回開いた")
    with transaction():
        for one in db.session.query(Measure):
            one.title_in_table = one.title = f"新しい名前の{one.code}"
    with clock.standing_at(YEARS_LATER):
        sign_in(client, role=Role.PLAN_DESK)
        assert reports() == made
        assert answers(client) == handed_out


def test_words_that_were_not_released_do_not_reach_the_public(client):
    record_a_year()
    freeze_year()
    let_out(YEAR, FROZEN_AT)
    words("2人が就職した")
    for address in (f"/public/plan/{YEAR}", *(f"/open-data/v1/plan/{YEAR}.{one}" for one in ("csv", "json"))):
        assert "2人が就職した" not in client.get(address).get_data(as_text=True)


def test_an_earlier_release_can_be_read_and_leads_to_the_newest(client):
    office = record_a_year()
    freeze_year()
    let_out(YEAR, FROZEN_AT)
    add_late_placement(office)
    restate(("assistance_placements",), "期限のあとに報告があった")
    let_out(YEAR, LATER)
    newest = client.get(f"/public/plan/{YEAR}").get_data(as_text=True)
    assert f'href="/public/plan/{YEAR}?release=1"' in newest
    first = client.get(f"/public/plan/{YEAR}?release=1").get_data(as_text=True)
    assert "新しい公表があります" in first
    assert f'href="/open-data/v1/plan/{YEAR}.pdf?release=1"' in first
    assert client.get(f"/public/plan/{YEAR}?release=3").status_code == 404
    assert client.get(f"/public/plan/{YEAR}?release=x").status_code == 422
