"""A form that is sent twice makes one record."""

import pytest

from app.drafts.operations import AlreadySaved, claim, require_fresh
from app.foundation.errors import DomainError
from tests.factories import make_actor

pytestmark = pytest.mark.both_databases
KEY = "0123456789abcdef0123456789abcdef"


def test_a_claimed_key_leads_to_its_record(db_session):
    actor = make_actor()
    require_fresh(key=KEY, actor=actor)
    claim(key=KEY, actor=actor, purpose="consultation", subject_id=7)
    with pytest.raises(AlreadySaved) as saved:
        require_fresh(key=KEY, actor=actor)
    assert saved.value.subject_id == "7"


def test_two_claims_of_one_key_make_one(db_session):
    actor = make_actor()
    claim(key=KEY, actor=actor, purpose="consultation", subject_id=7)
    with pytest.raises(AlreadySaved) as saved:
        claim(key=KEY, actor=actor, purpose="consultation", subject_id=8)
    assert saved.value.subject_id == "7"


def test_a_form_that_somebody_else_sent_is_too_old_for_me(db_session):
    claim(key=KEY, actor=make_actor(), purpose="consultation", subject_id=7)
    other = make_actor()
    with pytest.raises(DomainError, match="古くなっています"):
        require_fresh(key=KEY, actor=other)
    with pytest.raises(DomainError, match="古くなっています"):
        claim(key=KEY, actor=other, purpose="consultation", subject_id=8)
