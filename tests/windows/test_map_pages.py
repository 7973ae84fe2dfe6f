"""The pages of the map: drafts, publishing, paper, printings, where copies lie, briefings."""

import io
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from pypdf import PdfReader
from sqlalchemy import func, select

from app.access.permissions import Role
from app.foundation import clock
from app.foundation.db import db
from app.foundation.transaction import transaction
from app.windows import map_operations, map_queries, map_register_queries
from app.windows.loading import load_directory
from app.windows.map_models import MapDistribution, MapEdition, MapPrinting, StaffBriefing
from tests.factories import add, make_office, make_window, system_actor
from tests.factories.signing import sign_in


@pytest.fixture(autouse=True)
def standing_still():
    with clock.standing_at(datetime(2026, 11, 20, 1, 0, tzinfo=UTC)):
        yield


@pytest.fixture
def plan_desk(client, db_session):
    sign_in(client, role=Role.PLAN_DESK)
    return client


@pytest.fixture
def counsellor(client, db_session):
    sign_in(client, role=Role.COUNSELLOR)
    return client


@pytest.fixture
def shipped(db_session):
    with transaction():
        load_directory(actor=system_actor())


def text_of(answer) -> str:
    return answer.get_data(as_text=True)


def draft(client, day="2026-04-01", changes="窓口の移転", version="0"):
    return client.post(
        "/map/new", data={"published_on": day, "changes": changes, "version": version}, follow_redirects=True
    )


def publish(client, number=1):
    return client.post(f"/map/{number}/publish", data={"version": "1"}, follow_redirects=True)


def count(kind) -> int:
    return db.session.scalar(select(func.count(kind.id)))


def pages_of(answer) -> list[str]:
    assert answer.status_code == 200
    assert answer.mimetype == "application/pdf"
    return [page.extract_text() for page in PdfReader(io.BytesIO(answer.get_data())).pages]


def test_the_plan_desk_drafts_and_publishes_an_edition_and_registers_its_printings(shipped, plan_desk):
    assert "第1号になります" in text_of(plan_desk.get("/map/new"))
    assert "マップ第1号の下書きを作りました。" in text_of(draft(plan_desk, "R8.4.1"))
    assert "マップ第1号を発行しました。" in text_of(publish(plan_desk))
    first = {"run": "first", "printed_on": "2026-04-01", "copies": "３，０００", "version": "0"}
    plan_desk.post("/map/1/printings/new", data=first)
    again = {"run": "reprint", "printed_on": "2026-09-01", "copies": "500", "version": "1"}
    page = text_of(plan_desk.post("/map/1/printings/new", data=again, follow_redirects=True))

    assert "マップ第1号の印刷を登録しました。" in page
    assert "3,500部（うち増冊 500部）" in page
    assert map_queries.get_edition(1).published_on == date(2026, 4, 1)


@pytest.mark.parametrize(
    "wrong",
    [
        {"published_on": ""},
        {"published_on": "2026-02-30"},
        {"published_on": "2028-11-21"},
        {"published_on": "S64.4.1"},
        {"changes": ""},
        {"changes": "長" * 10_000},
    ],
)
def test_a_wrong_draft_is_shown_again_with_a_sentence(plan_desk, wrong):
    right = {"published_on": "2026-04-01", "changes": "移転", "version": "0"}
    answer = plan_desk.post("/map/new", data=right | wrong)

    assert answer.status_code == 422
    assert "まだ保存していません" in text_of(answer)
    assert count(MapEdition) == 0


@pytest.mark.parametrize(
    "wrong",
    [
        {"copies": "0"},
        {"copies": "-5"},
        {"copies": "たくさん"},
        {"copies": "1.5"},
        {"copies": ""},
        {"printed_on": "2026-11-21"},
        {"printed_on": "2026-03-31"},
        {"run": "first"},
        {"run": "second"},
        {"run": ""},
        {"version": "0"},
        {"version": "x"},
    ],
)
def test_a_wrong_printing_is_shown_again_with_a_sentence(plan_desk, wrong):
    draft(plan_desk)
    publish(plan_desk)
    right = {"printed_on": "2026-04-01", "copies": "100"}
    plan_desk.post("/map/1/printings/new", data=right | {"run": "first", "version": "0"})

    answer = plan_desk.post("/map/1/printings/new", data=right | {"run": "reprint", "version": "1"} | wrong)

    assert answer.status_code == 422
    assert "まだ保存していません" in text_of(answer)
    assert count(MapPrinting) == 1


@pytest.mark.parametrize(
    "address",
    [
        "/map/3",
        "/map/3/edit",
        "/map/3/void",
        "/map/3/printings/new",
        "/map/3/leaflet.pdf",
        "/map/3/poster.pdf",
        "/map/printings/3/edit",
        "/map/distributions/3/edit",
        "/map/briefings/3/edit",
        "/map/printing/3/void",
        "/map/nothing/3/void",
        "/map/99999999999999999999",
    ],
)
def test_what_is_not_there_answers_404(plan_desk, address):
    assert plan_desk.get(address).status_code == 404


def test_a_second_click_on_save_makes_no_second_draft(plan_desk):
    draft(plan_desk)
    data = {"published_on": "2026-04-01", "changes": "移転", "version": "0"}

    answer = plan_desk.post("/map/new", data=data)

    assert answer.status_code == 422
    assert "新しい登録がありました" in text_of(answer)
    assert count(MapEdition) == 1


def test_a_draft_is_offered_instead_of_a_second_one(plan_desk):
    draft(plan_desk)

    assert plan_desk.get("/map/new").location == "/map/1"


def test_a_draft_for_a_day_to_come_waits_for_it(plan_desk):
    page = text_of(draft(plan_desk, "2026-12-01"))

    assert "発行日になると、ここで発行できます。" in page
    assert "/map/1/publish" not in page
    assert "発行日になっていません" in text_of(publish(plan_desk))
    assert map_queries.get_edition(1).is_draft


def test_a_published_edition_cannot_be_edited_discarded_or_published_again(plan_desk):
    draft(plan_desk)
    publish(plan_desk)

    assert plan_desk.get("/map/1/edit").status_code == 409
    assert plan_desk.post("/map/1/discard", data={"version": "2"}).status_code == 409
    assert "発行ずみです" in text_of(publish(plan_desk))
    assert map_queries.get_edition(1).changes == "窓口の移転"


def test_a_draft_is_changed_and_thrown_away(plan_desk):
    draft(plan_desk)
    wrong = {"published_on": "2026-05-01", "changes": "", "version": "1"}
    assert plan_desk.post("/map/1/edit", data=wrong).status_code == 422
    plan_desk.post("/map/1/edit", data={"published_on": "2026-05-01", "changes": "追加", "version": "1"})
    assert map_queries.get_edition(1).published_on == date(2026, 5, 1)

    stale = plan_desk.post("/map/1/discard", data={"version": "1"})
    assert stale.status_code == 409
    plan_desk.post("/map/1/discard", data={"version": "2"})
    assert count(MapEdition) == 0


def test_an_edition_published_by_mistake_is_taken_back_and_its_number_is_not_used_again(plan_desk):
    draft(plan_desk)
    publish(plan_desk)
    assert plan_desk.post("/map/1/void", data={"version": "2"}).status_code == 422
    page = plan_desk.post(
        "/map/1/void", data={"version": "2", "reason": "did_not_happen"}, follow_redirects=True
    )

    assert "マップ第1号を取り消しました。" in text_of(page)
    assert "取り消し：実際には行われなかった" in text_of(page)
    assert "第2号になります" in text_of(plan_desk.get("/map/new"))


def test_the_leaflet_has_two_pages_with_every_window_of_the_day(shipped, plan_desk):
    draft(plan_desk)
    assert "下書き" in pages_of(plan_desk.get("/map/1/leaflet.pdf"))[0]
    publish(plan_desk)

    outside, inside = pages_of(plan_desk.get("/map/1/leaflet.pdf"))

    assert "就労支援マップ" in outside
    assert "第1号" in outside
    assert "令和8年4月1日" in outside
    assert "下書き" not in outside + inside
    for view in map_queries.list_contents(map_queries.get_edition(1)):
        assert view.name.replace(" ", "") in inside.replace(" ", "").replace("\n", ""), view.name


@pytest.mark.parametrize(("size", "width"), [("a3", 842), ("a2", 1191)])
def test_the_poster_is_one_page_of_the_paper_asked_for(shipped, counsellor, size, width, plan_desk):
    draft(plan_desk)
    answer = plan_desk.get(f"/map/1/poster.pdf?size={size}")

    (text,) = pages_of(answer)
    box = PdfReader(io.BytesIO(answer.get_data())).pages[0].mediabox
    assert abs(float(box.width) - width) < 1
    assert "障害者" in text
    assert "仕事探し" in text
    assert "ハローワーク立川" in text


def test_paper_of_another_size_is_not_there(shipped, plan_desk):
    draft(plan_desk)

    assert plan_desk.get("/map/1/poster.pdf?size=a0").status_code == 404


def test_the_page_names_the_signs_that_cannot_be_printed(db_session, plan_desk):
    make_window(name="𠮷野相談室")
    page = text_of(draft(plan_desk))

    assert "〓と印刷される字があります：𠮷" in page
    assert "〓野相談室" in "".join(pages_of(plan_desk.get("/map/1/leaflet.pdf")))


def test_a_printing_is_corrected_with_a_reason_and_voided(plan_desk):
    draft(plan_desk)
    publish(plan_desk)
    right = {"run": "first", "printed_on": "2026-04-01", "copies": "100", "version": "0"}
    plan_desk.post("/map/1/printings/new", data=right)
    entry = db.session.scalar(select(MapPrinting.id))
    change = {"run": "first", "printed_on": "2026-04-02", "copies": "1000", "version": "1"}

    assert plan_desk.post(f"/map/printings/{entry}/edit", data=change).status_code == 422
    plan_desk.post(f"/map/printings/{entry}/edit", data=change | {"reason": "wrong_content"})
    assert map_queries.get_edition(1).copies == 1000

    stale = {"reason": "duplicate", "version": "1"}
    assert plan_desk.post(f"/map/printing/{entry}/void", data=stale).status_code == 422
    plan_desk.post(f"/map/printing/{entry}/void", data={"reason": "duplicate", "version": "2"})
    assert map_queries.get_edition(1).copies == 0
    assert "取り消し：二重入力" in text_of(plan_desk.get("/map/1"))


def lay(client, **more):
    counter = {"counter_id": "0", "place": "市役所 総合案内"}
    right = {"edition": "1", "laid_on": "2026-05-01", "copies": "50", "version": str(count(MapDistribution))}
    return client.post("/map/distributions/new", data=counter | right | more, follow_redirects=True)


def test_counters_with_an_old_edition_are_named(plan_desk):
    draft(plan_desk)
    publish(plan_desk)
    assert "配架を登録しました。" in text_of(lay(plan_desk))
    lay(plan_desk, place="本多図書館")
    lay(plan_desk, place="もう置いていない所", laid_on="2026-05-02", copies="0")
    draft(plan_desk, "2026-09-01", version="1")
    publish(plan_desk, 2)
    (desk,) = (one for one in map_register_queries.list_counters() if one.place == "市役所 総合案内")
    lay(plan_desk, edition="2", laid_on="2026-10-01", counter_id=str(desk.id), place="")

    page = text_of(plan_desk.get("/map"))

    assert "前の号が置いてある配架先が1か所あります：本多図書館" in page
    assert len(map_register_queries.list_counters()) == 3


@pytest.mark.parametrize(
    "wrong",
    [
        {"copies": "-1"},
        {"copies": ""},
        {"copies": "1000001"},
        {"laid_on": "2026-03-31"},
        {"laid_on": "2026-11-21"},
        {"edition": "7"},
        {"edition": ""},
        {"counter_id": "99"},
        {"counter_id": ""},
        {"place": ""},
        {"place": "長" * 100},
        {"version": "5"},
    ],
)
def test_wrong_copies_at_a_counter_are_shown_again_with_a_sentence(plan_desk, wrong):
    draft(plan_desk)
    publish(plan_desk)

    answer = lay(plan_desk, **wrong)

    assert answer.status_code == 422
    assert "まだ保存していません" in text_of(answer)
    assert count(MapDistribution) == 0


def test_an_entry_of_copies_is_corrected_and_voided(plan_desk):
    draft(plan_desk)
    publish(plan_desk)
    lay(plan_desk)
    (entry,) = map_register_queries.list_distributions()
    change = {"edition": "1", "counter_id": str(entry.counter_id), "laid_on": "2026-05-01", "copies": "60"}
    change |= {"version": "1", "reason": "wrong_content"}

    assert plan_desk.get(f"/map/distributions/{entry.id}/edit").status_code == 200
    page = plan_desk.post(f"/map/distributions/{entry.id}/edit", data=change, follow_redirects=True)
    assert "記録を直しました。" in text_of(page)
    assert "60" in text_of(page)

    plan_desk.post(f"/map/distribution/{entry.id}/void", data={"reason": "duplicate", "version": "2"})
    assert map_register_queries.list_counters()[0].last is None
    assert plan_desk.get(f"/map/distributions/{entry.id}/edit").status_code == 404


def brief(client, office, **more):
    right = {"office_id": str(office.id), "held_on": "2026-06-01", "headcount": "12"}
    right |= {"version": str(count(StaffBriefing))}
    return client.post("/map/briefings/new", data=right | more, follow_redirects=True)


def test_a_briefing_is_recorded_corrected_and_voided(plan_desk):
    office = make_office()
    assert "周知を登録しました。" in text_of(brief(plan_desk, office))
    (entry,) = map_register_queries.list_briefings()
    change = {"office_id": str(office.id), "held_on": "2026-06-02", "headcount": "13", "version": "1"}

    plan_desk.post(f"/map/briefings/{entry.id}/edit", data=change | {"reason": "wrong_content"})
    assert map_register_queries.get_briefing(entry.id).headcount == 13
    plan_desk.post(f"/map/briefing/{entry.id}/void", data={"reason": "did_not_happen", "version": "2"})
    assert "取り消し：実際には行われなかった" in text_of(plan_desk.get("/map/briefings"))


@pytest.mark.parametrize(
    "wrong",
    [
        {"office_id": "99999"},
        {"office_id": ""},
        {"held_on": "2026-11-21"},
        {"held_on": "きょうじゃない"},
        {"headcount": "0"},
        {"headcount": "10001"},
        {"headcount": ""},
        {"version": "3"},
    ],
)
def test_a_wrong_briefing_is_shown_again_with_a_sentence(plan_desk, wrong):
    answer = brief(plan_desk, make_office(), **wrong)

    assert answer.status_code == 422
    assert "まだ保存していません" in text_of(answer)
    assert count(StaffBriefing) == 0


def test_a_counsellor_reads_the_register_and_writes_nothing(counsellor):
    page = text_of(counsellor.get("/map"))

    assert "計画担当が登録すると" in page
    assert "/map/new" not in page
    assert counsellor.get("/map/distributions").status_code == 200
    assert counsellor.get("/map/briefings").status_code == 200
    for address in ("/map/new", "/map/1/publish", "/map/distributions/new", "/map/briefings/new"):
        assert counsellor.post(address, data={}).status_code == 403


def test_paper_leads_to_the_public_map_only_where_that_was_set(shipped, plan_desk, app, monkeypatch):
    draft(plan_desk)
    assert "https" not in pages_of(plan_desk.get("/map/1/leaflet.pdf"))[0]
    settings = replace(app.config["SHIRUBE"], public_url="https://www.example.jp/shirube")
    monkeypatch.setitem(app.config, "SHIRUBE", settings)

    assert "https://www.example.jp/shirube/public/map" in pages_of(plan_desk.get("/map/1/leaflet.pdf"))[0]


def test_the_leaflet_is_kept_as_it_was_published(shipped, plan_desk):
    draft(plan_desk)
    assert map_queries.find_leaflet(1) is None
    publish(plan_desk)

    kept = map_queries.find_leaflet(1)
    assert "就労支援マップ" in PdfReader(io.BytesIO(kept)).pages[0].extract_text()
    assert plan_desk.get("/map/1/leaflet.pdf").get_data() == kept
    assert "リーフレットは、発行したときのまま残しています。" in text_of(plan_desk.get("/map/1"))


def test_of_an_edition_published_before_the_leaflet_is_kept_when_the_plan_desk_says_so(shipped, plan_desk):
    with transaction():
        map_operations.publish_edition(
            actor=system_actor(), published_on=date(2026, 4, 1), changes="はじめての号です。"
        )
    assert "公開ページに載せる" in text_of(plan_desk.get("/map/1"))

    page = text_of(plan_desk.post("/map/1/leaflet", follow_redirects=True))
    kept = map_queries.find_leaflet(1)
    plan_desk.post("/map/1/leaflet")

    assert "第1号のリーフレットを公開ページに載せました。" in page
    assert "公開ページに載せる" not in page
    assert kept == map_queries.find_leaflet(1)


def test_an_edition_without_contents_says_so_and_keeps_no_leaflet(db_session, plan_desk):
    add(MapEdition(number=1, published_on=date(2020, 4, 1), fiscal_year=2020, changes="昔の号"))
    db.session.commit()

    page = text_of(plan_desk.get("/map/1"))

    assert "この号にどの窓口が載ったかは記録されていません。" in page
    assert "leaflet.pdf" not in page
    assert "リーフレットは作れません。" in text_of(plan_desk.post("/map/1/leaflet"))
    assert map_queries.find_leaflet(1) is None
