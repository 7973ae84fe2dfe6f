"""Changes of drafts: kept while somebody writes, discarded, passed on, purged.

Nothing of this is in the trail: a draft is no record yet, and what becomes one is recorded when it is saved.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from sqlalchemy import delete, func, or_, select

from app.access.actor import Actor
from app.drafts.contents import Contents
from app.drafts.models import Draft, Submission
from app.drafts.operations import hash_of, wait_for_twin
from app.drafts.queries import KEPT_FOR, find_opened, place_of
from app.drafts.sealing import Keyring, Place, seal
from app.foundation import clock
from app.foundation.db import change, db
from app.foundation.errors import N_, Conflict, DomainError, NotFound

MOST_OF_ONE_PERSON: Final = 100
AFTER_THE_END: Final = 2**31 - 1


class Ended(DomainError):
    """The form was saved in the meantime: there is nothing left to keep."""

    status = 410

    def __init__(self) -> None:
        super().__init__(N_("この内容は、もう保存されています。"))


class Overtaken(Conflict):
    """Another tab has gone on with this draft; ``revision`` is how far."""

    def __init__(self, revision: int) -> None:
        super().__init__(
            N_(
                "この下書きは、ほかの画面で続きが書かれています。この画面の内容は、まだ下書きになっていません。"
            )
        )
        self.revision = revision


class TooMany(DomainError):
    """Too many drafts, or too often; what is there stays."""

    status = 429


def keep_draft(
    *,
    actor: Actor,
    purpose: str,
    key: str,
    contents: Contents,
    revision: int | None,
    known: int,
    ring: Keyring,
) -> Draft:
    """Keep what a form holds at the moment.

    ``revision`` counts what a tab has sent; None comes after whatever is there. ``known`` is the revision
    that the tab began from: a tab that does not know what another has written overwrites nothing.

    Raises:
        Ended: the form was saved in the meantime.
        Overtaken: another tab, or this one, has sent something newer.
        TooMany: this person has too many drafts already.
        TooLong: more than a draft may hold.
    """
    text = contents.packed()
    wait_for_twin(key)
    if is_claimed(key):
        raise Ended
    draft = find_locked(actor, hash_of(key)) or begin_draft(actor, purpose, hash_of(key))
    if draft.revision == AFTER_THE_END:
        raise Ended
    if revision is None:
        revision = max(draft.revision, known) + 1
    else:
        refuse_older(draft, contents.tab, revision, known, ring)
    draft.sealed = seal(ring, place_of(draft), text)
    draft.sealing_key_id = ring.current
    draft.revision = revision
    draft.saved_at = clock.now()
    db.session.flush()
    return draft


def find_locked(actor: Actor, key_hash: str) -> Draft | None:
    """Return the draft of a form as it is now, and let nobody else change it meanwhile."""
    return db.session.scalar(
        select(Draft)
        .where(Draft.account_id == actor.id, Draft.key_hash == key_hash)
        .with_for_update()
        .execution_options(populate_existing=True)
    )


def refuse_older(draft: Draft, tab: str, revision: int, known: int, ring: Keyring) -> None:
    """Raise Overtaken when something newer, or something that this tab has never seen, would be lost."""
    if revision <= draft.revision:
        raise Overtaken(draft.revision)
    if draft.revision <= known:
        return
    there = find_opened(draft, ring)
    if there is not None and there.contents.tab != tab:
        raise Overtaken(draft.revision)


def begin_draft(actor: Actor, purpose: str, key_hash: str) -> Draft:
    """Begin a draft, and let those go whose time has passed.

    Raises:
        TooMany: this person has too many already.
    """
    purge_drafts(before=clock.now() - KEPT_FOR)
    there = (
        db.session.scalar(select(func.count()).where(Draft.account_id == actor.id, Draft.sealed != "")) or 0
    )
    if there >= MOST_OF_ONE_PERSON:
        raise TooMany(N_("下書きが多すぎます。いらない下書きを捨ててください。"))
    now = clock.now()
    draft = Draft(
        account_id=actor.id,
        key_hash=key_hash,
        purpose=purpose,
        sealed="",
        sealing_key_id="",
        revision=0,
        begun_at=now,
        saved_at=now,
    )
    db.session.add(draft)
    return draft


def end_draft(*, actor: Actor, purpose: str, key: str) -> None:
    """End the draft of a form that was saved without a claim, and keep none that comes late.

    What stays is an empty row that refuses it; the next purge takes it.
    """
    wait_for_twin(key)
    if is_claimed(key):
        return
    draft = find_locked(actor, hash_of(key)) or begin_draft(actor, purpose, hash_of(key))
    draft.sealed, draft.sealing_key_id = "", ""
    draft.revision, draft.saved_at = AFTER_THE_END, clock.now()
    db.session.flush()


def is_claimed(key: str) -> bool:
    """Tell whether a form has made its record."""
    found = db.session.scalar(select(Submission.key_hash).where(Submission.key_hash == hash_of(key)))
    return found is not None


def discard_draft(*, actor: Actor, draft_id: int) -> None:
    """Delete an own draft; raises NotFound."""
    if not change(delete(Draft).where(Draft.id == draft_id, Draft.account_id == actor.id)):
        raise NotFound


def pass_on_drafts(*, draft_ids: Sequence[int], to_account_id: int, ring: Keyring) -> list[int]:
    """Give drafts to another account, sealed anew for it; return those that could be opened and moved.

    Who may do so, and that it is in the trail, is up to the hand-over; ``list_to_pass_on`` says which.
    One whose form the other account has open, too, stays: that one has gone on without it.
    """
    moved = []
    there = set(db.session.scalars(select(Draft.key_hash).where(Draft.account_id == to_account_id)))
    chosen = select(Draft).where(Draft.id.in_(draft_ids)).order_by(Draft.id).with_for_update()
    for draft in db.session.scalars(chosen.execution_options(populate_existing=True)):
        opened = find_opened(draft, ring)
        if opened is None or draft.key_hash in there:
            continue
        place = Place(account_id=to_account_id, purpose=draft.purpose, key_hash=draft.key_hash)
        draft.account_id = to_account_id
        draft.sealed = seal(ring, place, opened.contents.packed())
        draft.sealing_key_id = ring.current
        moved.append(draft.id)
    db.session.flush()
    return moved


def purge_drafts(*, before: datetime, ring: Keyring | None = None) -> int:
    """Delete the drafts not touched since a moment, and with ``ring`` those whose key is gone; count them."""
    lost = Draft.saved_at <= before
    if ring is not None:
        lost = or_(lost, Draft.sealing_key_id.not_in(ring.keys))
    return change(delete(Draft).where(lost))
