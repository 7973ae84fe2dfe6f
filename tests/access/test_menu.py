"""The menu and the front page of each role."""

import pytest

from app.access.actor import Actor
from app.access.navigation import MENU, front_page, menu_of
from app.access.permissions import GRANTS, Permission, Role

EVERYTHING = [entry.endpoint for entry in MENU]
FIRST = {
    Role.COUNSELLOR: "home.today",
    Role.SUPERVISOR: "home.today",
    Role.PLAN_DESK: "years.table",
    Role.DEPARTMENT: "years.table",
    Role.PARTNER: "referrals.received",
    Role.AUDITOR: "audit.index",
    Role.ADMINISTRATOR: "accounts.index",
}


def actor(role: Role) -> Actor:
    return Actor(id=1, label="x", role=role, office_id=1)


@pytest.mark.parametrize("role", Role, ids=str)
def test_each_role_begins_at_its_own_work(role):
    assert front_page(actor(role), EVERYTHING) == FIRST[role]


@pytest.mark.parametrize(
    "role", [Role.AUDITOR, Role.ADMINISTRATOR, Role.PARTNER, Role.PLAN_DESK, Role.DEPARTMENT]
)
def test_who_has_no_business_with_cases_may_not_open_one(role):
    assert not GRANTS[role] & {Permission.CASE_READ, Permission.CASE_WRITE, Permission.PLACEMENT_READ}
    assert "cases.index" not in [entry.endpoint for entry in menu_of(actor(role), EVERYTHING)]


def test_nobody_both_manages_accounts_and_reads_the_trail_of_it():
    assert [role for role in Role if {Permission.ACCOUNT_WRITE, Permission.AUDIT_READ} <= GRANTS[role]] == []


def test_a_page_that_is_not_served_is_not_offered():
    assert menu_of(actor(Role.SUPERVISOR), ["audit.index"]) == []
    assert front_page(actor(Role.SUPERVISOR), []) == "accounts.password"
