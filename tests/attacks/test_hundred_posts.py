"""A hundred posts of one form at one moment, from one tab or several: one record, and no draft."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlalchemy import select

from app.cases.models import Consultation
from app.drafts.models import Draft, Submission
from app.foundation.db import db
from app.situation.programme import Programme
from tests import factories
from tests.attacks.page_forms import FORM, encoded, forms_of, replaced
from tests.attacks.test_two_at_once import count

pytestmark = pytest.mark.both_databases
POSTS = 100


@pytest.fixture
def account(app, db_session):
    office = factories.make_office(programme=Programme.CENTRE)
    account = factories.make_account(office=office)
    db_session.commit()
    return account


def signed_in(app, account):
    client = app.test_client()
    factories.sign_in(client, account)
    return client


def test_a_hundred_posts_of_one_key_at_once_make_one_record(app, account):
    case = factories.make_case(account.office)
    clients = [signed_in(app, account) for _one in range(POSTS)]
    page = clients[0].get(f"/counter/{case.number}").get_data(as_text=True)
    form = max(forms_of(page), key=lambda one: len(one.controls))
    pairs = replaced(replaced(form.pairs(), "window_id", ""), "refer")
    key = dict(pairs)["submission_key"]
    draft = factories.make_draft(account)
    draft.key_hash = factories.hash_of(key)
    db.session.commit()
    start = Barrier(POSTS)

    def send(number: int):
        said = replaced(pairs, "memo", f"窓{number % 4}から")
        start.wait(timeout=60)
        return clients[number].post("/counter", data=encoded(said), content_type=FORM)

    with ThreadPoolExecutor(POSTS) as pool:
        answers = list(pool.map(send, range(POSTS), timeout=120))
    db.session.rollback()
    db.session.expire_all()
    assert {one.status_code for one in answers} == {302}
    assert count(Consultation) == 1
    assert count(Submission) == 1
    assert count(Draft) == 0
    assert db.session.scalar(select(Consultation.memo)).startswith("窓")
    trail = app.test_cli_runner().invoke(args=["audit", "verify"])
    assert trail.exit_code == 0, trail.output
