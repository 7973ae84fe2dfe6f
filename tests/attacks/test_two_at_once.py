"""Several people at the same moment: real threads against the application, on both databases.

One record, one winner, and a sentence for everybody else; never an error page, never two records.
"""

import re
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlalchemy import func, select

from app.access.permissions import Role
from app.cases.models import Case, Consultation, Registration
from app.foundation.db import db
from app.guidance.models import Guidance
from app.placements.models import Placement, RetentionCheck
from app.referrals.models import Referral, ReferralMove
from app.referrals.move_operations import MOVED_MEANWHILE
from app.situation.programme import Programme
from app.web.conflicts import CHOOSE, SAME
from tests import factories
from tests.attacks.page_forms import FORM, Pairs, encoded, forms_of, replaced

pytestmark = pytest.mark.both_databases
AT_ONCE = 8
SEEN = 302


@pytest.fixture
def office(app, db_session):
    made = factories.make_office(programme=Programme.CENTRE)
    # The chain of the trail starts with its first entry, which no test here is about.
    db_session.commit()
    return made


@pytest.fixture
def desks(app, office):
    """Return as many windows of one and the same counsellor as send at once."""
    account = factories.make_account(office=office)
    db.session.commit()
    return desks_of(app, account)


def desks_of(app, *accounts):
    clients = [app.test_client() for _one in range(AT_ONCE)]
    for number, client in enumerate(clients):
        factories.sign_in(client, accounts[number % len(accounts)])
    return clients


@pytest.fixture
def colleagues(app, office):
    """Return the windows of two colleagues."""
    two = [factories.make_account(office=office), factories.make_account(Role.SUPERVISOR, office)]
    db.session.commit()
    return desks_of(app, *two)


def at_once(clients, sent: list[tuple[str, Pairs]]):
    """Send every form at the same moment; return the answers."""
    start = Barrier(len(clients))

    def send(client, address, pairs):
        start.wait(timeout=10)
        return client.post(address, data=encoded(pairs), content_type=FORM)

    db.session.commit()
    with ThreadPoolExecutor(len(clients)) as pool:
        going = [pool.submit(send, client, *one) for client, one in zip(clients, sent, strict=True)]
        answers = [one.result(timeout=30) for one in going]
    db.session.rollback()
    db.session.expire_all()
    return answers


def opened(client, page: str, **said: str) -> tuple[str, Pairs]:
    """Open a page; return the address of its main form and the form filled in."""
    form = max(forms_of(client.get(page).get_data(as_text=True)), key=lambda one: len(one.controls))
    pairs = form.pairs()
    for name, value in said.items():
        pairs = replaced(pairs, name, value)
    return form.action or page, pairs


def count(model) -> int:
    return db.session.scalar(select(func.count()).select_from(model))


def sentences(answers) -> list[str]:
    """Return what the summaries of the refused say."""
    found = [one.get_data(as_text=True) for one in answers if one.status_code == 422]
    return [re.search(r'id="problems".*?<ul>(.*?)</ul>', html, re.DOTALL).group(1) for html in found]


def assert_one_wins(answers, sentence: str) -> None:
    """Assert that one was saved and everybody else reads why not."""
    statuses = sorted(one.status_code for one in answers)
    assert statuses == [302] + [422] * (AT_ONCE - 1)
    assert all(sentence in one for one in sentences(answers))


def assert_trail_holds(app) -> None:
    answer = app.test_cli_runner().invoke(args=["audit", "verify"])
    assert answer.exit_code == 0, answer.output


def test_a_form_sent_eight_times_at_once_is_one_consultation(app, desks, office):
    case = factories.make_case(office)
    db.session.commit()
    form = opened(desks[0], f"/counter/{case.number}", window_id="")
    form = (form[0], replaced(form[1], "refer"))
    answers = at_once(desks, [form] * AT_ONCE)
    assert [one.status_code for one in answers] == [SEEN] * AT_ONCE
    assert count(Consultation) == 1
    assert_trail_holds(app)


def test_a_new_person_sent_eight_times_at_once_has_one_card_and_one_referral(app, desks, office):
    window, _version = factories.make_window()
    db.session.commit()
    form = opened(desks[0], "/counter", who="new", window_id=str(window.id))
    answers = at_once(desks, [form] * AT_ONCE)
    assert [one.status_code for one in answers] == [200] * AT_ONCE
    cards = {
        re.search(r"[0-9A-Z*]{4}-[0-9A-Z]{4}-[0-9A-Z*]{3}|$", one.get_data(as_text=True)).group()
        for one in answers
    }
    assert len(cards) == 1
    assert [count(one) for one in (Case, Consultation, Guidance, Referral, ReferralMove)] == [1] * 5
    assert_trail_holds(app)


def test_of_eight_edits_of_one_consultation_one_wins(app, colleagues, office):
    consultation = factories.make_consultation(factories.make_case(office), programme=Programme.CENTRE)
    db.session.commit()
    page = f"/consultations/{consultation.id}/edit"
    forms = [
        opened(client, page, **{"minutes": str(40 + number), "minutes-pick": ""})
        for number, client in enumerate(colleagues)
    ]
    answers = at_once(colleagues, forms)
    assert_one_wins(answers, CHOOSE)
    won = next(number for number, one in enumerate(answers) if one.status_code == SEEN)
    assert db.session.scalar(select(Consultation.minutes)) == 40 + won
    assert_trail_holds(app)


def test_of_eight_voids_of_one_consultation_one_is_kept(app, colleagues, office):
    consultation = factories.make_consultation(factories.make_case(office), programme=Programme.CENTRE)
    db.session.commit()
    forms = [opened(client, f"/consultations/{consultation.id}/void") for client in colleagues]
    answers = at_once(colleagues, forms)
    assert {one.status_code for one in answers} <= {302, 404, 422}
    assert sum(one.status_code == SEEN for one in answers) == 1
    assert_trail_holds(app)


def referral_of(office) -> Referral:
    case = factories.make_case(office)
    consultation = factories.make_consultation(case, programme=Programme.CENTRE)
    return factories.make_referral(case, consultation=consultation)


def test_of_eight_moves_of_one_referral_one_wins(app, colleagues, office):
    referral = referral_of(office)
    db.session.commit()
    page = f"/referrals/{referral.reference}"
    targets = ("accepted", "met")
    forms = [opened(client, page, to=targets[number % 2]) for number, client in enumerate(colleagues)]
    assert_one_wins(at_once(colleagues, forms), MOVED_MEANWHILE)
    assert count(ReferralMove) == 2
    assert_trail_holds(app)


def test_one_move_sent_eight_times_at_once_is_one_move(app, desks, office):
    referral = referral_of(office)
    db.session.commit()
    form = opened(desks[0], f"/referrals/{referral.reference}", to="accepted")
    answers = at_once(desks, [form] * AT_ONCE)
    assert {one.status_code for one in answers} <= {302, 422}
    assert SEEN in {one.status_code for one in answers}
    assert count(ReferralMove) == 2


def test_eight_registrations_of_one_person_at_once_are_one(app, colleagues, office):
    case = factories.make_case(office)
    db.session.commit()
    forms = [opened(client, f"/cases/{case.number}/registrations/new") for client in colleagues]
    assert_one_wins(at_once(colleagues, forms), "もう登録があります")
    assert count(Registration) == 1
    assert_trail_holds(app)


def test_eight_renewals_of_one_registration_at_once_are_one(app, colleagues, office):
    registration = factories.make_registration(factories.make_case(office))
    db.session.commit()
    forms = [opened(client, f"/registrations/{registration.id}/renew") for client in colleagues]
    answers = at_once(colleagues, forms)
    assert sorted(one.status_code for one in answers)[:1] == [SEEN]
    assert sum(one.status_code == SEEN for one in answers) == 1
    assert count(Registration) == 2
    assert_trail_holds(app)


def test_a_referral_leads_to_one_job_although_eight_record_one_at_once(app, colleagues, office):
    referral = referral_of(office)
    factories.make_move(referral, "met", happened_on=factories.A_DAY, number=2, from_state="sent")
    db.session.commit()
    number = db.session.get(Case, referral.case_id).number
    page = f"/cases/{number}/placements/new?referral={referral.reference}"
    forms = [opened(client, page, referral_id=str(referral.id)) for client in colleagues]
    answers = at_once(colleagues, forms)
    assert {one.status_code for one in answers} <= {302, 422}
    assert sum(one.status_code == SEEN for one in answers) == 1
    assert count(Placement) == 1
    assert count(ReferralMove) == 3
    assert_trail_holds(app)


def test_eight_first_checks_of_one_job_are_one_check(app, colleagues, office):
    case = factories.make_case(office)
    factories.make_consultation(case, programme=Programme.CENTRE)
    placement = factories.make_placement(case, programme=Programme.CENTRE)
    db.session.commit()
    forms = [opened(client, f"/placements/{placement.id}/checks/1") for client in colleagues]
    assert_one_wins(at_once(colleagues, forms), SAME)
    assert count(RetentionCheck) == 1
    assert_trail_holds(app)


def test_a_first_check_that_comes_after_another_first_check_does_not_replace_it(app, desks, office):
    case = factories.make_case(office)
    factories.make_consultation(case, programme=Programme.CENTRE)
    placement = factories.make_placement(case, programme=Programme.CENTRE)
    db.session.commit()
    first, second = (opened(client, f"/placements/{placement.id}/checks/1") for client in desks[:2])
    assert desks[0].post(first[0], data=encoded(first[1]), content_type=FORM).status_code == SEEN
    late = desks[1].post(second[0], data=encoded(second[1]), content_type=FORM)
    assert SAME in sentences([late])[0]
