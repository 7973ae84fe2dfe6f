"""Open data: columns, HSDS shapes, what changed, headers; and that a directory survives the journey."""

import csv
import io
import json
from datetime import UTC, date, datetime, time, timedelta

import pytest

from app.feed.catalogue import catalogue_of
from app.feed.hsds_documents import page_of, whole_service
from app.feed.queries import get_catalogue
from app.foundation import clock
from app.situation.situation import Language
from app.situation.vocabulary import TargetGroup, Topic
from app.windows import queries
from app.windows.facts import WindowFacts
from app.windows.hours import Closing, HolidayRule, Span, WeeklyHours
from app.windows.hsds import read_hsds
from app.windows.models import WindowVersion
from app.windows.vocabulary import Appointment
from tests import factories
from tests.feed.conftest import NOW
from tests.feed.hsds_shapes import faults

BASE = "/open-data/v1"
LISTS = {
    "organizations": "organization",
    "services": "service",
    "services-full": "service",
    "locations": "location",
    "service-at-locations": "service_at_location",
}
SPAN = Span(time(9), time(17))
EVERYTHING = {
    "name": "=北の窓口",
    "name_en": "North Window",
    "kana": "きたのまどぐち",
    "former_names": "旧窓口",
    "services": '相談,"紹介"',
    "services_en": "Advice",
    "needs": (Topic.JOB_SEARCH, Topic.TRAINING),
    "serves": (TargetGroup.YOUTH,),
    "target_groups": (TargetGroup.YOUTH, TargetGroup.DISABILITY),
    "eligibility": "若い方",
    "eligibility_en": "Young people",
    "note": "移転予定",
    "note_en": "Will move",
    "minimum_age": 15,
    "maximum_age": 39,
    "address": "国分寺市北町1-1",
    "access": "駅から徒歩5分",
    "access_en": "5 minutes from the station",
    "telephone": "042-000-0000",
    "url": "https://north.example/",
    "hours": WeeklyHours(days=((SPAN,),) * 5 + ((),) * 2, holidays=HolidayRule.CLOSED),
    "closings": (Closing(date(2026, 12, 1), date(2026, 12, 2), "点検"),),
    "appointment": Appointment.NEEDED,
    "referral_from": "市から",
    "referral_from_en": "From the city",
    "documents": "手帳\n印かん",
    "documents_en": "Handbook\nSeal",
    "languages": (Language.JA, Language.EN, Language.OTHER),
    "fee": "無料",
    "fee_en": "Free",
    "response_days": 5,
    "grace_days": 3,
    "valid_from": date(2020, 4, 1),
    "valid_to": date(2030, 3, 31),
    "source": "パンフレット",
    "verified_on": date(2026, 11, 1),
    "verified_by": "山田",
}


@pytest.fixture
def full(db_session, shipped):
    """Add a window of which everything is known."""
    assert set(EVERYTHING) == set(WindowFacts.__dataclass_fields__), "a new fact needs a value here"
    made, _version = factories.make_window(key="north", **EVERYTHING)
    db_session.commit()
    return made


def document(client, path: str):
    answer = client.get(f"{BASE}/hsds/{path}")
    assert answer.status_code == 200, path
    return json.loads(answer.data)


def rows(client) -> dict[str, dict[str, str]]:
    text = client.get(f"{BASE}/windows.csv").data.decode("utf-8-sig")
    return {row["ID"]: row for row in csv.DictReader(io.StringIO(text))}


# ---- CSV ----------------------------------------------------------------------------------------


def test_the_csv_has_the_standard_columns_and_a_byte_order_mark(reader):
    content = reader.get(f"{BASE}/windows.csv").data
    head = content.decode("utf-8-sig").splitlines()[0]
    assert content.startswith(b"\xef\xbb\xbf")
    assert head == (
        "全国地方公共団体コード,ID,地方公共団体名,名称,名称_カナ,名称_英字,所在地_連結表記,緯度,経度,電話番号,団体名,"
        "利用可能曜日,開始時間,終了時間,利用可能日時特記事項,URL,備考,対象者,対象年齢,サービス,確認日"
    )


def test_a_row_of_the_csv_says_what_is_known_and_leaves_the_rest_empty(reader):
    row = rows(reader)["self_reliance_support"]
    assert row["全国地方公共団体コード"] == "132144"
    assert row["名称_カナ"] == "ジリツセイカツサポートセンターコクブンジ"
    assert (row["所在地_連結表記"], row["電話番号"]) == ("国分寺市泉町2-3-8 いずみプラザ内", "042-324-8401")
    assert (row["緯度"], row["開始時間"], row["対象年齢"], row["確認日"]) == ("", "", "", "")
    assert "未確認" in row["備考"]


def test_hours_ages_and_a_name_that_looks_like_a_formula(client, full):
    row = rows(client)["north"]
    assert row["名称"] == "'=北の窓口", "a spreadsheet would work it out"
    assert (row["利用可能曜日"], row["開始時間"], row["終了時間"]) == ("月火水木金", "09:00", "17:00")
    assert row["対象年齢"] == "15～39歳"
    assert (row["対象者"], row["サービス"]) == ("障害者；若年者", '相談,"紹介"')
    assert (row["URL"], row["確認日"]) == ("https://north.example/", "2026-11-01")


def test_only_windows_that_may_be_used_today_stand_in_the_csv(reader):
    assert "labour_advice_kokubunji" not in rows(reader)
    with clock.standing_at(datetime(2022, 9, 1, tzinfo=UTC)):
        assert "labour_advice_kokubunji" in rows(reader)


# ---- HSDS ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", LISTS)
def test_every_list_of_hsds_has_the_shape_that_hsds_asks_for(client, full, name):
    page = document(client, f"{name}.json")
    assert faults(page, "page") == []
    assert page["total_items"] == len(page["contents"]) > 0
    assert [fault for one in page["contents"] for fault in faults(one, LISTS[name])] == []


@pytest.mark.parametrize("name", ["organizations", "services", "service-at-locations"])
def test_every_item_of_a_list_has_a_document_of_its_own(client, full, name):
    for one in document(client, f"{name}.json")["contents"]:
        assert faults(document(client, f"{name}/{one['id']}.json"), LISTS[name]) == []


def test_identifiers_are_unique_and_the_same_on_every_machine(client, full):
    ids = [one["id"] for one in document(client, "services.json")["contents"]]
    assert len(ids) == len(set(ids))
    named = {one["name"]: one["id"] for one in document(client, "services.json")["contents"]}
    assert named["ハローワーク立川"] == "a983b89d-e6cd-50cc-abd1-4fcbc80422e2"


def test_references_between_documents_lead_to_something(client, full):
    organizations = {one["id"] for one in document(client, "organizations.json")["contents"]}
    services = document(client, "services-full.json")["contents"]
    locations = {one["id"] for one in document(client, "locations.json")["contents"]}
    assert {one["organization_id"] for one in services} <= organizations
    meetings = [meeting for one in services for meeting in one.get("service_at_locations", ())]
    assert {meeting["location_id"] for meeting in meetings} == locations


def test_an_ended_window_is_defunct_and_one_to_come_is_inactive(client, full, db_session):
    factories.make_window(key="soon", name="もうすぐ", valid_from=date(2027, 4, 1))
    db_session.commit()
    status = {one["name"]: one["status"] for one in document(client, "services.json")["contents"]}
    assert status["東京都労働相談情報センター国分寺事務所"] == "defunct"
    assert status["もうすぐ"] == "inactive"
    assert status["ハローワーク立川"] == "active"


def test_who_verified_an_entry_is_nowhere_published(client, full):
    for path in ("windows.csv", "changes.json", *(f"hsds/{name}.json" for name in LISTS)):
        assert "山田" not in client.get(f"{BASE}/{path}").data.decode(), path


def test_an_unknown_identifier_is_not_found(reader):
    for name in ("organizations", "services", "service-at-locations"):
        path = f"{BASE}/hsds/{name}/00000000-0000-5000-8000-000000000000.json"
        assert reader.get(path).status_code == 404


# ---- the journey there and back ---------------------------------------------------------------


def test_a_directory_comes_back_from_hsds_as_it_was(client, full):
    text = client.get(f"{BASE}/hsds/services-full.json").data.decode()
    read = {window.key: window for window in read_hsds(text).windows}
    catalogue = get_catalogue(clock.today())

    assert set(read) == {line.view.key for line in catalogue.lines}
    for line in catalogue.lines:
        assert read[line.view.key].versions == (line.view.facts.unverified(),), line.view.key
    assert read["labour_advice_kokubunji"].successor == "labour_advice_tama"
    offices = {office.key: office for office in read_hsds(text).offices}
    for line in catalogue.lines:
        office = offices[line.view.office.key]
        there = line.view.office
        assert (office.kind, office.name, office.name_en, office.programme) == (
            there.kind,
            there.name,
            there.name_en,
            there.programme,
        )


def test_reading_the_own_file_again_changes_nothing(app, client, shipped, tmp_path):
    file = tmp_path / "services-full.json"
    file.write_bytes(client.get(f"{BASE}/hsds/services-full.json").data)
    result = app.test_cli_runner().invoke(args=["import", "hsds", str(file), "--apply"])
    assert result.stdout == "取り込みました：課・機関 0、窓口 0、版 0。\n"


# ---- what changed -------------------------------------------------------------------------------


def feed(client, **query):
    answer = client.get(f"{BASE}/changes.json", query_string=query)
    assert answer.status_code == 200
    return json.loads(answer.data)


def test_the_feed_of_changes_names_what_came_after_a_moment_and_nothing_else(client, shipped):
    first = feed(client)
    assert {one["change"] for one in first["changes"]} == {"created", "changed"}
    later = NOW + timedelta(hours=1)
    with clock.standing_at(later):
        facts = {**EVERYTHING, "name": "支援センター"}
        window_id = queries.find_window_id("centre")
        factories.add(WindowVersion(window_id=window_id, number=2, recorded_at=later, **facts))
        factories.db.session.commit()
        second = feed(client, since=NOW.isoformat())
        again = feed(client, since=second["next_since"])

    assert [(one["key"], one["change"]) for one in second["changes"]] == [("centre", "changed")]
    assert [one["key"] for one in again["changes"]] == ["centre"], "the overlap brings the last one again"
    assert feed(client, since=(later + timedelta(days=1)).isoformat())["changes"] == []


def test_the_feed_names_the_successor_of_a_window_that_ended(reader):
    ids = {one["key"]: one["id"] for one in feed(reader)["changes"]}
    ended = next(one for one in feed(reader)["changes"] if one["key"] == "labour_advice_kokubunji")
    assert (ended["status"], ended["successor"]) == ("defunct", ids["labour_advice_tama"])


@pytest.mark.parametrize("since", ["yesterday", "2026-11-20", "2026-11-20T00:00:00", "9" * 500, "\x00"])
def test_a_moment_that_cannot_be_read_is_refused_with_a_sentence(reader, since):
    answer = reader.get(f"{BASE}/changes.json", query_string={"since": since})
    assert answer.status_code == 422
    assert "時差をつけて書いてください" in answer.get_data(as_text=True)


def test_a_plus_that_an_address_turned_into_a_space_is_understood(reader):
    assert reader.get(f"{BASE}/changes.json?since=2026-11-20T09:00:00+09:00").status_code == 200


# ---- headers ------------------------------------------------------------------------------------

PATHS = ["windows.csv", "changes.json", "hsds/index.json", *(f"hsds/{name}.json" for name in LISTS)]


@pytest.mark.parametrize("path", PATHS)
def test_open_data_may_be_kept_and_is_asked_for_again_by_content_or_day(reader, path):
    answer = reader.get(f"{BASE}/{path}")
    assert answer.headers["Cache-Control"] == "public, max-age=900"
    assert "Set-Cookie" not in answer.headers
    tag, day = answer.headers["ETag"], answer.headers["Last-Modified"]
    assert reader.get(f"{BASE}/{path}", headers={"If-None-Match": tag}).status_code == 304
    assert reader.get(f"{BASE}/{path}", headers={"If-Modified-Since": day}).status_code == 304
    assert reader.get(f"{BASE}/{path}", headers={"If-None-Match": '"other"'}).status_code == 200


def test_the_last_change_is_also_the_day_on_which_a_window_began_or_ended(db_session):
    view = factories.make_window(valid_from=date(2026, 11, 1), recorded_at=datetime(2026, 1, 1, tzinfo=UTC))[
        0
    ]
    groups = {view.id: queries.list_versions(view.id)}
    before, after = catalogue_of(groups, date(2026, 10, 31)), catalogue_of(groups, date(2026, 11, 1))
    assert before.last_change == datetime(2026, 1, 1, tzinfo=UTC)
    assert after.last_change == datetime(2026, 10, 31, 15, tzinfo=UTC), "midnight in Japan"


@pytest.mark.parametrize("path", PATHS)
def test_open_data_may_be_read_by_every_site(reader, path):
    assert reader.get(f"{BASE}/{path}").headers["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize("path", ["/public/", "/public/finder", "/sign-in", "/healthz"])
def test_nothing_else_may_be_read_by_other_sites(reader, path):
    assert "Access-Control-Allow-Origin" not in reader.get(path).headers


def test_an_empty_directory_is_an_empty_list(client):
    page = document(client, "services.json")
    assert (page["empty"], page["contents"]) == (True, [])
    assert page_of([])["total_items"] == 0


def test_a_service_names_its_page_when_it_has_no_site_of_its_own(db_session, shipped):
    catalogue = get_catalogue(clock.today())
    line = catalogue.find("centre")
    assert whole_service(catalogue, line, lambda key: f"https://x.example/{key}")["url"].endswith("/centre")
