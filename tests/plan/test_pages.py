"""The pages of the plan register."""

import re

import pytest
from sqlalchemy import select

from app.access.permissions import Role
from app.foundation.db import db
from app.plan import queries
from app.web.language import COOKIE
from app.windows.models import Office
from tests.factories import make_office
from tests.factories.signing import sign_in


def text_of(answer):
    return answer.get_data(as_text=True)


def office(key):
    return db.session.scalars(select(Office).where(Office.key == key)).one()


@pytest.fixture
def plan_desk(client, plan):
    sign_in(client, role=Role.PLAN_DESK)
    return client


@pytest.fixture
def personnel(client, plan):
    sign_in(client, role=Role.DEPARTMENT, office=office("personnel"))
    return client


@pytest.fixture
def counsellor(client, plan):
    sign_in(client, role=Role.COUNSELLOR)
    return client


def hidden(page):
    """Return the hidden fields that a page sends back."""
    found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page)
    return {name: value for name, value in found if name.startswith("seen_")}


def interns(year=2025):
    return queries.get_measure("3-10", year).indicators[0].actual


def test_the_list_names_all_21_measures_with_departments(counsellor):
    page = text_of(counsellor.get("/plan/measures"))
    for measure in queries.list_measures(2026):
        assert measure.bare_title.ja in page
        assert f'href="/plan/measures/{measure.code}"' in page
    assert "政策経営課、経済課" in page
    assert "保育課" in page


def test_the_list_says_that_the_plan_goes_on_past_its_period(counsellor):
    assert "この計画の期間は平成26年度(2014)までです" in text_of(counsellor.get("/plan/measures"))


def test_without_a_plan_the_list_says_how_to_make_one(client, db_session):
    sign_in(client, role=Role.PLAN_DESK)
    answer = client.get("/plan/measures")
    assert answer.status_code == 200
    assert "flask plan load" in text_of(answer)


def test_counsellors_are_not_offered_what_they_may_not_do(counsellor):
    page = text_of(counsellor.get("/plan/measures"))
    assert "実績を入力する" not in page
    assert "目標を決める" not in page
    assert counsellor.get("/plan/results/2025").status_code == 403
    assert counsellor.get("/plan/targets/2027").status_code == 403


def test_a_measure_shows_its_years_parts_targets_and_source(counsellor):
    page = text_of(counsellor.get("/plan/measures/2-6"))
    for words in (
        "53件",
        "40件",
        "11件",
        "2件",
        "60件",
        "415件",
        "既公表値",
        "生活福祉課",
        "延べ",
        "記録から",
    ):
        assert words in page


def test_a_measure_shows_printed_words_and_notes(counsellor):
    assert "開催なし" in text_of(counsellor.get("/plan/measures/6-19"))
    assert "事業2-4で184人" in text_of(counsellor.get("/plan/measures/1-3"))
    assert "2.3%以上" in text_of(counsellor.get("/plan/measures/4-13"))


def test_a_repeated_measure_leads_to_the_one_that_holds_the_figures(counsellor):
    page = text_of(counsellor.get("/plan/measures/3-7"))
    assert 'href="/plan/measures/1-1"' in page
    assert "124件" in page


def test_a_measure_without_figures_shows_its_texts(counsellor):
    page = text_of(counsellor.get("/plan/measures/3-8"))
    assert "公共調達条例を平成24年6月28日に公布した" in page


def test_an_unknown_measure_is_not_found(counsellor):
    assert counsellor.get("/plan/measures/9-99").status_code == 404


def test_measures_read_in_english_too(counsellor):
    counsellor.set_cookie(COOKIE, "en")
    page = text_of(counsellor.get("/plan/measures/2-6"))
    assert "53 placements" in page
    assert "Single-mother households" in page


def test_a_department_sees_only_its_own_measures_to_fill_in(personnel):
    page = text_of(personnel.get("/plan/results/2025"))
    assert "インターンシップ制度の活用" in page
    assert "市役所での障害者の雇用の推進" in page
    assert "就労支援情報の提供" not in page


def test_a_department_of_no_measure_is_told_so(client, plan):
    sign_in(client, role=Role.DEPARTMENT, office=make_office())
    assert "受け持つ事業はありません" in text_of(client.get("/plan/results/2025"))


def test_last_years_figure_and_the_target_stand_beside_the_field(personnel):
    page = text_of(personnel.get("/plan/results/2013"))
    assert "前の年度 13名" in page
    assert "目標 20名" in page
    assert "前の年度 2.42%" in page
    assert "目標 2.3%以上" in page


def test_a_department_saves_full_width_digits_and_sees_them_again(personnel):
    start = text_of(personnel.get("/plan/results/2025"))
    answer = personnel.post(
        "/plan/results/2025",
        data=hidden(start)
        | {
            "figure__interns": "１，２３４",
            "figure__city_disability_employment_rate": "２．６１",
            "text__3_10": "𠮷野の店㈱も受け入れた。",
        },
        follow_redirects=True,
    )
    page = text_of(answer)
    assert answer.status_code == 200
    assert "3項目を保存しました" in page
    assert "入力済み 2 / 2" in page
    assert interns().value == 1234
    assert 'value="1,234"' in page
    assert 'value="2.61"' in page
    assert "㈱も受け入れた" in page


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("-1", "0から"),
        ("2,42", "数字で入力"),
        ("1.5", "小数のない数"),
        ("たくさん", "数字で入力"),
        ("99999999999", "9,999,999,999"),
        ("9" * 10_000, "大学生の受入れ人数"),
    ],
)
def test_a_bad_figure_is_an_error_at_its_field_and_stays_as_typed(personnel, typed, words):
    start = text_of(personnel.get("/plan/results/2025"))
    answer = personnel.post("/plan/results/2025", data=hidden(start) | {"figure__interns": typed})
    page = text_of(answer)
    assert answer.status_code == 422
    assert words in page
    assert 'href="#figure__interns"' in page
    assert interns() is None


def test_nashi_is_a_figure_that_prints_as_the_word(personnel):
    start = text_of(personnel.get("/plan/results/2025"))
    personnel.post("/plan/results/2025", data=hidden(start) | {"figure__interns": "なし"})
    assert (interns().value, str(interns().printed)) == (0, "なし")
    assert 'value="なし"' in text_of(personnel.get("/plan/results/2025"))


@pytest.mark.parametrize(
    ("typed", "kept", "shown"),
    [("none", "なし", "None"), (" NOT HELD ", "開催なし", "Not held"), ("なし", "なし", "None")],
)
def test_the_words_for_none_are_read_and_shown_in_english_too(personnel, typed, kept, shown):
    start = text_of(personnel.get("/plan/results/2025"))
    personnel.post("/plan/results/2025", data=hidden(start) | {"figure__interns": typed})
    assert (interns().value, str(interns().printed)) == (0, kept)
    personnel.set_cookie("lang", "en")
    assert f'value="{shown}"' in text_of(personnel.get("/plan/results/2025"))


def test_saving_twice_from_the_same_page_is_one_figure(personnel):
    data = hidden(text_of(personnel.get("/plan/results/2025"))) | {"figure__interns": "17"}
    personnel.post("/plan/results/2025", data=data)
    again = personnel.post("/plan/results/2025", data=data, follow_redirects=True)
    assert "変わったところはありません" in text_of(again)
    assert interns().value == 17


def test_a_figure_changed_by_somebody_else_is_shown_beside_the_one_typed(personnel):
    data = hidden(text_of(personnel.get("/plan/results/2025")))
    personnel.post("/plan/results/2025", data=data | {"figure__interns": "17"})
    answer = personnel.post("/plan/results/2025", data=data | {"figure__interns": "18"})
    assert answer.status_code == 422
    page = text_of(answer)
    assert "ほかの人がこの記録を先に保存しました" in page
    assert re.findall(r'name="settle" value="([^"]+)"', page) == ["figure__interns"]
    assert re.findall(r'<span class="side-text">([^<]+)</span>', page) == ["17名", "18名"]
    assert interns().value == 17
    chosen = {"figure__interns": "18", "settle": "figure__interns", "keep-figure__interns": "typed"}
    assert personnel.post("/plan/results/2025", data=hidden(page) | chosen).status_code == 302
    assert interns().value == 18


def test_a_forged_field_of_another_department_changes_nothing(personnel):
    start = text_of(personnel.get("/plan/results/2025"))
    personnel.post("/plan/results/2025", data=hidden(start) | {"figure__info_items": "9"})
    assert queries.get_measure("1-1", 2025).indicators[0].actual is None


def test_a_published_year_is_shown_and_cannot_be_typed_over(personnel):
    page = text_of(personnel.get("/plan/results/2012"))
    assert "既公表値です" in page
    assert "13名" in page
    assert "figure__interns" not in page
    answer = personnel.post(
        "/plan/results/2012", data={"figure__interns": "14", "seen_figure__interns": "13"}
    )
    assert answer.status_code == 422
    assert interns(2012).value == 13


def test_a_year_to_come_leads_back_to_the_running_one(personnel):
    page = text_of(personnel.get("/plan/results/2030"))
    assert "まだ始まっていません" in page
    assert 'href="/plan/results/2026"' in page


def test_a_year_before_the_plan_is_not_found(personnel, plan):
    assert personnel.get("/plan/results/1999").status_code == 404
    assert personnel.get("/plan/results/99999999999").status_code == 404


def test_a_text_that_is_too_long_is_an_error_at_its_field(personnel):
    start = text_of(personnel.get("/plan/results/2025"))
    answer = personnel.post("/plan/results/2025", data=hidden(start) | {"text__3_10": "あ" * 10_000})
    assert answer.status_code == 422
    assert "200字まで" in text_of(answer)


def test_the_plan_desk_sets_one_target_for_two_years(plan_desk):
    start = text_of(plan_desk.get("/plan/targets/2027"))
    answer = plan_desk.post(
        "/plan/targets/2027",
        data=hidden(start) | {"last": "2028", "figure__3_10__interns": "25"},
        follow_redirects=True,
    )
    assert "1項目を保存しました" in text_of(answer)
    found = [
        target.value
        for year in (2026, 2027, 2028, 2029)
        for _key, target in queries.list_targets("3-10", year)
    ]
    assert found == [25, 25]


def test_targets_show_the_year_before_and_refuse_bad_figures(plan_desk):
    page = text_of(plan_desk.get("/plan/targets/2015"))
    assert "前の年度の目標 20名" in page
    answer = plan_desk.post(
        "/plan/targets/2015", data=hidden(page) | {"last": "2015", "figure__3_10__interns": "-3"}
    )
    assert answer.status_code == 422
    assert queries.list_targets("3-10", 2015) == []


def test_an_unsent_last_year_is_asked_for(plan_desk):
    assert plan_desk.post("/plan/targets/2015", data={"last": "2030"}).status_code == 422


def test_saving_the_page_as_it_was_changes_no_target(plan_desk):
    page = text_of(plan_desk.get("/plan/targets/2014"))
    fields = dict(re.findall(r'name="(figure__[^"]+)" type="text"[^>]*value="([^"]*)"', page))
    texts = dict(re.findall(r'<textarea[^>]*name="(text__[^"]+)"[^>]*>([^<]*)</textarea>', page))
    assert fields["figure__4_13__city_disability_employment_rate"] == "2.3"
    answer = plan_desk.post(
        "/plan/targets/2014", data=hidden(page) | fields | texts | {"last": "2014"}, follow_redirects=True
    )
    assert "変わったところはありません" in text_of(answer)
