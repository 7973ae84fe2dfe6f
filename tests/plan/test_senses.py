"""How targets are to be read is set from this year on; what was printed before stays."""

from decimal import Decimal

import pytest

from app.access.permissions import Role
from app.foundation.errors import Conflict, DomainError, Forbidden, NotFound
from app.foundation.transaction import transaction
from app.plan import queries
from app.plan.results import TargetEntry
from app.plan.senses import list_senses, set_senses
from app.plan.targets import set_targets
from app.plan.vocabulary import TargetSense
from tests.factories import make_actor, sign_in
from tests.plan.test_operations import plan_desk

pytestmark = pytest.mark.both_databases
KEY = "assistance_placements"
MOST, REACH = TargetSense.AT_MOST, TargetSense.REACH


@pytest.fixture
def targets(plan):
    entry = TargetEntry(measure="2-6", indicator=KEY, value=Decimal(60), seen="")
    with transaction():
        set_targets(actor=plan_desk(), first=2024, last=2028, entries=[entry])


def set_now(sense=MOST, code="2-6", key=KEY, seen=REACH, actor=None):
    with transaction():
        return set_senses(actor=actor or plan_desk(), code=code, senses={key: sense}, seen={key: seen})


def held(year):
    return dict(queries.list_targets("2-6", year))[KEY]


def test_targets_from_this_year_on_are_read_otherwise(targets):
    assert set_now() == 1
    assert [held(year).sense for year in range(2024, 2029)] == [REACH, REACH, MOST, MOST, MOST]
    assert {held(year).value for year in range(2024, 2029)} == {60}
    assert list_senses("2-6", 2026) == {KEY: MOST}


def test_the_same_again_changes_nothing(targets):
    set_now()
    assert set_now(seen=MOST) == 0


def test_a_sense_that_somebody_else_changed_is_not_overwritten(targets):
    set_now()
    with pytest.raises(Conflict):
        set_now(sense=TargetSense.AT_LEAST, seen=REACH)


def test_what_has_no_target_has_none_to_read(targets):
    with pytest.raises(NotFound):
        set_now(key="assistance_consultations")


def test_a_repeated_measure_has_no_targets_of_its_own(targets):
    with pytest.raises(DomainError):
        set_now(code="3-7", key="info_items")


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.PLAN_DESK}))
def test_only_the_plan_desk_sets_it(targets, role):
    with pytest.raises(Forbidden), transaction():
        set_senses(actor=make_actor(role), code="2-6", senses={KEY: MOST}, seen={KEY: REACH})


def test_the_page_saves_it_and_the_targets_say_so(client, targets):
    sign_in(client, role=Role.PLAN_DESK)
    assert "目標の読みかた" in client.get("/plan/measures/2-6").get_data(as_text=True)
    page = client.post(
        "/plan/measures/2-6/targets", data={KEY: "at_most", f"seen_{KEY}": "reach"}, follow_redirects=True
    )
    assert "60件以下" in page.get_data(as_text=True)


def test_two_at_the_page_are_shown_both_versions(client, targets):
    sign_in(client, role=Role.PLAN_DESK)
    client.post("/plan/measures/2-6/targets", data={KEY: "at_most", f"seen_{KEY}": "reach"})
    page = client.post("/plan/measures/2-6/targets", data={KEY: "at_least", f"seen_{KEY}": "reach"})
    assert page.status_code == 422
    assert "先に保存された内容" in page.get_data(as_text=True)
    assert held(2027).sense is MOST
