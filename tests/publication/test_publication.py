"""The one gate: what of a frozen year leaves, what is withheld, and what two releases betray together."""

from datetime import timedelta
from decimal import Decimal

import pytest

from app.foundation import clock
from app.foundation.db import db
from app.foundation.errors import Conflict, DomainError, Forbidden
from app.foundation.transaction import transaction
from app.publication.exact import approve_exact, end_exact, propose_exact
from app.publication.figures import Showing
from app.publication.gate import get_published, preview, published_years, release
from app.publication.models import ReleaseFigure
from app.years.freezing_restatements import decide, propose
from tests.years.freezing import (
    LATER,
    YEAR,
    add_late_placement,
    freeze_year,
    plan_desk,
    record_a_year,
    supervisor,
)

pytestmark = [pytest.mark.both_databases, pytest.mark.usefixtures("plan")]
PLACEMENTS = ("2-6", "assistance_placements")


def publish(year=YEAR, **more):
    actor = more.pop("actor", None) or plan_desk()
    with transaction():
        return release(actor=actor, fiscal_year=year, **more)


def read(year=YEAR, number=None):
    found = get_published(year, number)
    return {one.part: one.value for one in found.of("2-6") if one.indicator == "assistance_placements"}


def allow_exactly(indicator="assistance_placements", reason="計画書に印刷する年間の合計のため"):
    proposer, approver = plan_desk(), supervisor()
    with transaction():
        made = propose_exact(actor=proposer, indicator=indicator, reason=reason)
    with transaction():
        approve_exact(actor=approver, exact_id=made.id, version=made.version)
    return made


def restate(year=YEAR):
    with clock.standing_at(LATER + timedelta(days=1)):
        proposer, approver = plan_desk(), supervisor()
        with transaction():
            propose(actor=proposer, fiscal_year=year, chosen=["assistance_placements"], reason="入力もれ")
        with transaction():
            decide(actor=approver, fiscal_year=year, approve=True)


def test_a_year_that_is_not_frozen_cannot_be_released():
    record_a_year()
    with pytest.raises(DomainError, match="確定していない"):
        publish()
    assert get_published(YEAR) is None
    assert published_years() == []


def test_a_small_part_takes_others_with_it_so_that_the_total_gives_nothing_away():
    record_a_year()
    freeze_year()
    publish()
    assert read() == {"": Decimal(53), "recipient": Decimal(40), "single_mother": None, "in_need": None}


def test_a_withheld_figure_is_kept_nowhere_in_the_release():
    record_a_year()
    freeze_year()
    made = publish()
    rows = db.session.query(ReleaseFigure).filter_by(release_id=made.id, indicator=PLACEMENTS[1]).all()
    assert {row.part: (row.value, row.showing) for row in rows if row.part} == {
        "recipient": (Decimal(40), Showing.SHOWN),
        "single_mother": (None, Showing.WITHHELD),
        "in_need": (None, Showing.WITHHELD),
    }


def test_the_ledger_holds_each_figure_as_a_sum_of_record_cells():
    record_a_year()
    freeze_year()
    made = publish()
    row = (
        db.session.query(ReleaseFigure).filter_by(release_id=made.id, indicator=PLACEMENTS[1], part="").one()
    )
    assert row.cells.split() == [
        f"assistance_placements/{YEAR}/{part}" for part in ("recipient", "single_mother", "in_need")
    ]


def test_an_approved_exception_lets_53_leave_as_40_and_11_and_2():
    record_a_year()
    freeze_year()
    allow_exactly()
    publish()
    assert list(read().values()) == [53, 40, 11, 2]
    assert {one.showing for one in get_published(YEAR).of("2-6") if one.part} == {Showing.EXACT}


def test_an_exception_counts_only_when_somebody_else_has_approved_it():
    record_a_year()
    freeze_year()
    actor = plan_desk()
    with transaction():
        made = propose_exact(actor=actor, indicator=PLACEMENTS[1], reason="年間の合計")
    with pytest.raises(DomainError, match="提案した人は承認できません"), transaction():
        approve_exact(actor=actor, exact_id=made.id, version=made.version)
    publish()
    assert read()["in_need"] is None


def test_an_exception_that_has_ended_holds_no_longer():
    record_a_year()
    freeze_year()
    made, ender = allow_exactly(), supervisor()
    with transaction():
        end_exact(actor=ender, exact_id=made.id, version=made.version)
    publish()
    assert read()["in_need"] is None


def test_an_exception_names_its_parts_and_holds_for_no_others():
    record_a_year()
    freeze_year()
    made = allow_exactly()
    with transaction():
        made.parts = "recipient\nsingle_mother"
    publish()
    assert read()["in_need"] is None


def test_the_same_is_not_released_twice():
    record_a_year()
    freeze_year()
    publish()
    with pytest.raises(DomainError, match="前に公表したものと同じ"):
        publish()


def test_a_restated_figure_does_not_leave_when_its_difference_is_a_person():
    office = record_a_year()
    freeze_year()
    publish()
    add_late_placement(office)
    restate()
    publish()
    assert read() == {"": None, "recipient": Decimal(40), "single_mother": None, "in_need": None}
    assert read(number=1)[""] == 53, "the earlier release stays as it was"


def test_a_restated_figure_leaves_under_an_exception():
    office = record_a_year()
    freeze_year()
    allow_exactly()
    publish()
    add_late_placement(office)
    restate()
    publish()
    assert list(read().values()) == [54, 40, 11, 3]


def test_what_the_plan_printed_before_leaves_as_it_was_printed(project):
    freeze_year(2012)
    publish(2012)
    found = get_published(2012)
    assert {one.showing for one in found.figures} == {Showing.KNOWN}
    assert [one.value for one in found.figures if one.indicator == "centre_registrants"] == [187, 184]
    assert read(2012) == {"": 53, "recipient": 40, "single_mother": 11, "in_need": 2}


def test_zeros_and_their_words_leave(project):
    freeze_year(2012)
    publish(2012)
    one = get_published(2012).find("2-5", "map_editions")
    assert (one.value, one.word, one.is_suppressed) == (0, "なし", False)


def test_figures_of_things_leave_however_small():
    record_a_year()
    freeze_year()
    publish()
    map_figures = [one for one in get_published(YEAR).figures if one.indicator.startswith("map_")]
    assert map_figures
    assert {one.showing for one in map_figures} == {Showing.SHOWN}


def test_the_preview_says_what_an_attacker_would_learn():
    record_a_year()
    freeze_year()
    found = preview(YEAR)
    line = next(one for one in found.lines if one.figure.part == "in_need")
    assert (line.value, line.is_small) == (2, True)
    assert (line.alone.least, line.alone.most) == (2, 2), "hiding it alone would tell it"
    assert (line.span.least, line.span.most) == (1, 12)
    assert line.figure.value is None


def test_a_release_is_what_was_seen_or_does_not_happen():
    record_a_year()
    freeze_year()
    seen = preview(YEAR).digest
    allow_exactly()
    with pytest.raises(Conflict):
        publish(seen=seen)
    assert get_published(YEAR) is None


def test_a_lower_threshold_withholds_less():
    record_a_year()
    freeze_year()
    publish(threshold=3)
    assert get_published(YEAR).threshold == 3
    assert read()["in_need"] is None
    assert sum(one.is_suppressed for one in get_published(YEAR).figures) <= 2


@pytest.mark.parametrize("who", [supervisor])
def test_only_the_plan_desk_releases(who):
    record_a_year()
    freeze_year()
    actor = who()
    with pytest.raises(Forbidden):
        publish(actor=actor)
    with pytest.raises(Forbidden), transaction():
        propose_exact(actor=actor, indicator=PLACEMENTS[1], reason="年間の合計")
