"""Drafts in the database: kept, overtaken, ended, passed on, purged."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.drafts import keeping, queries
from app.drafts.contents import Contents
from app.drafts.keeping import Ended, Overtaken, TooMany, keep_draft, pass_on_drafts, purge_drafts
from app.drafts.models import Draft
from app.drafts.operations import claim
from app.drafts.queries import KEPT_FOR, get_draft, list_drafts, list_opened
from app.drafts.sealing import ring_of
from app.foundation import clock
from app.foundation.errors import NotFound
from tests.factories import actor_of, make_account, make_actor, make_draft

pytestmark = pytest.mark.both_databases
KEY = "0123456789abcdef0123456789abcdef"
RING = ring_of(b"a key of this test, long enough to be one")
OTHER_RING = ring_of(b"another key, just as long as the first one")


def keep(actor, memo, *, revision=1, known=0, tab="one", key=KEY, ring=RING):
    return keep_draft(
        actor=actor,
        purpose="counter.record",
        key=key,
        contents=Contents(page="/counter", tab=tab, fields={"memo": [memo]}),
        revision=revision,
        known=known,
        ring=ring,
    )


def memos(actor, ring=RING):
    return [one.contents.first("memo") for one in list_opened(actor=actor, ring=ring)]


def test_a_draft_grows_in_one_row(db_session):
    actor = make_actor()
    first = keep(actor, "あ", revision=1)
    second = keep(actor, "あい", revision=2)
    assert first.id == second.id
    assert memos(actor) == ["あい"]


def test_nothing_of_the_text_stands_in_the_row(db_session):
    draft = keep(make_actor(), "とても秘密の文")
    row = "".join(str(one) for one in db_session.execute(select(Draft.__table__)).one())
    assert "秘密" not in row
    assert KEY not in row
    assert draft.sealed not in {"", None}


def test_an_answer_that_comes_late_does_not_overwrite_a_newer_one(db_session):
    actor = make_actor()
    keep(actor, "新しい", revision=5)
    for late in (1, 4, 5):
        with pytest.raises(Overtaken) as overtaken:
            keep(actor, "古い", revision=late)
        assert overtaken.value.revision == 5
    assert memos(actor) == ["新しい"]


def test_another_tab_that_has_not_seen_the_text_overwrites_nothing(db_session):
    actor = make_actor()
    keep(actor, "はじめ", revision=3, tab="one")
    keep(actor, "一つめの続き", revision=4, known=3, tab="one")
    with pytest.raises(Overtaken):
        keep(actor, "二つめの続き", revision=9, known=3, tab="two")
    assert memos(actor) == ["一つめの続き"]
    keep(actor, "二つめの続き", revision=9, known=4, tab="two")
    assert memos(actor) == ["二つめの続き"]


def test_the_same_tab_goes_on_although_an_answer_was_lost(db_session):
    actor = make_actor()
    keep(actor, "はじめ", revision=1)
    keep(actor, "届いたが返事は届かなかった", revision=2, known=1)
    keep(actor, "続き", revision=3, known=1)
    assert memos(actor) == ["続き"]


def test_a_form_sent_by_hand_comes_after_whatever_is_there(db_session):
    actor = make_actor()
    keep(actor, "打っている間", revision=7)
    draft = keep(actor, "送ったもの", revision=None, known=3, tab="")
    assert draft.revision == 8
    assert memos(actor) == ["送ったもの"]


def test_saving_the_form_ends_its_draft_in_the_same_transaction(db_session):
    actor = make_actor()
    keep(actor, "あ")
    keep(actor, "ほかの用紙", key="f" * 32)
    claim(key=KEY, actor=actor, purpose="consultation", subject_id=1)
    assert memos(actor) == ["ほかの用紙"]


def test_a_draft_that_comes_after_its_form_was_saved_is_not_kept(db_session):
    actor = make_actor()
    claim(key=KEY, actor=actor, purpose="consultation", subject_id=1)
    with pytest.raises(Ended):
        keep(actor, "遅れてきた")
    keeping.end_draft(actor=actor, purpose="casefile.edit_consultation", key="e" * 32)
    with pytest.raises(Ended):
        keep(actor, "遅れてきた", key="e" * 32)
    assert memos(actor) == []


def test_nobody_sees_opens_or_discards_the_draft_of_another(db_session):
    actor, other = make_actor(), make_actor()
    draft = keep(actor, "わたしの")
    assert list_drafts(actor=other) == []
    with pytest.raises(NotFound):
        get_draft(actor=other, draft_id=draft.id, ring=RING)
    with pytest.raises(NotFound):
        keeping.discard_draft(actor=other, draft_id=draft.id)
    assert memos(actor) == ["わたしの"]
    # Two people with one key, as after a change of persons at one machine: each has an own draft.
    keep(other, "ほかの人の")
    assert memos(actor) == ["わたしの"]


def test_a_draft_whose_key_is_gone_is_neither_shown_nor_an_error_and_is_purged(db_session):
    actor = make_actor()
    lost = keep(actor, "開かない", ring=OTHER_RING)
    keep(actor, "開く", key="f" * 32)
    assert memos(actor) == ["開く"]
    with pytest.raises(NotFound):
        get_draft(actor=actor, draft_id=lost.id, ring=RING)
    assert purge_drafts(before=clock.now() - KEPT_FOR, ring=RING) == 1
    assert memos(actor) == ["開く"]


def test_writing_on_under_a_new_key_takes_the_place_of_what_cannot_be_opened(db_session):
    actor = make_actor()
    keep(actor, "開かない", ring=OTHER_RING)
    keep(actor, "続き", revision=2, known=1)
    assert memos(actor) == ["続き"]


def test_drafts_are_gone_after_seven_days(db_session):
    actor = make_actor()
    with clock.standing_at(clock.now() - KEPT_FOR - timedelta(minutes=1)):
        keep(actor, "古い", key="a" * 32)
    with clock.standing_at(clock.now() - KEPT_FOR + timedelta(minutes=1)):
        keep(actor, "まだ新しい", key="b" * 32)
    assert memos(actor) == ["まだ新しい"]
    assert queries.count_drafts(actor=actor) == 1
    assert purge_drafts(before=clock.now() - KEPT_FOR) == 1
    assert len(db_session.scalars(select(Draft)).all()) == 1


def test_beginning_a_draft_lets_old_ones_go(db_session):
    actor = make_actor()
    with clock.standing_at(clock.now() - KEPT_FOR - timedelta(days=1)):
        keep(actor, "古い", key="a" * 32)
    keep(make_actor(), "ほかの人の新しい")
    assert len(db_session.scalars(select(Draft)).all()) == 1


def test_nobody_fills_the_database_with_drafts(db_session, monkeypatch):
    monkeypatch.setattr(keeping, "MOST_OF_ONE_PERSON", 3)
    actor = make_actor()
    for number in range(3):
        keep(actor, "あ", key=f"{number:032x}")
    with pytest.raises(TooMany):
        keep(actor, "あ", key="f" * 32)
    keep(actor, "続き", key=f"{0:032x}", revision=2)


def test_a_draft_of_an_own_note_is_not_for_colleagues(db_session):
    account = make_account()
    make_draft(account, purpose="casefile.note")
    assert queries.list_to_pass_on(account_id=account.id) == []
    assert queries.count_drafts(actor=actor_of(account)) == 1


def test_drafts_passed_on_open_for_the_colleague_alone(db_session):
    account = make_account()
    colleague = make_account()
    ring = ring_of(b"a draft key that only tests use " * 2)
    moved = make_draft(account, memo="引きつぐ")
    moved_id = moved.id
    assert pass_on_drafts(draft_ids=[moved_id, 987654], to_account_id=colleague.id, ring=ring) == [moved_id]
    assert memos(actor_of(account), ring) == []
    assert [one.id for one in queries.list_to_pass_on(account_id=colleague.id)] == [moved_id]
    assert memos(actor_of(colleague), ring) == ["引きつぐ"]
