"""The plan desk's pages of rules and scenarios: looking, trying, saving."""

import re
from datetime import date

import pytest
import time_machine

from app.access.permissions import Role
from app.foundation.db import db
from app.guidance.kept import write_situation
from app.situation.situation import Situation, WorkWish
from app.windows.loading import load_directory
from app.windows.rule_models import GuidanceRule, GuidanceRuleVersion, GuidanceScenario
from tests import factories

TODAY = date(2026, 11, 20)
RULE = {
    "kind": "suits",
    "points": "90",
    "single_parent": "any",
    "certificate": "any",
    "children": "any",
    "wish": ["full_time"],
    "reason": "フルタイムの訓練の相談です。",
    "reason_en": "Advice on full-time training.",
}


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel("2026-11-20T10:30:00+09:00", tick=False):
        yield


@pytest.fixture
def desk(client, db_session):
    """Return the client of the plan desk, with the city's first windows and rules."""
    load_directory(actor=factories.system_actor())
    factories.sign_in(client, role=Role.PLAN_DESK, office=factories.make_office())
    return client


def rule_id(key: str) -> int:
    return db.session.query(GuidanceRule).filter_by(key=key).one().id


def previewed(page) -> dict[str, str]:
    return {"previewed": re.search(r'name="previewed"[^>]*value="(\w*)"', page.text).group(1)}


def new_rule(**more) -> dict[str, object]:
    return RULE | {"window": "training_centre_tama", "key": "more_training"} | more


def test_the_rules_are_listed_by_window_in_words(desk):
    page = desk.get("/guidance/rules")
    assert page.status_code == 200
    assert "自立支援教育訓練給付金" in page.text
    assert "児童扶養手当を受け、資格を取りたい方の給付金です。" in page.text
    assert "30歳から54歳まで" in page.text


def test_answers_that_lead_nowhere_are_named(desk):
    page = desk.get("/guidance/rules").text
    assert re.search("相談内容：[^<]*介護", page)
    assert not re.search("相談内容：[^<]*仕事探し", page)


def test_a_counsellor_reads_rules_and_changes_none(client, db_session):
    load_directory(actor=factories.system_actor())
    factories.sign_in(client, role=Role.COUNSELLOR, office=factories.make_office())
    assert "ルールを加える" not in client.get("/guidance/rules").text
    assert client.get("/guidance/rules/new").status_code == 403


def test_a_rule_is_saved_only_after_its_effect_was_shown(desk):
    first = desk.post("/guidance/rules/new", data=new_rule())
    assert first.status_code == 200
    assert "成り立たなくなるシナリオが" in first.text
    assert db.session.query(GuidanceRule).filter_by(key="more_training").count() == 0
    saved = desk.post("/guidance/rules/new", data=new_rule() | previewed(first))
    assert saved.status_code == 302
    assert rule_id("more_training")


def test_a_rule_changed_after_its_effect_was_shown_shows_the_effect_again(desk):
    first = desk.post("/guidance/rules/new", data=new_rule())
    again = desk.post("/guidance/rules/new", data=new_rule(points="1") | previewed(first))
    assert again.status_code == 200
    assert db.session.query(GuidanceRule).filter_by(key="more_training").count() == 0


def test_the_effect_counts_the_guidance_of_the_last_year(desk):
    window, version = factories.make_window(factories.make_office())
    for wish in (WorkWish.FULL_TIME, WorkWish.FULL_TIME, WorkWish.TRAINING):
        given = factories.make_guidance(
            factories.make_consultation(factories.make_case()),
            version,
            given_on=date(2026, 6, 1),
            fiscal_year=2026,
        )
        given.situation = write_situation(Situation(wish=wish))
    db.session.flush()
    page = desk.post("/guidance/rules/new", data=new_rule())
    assert "この1年の窓口案内3件のうち、答えが変わるものは2件です。" in page.text


def test_changing_a_rule_makes_a_version_and_keeps_the_old_one(desk):
    number = rule_id("training_centre_training")
    address = f"/guidance/rules/{number}"
    first = desk.post(address, data=RULE | {"version": "1"})
    saved = desk.post(address, data=RULE | {"version": "1"} | previewed(first))
    assert saved.status_code == 302
    versions = db.session.query(GuidanceRuleVersion).filter_by(rule_id=number).all()
    assert [(one.number, one.points) for one in versions] == [(1, 28), (2, 90)]
    stale = desk.post(address, data=RULE | {"version": "1"} | previewed(first))
    assert "ほかの人がこの記録を先に保存しました" in stale.text


def test_a_rule_that_nobody_can_meet_is_named_before_it_is_saved(desk):
    page = desk.post("/guidance/rules/new", data=new_rule(window="silver_centre", wish=[], age_to="29"))
    assert page.status_code == 200
    assert "当てはまる方がいません。" in page.text
    over = desk.post("/guidance/rules/new", data=new_rule(valid_to="2026-11-19"))
    assert "ルールの終わりの日は過ぎています。" in over.text
    sound = desk.post("/guidance/rules/new", data=new_rule())
    assert "当てはまる方がいません。" not in sound.text
    assert "過ぎています。" not in sound.text


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"wish": []}, "条件を一つ以上選んでください。"),
        ({"age_from": "60", "age_to": "20"}, "年齢の上限が下限より小さくなっています。"),
        ({"window": "labour_advice_kokubunji"}, "この窓口は令和4年9月30日（金）までです。"),
        ({"key": "training_centre_training"}, "同じ名前のルールがあります。"),
        ({"assistance": ["unknown"]}, "「不明」は条件にできません。"),
        ({"valid_from": "2026-12-01", "valid_to": "2026-11-01"}, "終わりの日が始まりの日より前です。"),
        ({"points": "101"}, "点数"),
    ],
)
def test_a_faulty_rule_is_shown_again_with_a_sentence(desk, wrong, words):
    page = desk.post("/guidance/rules/new", data=new_rule(**wrong))
    assert page.status_code == 422
    assert words in page.text


def test_all_scenarios_are_run_on_the_page(desk):
    assert "78件すべてが、思ったとおりの答えになります。" in desk.get("/guidance/scenarios").text


def test_a_scenario_is_added_run_and_retired(desk):
    new = {
        "key": "z1",
        "title": "だれでも",
        "age_band": "unknown",
        "assistance": "unknown",
        "certificate": "unasked",
        "children": "unasked",
        "first": "silver_centre",
        "never": ["hello_work_tachikawa"],
        "reason": "ためし",
    }
    assert desk.post("/guidance/scenarios/new", data=new).status_code == 302
    assert "79件のうち1件が、思ったとおりの答えになりません。" in desk.get("/guidance/scenarios").text
    assert desk.post("/guidance/scenarios/z1/retire").status_code == 302
    assert "78件すべてが" in desk.get("/guidance/scenarios").text
    assert db.session.query(GuidanceScenario).filter_by(key="z1").count() == 1


def test_a_scenario_that_contradicts_itself_is_refused(desk):
    page = desk.post(
        "/guidance/scenarios/new",
        data={"key": "z2", "title": "甲", "first": "centre", "never": ["centre"], "reason": "わけ"},
    )
    assert page.status_code == 422
    assert "「案内する」と「案内しない」の両方" in page.text
