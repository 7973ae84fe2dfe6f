"""A year with records of measure 6, frozen and changed, for the tests of freezing."""

from datetime import UTC, date, datetime

from app.access.permissions import Role
from app.foundation import clock
from app.foundation.transaction import transaction
from app.placements.vocabulary import PlacementCategory
from app.years.freezing_operations import freeze
from tests.factories import actor_of, make_account, make_case, make_consultation, make_office, make_placement

YEAR = 2025
MAY = date(2025, 5, 1)
FROZEN_AT = datetime(2026, 7, 1, 1, 0, tzinfo=UTC)
LATER = datetime(2026, 9, 1, 1, 0, tzinfo=UTC)
NEXT_YEAR = datetime(2027, 7, 1, 1, 0, tzinfo=UTC)


def someone(role):
    with transaction():
        return actor_of(make_account(role, make_office()))


def plan_desk():
    return someone(Role.PLAN_DESK)


def supervisor():
    return someone(Role.SUPERVISOR)


def record_a_year(day=MAY):
    """Record 53 placements of measure 6 (40, 11, 2) and 12 consultations, entered in time."""
    with clock.standing_at(datetime(day.year, 6, 1, tzinfo=UTC)), transaction():
        office = make_office()
        for category, count in zip(PlacementCategory, (40, 11, 2), strict=True):
            for _each in range(count):
                make_placement(make_case(office), started_on=day, category=category)
        make_consultation(held_on=day, headcount=12)
    return office


def freeze_year(year=YEAR, at=FROZEN_AT, actor=None, **more):
    with clock.standing_at(at):
        actor = actor or plan_desk()
        with transaction():
            return freeze(actor=actor, fiscal_year=year, with_missing=True, **more)


def add_late_placement(office=None, day=MAY):
    with clock.standing_at(LATER), transaction():
        return make_placement(make_case(office), started_on=day, category=PlacementCategory.IN_NEED)
