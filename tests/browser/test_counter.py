"""The entry page under the hands: keyboard only, a scanner, the entry before; counted in the page itself."""

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from app.cases.models import CaseCard, Consultation
from app.foundation import clock
from app.foundation.db import db
from app.foundation.transaction import transaction
from app.privacy import case_code
from app.situation.programme import Programme
from app.situation.vocabulary import Topic
from app.windows.models import Office
from tests.browser.desk import answer_about, city, enter
from tests.browser.harness.checks import assert_accessible, assert_fits, screenshot
from tests.factories import make_case, make_consultation

COUNTING = """
sessionStorage.loads = Number(sessionStorage.loads ?? 0) + 1;
addEventListener("keydown", (event) => {
  if (event.target.name === "memo" && event.key.length === 1) return;
  sessionStorage.keys = Number(sessionStorage.keys ?? 0) + 1;
}, true);
"""
MOST_KEYS = 25


@pytest.fixture
def card(live_server):
    """Return the code of a card whose case was here before."""
    with city(live_server.app):
        pepper = live_server.app.config["SHIRUBE"].card_pepper
        code = case_code.derive(pepper, "a" * 32)
        with transaction():
            office = db.session.scalar(select(Office).where(Office.key == "life_welfare"))
            case = make_case(office)
            make_consultation(case, programme=Programme.ASSISTANCE, single_parent=True)
            db.session.add(
                CaseCard(
                    case_id=case.id,
                    code_hash=case_code.keyed_hash(pepper, code),
                    pepper_id=case_code.key_id(pepper),
                    issued_at=clock.now(),
                )
            )
            number = case.number
    return code, number


def counted(page) -> tuple[int, int]:
    """Return the keys pressed besides the memo's text, and the pages loaded, since counting began."""
    return page.evaluate("[Number(sessionStorage.keys ?? 0), Number(sessionStorage.loads ?? 0)]")


def begin(page) -> None:
    """Open the entry page and count from there."""
    enter(page, "soudan1")
    page.goto("/counter")
    page.add_init_script(COUNTING)
    page.evaluate(COUNTING + "sessionStorage.keys = 0; sessionStorage.loads = 0;")


def tab_to(page, name: str) -> None:
    """Go on with Tab until a field has the focus."""
    for _step in range(30):
        if page.evaluate("document.activeElement.name") == name:
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{name} is not reached by Tab")


def logged(live_server) -> list[Consultation]:
    with live_server.app.app_context():
        found = list(db.session.scalars(select(Consultation).order_by(Consultation.id)))
        db.session.expunge_all()
    return found


def test_a_returning_person_is_recorded_with_the_keyboard_alone(page, card, live_server):
    code, number = card
    begin(page)
    page.keyboard.type(code)
    page.keyboard.press("Enter")
    expect(page.locator("[data-found]")).to_contain_text(number)
    tab_to(page, "minutes-pick")
    page.keyboard.press("4")
    tab_to(page, "topics")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Space")
    tab_to(page, "memo")
    page.keyboard.type("応募書類をいっしょに見直した。")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".notice-ok")).to_contain_text(number)
    keys, loads = counted(page)
    assert loads <= 1
    assert keys <= MOST_KEYS, keys
    entry = logged(live_server)[-1]
    assert (entry.minutes, entry.topic, entry.single_parent) == (45, Topic.CAREER_CHOICE, True)
    assert entry.memo == "応募書類をいっしょに見直した。"
    assert page.evaluate("document.activeElement.name") == "card_code"


@pytest.mark.parametrize(
    "typed",
    [
        lambda code: code,
        case_code.grouped,
        str.lower,
        lambda code: "".join(chr(ord(one) + 0xFEE0) for one in case_code.grouped(code)),
    ],
    ids=["as printed by a scanner", "hyphenated", "small letters", "full width"],
)
def test_a_card_is_read_in_place_however_it_is_typed_and_the_page_is_not_sent(page, card, live_server, typed):
    code, number = card
    begin(page)
    # A scanner is a fast typist that ends with Enter.
    page.keyboard.type(typed(code), delay=2)
    page.keyboard.press("Enter")
    expect(page.locator("[data-found]")).to_contain_text(number)
    expect(page.locator("[data-found]")).to_contain_text("2回目")
    expect(page.locator("#card_code")).to_have_value("")
    expect(page.get_by_role("checkbox", name="ひとり親（母子・父子）")).to_be_checked()
    assert counted(page)[1] == 0
    assert len(logged(live_server)) == 1
    assert_accessible(page)


def test_a_card_pasted_is_found_by_enter_too(page, card):
    code, number = card
    begin(page)
    page.locator("#card_code").fill(case_code.grouped(code))
    page.keyboard.press("Enter")
    expect(page.locator("[data-found]")).to_contain_text(number)


@pytest.mark.parametrize("filled_by", ["card", "address"])
def test_what_is_known_of_one_person_never_goes_on_to_another(page, card, filled_by):
    code, number = card
    begin(page)
    if filled_by == "card":
        page.keyboard.type(code)
        page.keyboard.press("Enter")
    else:
        page.goto(f"/counter/{number}")
    expect(page.locator("[data-carried]")).to_be_visible()
    expect(page.locator("[data-found]")).to_contain_text(number)
    single = page.locator("input[name=single_parent]")
    expect(single).to_be_checked()
    page.locator("input[name=who][value=new]").check()
    expect(single).not_to_be_checked()
    assert page.locator("input[name=case_number]").input_value() == ""
    assert page.locator("select[name=age_band]").input_value() == ""
    expect(page.locator("input[name=assistance]:checked")).to_have_count(0)
    expect(page.locator("[data-carried]")).to_be_hidden()
    page.locator("input[name=who][value=card]").check()
    expect(page.locator("[data-found]")).to_be_empty()


def test_a_card_that_is_only_looked_up_leaves_no_draft_and_what_is_written_then_does(page, card, live_server):
    code, number = card
    begin(page)
    page.keyboard.type(code)
    page.keyboard.press("Enter")
    expect(page.locator("[data-found]")).to_contain_text(number)
    page.goto("/counter")
    expect(page.locator(".draft-waiting")).to_have_count(0)
    page.keyboard.type(code)
    page.keyboard.press("Enter")
    expect(page.locator("[data-found]")).to_contain_text(number)
    page.locator("textarea[name=memo]").fill("話の途中")
    # What is sent while a page is left may come after the next one is read: no loss, and not this test.
    expect(page.locator(".act-in .saved")).to_contain_text("下書きを保存しました")
    page.goto("/counter")
    expect(page.locator(".draft-waiting")).to_contain_text(f"相談番号 {number}")


def test_a_second_card_that_is_not_looked_up_takes_nothing_from_the_first(page, card):
    code, number = card
    begin(page)
    page.keyboard.type(code)
    page.keyboard.press("Enter")
    expect(page.locator("[data-found]")).to_contain_text(number)
    page.locator("#card_code").press_sequentially("47")
    expect(page.locator("[data-found]")).to_be_empty()
    assert page.locator("input[name=case_number]").input_value() == ""
    expect(page.locator("input[name=single_parent]")).not_to_be_checked()


def test_a_code_that_cannot_be_right_is_told_at_the_field_and_nothing_typed_is_lost(page, card):
    begin(page)
    page.locator("textarea[name=memo]").fill("先に書いたメモ")
    page.locator("#card_code").fill("7QK2")
    page.keyboard.press("Enter")
    expect(page.locator("#card_code-error")).to_contain_text("足りません")
    expect(page.locator("#card_code")).to_be_focused()
    expect(page.locator("textarea[name=memo]")).to_have_value("先に書いたメモ")
    assert counted(page)[1] == 0
    assert_accessible(page)


def test_enter_in_another_field_sends_nothing(page, card, live_server):
    begin(page)
    page.locator("input[name=minutes]").fill("25")
    page.keyboard.press("Enter")
    page.wait_for_timeout(200)
    assert counted(page)[1] == 0
    assert len(logged(live_server)) == 1


def test_the_entry_before_fills_the_next_one_without_person_and_memo(page, card, live_server):
    begin(page)
    page.get_by_role("radio", name="1回だけ", exact=True).check(force=True)
    page.get_by_role("radio", name="電話").check(force=True)
    page.get_by_role("checkbox", name="住まい").check(force=True)
    page.get_by_role("checkbox", name="若年者").check(force=True)
    answer_about(page)
    page.locator("textarea[name=memo]").fill("写さないメモ")
    page.get_by_role("button", name="保存して次へ").click()
    expect(page.locator(".notice-ok")).to_contain_text("1回だけの相談を保存しました")
    page.get_by_role("button", name="前の相談と同じ内容で").click()
    expect(page.get_by_role("checkbox", name="住まい", exact=True)).to_be_checked()
    expect(page.get_by_role("radio", name="電話")).to_be_checked()
    expect(page.locator("textarea[name=memo]")).to_have_value("")
    expect(page.get_by_role("radio", name="カードで")).to_be_checked()
    page.get_by_role("link", name="いまの記録を直す").click()
    expect(page.locator("textarea[name=memo]")).to_have_value("写さないメモ")


def test_without_scripts_card_and_repeat_work_as_well(new_page, card):
    code, number = card
    page = new_page(java_script_enabled=False)
    enter(page, "soudan1")
    page.goto("/counter")
    page.locator("#card_code").fill(code)
    page.keyboard.press("Enter")
    expect(page.locator("[data-found]")).to_contain_text(number)
    page.get_by_role("checkbox", name="債務").check(force=True)
    page.get_by_role("button", name="保存して次へ").click()
    page.get_by_role("button", name="前の相談と同じ内容で").click()
    expect(page.get_by_role("checkbox", name="債務", exact=True)).to_be_checked()


def test_the_second_of_two_people_chooses_between_both_versions(new_page, card, live_server):
    page, other = new_page(), new_page(viewport={"width": 390, "height": 844})
    enter(page, "soudan1")
    enter(other, "kakaricho")
    entry = logged(live_server)[0]
    address = f"/consultations/{entry.id}/edit"
    page.goto(address)
    other.goto(address)
    page.locator("textarea[name=memo]").fill("先に保存したメモ")
    page.get_by_role("button", name="保存する").click()
    expect(page.locator(".notice-ok")).to_be_visible()
    other.locator("textarea[name=memo]").fill("あとから書いたメモ")
    other.context.watcher.allow("422")
    other.get_by_role("button", name="保存する").click()
    expect(other.locator("#problems")).to_be_focused()
    expect(other.locator(".sides")).to_have_count(1)
    expect(other.locator(".sides")).to_contain_text("先に保存したメモ")
    expect(other.locator(".sides")).to_contain_text("あとから書いたメモ")
    assert_accessible(other)
    assert_fits(other)
    screenshot(other, "conflict", 390)
    other.set_viewport_size({"width": 1280, "height": 1024})
    assert_accessible(other)
    screenshot(other, "conflict", 1280)
    other.get_by_role("radio", name="あなたの入力").check()
    other.get_by_role("button", name="保存する").click()
    expect(other.locator(".notice-ok")).to_be_visible()
    assert logged(live_server)[0].memo == "あとから書いたメモ"
