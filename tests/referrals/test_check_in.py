"""来所の確認: a card or a slip at the window leads to the waiting referral, and tells nothing else."""

import secrets
from datetime import date

import pytest
from sqlalchemy import select, text

from app.accounts.models import Account
from app.audit.models import AuditEntry
from app.cases.look_up import GUESSES
from app.cases.models import CaseCard, CaseOffice
from app.foundation import clock
from app.foundation.db import db
from app.privacy import case_code
from app.referrals.models import ReferralMove
from app.referrals.vocabulary import AnswerChannel, State
from tests import factories
from tests.attacks.page_forms import forms_of
from tests.factories import sign_in
from tests.factories.world import TODAY

ASK = "/received-referrals/check-in"


@pytest.fixture
def partner(client, world):
    sign_in(client, db.session.get(Account, world.partner.id))
    return client


@pytest.fixture
def referral(world, db_session):
    made = factories.make_referral(world.case, world.version, sent_on=date(2025, 6, 2), office=world.office)
    db_session.commit()
    return made


def card_of(app, case, pepper=None):
    code = case_code.generate(secrets.token_bytes)
    pepper = pepper or app.config["SHIRUBE"].card_pepper
    factories.add(
        CaseCard(
            case_id=case.id,
            code_hash=case_code.keyed_hash(pepper, code),
            pepper_id=case_code.key_id(pepper),
            issued_at=clock.now(),
        )
    )
    db.session.commit()
    return case_code.grouped(code)


def ask(client, typed):
    return client.post(ASK, data={"code": typed})


def problems(answer):
    assert answer.status_code == 422
    return answer.text[answer.text.index('id="problems"') :].partition("</ul>")[0]


def moves(referral):
    found = select(ReferralMove).where(ReferralMove.referral_id == referral.id).order_by(ReferralMove.number)
    return list(db.session.scalars(found.execution_options(populate_existing=True)))


def come(client, typed):
    """Show a card or slip and press the one button."""
    [form] = [one for one in forms_of(ask(client, typed).text) if one.action.endswith("/met")]
    return client.post(form.action, data=dict(form.pairs()), follow_redirects=True)


@pytest.mark.parametrize("shown", ["card", "reference"])
def test_one_tap_after_the_card_or_the_slip_records_the_meeting(partner, app, world, referral, shown):
    typed = card_of(app, world.case) if shown == "card" else referral.reference
    page = ask(partner, typed)
    assert referral.reference in page.text
    assert "求職の相談・職業紹介" in page.text
    assert world.case.number not in page.text
    answer = come(partner, typed)
    assert "来所と面談を記録しました" in answer.text
    last = moves(referral)[-1]
    assert (last.to_state, last.happened_on, last.channel) == (State.MET, TODAY, AnswerChannel.IN_PERSON)
    assert last.entered_by == world.partner.id


def test_no_card_no_referral_and_a_foreign_one_are_told_alike(partner, app, world, referral, db_session):
    elsewhere = factories.make_referral(factories.make_case())
    withdrawn = factories.make_referral(world.case, world.version)
    withdrawn.consent.withdrawn_on = TODAY
    met = factories.make_referral(factories.make_case(world.office), world.version)
    factories.make_move(met, State.MET, happened_on=TODAY, number=2, from_state=State.SENT)
    db_session.commit()
    unknown = case_code.grouped(case_code.generate(secrets.token_bytes))
    typed = [
        unknown,
        card_of(app, elsewhere.case),
        card_of(app, met.case),
        "9999-99",
        elsewhere.reference,
        withdrawn.reference,
        met.reference,
    ]
    words = {problems(ask(partner, one)).replace(one, "") for one in typed}
    assert len(words) == 1
    assert "面談を待っている紹介はありません" in words.pop()


def test_a_dead_card_finds_nothing(partner, app, world, referral):
    typed = card_of(app, world.case)
    db.session.scalars(select(CaseCard)).one().revoked_at = clock.now()
    db.session.commit()
    assert "紹介はありません" in problems(ask(partner, typed))


def test_guesses_are_few_and_count_with_those_of_every_other_page(partner, app, world, referral):
    for _one in range(GUESSES.free):
        problems(ask(partner, case_code.grouped(case_code.generate(secrets.token_bytes))))
    assert "待ってから" in problems(ask(partner, card_of(app, world.case)))


def test_a_card_known_here_but_without_a_referral_counts_like_a_guess(partner, app, world, referral):
    typed = card_of(app, factories.make_case(world.office))
    for _one in range(GUESSES.free):
        problems(ask(partner, typed))
    assert "待ってから" in problems(ask(partner, card_of(app, world.case)))


def test_a_mistyped_code_is_not_counted(partner, app, world, referral):
    for _one in range(GUESSES.free + 5):
        problems(ask(partner, "7QK2-9MD4-XBB"))
    assert ask(partner, card_of(app, world.case)).status_code == 200


def test_the_card_opens_no_case_to_the_window_and_is_kept_nowhere(partner, app, world, referral, db_session):
    typed = card_of(app, world.case)
    page = ask(partner, typed).text
    code = case_code.normalise(typed)
    assert typed not in page
    assert code not in page
    seen_by = set(db_session.scalars(select(CaseOffice.office_id)))
    assert world.partner.office_id not in seen_by
    stored = "".join(
        repr(db_session.execute(text(f'SELECT * FROM "{table.name}"')).all())
        for table in db.metadata.sorted_tables
    )
    assert code not in stored
    assert typed not in stored


def test_who_opened_which_referral_is_in_the_trail(partner, app, world, referral, db_session):
    ask(partner, card_of(app, world.case))
    entry = db_session.scalars(select(AuditEntry).where(AuditEntry.action == "referral.checked_in")).one()
    assert (entry.subject_id, entry.actor_id) == (referral.reference, world.partner.id)


def test_an_exchanged_pepper_still_opens_the_card(partner, app, world, referral, monkeypatch):
    from dataclasses import replace

    old = b"the pepper of last year, which was exchanged since"
    usual = app.config["SHIRUBE"]
    typed = card_of(app, world.case, old)
    app.config["SHIRUBE"] = replace(usual, former_peppers=(old,))
    try:
        assert referral.reference in ask(partner, typed).text
    finally:
        app.config["SHIRUBE"] = usual


def test_the_same_tap_twice_is_one_meeting(partner, app, world, referral):
    [form] = [one for one in forms_of(ask(partner, referral.reference).text) if one.action.endswith("/met")]
    for _one in range(2):
        assert partner.post(form.action, data=dict(form.pairs())).status_code == 302
    assert len(moves(referral)) == 2


def test_the_centre_confirms_who_comes_to_its_own_windows(client, app, world, db_session):
    centre = factories.make_office(name="障害者相談室")
    _window, version = factories.make_window(centre)
    sent = factories.make_referral(world.case, version)
    elsewhere = factories.make_referral(world.case, world.version)
    sign_in(client, office=centre)
    db_session.commit()
    page = ask(client, card_of(app, world.case)).text
    assert sent.reference in page
    assert elsewhere.reference not in page
