"""Public pages: what somebody without sign-in sees, and that nothing is kept of them."""

import re
from datetime import UTC, date, datetime

import pytest

from app.feed.furigana import KANJI, runs_of
from app.feed.questions import Age, Life, Way, Wish, Work
from app.foundation import clock
from app.web.notices import say
from app.windows.hours import Closing, HolidayRule, Span, WeeklyHours, time
from tests import factories

PAGES = [
    "/public/",
    "/public/windows/",
    "/public/windows/self_reliance_support",
    "/public/windows/labour_advice_kokubunji",
    "/public/map",
    "/public/finder",
    "/public/situations",
    "/public/open-data",
    "/public/accessibility",
    "/public/privacy",
]


def words_of(answer) -> str:
    """Return what is read on a page, without its tags."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.get_data(as_text=True)))


def english(client):
    client.set_cookie("lang", "en")
    return client


@pytest.mark.parametrize("address", PAGES)
def test_a_public_page_opens_without_sign_in_cookie_or_script(reader, address):
    answer = reader.get(address)

    assert answer.status_code == 200
    assert "Set-Cookie" not in answer.headers
    page = answer.get_data(as_text=True)
    assert "<script" not in page
    assert not re.search(r'(?:src|action)="(?:https?:)?//', page)


@pytest.mark.parametrize("address", PAGES)
def test_a_public_page_may_be_kept_and_is_asked_for_again_by_its_content(reader, address):
    answer = reader.get(address)
    assert answer.headers["Cache-Control"] == "public, max-age=300"
    assert "Cookie" in answer.headers["Vary"], "the language is chosen by a cookie"
    assert len(answer.headers.getlist("Date")) == 0, "the server sets it"
    again = reader.get(address, headers={"If-None-Match": answer.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert english(reader).get(address, headers={"If-None-Match": answer.headers["ETag"]}).status_code == 200


@pytest.mark.parametrize("address", PAGES)
def test_a_kept_page_is_the_same_for_who_is_signed_in(app, reader, address):
    plain = reader.get(address).data
    with app.app_context():
        factories.sign_in(reader)
    answer = reader.get(address)
    assert answer.data == plain
    assert "Set-Cookie" not in answer.headers


def test_what_was_said_to_a_reader_is_not_shown_on_a_page_that_others_get(app, reader):
    with app.app_context():
        factories.sign_in(reader)
    with reader.session_transaction() as session, app.test_request_context():
        say("相談者 1234-56 を保存しました。")
        from flask import session as said

        session.update(said)
    assert "1234-56" not in words_of(reader.get("/public/"))


def test_a_window_that_ended_says_so_and_leads_to_the_one_that_took_over(reader):
    page = reader.get("/public/windows/labour_advice_kokubunji").get_data(as_text=True)
    assert "この窓口は終わりました。いまは次の窓口が受け付けています。" in page
    assert 'href="/public/windows/labour_advice_tama"' in page
    assert "終わりました" not in words_of(reader.get("/public/windows/labour_advice_tama"))


def test_before_its_end_it_did_not(reader):
    with clock.standing_at(datetime(2022, 9, 30, 12, tzinfo=UTC)):
        assert "終わりました" not in words_of(reader.get("/public/windows/labour_advice_kokubunji"))


def test_a_window_that_moved_shows_where_it_is_and_where_it_was(reader):
    page = words_of(reader.get("/public/windows/tokyo_shigoto_tama"))
    assert page.index("立川市") < page.index("これまで") < page.index("国分寺市南町3-22-10")
    with clock.standing_at(datetime(2022, 9, 1, tzinfo=UTC)):
        then = words_of(reader.get("/public/windows/tokyo_shigoto_tama"))
    assert "国分寺市南町3-22-10" in then
    assert "これまで" not in then


def test_a_window_page_tells_hours_days_off_and_what_to_bring(client, db_session):
    span = Span(time(9), time(17))
    factories.make_window(
        key="north",
        hours=WeeklyHours(days=((span,),) * 5 + ((),) * 2, holidays=HolidayRule.CLOSED),
        closings=(Closing(date(2026, 12, 1), date(2026, 12, 2)), Closing(date(2020, 1, 1), date(2020, 1, 1))),
        documents="手帳",
        documents_en="Handbook",
        url="javascript:alert(1)",
        verified_on=date(2026, 11, 1),
        verified_by="山田",
    )
    db_session.commit()
    page = words_of(client.get("/public/windows/north"))
    assert "月～金 9:00～17:00" in page
    assert "令和8年12月1日（火）から令和8年12月2日（水）まで休みです。" in page
    assert "令和2年" not in page, "a day off that is over is no news"
    assert "手帳" in page
    assert "Handbook" in words_of(english(client).get("/public/windows/north"))
    assert "山田" not in page, "who verified it is nobody's business"
    assert "javascript:" not in client.get("/public/windows/north").get_data(as_text=True)


def test_an_unknown_window_is_not_found(reader):
    assert reader.get("/public/windows/nowhere").status_code == 404
    assert "no-store" in reader.get("/public/windows/nowhere").headers["Cache-Control"]


def test_a_window_that_ended_stands_in_no_list(reader):
    for address in ("/public/windows/", "/public/map"):
        assert "国分寺事務所" not in words_of(reader.get(address))


# ---- find my window -----------------------------------------------------------------------------

MOCK = {
    "age": Age.TO_34,
    "work": Work.BEFORE,
    "wishes": [Wish.SHORT_HOURS],
    "life": [Life.CHILDREN],
    "way": Way.MEET,
}


def test_five_answers_lead_to_windows_with_reasons(reader):
    answer = reader.post("/public/finder", data=MOCK)
    page = words_of(answer)
    assert answer.status_code == 200
    assert "1 マザーズハローワーク立川" in page
    assert "子どもを育てながら仕事を探す方の窓口です。" in page
    assert "男女平等推進センター" in page
    assert (
        page.index("あなたに合う窓口") < page.index("迷ったら、ここへ") < page.index("経済課 相談窓口の案内")
    )


def test_an_answer_is_kept_nowhere_and_sets_no_cookie(reader):
    answer = reader.post("/public/finder", data=MOCK)
    assert answer.headers["Cache-Control"] == "no-store"
    assert "Set-Cookie" not in answer.headers
    assert "ETag" not in answer.headers


def test_asking_writes_nothing_to_the_database(reader, count_statements):
    with count_statements() as statements:
        reader.post("/public/finder", data=MOCK)
    assert statements
    assert [one for one in statements if not one.lstrip().upper().startswith(("SELECT", "BEGIN"))] == []


def test_the_questions_need_no_token_where_every_other_form_does(reader, csrf_protection):
    assert reader.post("/public/finder", data=MOCK).status_code == 200
    assert reader.post("/sign-in", data={"login_name": "a"}).status_code == 400


def test_answered_questions_fold_and_show_the_answer(reader):
    page = reader.post("/public/finder", data=MOCK).get_data(as_text=True)
    assert page.count('<details class="step">') == 5
    assert '<span class="step-a">30〜34歳</span>' in page
    blank = reader.get("/public/finder").get_data(as_text=True)
    assert blank.count('<details class="step" open>') == 5


def test_without_any_answer_the_citys_own_desk_is_named(reader):
    page = words_of(reader.post("/public/finder", data={}))
    assert "いまの答えだけでは、合う窓口が決まりませんでした。" in page
    assert "経済課 相談窓口の案内" in page


@pytest.mark.parametrize("field", ["age", "work", "wishes", "life", "way"])
def test_an_answer_that_was_not_offered_is_refused_with_a_sentence(reader, field):
    answer = reader.post("/public/finder", data={field: "<script>"})
    assert answer.status_code == 422
    assert "選択肢にない値" in words_of(answer)
    assert "<script" not in answer.get_data(as_text=True)


def test_who_wants_to_telephone_is_told_where_no_number_is_known(reader):
    page = words_of(reader.post("/public/finder", data={**MOCK, "way": Way.CALL}))
    assert "電話番号は、まだ登録されていません。" in page
    assert "電話番号は、まだ登録されていません。" not in words_of(reader.post("/public/finder", data=MOCK))


def test_english_answers_are_english(reader):
    answer = english(reader).post("/public/finder", data=MOCK)
    page = words_of(answer)
    assert "Mothers' Hello Work Tachikawa" in page.replace("&#39;", "'")
    assert "30 to 34" in page


@pytest.mark.parametrize("address", ["/public/finder", "/public/", "/public/situations"])
def test_readings_stand_above_the_words_where_asked_for(reader, address):
    plain = reader.get(address).get_data(as_text=True)
    page = reader.get(f"{address}?furigana=1").get_data(as_text=True)
    assert "<ruby>" not in plain
    assert "<ruby>窓口<rp>（</rp><rt>まどぐち</rt><rp>）</rp></ruby>" in page
    assert f'data-plain href="{address}"' in page, "the readings cannot be taken away again"
    assert 'href="/public/map?furigana=1"' in page
    body = re.sub(r"<rp>.*?</rp>|<rt>.*?</rt>", "", page).replace("<ruby>", "").replace("</ruby>", "")
    assert words_of_text(body).replace("ふりがなを消す", "ふりがな") == words_of_text(plain)


def words_of_text(page: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))


def test_every_kanji_of_questions_and_choices_has_its_reading(reader):
    page = reader.get("/public/finder").get_data(as_text=True)
    form = page[page.index("<form") : page.index("</form>")]
    unread = [base for base, reading in runs_of(words_of_text(form)) if not reading and KANJI.search(base)]
    assert unread == []


def test_readings_are_kept_when_an_answer_is_sent(reader):
    page = reader.get("/public/finder?furigana=1").get_data(as_text=True)
    assert 'action="/public/finder?furigana=1#answer"' in page
    assert "<rt>" in reader.post("/public/finder?furigana=1", data=MOCK).get_data(as_text=True)


def test_english_pages_have_no_readings(reader):
    assert "<ruby>" not in english(reader).get("/public/finder?furigana=1").get_data(as_text=True)


# ---- usual situations ---------------------------------------------------------------------------


def test_usual_situations_name_windows_and_never_only_the_last_resort(reader):
    page = reader.get("/public/situations").get_data(as_text=True)
    lists = re.findall(r'<ol class="entries">(.*?)</ol>', page, re.DOTALL)
    assert len(lists) == 11
    assert min(one.count("<li>") for one in lists) >= 2, "a situation leads nowhere"


def test_an_answer_that_names_not_all_windows_that_fit_says_so(reader):
    few = {"age": "15-29", "work": "before", "wishes": ["long_hours"], "life": ["none"]}
    many = few | {"wishes": ["long_hours", "qualification", "worries", "money"], "life": ["alone", "health"]}

    assert "ほかにも合う窓口があります。" in words_of(reader.post("/public/finder", data=many))
    assert "ほかにも合う窓口があります。" not in words_of(reader.post("/public/finder", data=few))


def test_a_window_that_is_not_there_leads_a_citizen_back_to_the_public_pages(reader):
    answer = reader.get("/public/windows/nothing")
    assert answer.status_code == 404
    assert '<a class="btn" href="/public/">' in answer.get_data(as_text=True)


def test_an_address_on_an_english_page_says_that_it_is_japanese(reader):
    page = english(reader).get("/public/windows/self_reliance_support").get_data(as_text=True)
    assert re.search(r'<dd><span lang="ja">[^<]*泉町', page)


def test_the_map_leads_from_its_top_to_each_group(reader):
    page = reader.get("/public/map").get_data(as_text=True)
    jumps = re.findall(r'<li><a href="#([\w-]+)">', page)
    assert jumps[0] == "group-disability"
    assert jumps[-1] == "by-need"
    assert len(jumps) == 6
    assert all(f'id="{one}"' in page for one in jumps)
