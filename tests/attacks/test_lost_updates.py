"""Twenty people edit the same records at once: every edit is in the record and in the trail, none is lost.

``EDITS_EACH=500`` makes the journey as long as promised (20 people × 500 edits, 50 records); on SQLite
`script/bench edits` makes it, too.
"""

import os
import re
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import select

from app.audit.queries import verify
from app.cases.models import Consultation
from app.foundation.db import db
from app.situation.programme import Programme
from bench.edits import PEOPLE, journey
from tests import factories
from tests.attacks.page_forms import FORM, encoded, forms_of, replaced

pytestmark = pytest.mark.both_databases
EACH = int(os.environ.get("EDITS_EACH", "5"))
RECORDS = 50 if EACH > 50 else 5


@pytest.fixture
def office(db_session):
    made = factories.make_office(programme=Programme.CENTRE)
    db.session.commit()
    return made


def test_no_update_of_twenty_people_is_lost(app, office):
    factories.make_account(office=office)
    for _one in range(RECORDS):
        factories.make_consultation(factories.make_case(office), programme=Programme.CENTRE)
    db.session.commit()
    came = journey(app, people=PEOPLE, each=EACH)
    assert came.lost == 0
    assert came.saved == PEOPLE * EACH
    assert came.refused > 0, "nobody was ever faster than somebody else: nothing was tried"
    assert not verify().faults


def test_no_choice_between_two_versions_loses_an_update(app, office):
    """Six people add a minute each, three times, on the page; who is slower adds it to what was saved."""
    consultation = factories.make_consultation(
        factories.make_case(office), programme=Programme.CENTRE, minutes=10
    )
    accounts = [factories.make_account(office=office) for _one in range(6)]
    db.session.commit()
    page = f"/consultations/{consultation.id}/edit"

    def work(account) -> None:
        client = app.test_client()
        factories.sign_in(client, account)
        for _edit in range(3):
            add_a_minute(client, page)

    with ThreadPoolExecutor(len(accounts)) as pool:
        for done in [pool.submit(work, account) for account in accounts]:
            done.result()
    db.session.rollback()
    db.session.expire_all()
    assert db.session.scalar(select(Consultation.minutes)) == 10 + 6 * 3


def add_a_minute(client, page: str) -> None:
    """Add a minute to what the page shows; after a refusal, to what was saved first."""
    html = client.get(page).text
    while True:
        pairs = next(form.pairs() for form in forms_of(html) if "version" in dict(form.pairs()))
        stored = re.search(r'先に保存された内容.*?<span class="side-text">(\d+)分', html, re.DOTALL)
        shown = int(stored[1]) if stored else minutes_in(pairs)
        pairs = replaced(replaced(pairs, "minutes", str(shown + 1)), "minutes-pick")
        if stored:
            pairs = replaced(pairs, "keep-minutes", "typed")
        answer = client.post(page, data=encoded(pairs), content_type=FORM)
        if answer.status_code == 302:
            return
        assert answer.status_code == 422
        html = answer.text


def minutes_in(pairs) -> int:
    said = dict(pairs)
    return int(said.get("minutes") or said["minutes-pick"])
