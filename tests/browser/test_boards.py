"""The board in the browser: rows ticked, a preview, one press for all; a reminder copied with one click."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from app.foundation import clock
from app.foundation.db import db
from app.referrals.models import ReferralMove
from app.referrals.vocabulary import State
from app.windows.models import Office, WindowVersion
from tests import factories
from tests.browser.desk import city, enter
from tests.browser.harness.checks import assert_accessible, assert_fits


@pytest.fixture
def board(page, live_server):
    """Return the board of an office with three referrals of which two are late, signed in."""
    with city(live_server.app):
        office = db.session.query(Office).filter_by(key="life_welfare").one()
        version = db.session.query(WindowVersion).first()
        case = factories.make_case(office)
        for days in (90, 80, 1):
            factories.make_referral(
                case, version, sent_on=clock.today() - timedelta(days=days), office=office
            )
        db.session.commit()
    enter(page, "soudan1")
    # At the sign-in the two silences are noted by themselves; here they still wait.
    with live_server.app.app_context():
        for move in db.session.query(ReferralMove).filter_by(to_state=State.NO_RESPONSE):
            db.session.delete(move)
        db.session.commit()
    page.goto("/referrals?shown=open")
    return page


def ticks(page):
    return page.locator('input[name="pick"]')


@pytest.mark.parametrize("width", [1280, 390])
def test_the_board_fits_and_is_accessible(board, width):
    board.set_viewport_size({"width": width, "height": 900})
    board.reload()
    expect(ticks(board)).to_have_count(3)
    assert_fits(board)
    assert_accessible(board)


def test_all_of_a_view_ticks_the_rows_and_leads_to_the_preview(board):
    board.get_by_role("checkbox", name="この表示の3件すべて").check()
    expect(ticks(board).first).to_be_checked()
    board.locator("#bulk-kind").select_option("silent")
    board.get_by_role("button", name="内容を確かめる").click()
    expect(board.get_by_text("選んだ3件のうち、2件にできます。")).to_be_visible()
    assert_accessible(board)
    board.get_by_role("button", name="2件に行う").click()
    expect(board.get_by_text("2件を保存しました。")).to_be_visible()
    assert_accessible(board)
    board.get_by_role("button", name="この2件を元に戻す").click()
    expect(board.get_by_text("2件を保存しました。")).to_be_visible()
    board.goto("/referrals?shown=sent")
    expect(ticks(board)).to_have_count(3)


def test_enter_in_a_field_does_nothing_unseen(board):
    ticks(board).first.check()
    board.locator("#bulk-kind").select_option("extend")
    board.get_by_role("button", name="内容を確かめる").click()
    board.get_by_role("textbox", name="月", exact=True).press("Enter")
    expect(board.get_by_role("button", name="1件に行う")).to_be_visible()
    board.goto("/referrals?shown=overdue")
    expect(ticks(board)).to_have_count(2)


def test_one_click_copies_the_text_and_without_script_the_box_can_be_selected(board, browser, live_server):
    board.goto("/referrals/chasers")
    board.locator("tbody th a").first.click()
    board.get_by_role("button", name="写す").first.click()
    expect(board.get_by_role("status").filter(has_text="写しました")).to_be_visible()
    assert_accessible(board)
    box = board.locator("#text-all")
    assert board.evaluate("getSelection().toString()") == box.input_value()
    plain = browser.new_context(
        java_script_enabled=False,
        base_url=live_server.url,
        storage_state=board.context.storage_state(),
    )
    page = plain.new_page()
    page.goto(board.url)
    expect(page.locator("#text-all")).to_be_visible()
    expect(page.get_by_role("button", name="写す")).to_have_count(0)
    plain.close()
