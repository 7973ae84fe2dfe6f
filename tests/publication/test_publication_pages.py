"""The pages of publication: the preview, a release, exceptions by two people."""

import re
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from app.access.permissions import Role
from app.foundation import clock
from app.foundation.db import db
from app.publication.gate import get_published
from app.publication.queries import list_releases
from tests.factories import sign_in
from tests.years.freezing import YEAR, freeze_year, record_a_year

pytestmark = pytest.mark.usefixtures("plan")
PAGE = f"/publication/{YEAR}"
AT_ONCE = 4
SEEN = re.compile(r'name="seen" value="([0-9a-f]{64})"')
EXACT = re.compile(r'action="(/publication/exact/\d+/decision)".*?name="version" value="(\d+)"', re.S)


@pytest.fixture
def frozen(plan):
    record_a_year()
    freeze_year()


def text_of(answer):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.get_data(as_text=True)))


def propose(client):
    sign_in(client, role=Role.PLAN_DESK)
    data = {"indicator": "assistance_placements", "reason": "計画書に印刷するため"}
    return client.post("/publication/exact", data=data, follow_redirects=True)


def decide(client, act="approve"):
    page = client.get("/publication").get_data(as_text=True)
    address, version = EXACT.search(page).groups()
    return client.post(address, data={"act": act, "version": version}, follow_redirects=True)


def test_the_preview_shows_what_hiding_only_small_figures_would_betray(client, frozen):
    sign_in(client, role=Role.PLAN_DESK)
    page = text_of(client.get(PAGE))
    assert re.search(r"要保護者等 2 2 と分かる 1 から 12 小さい数", page)
    assert re.search(r"母子家庭 11 そのまま見える 1 から 12 ほかの数を守るため", page)


def test_a_year_is_released_as_it_was_seen(client, frozen):
    sign_in(client, role=Role.PLAN_DESK)
    seen = SEEN.search(client.get(PAGE).get_data(as_text=True)).group(1)
    page = text_of(client.post(f"{PAGE}/release", data={"seen": seen}, follow_redirects=True))
    assert "の実績を公表しました（第1回）" in page
    assert "就職件数 53 件 公表する" in page
    assert "要保護者等 x 秘匿" in page
    assert get_published(YEAR).digest == seen
    assert "公表するものはありません" in text_of(client.get(PAGE))


def test_what_was_not_seen_is_not_released(client, frozen):
    sign_in(client, role=Role.PLAN_DESK)
    page = text_of(client.post(f"{PAGE}/release", data={"seen": "0" * 64}, follow_redirects=True))
    assert "公表する内容が変わりました" in page
    assert get_published(YEAR) is None


def test_a_supervisor_sees_the_preview_but_does_not_release(client, frozen):
    sign_in(client, role=Role.SUPERVISOR)
    page = client.get(PAGE)
    assert page.status_code == 200
    assert "このまま公表する" not in text_of(page)
    assert client.post(f"{PAGE}/release", data={"seen": ""}).status_code == 403


def test_an_exception_needs_a_second_person(client, frozen):
    assert "提案しました" in text_of(propose(client))
    assert "ほかの人の承認がいります" in text_of(client.get("/publication"))
    assert "提案した人は承認できません" in text_of(decide(client))
    sign_in(client, role=Role.SUPERVISOR)
    assert "公表を承認しました" in text_of(decide(client))
    assert "要保護者等 2 件 承認により正確な数を公表" in text_of(client.get(PAGE))


def test_an_exception_can_be_ended(client, frozen):
    propose(client)
    sign_in(client, role=Role.SUPERVISOR)
    decide(client)
    assert "公表を終えました" in text_of(decide(client, "end"))
    assert "正確な数で公表する指標はありません" in text_of(client.get("/publication"))


def test_a_year_that_is_not_frozen_says_so(client, plan):
    sign_in(client, role=Role.PLAN_DESK)
    assert "確定していない年度" in text_of(client.get(PAGE))
    assert "確定した年度はまだありません" in text_of(client.get("/publication"))


def test_pages_are_read_in_english(client, frozen):
    sign_in(client, role=Role.PLAN_DESK)
    client.get("/language/en?next=/publication")
    assert "Publication of results" in text_of(client.get("/publication"))


def test_a_release_that_is_not_there_is_not_found(client, frozen):
    sign_in(client, role=Role.PLAN_DESK)
    assert client.get(f"{PAGE}/releases/1").status_code == 404
    assert client.get("/publication/9999").status_code == 404


def test_the_command_releases_a_frozen_year(app, frozen):
    db.session.remove()
    runner = app.test_cli_runner()
    shown = runner.invoke(args=["kpi", "release", "--fiscal-year", str(YEAR), "--dry-run"])
    assert "2-6 ・要保護者等 x 秘匿" in shown.stderr.splitlines()
    assert get_published(YEAR) is None
    done = runner.invoke(args=["kpi", "release", "--fiscal-year", str(YEAR)])
    assert done.exit_code == 0, done.stderr
    assert done.stdout.splitlines()[-1] == "2"
    assert get_published(YEAR).number == 1
    again = runner.invoke(args=["kpi", "release", "--fiscal-year", str(YEAR)])
    assert again.exit_code == 1
    assert "前に公表したものと同じ" in again.stderr


@pytest.mark.both_databases
def test_of_several_who_release_at_one_moment_one_does_and_the_others_are_told(app, frozen, db_session):
    clients = [app.test_client() for _each in range(AT_ONCE)]
    for client in clients:
        sign_in(client, role=Role.PLAN_DESK)
    seen = SEEN.search(clients[0].get(PAGE).get_data(as_text=True)).group(1)
    db_session.commit()
    db_session.remove()
    start, now = Barrier(AT_ONCE), clock.now()

    def send(client):
        start.wait(timeout=20)
        with clock.standing_at(now):
            return text_of(client.post(f"{PAGE}/release", data={"seen": seen}, follow_redirects=True))

    with ThreadPoolExecutor(AT_ONCE) as pool:
        answers = [one.result(timeout=60) for one in [pool.submit(send, client) for client in clients]]
    assert ["の実績を公表しました（第1回）" in one for one in answers].count(True) == 1
    assert ["前に公表したものと同じです" in one for one in answers].count(True) == AT_ONCE - 1
    assert [one.number for one in list_releases(YEAR)] == [1]
