"""Nothing that was written is lost: the browser closed, the session run out, two tabs, another person."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import expect
from sqlalchemy import func, select, update

from app.access.actor import Actor
from app.accounts.lifetime import IDLE
from app.accounts.models import Account, AccountSession
from app.cases.models import Consultation
from app.drafts.models import Draft
from app.drafts.queries import list_opened
from app.drafts.restoring import ring
from app.foundation import clock
from app.foundation.db import db
from tests.browser.desk import answer_about, city, enter
from tests.browser.test_main_job import choose

MEMO = "家計の整理から始めたいとのこと"
SIGNED_OUT = re.compile("サインインが切れました")
KEPT = re.compile(r"下書きを保存しました \d\d:\d\d")


@pytest.fixture
def counter(live_server, new_page):
    """Return a page at the counter of a city."""
    with city(live_server.app):
        pass
    page = new_page()
    enter(page, "soudan1")
    page.goto("/counter")
    return page


def fill(page, memo=MEMO) -> None:
    """Fill an entry of somebody who comes once."""
    choose(page, "1回だけ")
    choose(page, "仕事探し")
    choose(page, "若年者")
    answer_about(page)
    page.get_by_label("メモ").fill(memo)


def wait_until_kept(page, app, memo=MEMO, login_name="soudan1") -> None:
    """Wait until the only draft holds the memo: two seconds after the keystroke at most."""
    for _attempt in range(50):
        if [one.contents.first("memo") for one in opened(app, login_name)] == [memo]:
            return
        page.wait_for_timeout(100)
    raise AssertionError(f"not kept: {[one.contents.first('memo') for one in opened(app, login_name)]}")


def note(page):
    return page.locator(".act-in .saved")


def save(page) -> None:
    page.get_by_role("button", name="保存して次へ").click()


def count(app, model) -> int:
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(model))


def memos(app) -> list[str]:
    with app.app_context():
        return list(db.session.scalars(select(Consultation.memo)))


def opened(app, login_name="soudan1"):
    """Return the drafts of a person with what was written."""
    with app.test_request_context():
        account = db.session.scalar(select(Account).where(Account.login_name == login_name))
        actor = Actor(id=account.id, label="", role=account.role, office_id=account.office_id)
        return list_opened(actor=actor, ring=ring())


def let_sessions_run_out(app) -> None:
    with app.app_context():
        db.session.execute(update(AccountSession).values(seen_at=clock.now() - IDLE - timedelta(minutes=1)))
        db.session.commit()


def test_a_closed_browser_loses_nothing(counter, new_page, live_server):
    fill(counter)
    expect(note(counter)).to_have_text(KEPT)
    expect(note(counter)).to_be_visible()
    wait_until_kept(counter, live_server.app)
    key = counter.locator("input[name=submission_key]").first.input_value()
    counter.context.close()

    page = new_page()
    enter(page, "soudan1")
    page.goto("/counter")
    expect(page.locator(".draft-waiting")).to_contain_text("書きかけがあります")
    expect(page.get_by_label("メモ")).to_have_value("")
    page.get_by_role("link", name="続ける").click()
    expect(page.get_by_label("メモ")).to_have_value(MEMO)
    expect(page.get_by_role("radio", name="1回だけ")).to_be_checked()
    assert page.locator("input[name=submission_key]").first.input_value() == key
    save(page)
    expect(page.locator("main")).to_contain_text("1回だけの相談を保存しました")
    expect(page.locator(".draft-waiting")).to_have_count(0)
    assert memos(live_server.app) == [MEMO]
    assert count(live_server.app, Draft) == 0


def test_a_draft_that_is_offered_can_be_thrown_away(counter, live_server):
    fill(counter)
    expect(note(counter)).to_have_text(KEPT)
    counter.goto("/counter")
    counter.get_by_role("button", name="捨てる").click()
    expect(counter.locator("main")).to_contain_text("下書きを捨てました")
    expect(counter.locator(".draft-waiting")).to_have_count(0)
    assert count(live_server.app, Draft) == 0


def test_a_session_that_runs_out_in_mid_entry_leads_back_to_the_text(counter, live_server):
    counter.context.watcher.allow("401")  # the last draft before the form is sent
    fill(counter)
    let_sessions_run_out(live_server.app)
    save(counter)
    expect(counter.locator("main")).to_contain_text("書いた内容は下書きに残しました")
    enter_here(counter)
    expect(counter.get_by_label("メモ")).to_have_value(MEMO)
    save(counter)
    expect(counter.locator("main")).to_contain_text("1回だけの相談を保存しました")
    assert memos(live_server.app) == [MEMO]
    assert count(live_server.app, Draft) == 0


def enter_here(page, login_name="soudan1") -> None:
    """Sign in on the page that asks for it."""
    from tests.browser.desk import PASSWORD

    page.fill("input[name=login_name]", login_name)
    page.fill("input[name=password]", PASSWORD)
    page.click("main button[type=submit]")
    page.wait_for_url(lambda url: "/sign-in" not in url)


def test_without_scripts_a_session_that_ran_out_leads_back_to_the_text(counter, new_page, live_server):
    page = new_page(java_script_enabled=False)
    enter(page, "soudan1")
    page.goto("/counter")
    fill(page)
    let_sessions_run_out(live_server.app)
    save(page)
    expect(page.locator("main")).to_contain_text("書いた内容は下書きに残しました")
    enter_here(page)
    expect(page.get_by_label("メモ")).to_have_value(MEMO)
    save(page)
    expect(page.locator("main")).to_contain_text("1回だけの相談を保存しました")
    assert memos(live_server.app) == [MEMO]
    assert count(live_server.app, Draft) == 0


def test_somebody_else_who_signs_in_does_not_see_the_text(counter, live_server):
    counter.context.watcher.allow("401")  # the last draft before the form is sent
    fill(counter)
    let_sessions_run_out(live_server.app)
    save(counter)
    enter_here(counter, "kakaricho")
    expect(counter.locator("main")).to_contain_text("この下書きはもうありません")
    expect(counter.get_by_label("メモ")).to_have_value("")
    wait_until_kept(counter, live_server.app)


def test_a_page_whose_session_ran_out_says_so_and_goes_on_after_a_sign_in_in_another_tab(
    counter, live_server
):
    counter.context.watcher.allow("401|400")
    counter.get_by_label("メモ").fill("はじめ")
    expect(note(counter)).to_have_text(KEPT)
    let_sessions_run_out(live_server.app)
    counter.get_by_label("メモ").fill(MEMO)
    expect(note(counter)).to_contain_text(SIGNED_OUT)
    wait_until_kept(counter, live_server.app, "はじめ")

    with counter.context.expect_page() as another:
        note(counter).get_by_role("link", name="サインインする").click()
    enter_here(another.value)
    another.value.close()
    counter.evaluate("window.dispatchEvent(new Event('focus'))")
    expect(note(counter)).to_have_text(KEPT)
    wait_until_kept(counter, live_server.app)
    fill(counter)
    save(counter)
    expect(counter.locator("main")).to_contain_text("1回だけの相談を保存しました")
    assert memos(live_server.app) == [MEMO]


def test_a_form_sent_from_a_page_older_than_the_sign_in_is_kept(counter, live_server):
    counter.context.watcher.allow("400|401")
    fill(counter)
    expect(note(counter)).to_have_text(KEPT)
    let_sessions_run_out(live_server.app)
    another = counter.context.new_page()
    enter(another, "soudan1")
    counter.evaluate("document.querySelector('form[data-draft]').submit()")  # no script in between
    expect(counter.locator("main")).to_contain_text("ページが古くなっていた")
    expect(counter.get_by_label("メモ")).to_have_value(MEMO)
    save(counter)
    expect(counter.locator("main")).to_contain_text("1回だけの相談を保存しました")
    assert memos(live_server.app) == [MEMO]


def test_a_page_of_one_person_keeps_nothing_in_the_name_of_another(counter, live_server):
    counter.context.watcher.allow("401|400|422")
    counter.get_by_label("メモ").fill("はじめ")
    expect(note(counter)).to_have_text(KEPT)
    another = counter.context.new_page()
    another.goto("/today")
    another.locator("details.who summary").click()
    another.get_by_role("button", name="サインアウト").click()
    enter(another, "kakaricho")
    counter.get_by_label("メモ").fill(MEMO)
    expect(note(counter)).to_contain_text("別の人がサインインしています")
    expect(counter.get_by_label("メモ")).to_have_value(MEMO)
    assert opened(live_server.app, "kakaricho") == []
    wait_until_kept(counter, live_server.app, "はじめ")


def test_a_page_says_when_the_server_is_away_and_goes_on_when_it_is_back(counter, live_server):
    counter.context.watcher.allow("ERR_INTERNET_DISCONNECTED")
    memo = counter.get_by_label("メモ")
    memo.fill("はじめ")
    expect(note(counter)).to_have_text(KEPT)
    counter.context.set_offline(True)
    memo.fill("途中")
    expect(note(counter)).to_contain_text("下書きを保存できませんでした。内容はこの画面に残っています")
    counter.context.set_offline(False)
    memo.fill(MEMO)
    expect(note(counter)).to_have_text(KEPT)
    wait_until_kept(counter, live_server.app)


def test_what_was_typed_last_is_kept_when_the_page_is_left_at_once(counter, live_server):
    counter.get_by_label("メモ").fill("はじめ")
    expect(note(counter)).to_have_text(KEPT)
    counter.get_by_label("メモ").fill(MEMO)
    counter.goto("/today")
    wait_until_kept(counter, live_server.app)


def test_two_tabs_of_one_draft_lose_nothing_silently(counter, live_server):
    counter.context.watcher.allow("409")
    fill(counter, "はじめ")
    wait_until_kept(counter, live_server.app, "はじめ")
    first, second = counter, counter.context.new_page()
    (draft,) = opened(live_server.app)
    for tab in (first, second):
        tab.goto(f"/counter?draft={draft.id}")
    first.get_by_label("メモ").fill("はじめ、一つめの続き")
    expect(note(first)).to_have_text(KEPT)
    second.get_by_label("メモ").fill("はじめ、二つめの続き")
    expect(note(second)).to_contain_text("ほかの画面で続きが書かれています")
    wait_until_kept(counter, live_server.app, "はじめ、一つめの続き")

    second.get_by_role("button", name="この画面の内容を残す").click()
    expect(note(second)).to_have_text(KEPT)
    wait_until_kept(counter, live_server.app, "はじめ、二つめの続き")
    first.get_by_label("メモ").fill("はじめ、一つめの続きの続き")
    expect(note(first)).to_contain_text("ほかの画面で続きが書かれています")
    save(first)
    expect(first.locator("main")).to_contain_text("1回だけの相談を保存しました")
    save(second)
    expect(second.locator("main")).to_contain_text("相談を保存しました")
    assert memos(live_server.app) == ["はじめ、一つめの続きの続き"]


def test_neither_the_code_of_a_card_nor_a_token_is_kept(counter, live_server):
    counter.locator("#card_code").fill("ABCD-EFGH-JKM")
    counter.get_by_label("メモ").fill(MEMO)
    expect(note(counter)).to_have_text(KEPT)
    (draft,) = opened(live_server.app)
    names = set(draft.contents.fields)
    assert "memo" in names
    assert names & {"card_code", "csrf_token"} == set()


def test_a_refused_form_goes_on_with_its_draft(counter, live_server):
    counter.context.watcher.allow("422")
    counter.get_by_label("メモ").fill("まだ足りない")
    expect(note(counter)).to_have_text(KEPT)
    save(counter)
    expect(counter.locator("#problems")).to_be_visible()
    counter.get_by_label("メモ").fill(MEMO)
    expect(note(counter)).to_have_text(KEPT)
    expect(note(counter)).to_be_visible()
    wait_until_kept(counter, live_server.app)


def test_what_is_typed_is_sent_at_most_every_two_seconds(counter):
    counter.wait_for_load_state()
    sent = []
    counter.on("request", lambda request: sent.append(request) if request.url.endswith("/drafts") else None)
    memo = counter.get_by_label("メモ")
    memo.click()
    started = clock.now()
    while clock.now() - started < timedelta(seconds=5):
        counter.keyboard.type("あ", delay=100)
    counter.wait_for_timeout(2200)
    seconds = (clock.now() - started).total_seconds()
    assert 2 <= len(sent) <= seconds / 2 + 1
