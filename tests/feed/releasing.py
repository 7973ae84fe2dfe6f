"""A year that was recorded, frozen and released, for the tests of what leaves."""

from datetime import UTC, date, datetime

from app.access.permissions import Role
from app.feed.token_operations import issue_token
from app.feed.tokens import FeedScope
from app.foundation import clock
from app.foundation.transaction import transaction
from app.publication.gate import release
from tests.factories import make_actor
from tests.plan.conftest import load_bundled_plan
from tests.years.freezing import freeze_year, plan_desk, record_a_year

YEAR = 2025
RELEASED_AT = datetime(2026, 7, 2, 1, 0, tzinfo=UTC)


def release_a_year():
    """Record 53 = 40 + 11 + 2 placements of FY2025 and let the year out; also FY2012, as it was printed."""
    load_bundled_plan()
    record_a_year()
    for year in (YEAR, 2012):
        freeze_year(year)
        with clock.standing_at(RELEASED_AT):
            actor = plan_desk()
            with transaction():
                release(actor=actor, fiscal_year=year)


def issue(expires_on=date(2027, 3, 31), label="集計表"):
    """Issue a token and return its text and id."""
    with transaction():
        token, text = issue_token(
            actor=make_actor(Role.ADMINISTRATOR),
            label=label,
            scope=FeedScope.INDICATORS,
            expires_on=expires_on,
        )
    return text, token.id
