"""Somebody found work: the other open referrals are offered for closing, in one go or not at all."""

from datetime import date

import pytest
from sqlalchemy import select

from app.accounts.models import Account
from app.foundation.db import db
from app.referrals.models import ReferralMove
from app.referrals.vocabulary import State
from tests import factories
from tests.factories import sign_in

JOB = {
    "kind": "new",
    "started_on": "2025-07-14",
    "reported_on": "2025-07-15",
    "programme": "assistance",
    "assistance": "recipient",
    "target_group": "other",
    "hours": "part_time",
    "contract": "non_regular",
    "posting": "general",
    "occupation": "unknown",
    "industry": "unknown",
    "weekly_hours": "unknown",
}


@pytest.fixture
def desk(client, world):
    sign_in(client, db.session.get(Account, world.desk.id))
    return client


@pytest.fixture
def sent(world, db_session):
    """Return three open referrals of the case, and one that another office sent."""
    factories.make_consultation(world.case, held_on=date(2025, 4, 2))
    made = [factories.make_referral(world.case, world.version, office=world.office) for _one in range(3)]
    foreign = factories.make_referral(world.case, world.version, office=factories.make_office())
    db_session.commit()
    return [*made, foreign]


def newest(referral):
    found = select(ReferralMove).where(ReferralMove.referral_id == referral.id).order_by(ReferralMove.number)
    return db.session.scalars(found.execution_options(populate_existing=True)).all()[-1]


def place(desk, world, **more):
    return desk.post(f"/cases/{world.case.number}/placements/new", data=JOB | more)


def test_after_a_placement_the_other_open_referrals_are_offered_ticked(desk, world, sent):
    answer = place(desk, world, referral_id=str(sent[0].id))
    assert answer.status_code == 302, answer.text
    assert newest(sent[0]).to_state is State.PLACED
    assert answer.location.startswith(f"/cases/{world.case.number}/referrals/close?next=")
    page = desk.get(answer.location).text
    assert page.count('name="references"') == 2
    assert page.count("checked") >= 2
    assert sent[0].reference not in page
    assert sent[3].reference not in page
    assert "就職を記録しました" in page


def test_those_ticked_are_withdrawn_with_the_reason_and_the_others_stay(desk, world, sent):
    address = place(desk, world, referral_id=str(sent[0].id)).location
    done = desk.post(address, data={"references": [sent[1].reference]})
    assert done.location.startswith("/placements/")
    assert (newest(sent[1]).to_state, newest(sent[1]).code) == (State.WITHDRAWN, "placed_elsewhere")
    assert newest(sent[2]).to_state is State.SENT
    assert newest(sent[3]).to_state is State.SENT


def test_nothing_is_closed_by_looking_and_a_foreign_one_cannot_be_forced(desk, world, sent):
    address = place(desk, world).location
    desk.get(address)
    refused = desk.post(address, data={"references": [sent[0].reference, sent[3].reference]})
    assert refused.status_code == 422
    assert {newest(one).to_state for one in sent} == {State.SENT}


def test_where_nothing_is_open_the_placement_is_shown_at_once(desk, world, db_session):
    factories.make_consultation(world.case, held_on=date(2025, 4, 2))
    db_session.commit()
    assert place(desk, world).location.startswith("/placements/")
    assert desk.get(f"/cases/{world.case.number}/referrals/close").location == f"/cases/{world.case.number}"
