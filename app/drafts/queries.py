"""Reads of drafts: everybody sees the own ones, and nobody those of others."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any, Final

from sqlalchemy import Select, bindparam, func, select

from app.access.actor import Actor
from app.accounts.models import Account
from app.drafts.contents import Contents, unpacked
from app.drafts.models import Draft
from app.drafts.sealing import Keyring, Place, unseal
from app.drafts.vocabulary import Purpose, purpose_of
from app.foundation import clock
from app.foundation.db import db
from app.foundation.errors import NotFound

KEPT_FOR: Final = timedelta(days=7)


@dataclass(frozen=True, kw_only=True)
class DraftLine:
    """A draft in a list, without what was written."""

    id: int
    purpose: str
    begun_at: datetime
    saved_at: datetime

    @property
    def kind(self) -> Purpose:
        """What it is for, in words."""
        return purpose_of(self.purpose)


@dataclass(frozen=True, kw_only=True)
class OpenedDraft(DraftLine):
    """A draft with what was written."""

    revision: int
    contents: Contents = field(repr=False)

    @property
    def is_of_today(self) -> bool:
        """Whether somebody wrote in it today."""
        return clock.day_of(self.saved_at) == clock.today()


def own(actor: Actor) -> Select[Any]:
    """Choose the drafts of a person that are not past their time, newest first."""
    return of_account(actor.id)


def of_account(account_id: int | None) -> Select[Any]:
    """Choose the drafts of an account that are not past their time, newest first."""
    return (
        select(Draft)
        .where(Draft.account_id == account_id, Draft.sealed != "", Draft.saved_at > clock.now() - KEPT_FOR)
        .order_by(Draft.saved_at.desc(), Draft.id.desc())
        .execution_options(populate_existing=True)
    )


def list_drafts(*, actor: Actor) -> Sequence[DraftLine]:
    """List the own drafts, newest first, without opening them."""
    return [
        DraftLine(id=one.id, purpose=one.purpose, begun_at=one.begun_at, saved_at=one.saved_at)
        for one in db.session.scalars(own(actor))
    ]


def list_to_pass_on(*, account_id: int) -> Sequence[DraftLine]:
    """List the drafts of an account that a colleague could go on with, unopened; own notes stay its own."""
    return [
        DraftLine(id=one.id, purpose=one.purpose, begun_at=one.begun_at, saved_at=one.saved_at)
        for one in db.session.scalars(of_account(account_id).where(Draft.purpose != Purpose.NOTE.value))
    ]


def count_to_pass_on(*, office_id: int | None) -> dict[int, int]:
    """Count by account of an office the drafts that a colleague could go on with."""
    rows = db.session.execute(
        select(Draft.account_id, func.count())
        .join(Account, Account.id == Draft.account_id)
        .where(
            Account.office_id == office_id,
            Draft.sealed != "",
            Draft.saved_at > clock.now() - KEPT_FOR,
            Draft.purpose != Purpose.NOTE.value,
        )
        .group_by(Draft.account_id)
    )
    return {account_id: count for account_id, count in rows}


def count_drafts(*, actor: Actor) -> int:
    """Count the own drafts."""
    return db.session.scalar(select(func.count()).select_from(own(actor).subquery())) or 0


def list_opened(*, actor: Actor, ring: Keyring, purpose: str | None = None) -> Sequence[OpenedDraft]:
    """List the own drafts with what was written; one whose key is gone is left out."""
    if purpose is None:
        found = db.session.scalars(own(actor))
    else:
        asked = {"account": actor.id, "since": clock.now() - KEPT_FOR, "purpose": purpose}
        found = db.session.scalars(for_purpose(), asked)
    return [opened for one in found if (opened := find_opened(one, ring))]


@lru_cache  # asked by every page with a form, and dearer to build than to run
def for_purpose() -> Select[Draft]:
    """Choose the drafts of ``account`` for a ``purpose`` that were saved ``since``, newest first."""
    return (
        select(Draft)
        .where(
            Draft.account_id == bindparam("account"),
            Draft.sealed != "",
            Draft.saved_at > bindparam("since"),
            Draft.purpose == bindparam("purpose"),
        )
        .order_by(Draft.saved_at.desc(), Draft.id.desc())
        .execution_options(populate_existing=True)
    )


def get_draft(*, actor: Actor, draft_id: int, ring: Keyring) -> OpenedDraft:
    """Return an own draft with what was written.

    Raises:
        NotFound: there is none, it is past its time, belongs to somebody else, or its key is gone.
    """
    found = db.session.scalar(own(actor).where(Draft.id == draft_id))
    opened = find_opened(found, ring) if found is not None else None
    if opened is None:
        raise NotFound
    return opened


def find_opened(draft: Draft, ring: Keyring) -> OpenedDraft | None:
    """Return a draft with what was written, None when it cannot be opened any more."""
    text = unseal(ring, draft.sealing_key_id, place_of(draft), draft.sealed)
    if text is None:
        return None
    return OpenedDraft(
        id=draft.id,
        purpose=draft.purpose,
        begun_at=draft.begun_at,
        saved_at=draft.saved_at,
        revision=draft.revision,
        contents=unpacked(text),
    )


def place_of(draft: Draft) -> Place:
    """Return what the sealed text of a draft is bound to."""
    return Place(account_id=draft.account_id, purpose=draft.purpose, key_hash=draft.key_hash)
