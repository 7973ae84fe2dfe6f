"""Freezing a year: its figures stand, whatever becomes of the records."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import select

from app.access.permissions import Role
from app.foundation import clock
from app.foundation.db import db
from app.foundation.errors import DomainError, Forbidden, NotFound
from app.foundation.transaction import transaction
from app.kpi.exports.files import FORMATS, write
from app.kpi.metrics import METRICS
from app.kpi.vocabulary import EditionKind, TableSource
from app.plan.operations import enter_results
from app.plan.period_operations import set_days
from app.plan.period_queries import get_calendar
from app.plan.results import ResultEntry
from app.years import freezing_queries
from app.years.freezing import definition
from app.years.freezing_models import FrozenMember, FrozenSet, YearEdition
from app.years.freezing_operations import freeze
from app.years.reports import get_table
from app.years.table_text import table_of, text_of
from tests.years.freezing import (
    FROZEN_AT,
    LATER,
    MAY,
    NEXT_YEAR,
    YEAR,
    add_late_placement,
    freeze_year,
    plan_desk,
    record_a_year,
    someone,
)
from tests.years.test_reports import printed, shown

pytestmark = [pytest.mark.both_databases, pytest.mark.usefixtures("plan")]
PLACED = "assistance_placements"


def figure(key=PLACED, source=None, edition=None, year=YEAR):
    table = get_table(year, source, edition)
    return next(row.find(key) for row in table.rows if row.find(key))


def files(year=YEAR, edition=None):
    table = get_table(year, TableSource.FROZEN, edition)
    return {(form, lang): write(table, form, lang) for form in FORMATS for lang in ("ja", "en")}


def test_a_frozen_year_shows_what_was_counted_then():
    record_a_year()
    done = freeze_year()
    add_late_placement()
    assert (done.edition, done.changed > 20) == (1, True)
    assert get_table(YEAR).source is TableSource.FROZEN
    assert printed("2-6", get_table(YEAR))[1:] == [
        "【就職件数：53件】",
        "・生活保護受給者：40件",
        "・母子家庭：11件",
        "・要保護者等：2件",
    ]
    assert figure(source=TableSource.RECORDS).value == 54


def test_the_figure_is_kept_with_its_rule_and_the_very_records():
    record_a_year()
    freeze_year()
    kept = db.session.scalar(
        select(FrozenSet).join_from(FrozenSet, YearEdition).where(FrozenSet.members == 53)
    )
    members = db.session.scalars(select(FrozenMember).where(FrozenMember.set_id == kept.id)).all()
    assert kept.definition == definition(METRICS[PLACED])
    assert len({(one.record_table, one.record_id) for one in members}) == 53
    assert sorted({one.part for one in members}) == ["in_need", "recipient", "single_mother"]
    (line,) = freezing_queries.list_editions(YEAR)
    assert (line.kind, line.made_at, line.number) == (EditionKind.FREEZE, FROZEN_AT, 1)
    assert line.made_by


def test_kept_figures_are_those_of_the_table():
    record_a_year()
    freeze_year()
    table = get_table(YEAR)
    cells = [
        (row.measure.code, cell.indicator.key, cell.part, cell.value)
        for row in table.rows
        if not row.measure.repeats
        for one in row.figures
        for cell in one.with_parts()
    ]
    for code, key, part, value in cells:
        (kept,) = freezing_queries.list_values(YEAR, code, key, part)
        assert kept.value == value, (code, key, part)


def test_freezing_again_changes_nothing():
    record_a_year()
    freeze_year()
    before = files()
    add_late_placement()
    assert freeze_year(at=LATER).changed == 0
    assert files() == before
    assert len(freezing_queries.list_editions(YEAR)) == 1


def test_every_report_can_be_made_again_byte_for_byte():
    record_a_year()
    freeze_year()
    with clock.standing_at(FROZEN_AT):
        before = files()
    placement = add_late_placement()
    record_a_year(date(2026, 5, 1))
    freeze_year(2026, NEXT_YEAR)
    with transaction():
        db.session.get(type(placement), placement.id).voided_at = LATER
    with clock.standing_at(NEXT_YEAR + timedelta(days=400)):
        assert files() == before
        assert figure(year=2026).value == 53


def test_a_table_is_kept_and_read_back_whole():
    record_a_year()
    for table in (get_table(2012), get_table(YEAR)):
        assert table_of(text_of(table)) == table


def test_the_published_year_is_frozen_as_it_was_printed_and_again_changes_nothing():
    done = freeze_year(2012)
    table = get_table(2012, TableSource.FROZEN)
    repeated = {row.measure.code for row in table.rows if row.measure.repeats}
    assert done.changed == len([key for key in shown(table) if key[0] not in repeated])
    assert table.edition.kind is EditionKind.PUBLISHED
    assert shown(table) == shown(get_table(2012, TableSource.PUBLISHED))
    registered = [row.find("centre_registrants") for row in table.rows if row.find("centre_registrants")]
    assert [one.value for one in registered] == [187, 184]
    before = files(2012)
    assert freeze_year(2012, NEXT_YEAR).changed == 0
    assert files(2012) == before


def test_the_published_year_stays_published_on_its_page():
    freeze_year(2012)
    assert get_table(2012).source is TableSource.PUBLISHED


def test_a_year_is_not_frozen_before_its_day():
    early = datetime(2026, 6, 29, tzinfo=UTC)
    with pytest.raises(DomainError):
        freeze_year(at=early)
    assert freezing_queries.find_edition(YEAR) is None
    actor = plan_desk()
    with transaction():
        set_days(
            actor=actor,
            fiscal_year=YEAR,
            days=(date(2026, 4, 20), date(2026, 5, 10), date(2026, 6, 1)),
        )
    assert freeze_year(at=early).edition == 1


def test_reports_that_are_missing_must_be_named():
    actor = plan_desk()
    with clock.standing_at(FROZEN_AT), pytest.raises(DomainError), transaction():
        freeze(actor=actor, fiscal_year=YEAR)
    assert freezing_queries.find_edition(YEAR) is None


def test_only_the_plan_desk_freezes():
    for role in set(Role) - {Role.PLAN_DESK}:
        with pytest.raises(Forbidden):
            freeze_year(actor=someone(role))


def test_a_year_that_was_not_frozen_has_no_frozen_table():
    with pytest.raises(NotFound):
        get_table(YEAR, TableSource.FROZEN)


def test_the_calendar_knows_that_the_year_is_frozen():
    assert not get_calendar(YEAR).is_frozen
    freeze_year()
    assert get_calendar(YEAR).frozen_at == FROZEN_AT


def report(actor, value, seen=""):
    entry = ResultEntry(indicator="info_items", part="", value=Decimal(value), printed="", seen=seen)
    with clock.standing_at(LATER), transaction():
        return enter_results(actor=actor, fiscal_year=YEAR, entries=[entry])


def test_a_department_reports_until_the_freeze_and_no_longer():
    actor = plan_desk()
    report(actor, 130)
    freeze_year()
    with pytest.raises(DomainError):
        report(someone(Role.DEPARTMENT), 131, seen="130")
    assert figure("info_items").value == 130


def test_the_plan_desk_may_correct_a_report_yet_the_frozen_figure_stands():
    actor = plan_desk()
    report(actor, 130)
    freeze_year()
    report(actor, 131, seen="130")
    assert figure("info_items").value == 130
    assert figure("info_items", TableSource.RECORDS).value == 131


def test_consultations_count_by_their_day_until_the_freeze():
    record_a_year()
    late_but_in_time = FROZEN_AT - timedelta(days=30)
    with clock.standing_at(late_but_in_time):
        add_late_placement(day=MAY)
    freeze_year()
    assert figure().value == 54
