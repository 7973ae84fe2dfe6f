"""Guidance inside the entry page without scripts, and the part of it that a script fetches."""

import json
import re

import pytest
from sqlalchemy import func, select

from app.cases.models import Case, Consultation
from app.foundation import clock
from app.foundation.db import db
from app.foundation.transaction import transaction
from app.guidance.kept import read_situation
from app.guidance.models import Guidance
from app.referrals.models import Referral
from app.situation.situation import WorkWish
from app.situation.vocabulary import AgeBand, AssistanceStatus, TargetGroup, Topic
from app.windows.loading import load_directory
from app.windows.models import Window
from tests.counter.test_entry import form
from tests.factories import make_office, sign_in, system_actor


@pytest.fixture
def desk(client, db_session):
    with transaction():
        load_directory(actor=system_actor())
    sign_in(client, office=make_office(name="生活福祉課"))
    return client


def today() -> str:
    return clock.today().isoformat()


def mother(**more):
    """Return the form of somebody who is a single mother with the allowance and wants a qualification."""
    return form(
        held_on=today(), assistance="child_allowance", topics=["training"], topic="training",
        target_groups=["parent"], target_group="parent", single_parent="1", age_band="35-39",
        wish="training", children="yes", certificate="unasked", work="", language="",
    ) | more  # fmt: skip


def window_id(key: str) -> int:
    return db.session.scalar(select(Window.id).where(Window.key == key))


def ranked_in(text: str) -> list[tuple[int, int]]:
    """Return (rank, window id) as the panel lists them."""
    found = re.findall(r'class="rank">(\d+)</span><h3 id="win-(\d+)"', text)
    return [(int(rank), int(window)) for rank, window in found]


def test_the_page_opens_with_a_list_for_what_is_already_known(desk):
    page = desk.get("/counter").text
    assert "何も聞いていません" in page or ranked_in(page)


def test_asking_shows_the_ranked_windows_with_reasons_and_keeps_what_was_typed(desk):
    answer = desk.post("/counter", data=mother(intent="guide", memo="途中のメモ", card_code=""))
    assert answer.status_code == 200
    ranks = ranked_in(answer.text)
    assert [rank for rank, _window in ranks] == list(range(1, len(ranks) + 1))
    assert len(ranks) >= 2
    assert "<dt>理由</dt>" in answer.text
    assert "途中のメモ" in answer.text
    assert re.search(r'<option value="training" selected', answer.text)
    assert db.session.scalar(select(func.count()).select_from(Consultation)) == 0


def test_the_situation_stands_on_the_page_in_words(desk):
    facts = desk.post("/counter/guide", data=mother()).text
    for words in ("35～39歳", "ひとり親", "児童扶養手当受給", "子どもあり", "資格・訓練", "時台"):
        assert words in facts


def test_refer_chooses_the_window_and_opens_the_part_of_the_referral(desk):
    chosen = ranked_in(desk.post("/counter/guide", data=mother()).text)[0][1]
    page = desk.post("/counter", data=mother(refer_to=str(chosen))).text
    assert re.search(rf'name="window_id" id="window_id-\d+" value="{chosen}" checked', page)
    assert re.search(r'name="refer" value="1" checked', page)
    assert "選択中" in page


def test_naming_alone_chooses_the_window_without_a_referral(desk):
    chosen = ranked_in(desk.post("/counter/guide", data=mother()).text)[0][1]
    page = desk.post("/counter", data=mother(name_only=str(chosen))).text
    assert re.search(rf'value="{chosen}" checked', page)
    assert not re.search(r'name="refer" value="1" checked', page)
    again = desk.post("/counter", data=mother(name_only="", window_id=str(chosen))).text
    assert re.search(r'id="window_id-0" value="" checked', again)


@pytest.mark.parametrize("sent", ["999999", "x", "9" * 40, "-1", "<b>"])
def test_a_window_that_is_not_offered_cannot_be_chosen(desk, sent):
    answer = desk.post("/counter", data=mother(refer_to=sent))
    assert answer.status_code == 422
    assert "窓口を選びなおしてください" in answer.text
    assert "<b>" not in re.sub(r"<b>", "", answer.text)


def save(desk, **more) -> Guidance:
    assert desk.post("/counter", data=mother(**more)).status_code == 200  # the card of a new person
    return db.session.scalars(select(Guidance)).one()


def test_saving_stores_the_situation_what_was_ranked_and_the_rank_chosen(desk):
    ranks = ranked_in(desk.post("/counter/guide", data=mother()).text)
    kept = save(desk, window_id=str(ranks[1][1]))
    situation = read_situation(kept.situation)
    assert situation.target_groups == {TargetGroup.PARENT}
    assert (situation.single_parent, situation.age_band) == (True, AgeBand.A35_39)
    assert situation.assistance is AssistanceStatus.CHILD_ALLOWANCE
    assert (situation.wish, situation.children, situation.certificate) == (WorkWish.TRAINING, True, None)
    assert situation.needs == {Topic.TRAINING}
    keys = [key for key, _points in json.loads(kept.ranked)]
    assert [window_id(key) for key in keys] == [window for _rank, window in ranks]
    assert (kept.chosen_rank, kept.nothing_matched) == (2, False)


def test_guidance_counts_although_no_referral_follows(desk):
    kept = save(desk, window_id=str(window_id("hello_work_tachikawa")))
    assert kept.window_id == window_id("hello_work_tachikawa")
    assert db.session.scalar(select(func.count()).select_from(Referral)) == 0


def test_no_window_named_is_no_guidance(desk):
    desk.post("/counter", data=mother())
    assert db.session.scalar(select(func.count()).select_from(Consultation)) == 1
    assert db.session.scalar(select(func.count()).select_from(Guidance)) == 0


def test_the_general_window_after_nothing_matched_is_kept_as_such(desk):
    nothing = {
        "topics": ["other"], "topic": "other", "topic_other": "手話", "target_groups": ["other"],
        "target_group": "other", "single_parent": "", "age_band": "unknown", "assistance": "unknown",
        "wish": "", "children": "unasked",
    }  # fmt: skip
    page = desk.post("/counter/guide", data=mother(**nothing)).text
    assert "合う窓口は見つかりませんでした" in page
    (general,) = ranked_in(page)
    kept = save(desk, **nothing, window_id=str(general[1]))
    assert (kept.nothing_matched, kept.chosen_rank) == (True, 1)


def test_the_fragment_is_a_part_and_not_a_page(desk):
    text = desk.post("/counter/guide", data=mother()).text
    assert "<html" not in text
    assert 'name="situation"' in text
    assert "memo" not in text


@pytest.mark.parametrize(
    "more",
    [{"held_on": "きのうのきのう"}, {"age_band": "200"}, {"topics": ["nonsense"]}, {"wish": "🦊"},
     {"work": "x" * 9000}],
)  # fmt: skip
def test_what_cannot_be_read_yet_was_not_asked(desk, more):
    assert desk.post("/counter/guide", data=mother(**more)).status_code == 200


def test_an_hour_is_not_made_up_for_a_day_that_is_over(desk):
    assert "時台" not in desk.post("/counter/guide", data=mother(held_on="2025-06-02")).text
    kept = save(desk, held_on="2025-06-02", window_id=str(window_id("hello_work_tachikawa")))
    assert read_situation(kept.situation).at is None


def test_the_answers_of_the_guidance_page_become_an_entry(desk):
    said = {
        name: value
        for name, value in mother().items()
        if name in ("topics", "target_groups", "age_band", "wish")
    }
    page = desk.post("/counter", data=said | {"intent": "begin"}).text
    assert re.search(r'<option value="35-39" selected', page)
    assert re.search(r'name="topic" value="training"[^>]* checked', page)
    assert re.search(r'name="held_on-pick" id="[^"]+" value="[\d-]+" checked', page)


def test_the_page_of_guidance_answers_and_keeps_nothing(desk):
    answer = desk.post("/guidance", data={"topics": ["debt", "living_costs"], "age_band": "40-49"})
    assert answer.status_code == 200
    assert ranked_in(answer.text)
    assert "debt" not in (answer.headers.get("Location") or "")
    assert db.session.scalar(select(func.count()).select_from(Guidance)) == 0


def test_what_guidance_asked_of_a_person_is_taken_over_the_next_time(desk):
    save(desk, window_id=str(window_id("hello_work_tachikawa")), work="long_away", certificate="no")
    number = db.session.scalar(select(Case.number))
    page = desk.get(f"/counter/{number}").text
    for chosen in ("long_away", "training"):
        assert re.search(rf'<option value="{chosen}" selected', page)
    assert re.search(r'name="certificate" id="certificate-\d" value="no" checked', page)
    assert "障害者手帳なし" in page
