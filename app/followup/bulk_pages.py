"""The page of a preview, put together: what was ticked, what is asked, what would happen to each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.access.actor import Actor
from app.accounts.queries import list_at_desk
from app.followup.board import chosen_said
from app.followup.board_queries import list_chosen
from app.followup.bulk_forms import FORMS, AssignForm, WithdrawForm, extension_of, wanted_of
from app.followup.bulk_operations import Line, preview, with_extension
from app.followup.bulk_queries import MOST, references_of
from app.foundation import clock
from app.referrals.vocabulary import BulkKind
from app.web.forms import Form

PREFIX = "view-"


@dataclass(frozen=True, kw_only=True)
class BulkPage:
    """What would happen to each of the referrals ticked.

    ``seen`` are their references with the numbers of the newest moves shown; ``left`` says how many of the
    view were more than one go takes.
    """

    kind: BulkKind
    step: str
    form: Form
    lines: Sequence[Line]
    seen: Mapping[str, int]
    left: int

    @property
    def possible(self) -> int:
        """With how many it can be done."""
        return sum(line.problem is None for line in self.lines)


def bulk_page(*, actor: Actor, sent: Any) -> BulkPage | None:
    """Return the preview that a post asks for; None when it names no kind or no own referral."""
    kind = BulkKind.find(sent.get("kind"))
    seen = seen_of(sent)
    references, left = (list(seen), 0) if seen else ticked(actor, sent)
    if kind is None or not references:
        return None
    step = sent.get("step", "") if seen else ""
    form = FORMS[kind]() if step else FORMS[kind](formdata=None, data=first_values(kind))
    if isinstance(form, AssignForm):
        form.offer(list_at_desk(actor=actor))
    if isinstance(form, WithdrawForm):
        form.offer()
    wanted = with_extension(wanted_of(kind, form), extension_of(kind, form))
    lines = preview(actor=actor, references=references, wanted=wanted)
    if not lines:
        return None
    shown = seen or {line.reference: line.picked.number for line in lines}
    return BulkPage(kind=kind, step=step, form=form, lines=lines, seen=shown, left=left)


def first_values(kind: BulkKind) -> dict[str, object]:
    """Return what a form begins with."""
    return {"happened_on": clock.today()} if kind is BulkKind.WITHDRAW else {}


def ticked(actor: Actor, sent: Any) -> tuple[list[str], int]:
    """Return the references ticked, or all of the view that the board showed; and how many are left out."""
    if not sent.get("all"):
        return sent.getlist("pick")[:MOST], max(0, len(sent.getlist("pick")) - MOST)
    said = {name.removeprefix(PREFIX): value for name, value in sent.items() if name.startswith(PREFIX)}
    waiting = list_chosen(actor=actor, chosen=chosen_said(said), today=clock.today())
    return references_of(one.id for one in waiting), max(0, len(waiting) - MOST)


def seen_of(sent: Any) -> dict[str, int]:
    """Return the references that a preview showed, each with the number of its newest move then."""
    found = {}
    for text in sent.getlist("seen")[:MOST]:
        reference, _sign, number = text.partition(":")
        if number.isascii() and number.isdigit() and len(number) < 6:
            found[reference] = int(number)
    return found
