"""A month's report against a table worked out by hand, closing it, and what is entered late.

Office 生活福祉課 (measure 6), report of September 2026; today is 20 November 2026.

consultations (day, people)              2025: 09-10 ×1, 09-25 ×2, 10-05 ×1
                                         2026: 04-15 A, 09-02 A, 09-02 B, 09-18 A, 09-30 group of 8, 10-01 B
placements (first working day, category) 2025: 09-12 recipient, 11-02 recipient
                                         2026: 05-01 recipient, 09-01 recipient, 09-30 single mother,
                                               10-01 recipient; 09-14 higher earnings
another office                           2026: 09-15 one consultation, one placement

                         month   same month 2025   year so far   same time 2025
consultations (visits)     11          3                12              3
persons                     2          1                 2              1
group sessions              1          1                 1              1
placements                  2          1                 3              1
  recipient                 1          1                 2              1
  single mother             1          0                 1              0
  in need                   0          0                 0              0
higher earnings             1          0                 1              0
"""

import json
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select

from app.access.permissions import Role
from app.audit.models import AuditEntry
from app.cases.vocabulary import VoidReason
from app.foundation import clock
from app.foundation.db import db
from app.foundation.errors import Conflict, DomainError, Forbidden, NotFound
from app.foundation.transaction import transaction
from app.months import report as month_report
from app.months.operations import close_month, write_note
from app.months.paper import paper_of
from app.months.queries import find_month, get_place, get_report, list_months
from app.months.report import Lateness
from app.placements.vocabulary import PlacementCategory, PlacementKind
from app.printing.monthly import monthly
from app.situation.programme import Programme
from app.windows.queries import get_office_by_key
from tests.factories import make_actor, make_case, make_consultation, make_office, make_placement

pytestmark = pytest.mark.both_databases

RECIPIENT, SINGLE_MOTHER = PlacementCategory.RECIPIENT, PlacementCategory.SINGLE_MOTHER
BY_HAND = {
    ("assistance_consultations", ""): (11, 3, 12, 3),
    ("assistance_persons", ""): (2, 1, 2, 1),
    ("assistance_group_sessions", ""): (1, 1, 1, 1),
    ("assistance_placements", ""): (2, 1, 3, 1),
    ("assistance_placements", "recipient"): (1, 1, 2, 1),
    ("assistance_placements", "single_mother"): (1, 0, 1, 0),
    ("assistance_placements", "in_need"): (0, 0, 0, 0),
    ("assistance_raises", ""): (1, 0, 1, 0),
}


def september(year: int, day: int) -> date:
    return date(year, 9, day)


@pytest.fixture
def office(db_session):
    own = make_office(programme=Programme.ASSISTANCE, name="生活福祉課")
    other = make_office(programme=Programme.CENTRE, name="障害者就労支援センター")
    one, two, foreign = make_case(own), make_case(own), make_case(other)
    for case, day in [
        (one, september(2025, 10)), (one, date(2025, 10, 5)), (one, date(2026, 4, 15)),
        (one, september(2026, 2)), (two, september(2026, 2)), (one, september(2026, 18)),
        (two, date(2026, 10, 1)),
    ]:  # fmt: skip
        make_consultation(case, held_on=day)
    make_consultation(office=own, held_on=september(2025, 25), headcount=2)
    make_consultation(office=own, held_on=september(2026, 30), headcount=8)
    for day, category in [
        (september(2025, 12), RECIPIENT), (date(2025, 11, 2), RECIPIENT), (date(2026, 5, 1), RECIPIENT),
        (september(2026, 1), RECIPIENT), (september(2026, 30), SINGLE_MOTHER), (date(2026, 10, 1), RECIPIENT),
    ]:  # fmt: skip
        make_placement(one, started_on=day, category=category)
    make_placement(one, started_on=september(2026, 14), kind=PlacementKind.RAISE)
    make_consultation(foreign, held_on=september(2026, 15))
    make_placement(foreign, started_on=september(2026, 15), category=RECIPIENT)
    db.session.commit()
    return own


def place_of(office, month=9, year=2026):
    return get_place(office.id, year, month)


def lines(report):
    return {(line.key, line.part): line for section in report.sections for line in section.lines}


def figures(report, *keys):
    found = lines(report)
    return {
        key: tuple(cell.value for cell in (line.month, line.month_before, line.year, line.year_before))
        for key in keys
        for line in [found[key]]
    }


def actor_of(office, role=Role.SUPERVISOR):
    found = make_actor(role, office)
    db.session.commit()
    return found


def close(office, month=9, role=Role.SUPERVISOR, year=2026):
    actor = actor_of(office, role)
    with transaction():
        return close_month(actor=actor, place=place_of(office, month, year))


def test_a_report_holds_what_was_worked_out_by_hand(plan, office):
    assert figures(get_report(place_of(office)), *BY_HAND) == BY_HAND


def test_the_target_stands_beside_the_year_with_what_is_reached_and_an_even_pace(plan):
    with clock.standing_at(datetime(2013, 11, 20, 1, 0, tzinfo=UTC)):
        alone = get_office_by_key("life_welfare")
        for day in (date(2013, 4, 1), date(2013, 9, 30), date(2013, 10, 1)):
            make_placement(make_case(alone), started_on=day, category=RECIPIENT)
        line = lines(get_report(place_of(alone, year=2013)))["assistance_placements", ""]
    # The plan aims at 60 in FY2013; 183 of its 365 days have gone by at the end of September.
    assert (line.target.ja, line.attained.ja, line.pace.ja, line.measure) == ("60", "3.3%", "30.1", "2-6")


def test_no_target_is_held_against_one_of_several_offices(plan, office):
    with clock.standing_at(datetime(2013, 11, 20, 1, 0, tzinfo=UTC)):
        line = lines(get_report(place_of(office, year=2013)))["assistance_placements", ""]
    assert not line.target


def test_a_closed_month_stays_as_it_was_whatever_is_entered_afterwards(office):
    closed = close(office)
    kept = find_month(office.id, 2026, 9).content
    paper = monthly(paper_of(get_report(place_of(office))))
    make_placement(make_case(office), started_on=september(2026, 5), category=RECIPIENT)
    assert get_report(place_of(office)) == closed == month_report.read(kept)
    assert find_month(office.id, 2026, 9).content == kept
    assert monthly(paper_of(get_report(place_of(office)))) == paper
    assert month_report.digest(kept) == find_month(office.id, 2026, 9).digest


def test_what_is_entered_changed_or_voided_late_stands_once_in_the_next_report(office):
    close(office)
    september_jobs = [
        one for one in jobs(office) if one.kind is PlacementKind.NEW and one.started_on.month == 9
    ]
    added = make_placement(make_case(office), started_on=september(2026, 5), category=RECIPIENT)
    first, second = (one for one in september_jobs if one.started_on.year == 2026)
    first.voided_at, first.void_reason = clock.now(), VoidReason.DUPLICATE
    second.category = PlacementCategory.IN_NEED
    db.session.commit()
    late = {(one.key, one.part): one for one in get_report(place_of(office, 10)).late}
    whole = late["assistance_placements", ""]
    assert (whole.fiscal_year, whole.month, whole.before, whole.now) == (2026, 9, 2, 2)
    assert {(one.record_id, one.change) for one in whole.records} == {
        (added.id, Lateness.ADDED),
        (first.id, Lateness.REMOVED),
    }
    assert changed(late, "recipient") == (1, 1, {added.id, first.id})
    assert changed(late, "single_mother") == (1, 0, {second.id})
    assert changed(late, "in_need") == (0, 1, {second.id})
    close(office, 10)
    assert get_report(place_of(office, 11)).late == ()
    assert len(get_report(place_of(office, 10)).late) == len(late)


def changed(late, part):
    line = late["assistance_placements", part]
    return line.before, line.now, {one.record_id for one in line.records}


def jobs(office):
    from app.placements.models import Placement

    return list(db.session.scalars(select(Placement).where(Placement.office_id == office.id)))


def test_a_changed_headcount_is_a_late_entry_of_the_visits(office):
    held = make_consultation(office=office, held_on=september(2026, 3), headcount=4)
    close(office)
    held.headcount = 6
    db.session.commit()
    late = {one.key: one for one in get_report(place_of(office, 10)).late}
    line = late["assistance_consultations"]
    assert (line.before, line.now, line.count(Lateness.CHANGED)) == (15, 17, 1)
    assert "assistance_group_sessions" not in late


def test_late_entries_of_a_year_ago_are_seen_after_the_year_has_turned(office):
    with clock.standing_at(datetime(2027, 5, 10, 1, 0, tzinfo=UTC)):
        close(office, 3)
        make_consultation(office=office, held_on=date(2027, 3, 30), headcount=1)
        late = get_report(get_place(office.id, 2027, 4)).late
    assert [(one.key, one.fiscal_year, one.month, one.before, one.now) for one in late] == [
        ("assistance_consultations", 2026, 3, 0, 1)
    ]


def test_months_are_closed_in_order_and_only_when_they_are_over(office):
    with pytest.raises(DomainError, match="まだ終わっていません"):
        close(office, 11)
    close(office, 8)
    with pytest.raises(DomainError, match="先に2026年9月を締めて"):
        close(office, 10)
    with pytest.raises(DomainError, match="先に2026年9月を締めて"):
        close(office, 7)
    close(office, 9)
    assert [row.month for row in list_months(office.id, 2026) if row.can_close] == [10]


def test_a_month_is_closed_once_and_the_second_is_told_by_whom(office):
    close(office)
    with pytest.raises(Conflict, match="締めました"):
        close(office)


def test_a_closed_month_takes_no_notes(office):
    supervisor = actor_of(office)
    with transaction():
        write_note(
            actor=supervisor,
            place=place_of(office),
            note="窓口を一つ増やした",
            document_number="国生福収第1号",
            version=None,
        )
    closed = close(office)
    assert (closed.note, closed.document_number) == ("窓口を一つ増やした", "国生福収第1号")
    with pytest.raises(Conflict, match="締めました"), transaction():
        write_note(actor=supervisor, place=place_of(office), note="x", document_number="", version=1)


def test_only_the_supervisor_of_the_office_closes(office):
    with pytest.raises(Forbidden):
        close(office, role=Role.COUNSELLOR)
    stranger = actor_of(make_office(programme=Programme.CENTRE))
    with pytest.raises(NotFound), transaction():
        close_month(actor=stranger, place=place_of(office))


def test_an_office_without_programme_and_a_month_to_come_have_no_report(office):
    for asked in [(make_office(programme=None).id, 2026, 9), (office.id, 2026, 12), (office.id, 2026, 13)]:
        with pytest.raises(NotFound):
            get_place(*asked)


def test_closing_is_in_the_trail_with_its_digest(office):
    close(office)
    entry = db.session.scalar(select(AuditEntry).where(AuditEntry.action == "month.closed"))
    assert json.loads(entry.details)["digest"] == find_month(office.id, 2026, 9).digest
