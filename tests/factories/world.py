"""An office, an agency and a standing day: what the tests of referrals and of placements share."""

from datetime import date
from types import SimpleNamespace

import pytest
import time_machine

from app.access.permissions import Role
from app.windows.vocabulary import OfficeKind
from tests import factories

TODAY = date(2025, 7, 15)
"""A Tuesday; the tests stand at ten o'clock in Japan on it."""


@pytest.fixture(autouse=True)
def standing_day():
    with time_machine.travel("2025-07-15T01:00:00+00:00", tick=False):
        yield


@pytest.fixture
def world(db_session):
    """Return an office with a counsellor and a case, and an agency with a window and a partner."""
    office = factories.make_office(name="生活福祉課")
    agency = factories.make_office(kind=OfficeKind.AGENCY, programme=None, name="ハローワーク立川")
    window, version = factories.make_window(agency, name="ハローワーク立川 専門援助")
    case = factories.make_case(office, opened_on=date(2025, 4, 1))
    return SimpleNamespace(
        office=office,
        agency=agency,
        window=window,
        version=version,
        case=case,
        desk=factories.make_actor(office=office),
        partner=factories.make_actor(Role.PARTNER, agency),
    )
