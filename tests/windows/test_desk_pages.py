"""The pages on which the plan desk keeps the directory."""

import re
from datetime import UTC, date, datetime

import pytest

from app.access.permissions import Role
from app.foundation import clock
from app.foundation.db import db
from app.situation.vocabulary import TargetGroup, Topic
from app.windows import queries
from app.windows.hours import WeeklyHours
from app.windows.loading import load_directory
from app.windows.vocabulary import GENERAL_WINDOW
from tests.factories import make_office, make_window, system_actor
from tests.factories.signing import sign_in

OPEN_ON_FRIDAY = WeeklyHours.read("fri 09:00-12:00; holidays closed")


@pytest.fixture(autouse=True)
def standing_still():
    # Friday, ten o'clock in Japan.
    with clock.standing_at(datetime(2026, 11, 20, 1, 0, tzinfo=UTC)):
        yield


@pytest.fixture
def plan_desk(client, db_session):
    sign_in(client, role=Role.PLAN_DESK)
    return client


def text_of(answer) -> str:
    return answer.get_data(as_text=True)


def filled(**more):
    return {
        "name": "北の窓口",
        "services": "求職の相談",
        "holidays": "closed",
        "appointment": "unknown",
        "response_days": "10",
        "grace_days": "5",
    } | more


def new_window(client, **more):
    office = make_office()
    db.session.commit()
    data = filled(**{"key": "north", "office_id": str(office.id)} | more)
    return client.post("/windows/new", data=data, follow_redirects=True)


def revise(client, window_id, number=1, version=1, **more):
    data = filled(**{"revision": "correction", "version": str(version)} | more)
    return client.post(f"/windows/{window_id}/versions/{number}/edit", data=data, follow_redirects=True)


def test_the_plan_desk_enters_a_window_with_its_hours(plan_desk):
    page = text_of(
        new_window(
            plan_desk,
            mon="９：００～１２：００、１３：００～１７：００",
            fri="9:00-17:00",
            closings="2027/2/1～2027/2/3 館内工事",
            needs=["job_search", "debt"],
            target_groups=["youth"],
            languages=["ja", "en"],
            url="https://example.jp/",
            minimum_age="15",
        )
    )

    assert "窓口を登録しました。" in page
    assert "9:00～12:00、13:00～17:00" in page
    assert "開いています。17:00までです。" in page
    assert "館内工事" in page
    assert "15歳以上" in page
    assert 'href="https://example.jp/"' in page
    assert "未確認" in page


def test_a_window_may_be_waited_for_longer_than_others_and_not_at_all(plan_desk):
    assert "<dd>20開庁日</dd>" in text_of(new_window(plan_desk, grace_days="20"))
    (view,) = queries.list_windows(clock.today())
    assert "<dd>0開庁日</dd>" in text_of(revise(plan_desk, view.window_id, grace_days="0"))
    assert 'value="5"' in plan_desk.get("/windows/new").text.split('name="grace_days"')[1].split(">")[0]


def test_a_window_of_an_agency_that_was_not_there_brings_it_in(plan_desk):
    page = text_of(new_window(plan_desk, office_id="0", agency="北の家", agency_en="North House"))

    assert "<dd>北の家</dd>" in page
    assert queries.find_office("north").name_en == "North House"


@pytest.mark.parametrize(
    ("said", "field"),
    [({"agency": ""}, "agency"), ({"agency": "北の家"}, "office_id"), ({"agency": "長" * 81}, "agency")],
)
def test_an_agency_without_a_name_or_known_already_is_said_at_its_field(plan_desk, said, field):
    make_office(name="北の家")

    answer = new_window(plan_desk, office_id="0", **said)

    assert answer.status_code == 422
    assert f'id="{field}-error"' in text_of(answer)
    assert queries.find_window_id("north") is None


def test_hours_that_nobody_typed_stay_unknown(plan_desk):
    page = text_of(new_window(plan_desk))

    assert "受付時間はまだ登録されていません。" in page
    assert queries.list_versions(queries.find_window_id("north"))[0].facts.hours is None


@pytest.mark.parametrize(
    ("wrong", "field", "sentence"),
    [
        ({"mon": "9:00-12:00、11:00-17:00"}, "mon", "時間が重なっています"),
        ({"tue": "17:00-9:00"}, "tue", "終わりの時刻が始まりより前です"),
        ({"sun": "いつでも"}, "sun", "時間として読み取れません"),
        ({"closings": "2027/2/3～2027/2/1"}, "closings", "終わりが始まりより前"),
        ({"minimum_age": "50", "maximum_age": "20"}, "maximum_age", "年齢の上限が下限より小さく"),
        ({"minimum_age": "-1"}, "minimum_age", "0から120まで"),
        ({"maximum_age": "千歳"}, "maximum_age", "数字で入力"),
        ({"valid_from": "2027-04-01", "valid_to": "2027-03-31"}, "valid_to", "終わりの日が始まりの日より前"),
        ({"valid_from": "2027-02-30"}, "valid_from", "という日付はありません"),
        ({"url": "javascript:alert(1)"}, "url", "https:// または http://"),
        ({"name": ""}, "name", "窓口の名前"),
        ({"name": "長" * 10_000}, "name", "80字まで"),
        ({"key": "北の窓口"}, "key", "英小文字で始め"),
        ({"office_id": "999"}, "office_id", "課・機関"),
        ({"needs": ["money"]}, "needs", "応じる相談"),
        ({"holidays": "perhaps"}, "holidays", "祝日・年末年始"),
        ({"response_days": "0"}, "response_days", "1から250まで"),
        ({"grace_days": "61"}, "grace_days", "0から60まで"),
        ({"grace_days": ""}, "grace_days", "回答を待つ猶予"),
    ],
)
def test_what_cannot_be_is_said_at_its_field_and_nothing_is_saved(plan_desk, wrong, field, sentence):
    answer = new_window(plan_desk, **wrong)

    page = text_of(answer)
    assert answer.status_code == 422
    assert re.search(rf'<p class="error" id="{field}-error">[^\n]*{sentence}', page), sentence
    assert queries.find_window_id("north") is None


def test_everything_that_is_wrong_is_said_at_once(plan_desk):
    page = text_of(
        new_window(
            plan_desk,
            mon="9:00-12:00、11:00-17:00",
            minimum_age="50",
            maximum_age="20",
            valid_from="2027-04-01",
            valid_to="2027-03-31",
            closings="いつか",
        )
    )

    wrong = re.findall(r'<p class="error" id="(\w+)-error">', page)
    assert wrong == ["maximum_age", "mon", "closings", "valid_to"]


def test_the_directory_flags_what_was_verified_a_year_ago(plan_desk):
    make_window(name="前に確かめた窓口", verified_on=date(2025, 11, 20))
    make_window(name="確かめたばかりの窓口", verified_on=date(2025, 11, 21))
    db.session.commit()

    page = text_of(plan_desk.get("/windows"))

    assert page.count("確認から1年") == 1
    assert "1件の窓口は、1年以上確認していません。" in page


def test_an_edit_is_a_new_version_and_the_old_one_can_be_read(plan_desk):
    new_window(plan_desk, address="国分寺市")
    window_id = queries.find_window_id("north")

    page = text_of(revise(plan_desk, window_id, address="立川市", verified="1"))
    old = text_of(plan_desk.get(f"/windows/{window_id}/versions/1"))

    assert "窓口の登録を改めました。" in page
    assert "立川市" in page
    assert "訂正済み" in page
    assert "これは第1版の内容です。" in old
    assert "<dd>国分寺市</dd>" in old


def test_the_form_begins_with_what_stands_there(plan_desk):
    new_window(plan_desk, fri="9:00-12:00、13:00-17:00", closings="2027/2/1 館内工事", needs=["debt"])

    page = text_of(plan_desk.get(f"/windows/{queries.find_window_id('north')}/versions/1/edit"))

    assert 'value="9:00-12:00、13:00-17:00"' in page
    assert re.search(r'name="mon"[^>]*value="休み"', page)
    assert "2027/2/1 館内工事</textarea>" in page
    assert re.search(r'value="debt" checked', page)


def test_a_window_that_moves_is_announced_and_offered_from_its_day(plan_desk):
    new_window(plan_desk, address="国分寺市")
    window_id = queries.find_window_id("north")

    revise(plan_desk, window_id, address="立川市", revision="change", changed_on="2027-04-01")

    assert queries.get_window_on(window_id, date(2027, 3, 31)).facts.address == "国分寺市"
    assert queries.get_window_on(window_id, date(2027, 4, 1)).facts.address == "立川市"


def test_a_second_click_on_save_makes_no_second_version(plan_desk):
    new_window(plan_desk)
    window_id = queries.find_window_id("north")
    revise(plan_desk, window_id, address="立川市")

    answer = revise(plan_desk, window_id, address="立川市")

    assert answer.status_code == 422
    assert "ほかの人がこの記録を先に保存しました" in text_of(answer)
    assert len(queries.list_versions(window_id)) == 2


def test_saved_twice_without_hours_nothing_is_asked_about_holidays(plan_desk):
    new_window(plan_desk)
    window_id = queries.find_window_id("north")
    revise(plan_desk, window_id, address="立川市", holidays="closed")

    again = text_of(revise(plan_desk, window_id, address="立川市", holidays="closed"))

    assert 'name="settle"' not in again
    assert "ちがうところはありません" in again


@pytest.mark.parametrize(("stored", "typed"), [("9:00-17:00", ""), ("", "9:00-17:00"), ("9:00-17:00",) * 2])
def test_where_hours_stand_in_either_version_holidays_are_asked_about(plan_desk, stored, typed):
    new_window(plan_desk)
    window_id = queries.find_window_id("north")
    revise(plan_desk, window_id, address="立川市", mon=stored, holidays="open")

    again = text_of(revise(plan_desk, window_id, mon=typed, holidays="closed"))

    assert 'name="settle" value="holidays"' in again


def test_a_window_that_ended_leads_to_its_successor_and_is_offered_no_more(plan_desk):
    new_window(plan_desk)
    window_id = queries.find_window_id("north")
    successor, _version = make_window(name="南の窓口")
    db.session.commit()

    plan_desk.post(
        f"/windows/{window_id}/end",
        data={"last_day": "2026-11-19", "successor_id": str(successor.id), "version": "1"},
    )

    page = text_of(plan_desk.get(f"/windows/{window_id}"))
    assert "この窓口は終了しました。いまは次の窓口が受け付けています。" in page
    assert f'href="/windows/{successor.id}"' in page
    assert "北の窓口" not in text_of(plan_desk.get("/windows"))


def test_whoever_ends_a_window_is_told_how_many_rules_lead_to_it(plan_desk):
    load_directory(actor=system_actor())
    address = "/windows/{}/end"
    ruled, general = (queries.find_window_id(key) for key in ("silver_centre", GENERAL_WINDOW))

    assert "この窓口に案内するルールが1件あります。" in text_of(plan_desk.get(address.format(ruled)))
    assert "案内するルールが" not in text_of(plan_desk.get(address.format(general)))


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"last_day": ""}, "last_day"),
        ({"last_day": "2019-12-31"}, "last_day"),
        ({"successor_id": "itself"}, "successor_id"),
        ({"successor_id": "999"}, "successor_id"),
    ],
)
def test_an_ending_that_cannot_be_is_said_at_its_field(plan_desk, wrong, field):
    window, _version = make_window(name="北の窓口", valid_from=date(2020, 4, 1))
    db.session.commit()
    data = {"last_day": "2026-11-19", "successor_id": "", "version": "1"} | wrong
    data["successor_id"] = data["successor_id"].replace("itself", str(window.id))

    answer = plan_desk.post(f"/windows/{window.id}/end", data=data)

    assert answer.status_code == 422
    assert f'id="{field}-error"' in text_of(answer)
    assert len(queries.list_versions(window.id)) == 1


def test_successors_in_a_circle_are_said_at_the_field(plan_desk):
    last, _version = make_window(name="今の窓口")
    ended, _version = make_window(name="前の窓口")
    ended.successor_id = last.id
    db.session.commit()

    answer = plan_desk.post(
        f"/windows/{last.id}/end",
        data={"last_day": "2026-11-19", "successor_id": str(ended.id), "version": "1"},
    )

    assert answer.status_code == 422
    assert "この窓口に戻ります" in text_of(answer)


def test_the_round_lists_what_is_due_and_confirms_what_is_ticked(plan_desk):
    north, version = make_window(name="北の窓口")
    make_window(name="南の窓口")
    make_window(name="確認した窓口", verified_on=date(2026, 4, 1))
    db.session.commit()

    before = text_of(plan_desk.get("/windows/round"))
    after = text_of(
        plan_desk.post("/windows/round", data={"seen": f"{north.id}-{version.id}"}, follow_redirects=True)
    )

    assert "2件（全3件のうち）" in before
    assert "確認した窓口" not in before
    assert "1件を、変わりなしとして確認しました。" in after
    assert "北の窓口" not in after.split("<main")[1]
    assert "南の窓口" in after


@pytest.mark.parametrize("seen", ["", "1", "x-y", "999-999", "1-1-1"])
def test_a_round_that_names_what_is_not_due_changes_nothing(plan_desk, seen):
    make_window(name="北の窓口")
    db.session.commit()

    assert plan_desk.post("/windows/round", data={"seen": seen}).status_code == 422


def test_one_tap_confirms_an_entry_and_leads_to_the_next(plan_desk):
    north, version = make_window(name="北の窓口")
    south, _version = make_window(name="南の窓口")
    db.session.commit()

    answer = plan_desk.post(f"/windows/{north.id}/verify", data={"version": str(version.id)})

    assert answer.headers["Location"].endswith(f"/windows/{south.id}/verify")
    assert queries.list_versions(north.id)[0].facts.verified_on == date(2026, 11, 20)


def test_a_round_that_is_done_says_so(plan_desk):
    assert "確認の必要な窓口はありません" in text_of(plan_desk.get("/windows/round"))


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("need=debt", {"債務の窓口"}),
        ("group=youth", {"若者の窓口"}),
        ("group=parent", {"親子の窓口"}),
        ("open_now=1", {"金曜の窓口"}),
        ("unverified=1", {"債務の窓口", "若者の窓口", "金曜の窓口"}),
        ("search=債務", {"債務の窓口"}),
        ("need=debt&open_now=1", set()),
        ("need=nonsense", {"債務の窓口", "若者の窓口", "親子の窓口", "金曜の窓口", "確認した窓口"}),
    ],
)
def test_the_directory_is_narrowed(plan_desk, query, found):
    make_window(name="債務の窓口", needs=(Topic.DEBT,))
    make_window(name="若者の窓口", target_groups=(TargetGroup.YOUTH,))
    make_window(name="親子の窓口", serves=(TargetGroup.PARENT,), verified_on=date(2026, 4, 1))
    make_window(name="金曜の窓口", hours=OPEN_ON_FRIDAY)
    make_window(name="確認した窓口", verified_on=date(2026, 4, 1))
    db.session.commit()

    page = text_of(plan_desk.get(f"/windows?{query}"))

    assert set(re.findall(r'<th scope="row"><a href="[^"]+">([^<]+)</a>', page)) == found
    assert ("この条件に合う窓口はありません" in page) is (not found)


def test_the_directory_says_until_when_a_window_is_open_today(plan_desk):
    make_window(name="金曜の窓口", hours=OPEN_ON_FRIDAY)
    db.session.commit()

    assert "開いています。12:00までです。" in text_of(plan_desk.get("/windows"))


@pytest.mark.parametrize("role", [Role.COUNSELLOR, Role.SUPERVISOR, Role.DEPARTMENT])
def test_others_read_the_directory_and_change_nothing(client, db_session, role):
    sign_in(client, role=role)
    window, _version = make_window(name="北の窓口")
    db.session.commit()

    page = text_of(client.get(f"/windows/{window.id}"))

    assert "/edit" not in page
    assert "/windows/new" not in text_of(client.get("/windows"))
    for address in (
        "new",
        "round",
        f"{window.id}/end",
        f"{window.id}/verify",
        f"{window.id}/versions/1/edit",
    ):
        assert client.get(f"/windows/{address}").status_code == 403
        assert client.post(f"/windows/{address}", data={}).status_code == 403
