"""The page of the board, put together: what was chosen or kept, rows, counts, saved views."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from app.access.actor import Actor
from app.accounts.queries import list_at_desk
from app.followup import board_queries
from app.followup.board import Board, Chosen, chosen_from, query_of
from app.followup.board_forms import ReferralFilters
from app.followup.view_operations import list_queries
from app.followup.waiting import list_waiting
from app.foundation import clock
from app.referrals.chasing import Chased, list_chased
from app.web.filters import locale
from app.web.pagination import PAGE_SIZE, Page, offset_of, page_number
from app.windows.queries import get_office
from app.windows.views import spoken

KEPT = "board"
"""Where the session of a person keeps what the board last showed; it ends with the sign-in."""


@dataclass(frozen=True, kw_only=True)
class ViewLink:
    """A saved view on the board; ``count`` is None where it shows closed referrals."""

    id: int
    title: str
    query: Mapping[str, str]
    count: int | None
    is_current: bool
    is_default: bool


@dataclass(frozen=True, kw_only=True)
class BoardPage:
    """What the board shows."""

    board: Board
    page: Page[Any]
    filters: ReferralFilters
    chosen: Chosen
    query: Mapping[str, str]
    views: tuple[ViewLink, ...]
    chased: Mapping[str, Sequence[Chased]]


def board_page(*, actor: Actor, args: Any) -> BoardPage:
    """Return what the board shows for an address."""
    number = page_number(args)
    filters = ReferralFilters(args)
    filters.offer(*choices_of(actor))
    chosen = filters.chosen()
    board = board_queries.list_referrals(
        actor=actor, chosen=chosen, today=clock.today(), offset=offset_of(number), limit=PAGE_SIZE
    )
    return BoardPage(
        board=board,
        page=Page.of(board.rows, total=board.total, number=number),
        filters=filters,
        chosen=chosen,
        query=query_of(chosen),
        views=view_links(actor, chosen),
        chased=list_chased(references=[row.reference for row in board.rows]),
    )


def choices_of(
    actor: Actor,
) -> tuple[list[tuple[int, str]], list[tuple[int, str]], list[tuple[int, str]]]:
    """Return the agencies, windows and counsellors to which the board can be narrowed."""
    lang = locale()
    agencies: dict[int, str] = {}
    windows: list[tuple[int, str]] = []
    for key, name, name_en, agency, agency_name, agency_en in board_queries.list_choices(actor=actor):
        windows.append((key, spoken(name, name_en, lang)))
        agencies[agency] = spoken(agency_name, agency_en, lang)
    by_name = sorted(agencies.items(), key=lambda item: item[1])
    return by_name, windows, list_at_desk(actor=actor)


def view_links(actor: Actor, chosen: Chosen | None) -> tuple[ViewLink, ...]:
    """Return the person's saved views, each with how many referrals it shows now."""
    today, saved, found = clock.today(), list_queries(actor=actor), []
    waiting = list_waiting(actor=actor) if saved else ()
    for key, title, query, is_default in saved:
        its = chosen_from(query)
        shown = (
            board_queries.list_chosen(actor=actor, chosen=its, today=today, waiting=waiting)
            if its.is_waiting
            else None
        )
        found.append(
            ViewLink(
                id=key,
                title=title,
                query=query_of(its),
                count=None if shown is None else len(shown),
                is_current=its == chosen,
                is_default=is_default,
            )
        )
    return tuple(found)


def sender_of(actor: Actor) -> str:
    """Return the name of the office that writes to agencies; they read Japanese."""
    return get_office(actor.office_id).name if actor.office_id is not None else ""


def query_to_open(actor: Actor, kept: str | None) -> str:
    """Return with what the board opens: as it was left, else the person's own view, "" for neither."""
    if kept is None:
        kept = next((query for _key, _title, query, first in list_queries(actor=actor) if first), "")
    return urlencode(query_of(chosen_from(kept))) if kept else ""
