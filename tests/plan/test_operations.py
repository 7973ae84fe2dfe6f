"""Entering results: who may, what is refused, what is remembered."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from sqlalchemy import select

from app.access.actor import Actor
from app.access.permissions import Role
from app.audit.models import AuditEntry
from app.foundation import clock
from app.foundation.db import db
from app.foundation.errors import Conflict, DomainError, Forbidden, NotFound
from app.foundation.transaction import transaction
from app.plan import queries
from app.plan.models import Indicator, IndicatorPart, Result
from app.plan.operations import enter_results
from app.plan.results import ResultEntry, TextEntry, seen_text
from app.windows.models import Office
from tests.factories import make_actor

pytestmark = pytest.mark.both_databases


def plan_desk():
    return Actor(id=None, label="計画担当", role=Role.PLAN_DESK, office_id=None)


def department(key):
    office = db.session.scalars(select(Office).where(Office.key == key)).one()
    actor = make_actor(Role.DEPARTMENT, office)
    db.session.commit()
    return actor


def entry(indicator, value, **more):
    value = None if value is None else Decimal(value)
    return ResultEntry(indicator=indicator, value=value, **more)


def enter(actor, *entries, year=2025, texts=()):
    with transaction():
        return enter_results(actor=actor, fiscal_year=year, entries=entries, texts=texts)


def actual(measure, indicator, year=2025):
    found = {one.key: one.actual for one in queries.get_measure(measure, year).indicators}[indicator]
    return None if found is None else (found.value, str(found.printed), found.kind.value)


def test_a_department_enters_the_figure_of_its_own_measure(plan):
    assert enter(department("personnel"), entry("interns", 17)) == 1
    assert actual("3-10", "interns") == (17, "", "reported")


def test_another_departments_indicator_is_as_good_as_missing(plan):
    with pytest.raises(NotFound):
        enter(department("personnel"), entry("info_items", 1))
    assert actual("1-1", "info_items") is None


def test_an_indicator_that_does_not_exist_is_missing_in_the_same_way(plan):
    with pytest.raises(NotFound):
        enter(department("personnel"), entry("unicorns", 1))


def test_one_of_two_departments_responsible_may_enter_the_figure(plan):
    assert enter(department("policy_management"), entry("subsidised_projects", 4)) == 1


def test_the_plan_desk_enters_any_departments_figure(plan):
    assert enter(plan_desk(), entry("interns", 3), entry("info_items", 140)) == 2


@pytest.mark.parametrize(
    "role", [Role.COUNSELLOR, Role.SUPERVISOR, Role.AUDITOR, Role.ADMINISTRATOR, Role.PARTNER]
)
def test_other_roles_enter_nothing(plan, role):
    with pytest.raises(Forbidden):
        enter(Actor(id=None, label="x", role=role, office_id=1), entry("interns", 3))


@pytest.mark.parametrize(
    ("indicator", "words"),
    [("assistance_consultations", "記録から数えます"), ("map_editions", "台帳から数えます")],
)
def test_counted_indicators_are_not_typed(plan, indicator, words):
    with pytest.raises(DomainError, match=words) as refused:
        enter(plan_desk(), entry(indicator, 1))
    assert refused.value.field == f"figure__{indicator}"


def test_published_history_is_not_typed_over(plan):
    with pytest.raises(DomainError, match="既公表値"):
        enter(plan_desk(), entry("info_items", 125, seen="124"), year=2012)
    assert actual("1-1", "info_items", 2012) == (124, "", "published")


def test_a_published_year_takes_no_further_figure_or_text_either(plan):
    with pytest.raises(DomainError, match="既公表値"):
        enter(plan_desk(), entry("trainees", 5), year=2012)
    with pytest.raises(DomainError, match="既公表値"):
        enter(plan_desk(), year=2012, texts=[TextEntry(measure="3-8", text="別の文")])


def test_a_year_that_has_not_begun_has_no_results(plan):
    with pytest.raises(DomainError, match="まだ始まっていない"):
        enter(plan_desk(), entry("interns", 1), year=2027)


def test_the_year_begins_on_1_april_in_japan(plan):
    # 23:30 on 31 March in Japan, then 00:30 on 1 April.
    with (
        clock.standing_at(datetime(2027, 3, 31, 14, 30, tzinfo=UTC)),
        pytest.raises(DomainError, match="まだ"),
    ):
        enter(plan_desk(), entry("interns", 1), year=2027)
    with clock.standing_at(datetime(2027, 3, 31, 15, 30, tzinfo=UTC)):
        assert enter(plan_desk(), entry("interns", 1), year=2027) == 1


@pytest.mark.parametrize(
    ("indicator", "value", "words"),
    [
        ("interns", "-1", "0以上"),
        ("interns", "1.5", "小数のない数"),
        ("city_disability_employment_rate", "2.421", "2けたまで"),
        ("interns", "10000000000", "大きすぎます"),
        ("interns", "NaN", "0以上"),
    ],
)
def test_a_figure_that_cannot_be_is_refused_at_its_field(plan, indicator, value, words):
    with pytest.raises(DomainError, match=words) as refused:
        enter(plan_desk(), entry(indicator, value))
    assert refused.value.field == f"figure__{indicator}"


def test_decimals_are_kept_where_the_indicator_has_them(plan):
    enter(plan_desk(), entry("city_disability_employment_rate", "2.61"))
    assert actual("4-13", "city_disability_employment_rate") == (Decimal("2.61"), "", "reported")


def test_a_printed_word_stands_beside_a_zero_and_never_beside_another_value(plan):
    enter(plan_desk(), entry("liaison_meetings", 0, printed="開催なし"))
    assert actual("6-19", "liaison_meetings") == (0, "開催なし", "reported")
    with pytest.raises(DomainError):
        enter(plan_desk(), entry("liaison_meetings", 2, printed="開催なし", seen="0開催なし"))
    with pytest.raises(DomainError):
        enter(plan_desk(), entry("interns", 0, printed="ゼロ"))


def test_a_change_of_what_was_seen_is_kept_and_leaves_its_before_in_the_trail(plan):
    enter(plan_desk(), entry("interns", 17))
    enter(plan_desk(), entry("interns", 18, seen="17"))
    assert actual("3-10", "interns") == (18, "", "reported")
    trail = db.session.scalars(
        select(AuditEntry).where(AuditEntry.subject == "indicator").order_by(AuditEntry.id)
    )
    assert [(one.action, one.subject_id) for one in trail] == [
        ("result.enter", "interns"),
        ("result.change", "interns"),
    ]
    last = db.session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc()).limit(1)).one()
    assert '"before":"17"' in last.details.replace(" ", "")


def test_a_figure_that_somebody_else_changed_meanwhile_is_not_overwritten(plan):
    enter(plan_desk(), entry("interns", 17))
    with pytest.raises(Conflict):
        enter(plan_desk(), entry("interns", 99))
    assert actual("3-10", "interns") == (17, "", "reported")


def test_the_same_figure_twice_is_one_figure(plan):
    assert enter(plan_desk(), entry("interns", 17)) == 1
    assert enter(plan_desk(), entry("interns", 17)) == 0


def test_an_emptied_figure_is_taken_back(plan):
    enter(plan_desk(), entry("interns", 17))
    assert enter(plan_desk(), entry("interns", None, seen="17")) == 1
    assert actual("3-10", "interns") is None


def test_one_bad_figure_keeps_the_good_ones_out_too(plan):
    with pytest.raises(DomainError):
        enter(plan_desk(), entry("interns", 17), entry("info_items", -1))
    assert actual("3-10", "interns") is None


def test_the_repeated_measure_shows_what_was_reported_for_the_first(plan):
    enter(plan_desk(), entry("info_items", 140))
    assert actual("3-7", "info_items") == actual("1-1", "info_items") == (140, "", "reported")


def test_a_text_of_the_year_is_kept_and_emptied_again(plan):
    enter(department("procurement"), texts=[TextEntry(measure="3-8", text="要綱を定めた。")])
    assert queries.get_measure("3-8", 2025).actual_text.ja == "要綱を定めた。"
    seen = seen_text("要綱を定めた。")
    assert enter(plan_desk(), texts=[TextEntry(measure="3-8", text="", seen=seen)]) == 1
    assert queries.get_measure("3-8", 2025).actual_text.ja == ""


def test_a_text_of_another_department_is_as_good_as_missing(plan):
    with pytest.raises(NotFound):
        enter(department("personnel"), texts=[TextEntry(measure="3-8", text="要綱を定めた。")])


def test_a_text_changed_meanwhile_is_not_overwritten(plan):
    enter(plan_desk(), texts=[TextEntry(measure="3-8", text="一つめ。")])
    with pytest.raises(Conflict):
        enter(plan_desk(), texts=[TextEntry(measure="3-8", text="二つめ。")])


@pytest.fixture
def with_parts(plan):
    indicator = db.session.scalars(select(Indicator).where(Indicator.key == "interns")).one()
    for position, key in enumerate(("city", "other"), start=1):
        db.session.add(
            IndicatorPart(indicator_id=indicator.id, key=key, label=key, label_en=key, position=position)
        )
    db.session.commit()


@pytest.mark.parametrize(("city", "other"), [("10", "8"), ("10", None)])
def test_parts_that_do_not_make_the_whole_are_refused(with_parts, city, other):
    with pytest.raises(DomainError, match="内訳") as refused:
        enter(
            plan_desk(),
            entry("interns", 17),
            entry("interns", city, part="city"),
            entry("interns", other, part="other"),
        )
    assert refused.value.field == "figure__interns"
    assert db.session.scalars(select(Result).where(Result.fiscal_year == 2025)).all() == []


def test_parts_that_make_the_whole_are_kept(with_parts):
    enter(
        plan_desk(),
        entry("interns", 17),
        entry("interns", 10, part="city"),
        entry("interns", 7, part="other"),
    )
    interns = queries.get_measure("3-10", 2025).indicators[0]
    assert [part.actual.value for part in interns.parts] == [10, 7]
