"""The public map: the edition that is out, with the windows of its day."""

from datetime import UTC, date, datetime

import pytest

from app.feed.queries import get_public_map
from app.foundation import clock
from app.foundation.errors import DomainError
from app.foundation.transaction import transaction
from app.windows import map_operations
from app.windows.map_leaflets import keep_leaflet
from app.windows.map_queries import find_leaflet
from app.windows.map_vocabulary import MapReason
from tests import factories
from tests.feed.test_pages import words_of

pytestmark = pytest.mark.usefixtures("db_session")


@pytest.fixture
def published(shipped):
    """Publish the first edition in spring 2026, and let a window move in summer."""
    with clock.standing_at(datetime(2026, 4, 10, tzinfo=UTC)):
        _window, version = factories.make_window(name="春の窓口", valid_to=date(2026, 8, 31))
        factories.db.session.commit()
        with transaction():
            map_operations.publish_edition(
                actor=factories.system_actor(), published_on=date(2026, 4, 1), changes="はじめての号です。"
            )
    return version


def test_before_the_first_edition_the_windows_of_the_day_are_shown(reader):
    page = words_of(reader.get("/public/map"))
    assert "マップはまだ発行していません。令和8年11月20日（金）現在の窓口を並べています。" in page
    assert "ハローワーク立川" in page


def test_the_edition_that_is_out_shows_the_windows_of_its_day(client, published):
    page = words_of(client.get("/public/map"))
    assert "第1号 令和8年4月1日（水）発行" in page
    assert "春の窓口" in page
    assert page.count("この窓口は終わりました。") == 1, "a reader of the map is told what ended since"


def test_a_draft_is_shown_to_nobody(client, published):
    with transaction():
        map_operations.draft_edition(
            actor=factories.system_actor(), published_on=clock.today(), changes="まだ秘密です。"
        )
    assert "第1号" in words_of(client.get("/public/map"))
    assert "第2号" not in words_of(client.get("/public/"))


def test_each_group_and_each_need_has_its_windows(client, shipped):
    shown = get_public_map(clock.today())
    page = client.get("/public/map").get_data(as_text=True)
    for line in shown.lines:
        named = len(line.view.facts.meant_for) or 1
        link = f'href="/public/windows/{line.view.key}"'
        assert page.count(link) == named + len(line.view.facts.needs), line.view.key


def test_the_leaflet_of_the_edition_can_be_had_as_it_was_published(client, published):
    assert "leaflet.pdf" not in client.get("/public/map").get_data(as_text=True), "none is kept yet"
    with transaction():
        keep_leaflet(actor=factories.system_actor(), number=1, url="")
    kept = find_leaflet(1)

    page = client.get("/public/map").get_data(as_text=True)
    answer = client.get("/open-data/v1/map/1/leaflet.pdf")

    assert 'href="/open-data/v1/map/1/leaflet.pdf"' in page
    assert (answer.mimetype, answer.get_data()) == ("application/pdf", kept)
    again = client.get("/open-data/v1/map/1/leaflet.pdf", headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304


def test_no_leaflet_of_a_draft_or_of_an_edition_taken_back_is_handed_out(client, published):
    actor = factories.system_actor()
    with transaction():
        keep_leaflet(actor=actor, number=1, url="")
        map_operations.draft_edition(actor=actor, published_on=clock.today(), changes="まだです。")
    assert client.get("/open-data/v1/map/2/leaflet.pdf").status_code == 404
    with pytest.raises(DomainError), transaction():
        keep_leaflet(actor=actor, number=2, url="")
    with transaction():
        map_operations.void_edition(actor=actor, number=1, version=None, reason=MapReason.WRONG_CONTENT)
    assert client.get("/open-data/v1/map/1/leaflet.pdf").status_code == 404
