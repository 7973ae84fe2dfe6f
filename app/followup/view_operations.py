"""Saved views of the board (保存した表示): each person's own, under a title; one may open the board."""

from collections.abc import Sequence
from urllib.parse import urlencode

from sqlalchemy import bindparam, select

from app.access.actor import Actor
from app.audit.trail import record
from app.cases.entries import check_text
from app.followup.board import Chosen, query_of
from app.followup.view_models import SavedView
from app.foundation import clock
from app.foundation.db import db
from app.foundation.errors import N_, DomainError, NotFound
from app.foundation.prepared import Prepared

BOARD = "referrals"
MOST = 12
"""Every view is counted each time the board is shown."""
LONGEST_TITLE = 40
NO_TITLE = N_("名前を入力してください。")
TAKEN = N_("同じ名前の表示がもうあります。ほかの名前にしてください。")
ENOUGH = N_("保存できる表示は%(most)s件までです。使わないものを消してから保存してください。")

OF_ONE = Prepared(
    select(SavedView.id, SavedView.title, SavedView.query, SavedView.is_default)
    .where(SavedView.account_id == bindparam("account"), SavedView.board == BOARD)
    .order_by(SavedView.id)
)


def list_views(*, actor: Actor) -> Sequence[SavedView]:
    """List the views that somebody saved, in the order of saving."""
    return db.session.scalars(
        select(SavedView)
        .where(SavedView.account_id == actor.id, SavedView.board == BOARD)
        .order_by(SavedView.id)
    ).all()


def list_queries(*, actor: Actor) -> list[tuple[int, str, str, bool]]:
    """List the views that somebody saved: id, title, query, whether the board opens with it."""
    return [
        (view_id, title, query, is_default)
        for view_id, title, query, is_default in OF_ONE.rows(account=actor.id)
    ]


def get_view(*, actor: Actor, view_id: int) -> SavedView:
    """Return a view that the actor saved.

    Raises:
        NotFound: there is none, or it is somebody else's.
    """
    found = next((one for one in list_views(actor=actor) if one.id == view_id), None)
    if found is None:
        raise NotFound
    return found


def save_view(*, actor: Actor, title: str, chosen: Chosen, is_default: bool) -> SavedView:
    """Save what the board shows under a title.

    Raises:
        DomainError: at ``title``; or there are enough of them.
    """
    there = list_views(actor=actor)
    if len(there) >= MOST:
        raise DomainError(ENOUGH, most=MOST)
    title = checked_title(title, there)
    made = SavedView(
        account_id=actor.id,
        board=BOARD,
        title=title,
        query=urlencode(query_of(chosen)),
        made_at=clock.now(),
        is_default=False,
    )
    db.session.add(made)
    db.session.flush()
    note(actor, "view.saved", made)
    set_default(actor, made, is_default)
    return made


def change_view(*, actor: Actor, view_id: int, title: str, is_default: bool) -> SavedView:
    """Give a view another title, or let the board open with it.

    Raises:
        NotFound: it is not the actor's.
        DomainError: at ``title``.
    """
    view = get_view(actor=actor, view_id=view_id)
    view.title = checked_title(title, [one for one in list_views(actor=actor) if one is not view])
    note(actor, "view.changed", view)
    set_default(actor, view, is_default)
    return view


def remove_view(*, actor: Actor, view_id: int) -> None:
    """Remove a view.

    Raises:
        NotFound: it is not the actor's.
    """
    view = get_view(actor=actor, view_id=view_id)
    note(actor, "view.removed", view)
    db.session.delete(view)
    db.session.flush()


def checked_title(title: str, there: Sequence[SavedView]) -> str:
    """Return a title that no other view of the person bears.

    Raises:
        DomainError: at ``title``.
    """
    title = title.strip()
    if not title:
        raise DomainError(NO_TITLE, field="title")
    check_text(title, longest=LONGEST_TITLE, field="title")
    if title in {one.title for one in there}:
        raise DomainError(TAKEN, field="title")
    return title


def set_default(actor: Actor, view: SavedView, is_default: bool) -> None:
    """Let the board open with this view, and with no other; or with it no longer."""
    if is_default:
        for one in list_views(actor=actor):
            one.is_default = False
    view.is_default = is_default
    db.session.flush()


def note(actor: Actor, action: str, view: SavedView) -> None:
    """Note in the trail what was done with a view; its title is the person's own words and stays out."""
    record(actor=actor, action=action, subject="view", subject_id=view.id)
