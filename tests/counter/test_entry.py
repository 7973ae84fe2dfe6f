"""The entry page: one form makes case, consultation, guidance and referral, all or nothing, once."""

import re
from datetime import date

import pytest
from sqlalchemy import func, select

from app.cases.models import Case, Consultation
from app.foundation import clock
from app.foundation.db import db
from app.guidance.models import Guidance
from app.kpi.vocabulary import EditionKind
from app.months.models import OfficeMonth
from app.referrals.models import Consent, Referral
from app.situation.programme import Programme
from app.situation.vocabulary import Topic
from app.years.freezing_models import YearEdition
from tests.factories import add, make_case, make_consultation, make_office, make_window, sign_in

KEY = "0123456789abcdef0123456789abcdef"


def form(**more):
    return {
        "submission_key": KEY,
        "who": "new",
        "held_on": "2025-06-02",
        "channel": "visit",
        "minutes": "30",
        "assistance": "recipient",
        "topics": ["job_search", "housing"],
        "topic": "job_search",
        "target_groups": ["middle_aged"],
        "target_group": "middle_aged",
        "age_band": "40-49",
        "household": "single",
        "source": "self",
        "programme": "assistance",
        "kind": "consultation",
        "headcount": "1",
        "memo": "",
        "go": "case",
    } | more


def count(model) -> int:
    return db.session.scalar(select(func.count()).select_from(model))


@pytest.fixture
def office(db_session):
    return make_office(programme=Programme.ASSISTANCE, name="生活福祉課")


@pytest.fixture
def desk(client, office):
    sign_in(client, office=office)
    return client


def shown_code(answer) -> str:
    return re.search(r"[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{3}", answer.text)[0]


def test_a_new_person_gets_a_card_whose_code_is_shown_once(desk):
    answer = desk.post("/counter", data=form())
    assert answer.status_code == 200
    assert "カードの番号が見られるのは、いまだけです" in answer.text
    code = shown_code(answer)
    number = db.session.scalar(select(Case.number))
    assert code not in desk.get(f"/cases/{number}").text


def test_a_double_click_makes_one_record_and_shows_the_same_card(desk):
    first, second = desk.post("/counter", data=form()), desk.post("/counter", data=form())
    assert (count(Case), count(Consultation)) == (1, 1)
    assert shown_code(first) == shown_code(second)


def test_two_forms_make_two_records(desk):
    desk.post("/counter", data=form())
    desk.post("/counter", data=form(submission_key=KEY[::-1]))
    assert count(Consultation) == 2


def test_the_card_brings_back_the_case_with_what_was_said_last(desk):
    code = shown_code(desk.post("/counter", data=form(age_band="50-54")))
    number = db.session.scalar(select(Case.number))
    page = desk.post(
        "/counter",
        data=form(who="card", card_code=code, intent="look", age_band="unknown", memo="途中のメモ"),
    ).text
    assert number in page
    assert code not in page
    assert "2回目" in page
    assert re.search(r'<option value="50-54" selected', page)
    assert "途中のメモ" in page


def test_a_returning_person_is_recorded_in_one_step_by_card(desk):
    code = shown_code(desk.post("/counter", data=form()))
    known = form(submission_key=KEY[::-1], who="card", card_code=code, topic="housing")
    answer = desk.post("/counter", data=known)
    number = db.session.scalar(select(Case.number))
    assert answer.headers["Location"] == f"/cases/{number}"
    assert (count(Case), count(Consultation)) == (1, 2)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("7QK2", "足りません"),
        ("7QK2-9MD4-XBCZZ", "多く入っています"),
        ("7QU2-9MD4-XBC", "使われない文字"),
        ("0000-0000-000", "カードの番号が合いません"),
        ("", "カードの番号を入力"),
    ],
)
def test_a_card_code_that_cannot_be_right_is_told_at_the_field(desk, typed, words):
    answer = desk.post("/counter", data=form(who="card", card_code=typed, memo="残るメモ"))
    assert answer.status_code == 422
    assert words in answer.text
    assert "残るメモ" in answer.text
    assert count(Consultation) == 0


def test_somebody_who_comes_once_leaves_no_case(desk):
    answer = desk.post("/counter", data=form(who="once"))
    assert answer.headers["Location"] == "/counter"
    assert (count(Case), count(Consultation)) == (0, 1)


def test_window_and_referral_are_saved_with_the_consultation(desk):
    window, _version = make_window(name="ハローワーク立川")
    db.session.commit()
    answer = desk.post(
        "/counter",
        data=form(window_id=str(window.id), refer="1", asked="job_search", consent_form="oral"),
    )
    assert answer.status_code == 200
    assert (count(Guidance), count(Referral), count(Consent)) == (1, 1, 1)


def test_a_referral_without_consent_is_refused_and_nothing_is_kept(desk):
    window, _version = make_window()
    db.session.commit()
    answer = desk.post("/counter", data=form(window_id=str(window.id), refer="1", asked="job_search"))
    assert answer.status_code == 422
    assert "紹介するときは、本人同意を選んでください。" in answer.text
    assert (count(Case), count(Consultation), count(Referral)) == (0, 0, 0)


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"held_on": "2099-01-01"}, "今日"),
        ({"held_on": "2025-02-30"}, "という日付はありません"),
        ({"channel": "telepathy"}, "選択肢にない"),
        ({"minutes": "0"}, "時間"),
        ({"memo": "x" * 10_000}, "200字"),
        ({"memo": "電話は042-325-0111"}, "書いてはいけない内容"),
        ({"topics": []}, "相談内容を一つ以上"),
        ({"headcount": "５０００"}, "人数"),
        ({"target_groups": [], "target_group": ""}, "対象者を一つ以上"),
    ],
)
def test_bad_input_is_told_where_it_stands_and_nothing_typed_is_lost(desk, wrong, words):
    kept = {} if "memo" in wrong else {"memo": "消えないメモ"}
    answer = desk.post("/counter", data=form(**wrong, **kept))
    assert answer.status_code == 422
    assert words in answer.text
    assert kept.get("memo", "x") in answer.text
    assert count(Consultation) == 0


def test_rare_characters_are_saved_as_they_are(desk):
    desk.post("/counter", data=form(memo="𠮷と㈱とⅡを確かめた"))
    assert db.session.scalar(select(Consultation.memo)) == "𠮷と㈱とⅡを確かめた"


def test_a_known_case_starts_the_page_from_its_last_consultation(desk, office):
    case = make_case(office)
    make_consultation(case, single_parent=True)
    db.session.commit()
    page = desk.get(f"/counter/{case.number}").text
    assert case.number in page
    assert re.search(r'name="single_parent" value="1" checked', page)


def test_a_forged_case_number_of_another_office_is_refused(desk):
    foreign = make_case(make_office())
    db.session.commit()
    answer = desk.post("/counter", data=form(who="card", case_number=foreign.number))
    assert answer.status_code in (404, 422)
    assert count(Consultation) == 0


def test_the_page_needs_the_desks_permission(client, db_session):
    from app.access.permissions import Role

    sign_in(client, role=Role.AUDITOR)
    assert client.get("/counter").status_code == 403


def test_somebody_whose_number_nobody_finds_gets_a_case_that_says_so(desk, office):
    answer = desk.post("/counter", data=form(who="new", number_unknown="1"))
    assert 'class="card-code"' in answer.text
    listed = desk.get("/cases?state=number_unknown").text
    assert "番号不明" in listed
    assert listed.count('<th scope="row"') == 1
    desk.post("/counter", data=form(submission_key=KEY[::-1], who="new"))
    assert desk.get("/cases?state=number_unknown").text.count('<th scope="row"') == 1


def test_the_tick_for_an_unknown_number_says_nothing_of_somebody_with_a_case(desk, office):
    case = make_case(office)
    desk.post("/counter", data=form(who="card", case_number=case.number, number_unknown="1"))
    assert desk.get("/cases?state=number_unknown").text.count('<th scope="row"') == 0


def test_what_a_referral_needs_is_marked_as_required(desk):
    page = desk.get("/counter").text
    consent = page[page.index("本人同意") :]
    assert "※必須" in consent[:200]
    assert "※任意" not in consent[:200]


@pytest.mark.parametrize("question", ["保護・手当", "年代", "世帯"])
def test_what_is_true_of_a_person_is_asked_and_never_preset(desk, question):
    page = desk.get("/counter").text
    row = page[page.index(f">{question} <") :][:1500]
    assert " checked" not in row
    assert "選んでください" in row or 'type="radio"' in row
    empty = form(who="once", assistance="", age_band="", household="")
    assert f"{question}を選んでください。" in desk.post("/counter", data=empty).text
    assert count(Consultation) == 0


def test_what_came_from_the_last_time_says_so_and_the_programme_says_whom_it_is_for(desk, office):
    case = make_case(office)
    make_consultation(case)
    db.session.commit()
    assert "<span data-carried>前回から引きつぎ" in desk.get(f"/counter/{case.number}").text
    page = desk.get("/counter").text
    assert "<span data-carried hidden>" in page
    assert "保護を必要とする方のためのものです" in page
    assert desk.post("/counter", data=form(who="once", assistance="none")).status_code == 302


@pytest.mark.parametrize("switch", [{"who": "new"}, {"who": "once"}])
def test_without_scripts_another_person_takes_nothing_over_from_the_one_before(desk, office, switch):
    case = make_case(office)
    make_consultation(case)
    db.session.commit()
    answer = desk.post("/counter", data=form(case_number=case.number, memo="残るメモ", **switch))
    assert answer.status_code == 422
    assert "前の方の内容を消しました" in answer.text
    assert 'name="case_number" value=""' in answer.text
    assert not re.search(r'<option value="40-49" selected', answer.text)
    assert "残るメモ" in answer.text
    assert count(Consultation) == 1


def test_errors_stand_in_the_order_of_the_page_the_card_first(desk):
    answer = desk.post("/counter", data=form(who="card", minutes="", topics=[]))
    problems = answer.text[answer.text.index('id="problems"') :]
    assert problems.index("カードの番号を入力") < problems.index("相談内容を一つ以上")


def test_the_same_person_day_and_topic_twice_is_asked_once_and_then_saved(desk, office):
    case = make_case(office)
    make_consultation(case, programme=Programme.ASSISTANCE, held_on=date(2025, 6, 2), topic=Topic.HOUSING)
    db.session.commit()
    again = form(who="card", case_number=case.number, topic="housing")
    answer = desk.post("/counter", data=again)
    assert answer.status_code == 422
    assert "この日にもう記録されています" in answer.text
    assert "それでも記録する" in answer.text
    assert count(Consultation) == 1
    assert desk.post("/counter", data=again | {"confirmed": "1"}).status_code == 302
    assert count(Consultation) == 2
    other = form(
        who="card", case_number=case.number, submission_key=KEY[::-1], kind="retention", topic="housing"
    )
    assert desk.post("/counter", data=other).status_code == 302


def test_the_correction_of_a_record_says_where_a_change_of_a_closed_month_or_a_frozen_year_counts(
    desk, office
):
    close_month(office)
    before, after = (make_consultation(make_case(office), held_on=date(2025, day, 30)) for day in (6, 7))
    db.session.commit()
    of_closed = desk.get(f"/consultations/{before.id}/edit").text
    assert "月報を締めた月の記録です。直して数字が変わると、次の月報に遅延入力として載ります。" in of_closed
    assert "data-until" not in of_closed
    of_open = desk.get(f"/consultations/{after.id}/edit").text
    assert "月報を締めた月の記録です" not in of_open
    # A new day may be one of the closed month: the page says so as soon as it is entered.
    assert 'data-until="2025-06-30" hidden' in of_open
    frozen = {"number": 1, "kind": EditionKind.FREEZE, "made_at": clock.now(), "reason": ""}
    add(YearEdition(fiscal_year=2025, report="{}", digest="0" * 64, **frozen))
    db.session.commit()
    of_frozen = desk.get(f"/consultations/{after.id}/edit").text
    assert (
        "実績を確定した年度の記録です。直しても確定した数字は変わらず、確定後の変更として残ります。"
        in of_frozen
    )


def close_month(office):
    month = {"fiscal_year": 2025, "month": 6, "closed_at": clock.now(), "content": "{}", "digest": "0" * 64}
    add(OfficeMonth(office_id=office.id, **month))
    db.session.commit()


def test_a_day_of_another_year_names_it_and_a_closed_month_says_that_it_counts_late(desk, office):
    close_month(office)
    page = desk.post("/counter", data=form(who="once", minutes="", held_on="2025-06-30")).text
    assert "data-year>令和7年度(2025)</output>" in page
    assert re.search(r'data-until="2025-06-30"><', page)
    assert re.search(r'data-until="2025-06-30" hidden', desk.get("/counter").text)
    assert "次の月報に遅延入力として載ります" in page
