"""What is seen and done on the pages of placements."""

import re
from datetime import date
from types import SimpleNamespace

import pytest
from sqlalchemy import func, select

from app.access.permissions import Role
from app.accounts.models import Account
from app.foundation.db import db
from app.placements.models import Placement, RetentionCheck
from app.placements.vocabulary import Posting
from app.situation.vocabulary import AssistanceStatus
from tests import factories
from tests.factories import sign_in

KEY = "0123456789abcdef0123456789abcdef"
JOB = {
    "kind": "new",
    "started_on": "2025-06-02",
    "reported_on": "2025-06-03",
    "programme": "assistance",
    "assistance": "recipient",
    "target_group": "other",
    "hours": "part_time",
    "contract": "regular",
    "posting": "general",
    "occupation": "unknown",
    "industry": "unknown",
    "weekly_hours": "unknown",
}


@pytest.fixture
def world(db_session, client):
    office = factories.make_office(name="生活福祉課")
    case = factories.make_case(office, opened_on=date(2025, 5, 1))
    factories.make_consultation(case, held_on=date(2025, 5, 1), assistance=AssistanceStatus.CHILD_ALLOWANCE)
    desk = factories.make_actor(office=office)
    sign_in(client, db.session.get(Account, desk.id))
    return SimpleNamespace(office=office, case=case, desk=desk)


def post(client, world, **more):
    form = JOB | {"submission_key": KEY} | more
    return client.post(f"/cases/{world.case.number}/placements/new", data=form)


def count(model=Placement):
    return db.session.scalar(select(func.count()).select_from(model))


def recorded(client, world, **more):
    return client.get(post(client, world, **more).location).text


def problems(answer):
    assert answer.status_code == 422
    return re.sub(r"<[^>]+>", "", answer.text[answer.text.index('id="problems"') :][:2000])


def test_a_job_is_recorded_and_the_page_says_where_it_counts(client, world):
    page = recorded(client, world)
    assert "事業6の就職件数に入ります。" in page
    assert "生活保護受給者" in page
    assert "令和7年度(2025)" in page


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"assistance": "none"}, "事業6の件数には入りません"),
        ({"kind": "silver"}, "就職の件数には入りません"),
        ({"kind": "raise"}, "就職の件数には入りません"),
        ({"contract": "supported_a"}, "就職の件数に入りません"),
        ({"programme": "guidance"}, "計画の件数には入りません"),
    ],
)
def test_what_does_not_count_is_recorded_and_says_so(client, world, more, words):
    assert words in recorded(client, world, **more)
    assert count() == 1


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"started_on": "2025-07-16"}, "今日より後"),
        ({"started_on": "2025-04-30"}, "最初の相談（令和7年5月1日（木））より前"),
        ({"started_on": "R7.13.1"}, ""),
        ({"hours": "overtime"}, "選択肢にない値"),
        ({"kind": ""}, "種別を選んでください"),
        ({"contract": "other", "contract_other": "あ" * 10_000}, "60字まで"),
        ({"contract": "other", "contract_other": "090-1234-5678"}, "書いてはいけない内容"),
        ({"referral_id": "1"}, "選択肢にない値"),
        ({"offered_on": "2025-06-03"}, "就労開始日かそれより前"),
    ],
)
def test_bad_input_ends_in_a_message_and_no_record(client, world, more, words):
    assert words in problems(post(client, world, **more))
    assert count() == 0


def test_a_retired_answer_is_neither_offered_nor_taken_yet_an_old_record_keeps_it(client, world, monkeypatch):
    where = post(client, world, posting="seasonal").location
    monkeypatch.setattr(Posting.SEASONAL, "_retired", True)
    assert 'value="seasonal"' not in client.get(f"/cases/{world.case.number}/placements/new").text
    again = {"submission_key": "f" * 32, "posting": "seasonal", "started_on": "2025-07-01"}
    assert "いまは使いません" in problems(post(client, world, **again))
    assert count() == 1
    kept = client.post(
        f"{where}/edit", data=JOB | {"version": "1", "posting": "seasonal", "hours": "full_time"}
    )
    assert kept.status_code == 302


def test_rare_characters_come_back_as_they_were_typed(client, world):
    page = recorded(client, world, contract="other", contract_other="𠮷の㈱に準ずる")
    assert "その他（𠮷の㈱に準ずる）" in page


def test_the_same_form_sent_twice_is_one_job(client, world):
    first, second = post(client, world), post(client, world)
    assert first.location == second.location
    assert count() == 1


def test_a_likely_duplicate_is_questioned_and_can_be_confirmed(client, world):
    post(client, world)
    again = post(client, world, submission_key="f" * 32, started_on="2025-06-10")
    assert "別の就職のときは" in problems(again)
    assert 'name="confirmed"' in again.text
    assert 'name="confirmed"' not in client.get(f"/cases/{world.case.number}/placements/new").text
    assert "就労開始日 令和7年6月2日（月）" in again.text
    said = {"submission_key": "f" * 32, "started_on": "2025-06-10", "confirmed": "1"}
    assert "理由を選んでください" in problems(post(client, world, **said))
    done = post(client, world, **said, why_separate="beside")
    assert "同時に二つの契約で働いている" in client.get(done.location).text
    assert count() == 2


def test_the_form_begins_with_what_was_true_at_the_last_consultation(client, world):
    page = client.get(f"/cases/{world.case.number}/placements/new").text
    assert re.search(r'name="assistance" id="assistance-\d" value="child_allowance" checked', page)
    assert re.search(r'name="programme" id="programme-\d" value="assistance" checked', page)


def test_the_referral_named_in_the_address_is_chosen_and_becomes_placed(client, world):
    referral = factories.make_referral(world.case, sent_on=date(2025, 5, 2))
    db.session.commit()
    where = f"/cases/{world.case.number}/placements/new?referral={referral.reference}"
    assert f'<option value="{referral.id}" selected>' in client.get(where).text
    page = recorded(client, world, referral_id=referral.id)
    assert f"就職につながった紹介 {referral.reference}" in page
    assert "就職" in client.get(f"/referrals/{referral.reference}").text


def test_a_correction_against_a_newer_version_is_told_and_keeps_what_was_typed(client, world):
    where = post(client, world).location
    form = JOB | {"version": "1", "hours": "full_time"}
    assert client.post(f"{where}/edit", data=form).status_code == 302
    stale = client.post(f"{where}/edit", data=JOB | {"version": "1", "posting": "seasonal"})
    assert "先に保存しました" in problems(stale)
    assert re.search(r'value="seasonal" checked', stale.text)
    assert db.session.scalar(select(Placement.posting)) == "general"


def test_the_correction_shows_the_record_as_it_is(client, world):
    where = post(client, world, contract="other", contract_other="請負").location
    page = client.get(f"{where}/edit").text
    assert 'value="請負"' in page
    assert 'name="version" value="1"' in page


def test_a_voided_job_leaves_the_list_and_its_page(client, world):
    where = post(client, world).location
    assert client.post(f"{where}/void", data={"version": "1"}).status_code == 422
    answer = client.post(f"{where}/void", data={"version": "1", "reason": "duplicate"})
    assert answer.location == f"/cases/{world.case.number}"
    assert client.get(where).status_code == 404
    assert "0件" in client.get("/placements").text


def test_checks_are_recorded_and_corrected_from_the_page(client, world):
    where = post(client, world).location
    assert client.get(where).text.count("確認待ち") == 1
    said = {"outcome": "kept", "checked_on": "2025-07-03", "channel": "phone", "submission_key": "e" * 32}
    for _ in range(2):
        assert client.post(f"{where}/checks/1", data=said).status_code == 302
    assert "同じ仕事を継続" in client.get(where).text
    shown = client.get(f"{where}/checks/1").text
    assert 'name="version" value="1"' in shown
    assert f"相談番号 {world.case.number}" in shown
    client.post(
        f"{where}/checks/1",
        data=said | {"outcome": "left", "left_reason": "health", "version": "1", "submission_key": "d" * 32},
    )
    assert db.session.scalars(select(RetentionCheck.outcome)).all() == ["left"]


def test_a_check_too_early_or_at_another_month_is_refused(client, world):
    where = post(client, world).location
    said = {"outcome": "kept", "checked_on": "2025-07-15", "channel": "phone"}
    assert "令和7年9月2日（火）より前には分かりません" in problems(
        client.post(f"{where}/checks/3", data=said)
    )
    assert client.get(f"{where}/checks/2").status_code == 404
    assert count(RetentionCheck) == 0


def test_a_foreign_placement_looks_like_one_that_is_not_there(client, world):
    foreign = factories.make_placement(factories.make_case())
    db.session.commit()
    for path in ("", "/edit", "/void", "/checks/1"):
        assert client.get(f"/placements/{foreign.id}{path}").status_code == 404
        assert client.get(f"/placements/999999{path}").status_code == 404


def test_the_list_filters_and_forgives_nonsense(client, world):
    post(client, world)
    post(client, world, submission_key="a" * 32, started_on="2025-07-01", assistance="none")
    assert "2件" in client.get("/placements?fiscal_year=2025").text
    assert "1件" in client.get("/placements?counted=1").text
    assert "0件" in client.get("/placements?programme=centre").text
    assert client.get("/placements?fiscal_year=x&programme=y&page=z").status_code == 200


def test_the_list_needs_as_many_reads_for_thirty_as_for_one(client, world, count_statements):
    post(client, world)
    client.get("/placements")
    with count_statements() as few:
        client.get("/placements")
    for _ in range(29):
        factories.make_placement(world.case)
    db.session.commit()
    with count_statements() as many:
        client.get("/placements")
    assert len(many) == len(few)


@pytest.mark.parametrize("role", [Role.PLAN_DESK, Role.PARTNER, Role.AUDITOR, Role.ADMINISTRATOR])
def test_other_roles_meet_no_placement(client, world, role):
    where = post(client, world).location
    sign_in(client, role=role)
    assert client.get("/placements").status_code == 403
    assert client.get(where).status_code == 403


def test_what_kind_of_job_it_is_stands_in_a_fold_and_on_the_page(client, world):
    fold = client.get(f"/cases/{world.case.number}/placements/new").text
    assert re.search(r'<option value="unknown" selected>不明', fold)
    assert '<details class="more">' in fold
    said = {"occupation": "e", "industry": "p", "weekly_hours": "from_20", "wage_band": "from_88"}
    page = recorded(client, world, **said)
    for words in ("E サービス職業", "P 医療、福祉", "20〜29時間", "8万8千円〜15万円未満"):
        assert words in page


@pytest.mark.parametrize("field", ["occupation", "industry", "weekly_hours", "wage_band"])
def test_a_kind_of_job_that_was_not_offered_is_refused_and_the_fold_opens(client, world, field):
    answer = post(client, world, **{field: "zz"})
    assert "選択肢にない値" in problems(answer)
    assert '<details class="more" open>' in answer.text
    assert count() == 0


def test_a_correction_shows_in_the_history_what_stood_before(client, world):
    where = post(client, world).location
    client.post(f"{where}/edit", data=JOB | {"version": "1", "occupation": "k"})
    page = client.get(where).text
    history = page[page.index("この記録の経過") :]
    assert "就職を訂正した" in history
    assert re.search(r"変更前 職業：不明", history)
    assert "産業：不明" in history[history.index("就職を記録した") :]


def test_the_jobs_before_and_after_link_to_each_other(client, world):
    first = post(client, world).location
    second = post(client, world, submission_key="a" * 32, started_on="2025-07-01").location
    post(client, world, submission_key="b" * 32, started_on="2025-07-02", kind="silver")
    assert f'href="{second}">次の就職（令和7年7月1日（火） から）' in client.get(first).text
    page = client.get(second).text
    assert f'href="{first}">前の就職（令和7年6月2日（月） から）' in page
    assert "次の就職" not in page


def test_a_due_check_is_listed_with_one_thing_to_do_and_leaves_the_list_when_done(client, world):
    where = post(client, world).location
    page = client.get("/placements/checks").text
    assert world.case.number in page
    assert "13日過ぎ" in page
    assert page.count("結果を記録") == 1
    assert world.case.number in client.get("/placements/checks?whose=mine&due=overdue").text
    said = {"outcome": "kept", "checked_on": "2025-07-03", "channel": "phone", "submission_key": "e" * 32}
    client.post(f"{where}/checks/1", data=said)
    assert "この条件に合う定着確認はありません" in client.get("/placements/checks?due=ahead").text
    assert client.get("/placements/checks?whose=x&due=y&page=z").status_code == 200


def test_the_day_of_a_check_is_moved_on_its_page(client, world):
    where = post(client, world).location
    said = {"version": "0", "due_on": "2025-07-20", "due_reason": "person_asked"}
    assert "新しい期日" in client.get(f"{where}/checks/1/due").text
    assert "期日を変える理由を選んでください" in problems(
        client.post(f"{where}/checks/1/due", data=said | {"due_reason": ""})
    )
    assert client.post(f"{where}/checks/1/due", data=said).location == where
    page = client.get(where).text
    assert "令和7年7月22日（火）" in page  # Sunday, then 海の日
    assert "変更：本人の都合" in page
    assert "先に変えました" in problems(client.post(f"{where}/checks/1/due", data=said))
    assert "変更した期日" in client.get("/placements/checks?due=ahead").text


def test_a_check_that_was_made_or_has_nothing_to_ask_is_not_moved(client, world):
    where = post(client, world).location
    said = {"outcome": "left", "checked_on": "2025-07-03", "channel": "phone", "submission_key": "e" * 32}
    assert "離職の理由を選んでください" in problems(client.post(f"{where}/checks/1", data=said))
    client.post(f"{where}/checks/1", data=said | {"left_reason": "other", "left_other": "通勤が遠い"})
    page = client.get(where).text
    assert "通勤が遠い" in page
    assert page.count("離職したため、確認しません。") == 3
    for months in (1, 3, 2):
        assert client.get(f"{where}/checks/{months}/due").status_code == 404


def test_work_through_the_silver_centre_is_an_activity_and_no_list_takes_it_for_a_placement(client, world):
    where = post(client, world, kind="silver").location
    assert "定着確認" not in client.get(where).text
    assert world.case.number not in client.get("/placements/checks?due=ahead").text
    assert "記録 0件" in client.get("/placements?counted=1").text
    assert "記録 0件" in client.get("/placements?kind=new").text
    assert "記録 1件" in client.get("/placements?kind=silver").text
    assert "シルバー人材センターでの就業" in client.get(f"/cases/{world.case.number}").text


def test_one_person_under_two_numbers_is_asked_about_the_same_job_once(client, world):
    post(client, world)
    other = factories.make_case(world.office, merged_into_id=world.case.id, opened_on=date(2025, 5, 1))
    db.session.commit()
    form = JOB | {"submission_key": "a" * 32, "started_on": "2025-06-05"}
    answer = client.post(f"/cases/{other.number}/placements/new", data=form)
    assert "別の就職のときは" in problems(answer)


def test_a_day_without_a_year_is_the_next_one_where_a_check_is_moved(client, world):
    where = post(client, world).location
    shown = client.get(f"{where}/checks/1/due").text
    assert "data-ahead" in shown
    assert "あした" in shown


def test_why_somebody_left_is_marked_as_required(client, world):
    shown = client.get(f"{post(client, world).location}/checks/1").text
    assert "※必須" in shown[shown.index("離職の理由") :][:120]
