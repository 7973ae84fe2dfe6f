"""The pages of the directory."""

from datetime import UTC, date, datetime

import pytest

from app.access.permissions import Role
from app.foundation import clock
from app.foundation.transaction import transaction
from app.windows import queries
from app.windows.loading import load_directory
from tests.factories import make_window, system_actor
from tests.factories.signing import sign_in


@pytest.fixture(autouse=True)
def standing_still():
    with clock.standing_at(datetime(2026, 11, 20, 1, 0, tzinfo=UTC)):
        yield


@pytest.fixture
def shipped(db_session):
    with transaction():
        load_directory(actor=system_actor())


@pytest.fixture
def plan_desk(client, db_session):
    sign_in(client, role=Role.PLAN_DESK)
    return client


@pytest.fixture
def counsellor(client, db_session):
    sign_in(client, role=Role.COUNSELLOR)
    return client


def text_of(answer) -> str:
    return answer.get_data(as_text=True)


def test_the_directory_names_windows_offices_ages_and_what_is_unverified(shipped, counsellor):
    page = text_of(counsellor.get("/windows"))

    assert "ハローワーク立川" in page
    assert "15～49歳" in page
    assert "60歳以上" in page
    assert "34歳以下" in page
    assert page.count("未確認") == 17
    assert "労働相談情報センター国分寺事務所" not in page


def test_the_directory_shows_ended_windows_on_request(shipped, counsellor):
    assert "労働相談情報センター国分寺事務所" in text_of(counsellor.get("/windows?ended=1"))


def test_the_directory_is_searched_in_kana(shipped, counsellor):
    page = text_of(counsellor.get("/windows?search=しるばー"))

    assert "国分寺市シルバー人材センター" in page
    assert "ハローワーク立川" not in page


def test_a_search_without_a_hit_says_so_and_leads_back(shipped, counsellor):
    page = text_of(counsellor.get("/windows", query_string={"search": "<b>宇宙</b>"}))

    assert "&lt;b&gt;宇宙&lt;/b&gt;" in page
    assert 'href="/windows"' in page


def test_a_search_of_ten_thousand_letters_is_answered_with_a_sentence(shipped, counsellor):
    answer = counsellor.get("/windows", query_string={"search": "あ" * 10_000})

    assert answer.status_code == 200
    assert "字まで" in text_of(answer)


def test_the_directory_in_english_has_english_names(shipped, counsellor):
    counsellor.get("/language/en")
    page = text_of(counsellor.get("/windows", headers={"Accept-Language": "en"}))

    assert "Self-Reliance Support Centre Kokubunji" in page


def test_an_empty_directory_says_how_it_is_filled(counsellor):
    assert "flask windows load" in text_of(counsellor.get("/windows"))


def test_a_window_shows_its_facts_and_its_versions(shipped, counsellor):
    page = text_of(counsellor.get(f"/windows/{queries.find_window_id('tokyo_shigoto_tama')}"))

    assert "国分寺市南町3-22-10" in page
    assert "令和4年9月30日" in page
    assert "令和4年10月1日" in page
    assert page.count("いまの版") == 1


def test_a_window_that_ended_leads_to_the_one_that_took_over(shipped, counsellor):
    ended, successor = (
        queries.find_window_id(key) for key in ("labour_advice_kokubunji", "labour_advice_tama")
    )

    page = text_of(counsellor.get(f"/windows/{ended}"))
    later = text_of(counsellor.get(f"/windows/{successor}"))

    assert "この窓口は終了しました。いまは次の窓口が受け付けています。" in page
    assert f'href="/windows/{successor}"' in page
    assert f'href="/windows/{ended}"' in later


def test_a_window_to_come_says_that_it_has_not_begun(counsellor):
    window, _version = make_window(valid_from=date(2027, 4, 1))

    assert "まだ始まっていません" in text_of(counsellor.get(f"/windows/{window.id}"))


@pytest.mark.parametrize("address", ["/windows/999", "/windows/99999999999999999999", "/windows/abc"])
def test_a_window_that_is_not_there_answers_404(counsellor, address):
    assert counsellor.get(address).status_code == 404


@pytest.mark.parametrize("role", [Role.PARTNER, Role.AUDITOR, Role.ADMINISTRATOR])
def test_roles_without_the_directory_are_refused(client, db_session, role):
    sign_in(client, role=role)

    assert client.get("/windows").status_code == 403
    assert client.get("/map").status_code == 403


def test_nobody_reads_the_directory_without_signing_in(client):
    assert client.get("/windows").status_code == 302
    assert client.get("/map").status_code == 302
