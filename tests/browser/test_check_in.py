"""来所の確認 in the browser: a card or a slip at the window, and one tap notes that its holder came."""

import re
import secrets
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from app.access.permissions import Role
from app.accounts import passwords
from app.cases.models import CaseCard
from app.foundation import clock
from app.foundation.db import db
from app.privacy import case_code
from app.referrals.models import Referral, ReferralMove
from app.referrals.vocabulary import AnswerChannel, State
from app.windows.models import Office, Window, WindowVersion
from tests import factories
from tests.browser.desk import PASSWORD, city, enter
from tests.browser.harness.checks import assert_accessible, assert_fits

WIDTHS = (1280, 390)
CODE = re.compile("カードの番号か紹介番号")


@pytest.fixture
def sent(live_server):
    """Return the card of a person who was sent to Hello Work and to the centre, with both references."""
    with city(live_server.app):
        hashed = passwords.hash_of(PASSWORD)
        desk = db.session.query(Office).filter_by(key="life_welfare").one()
        case = factories.make_case(desk)
        references = {}
        for login_name, role, office_key in (
            ("kikan", Role.PARTNER, "hello_work_tachikawa"),
            ("shien1", Role.COUNSELLOR, "centre"),
        ):
            office = db.session.query(Office).filter_by(key=office_key).one()
            factories.make_account(role, office, login_name=login_name, password_hash=hashed)
            version = (
                db.session.query(WindowVersion)
                .join(Window, Window.id == WindowVersion.window_id)
                .filter(Window.office_id == office.id)
                .first()
            )
            day = clock.today() - timedelta(days=3)
            made = factories.make_referral(case, version, sent_on=day, office=desk)
            references[login_name] = made.reference
        code = case_code.generate(secrets.token_bytes)
        pepper = live_server.app.config["SHIRUBE"].card_pepper
        factories.add(
            CaseCard(
                case_id=case.id,
                code_hash=case_code.keyed_hash(pepper, code),
                pepper_id=case_code.key_id(pepper),
                issued_at=clock.now(),
            )
        )
        db.session.commit()
    return case_code.grouped(code), case.number, references


def look_at(page) -> None:
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        assert_fits(page)
        assert_accessible(page)


def moves_of(server, reference):
    with server.app.app_context():
        found = (
            db.session.query(ReferralMove)
            .join(Referral, Referral.id == ReferralMove.referral_id)
            .filter(Referral.reference == reference)
            .order_by(ReferralMove.number)
        )
        return [(move.to_state, move.channel, move.happened_on) for move in found]


@pytest.mark.parametrize("login_name", ["kikan", "shien1"])
@pytest.mark.parametrize("shown", ["card", "slip"])
@pytest.mark.parametrize("width", WIDTHS)
def test_who_comes_with_a_card_or_a_slip_is_noted_with_one_tap(
    page, live_server, sent, login_name, shown, width
):
    code, case_number, references = sent
    reference = references[login_name]
    enter(page, login_name)
    page.set_viewport_size({"width": width, "height": 900})
    page.goto("/received-referrals")
    page.get_by_role("link", name="来所の確認").click()
    # A scanner types where the cursor stands, and ends with the Enter key.
    expect(page.get_by_label(CODE)).to_be_focused()
    page.keyboard.type(code if shown == "card" else reference)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name=f"紹介 {reference}")).to_be_visible()
    assert page.get_by_role("heading", name=re.compile("^紹介 ")).count() == 1
    assert code not in page.content()
    assert case_number not in page.content()
    look_at(page)
    page.set_viewport_size({"width": width, "height": 900})
    page.get_by_role("button", name="来所・面談した").click()
    expect(page.get_by_role("status")).to_contain_text(f"紹介 {reference}：来所と面談を記録しました。")
    expect(page.get_by_label(CODE)).to_be_focused()
    assert moves_of(live_server, reference)[-1] == (State.MET, AnswerChannel.IN_PERSON, clock.today())
    [other] = [one for name, one in references.items() if name != login_name]
    assert len(moves_of(live_server, other)) == 1


def test_what_waits_for_nobody_here_says_so_at_the_field_and_keeps_what_was_typed(page, watcher, sent):
    _code, _number, references = sent
    enter(page, "kikan")
    page.goto("/received-referrals/check-in")
    page.get_by_label(CODE).fill(references["shien1"])
    watcher.allow("422")
    page.get_by_role("button", name="確かめる").click()
    expect(page.locator("#problems")).to_contain_text(
        "この番号で、こちらの窓口が面談を待っている紹介はありません。"
    )
    expect(page.get_by_label(CODE)).to_have_value(references["shien1"])
    look_at(page)


def test_a_referral_that_a_colleague_has_just_answered_is_not_noted_twice(page, watcher, live_server, sent):
    _code, _number, references = sent
    reference = references["kikan"]
    enter(page, "kikan")
    page.goto("/received-referrals/check-in")
    page.get_by_label(CODE).fill(reference)
    page.keyboard.press("Enter")
    met = page.get_by_role("button", name="来所・面談した")
    expect(met).to_be_visible()
    with live_server.app.app_context():
        referral = db.session.query(Referral).filter_by(reference=reference).one()
        factories.make_move(
            referral, State.ACCEPTED, happened_on=clock.today(), number=2, from_state=State.SENT
        )
        db.session.commit()
    watcher.allow("422")
    met.click()
    # Nothing is noted, and the referral stands there as it is by now: one more tap notes the meeting.
    expect(page.locator("#problems")).to_contain_text("ほかの人が先に、この紹介の経過を記録しました。")
    assert [state for state, _channel, _day in moves_of(live_server, reference)] == [
        State.SENT,
        State.ACCEPTED,
    ]
    look_at(page)
    met.click()
    expect(page.get_by_role("status")).to_contain_text("来所と面談を記録しました。")
    assert moves_of(live_server, reference)[-1][0] is State.MET
