"""Doing one thing with many referrals in one transaction, and taking it back: each by its own rules."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from app.access.actor import Actor
from app.cases.charge_operations import assign_all
from app.followup.bulk import Wanted, problem_of
from app.followup.bulk_queries import Picked, list_picked
from app.foundation import clock
from app.foundation.db import db
from app.foundation.errors import N_, DomainError
from app.printing.referral_papers import ReferralPaper as Paper
from app.referrals.correction_operations import (
    Extension,
    check_extendable,
    check_wanted,
    extension_of,
    taking_back,
)
from app.referrals.models import ReferralMove
from app.referrals.move_operations import MOVED_MEANWHILE, new_move, note_move, write_moves
from app.referrals.paper_operations import print_slips
from app.referrals.vocabulary import BulkKind, CorrectionCode, State
from app.windows.closed_day_queries import closed_days

UNDOABLE = (BulkKind.SILENT, BulkKind.WITHDRAW)
"""Moves: they can be taken back (訂正). More time and another person in charge are entered anew instead."""
NOTHING_TO_PRINT = N_("印刷できる紹介票がありません。")
TAKEN_BACK_TOGETHER = "一括操作の取り消し"


@dataclass(frozen=True, kw_only=True)
class Line:
    """One referral and what would happen to it: nothing where there is a problem."""

    picked: Picked
    problem: DomainError | None = None

    @property
    def reference(self) -> str:
        """The referral's reference."""
        return self.picked.referral.reference


@dataclass(frozen=True, kw_only=True)
class Done:
    """What became of each: done (with the number of its newest move now), moved meanwhile, not possible."""

    done: tuple[tuple[str, int], ...]
    changed: tuple[Line, ...]
    refused: tuple[Line, ...]


def with_extension(wanted: Wanted, extension: Extension | None) -> Wanted:
    """Return what is wanted with the rule that holds its new due day, where one was said, against each."""
    if extension is None:
        return replace(wanted, check_extension=check_extendable)
    closed = closed_days()
    return replace(
        wanted,
        check_extension=lambda state, due, granted: check_wanted(state, due, granted, extension, closed),
    )


def preview(*, actor: Actor, references: Sequence[str], wanted: Wanted) -> list[Line]:
    """Return what would happen to each of the own office's referrals; nothing is changed."""
    return [
        Line(picked=one, problem=problem_of(one.facts, wanted))
        for one in list_picked(actor=actor, references=references)
    ]


def do_all(
    *, actor: Actor, seen: Mapping[str, int], wanted: Wanted, extension: Extension | None = None
) -> Done:
    """Do one thing with every referral that still stands as its preview showed it, and as the rules allow.

    ``seen`` are the references with the numbers of the newest moves that the preview showed.

    Raises:
        DomainError: at ``counsellor_id``: nobody of this office's desk.
        Conflict: somebody moved one of them at this very moment; nothing is changed.
    """
    wanted = with_extension(wanted, extension)
    lines = preview(actor=actor, references=list(seen), wanted=wanted)
    changed = [line for line in lines if seen[line.reference] != line.picked.number]
    for_doing = [line for line in lines if seen[line.reference] == line.picked.number]
    refused = [line for line in for_doing if line.problem is not None]
    picked = [line.picked for line in for_doing if line.problem is None]
    DOING[wanted.kind](actor, picked, wanted, extension)
    return Done(
        done=tuple((one.referral.reference, one.history[-1].number) for one in picked),
        changed=tuple(Line(picked=line.picked, problem=DomainError(MOVED_MEANWHILE)) for line in changed),
        refused=tuple(refused),
    )


def move_all(
    actor: Actor, picked: Sequence[Picked], wanted: Wanted, extension: Extension | None, *, to: State
) -> None:
    """Move every referral; a silence has the day after its own last day of grace."""
    moves = []
    for one in picked:
        silent = to is State.NO_RESPONSE
        day = one.facts.silent_on if silent else wanted.happened_on or wanted.today
        move = new_move(actor, one.referral, one.history, to, day)
        if wanted.code is not None and not silent:
            move.code, move.code_other = wanted.code.value, wanted.code_other
        one.history.append(move)
        moves.append(move)
        note_move(actor, one.referral, move)
    write_moves(moves)


def extend_all(actor: Actor, picked: Sequence[Picked], wanted: Wanted, extension: Extension | None) -> None:
    """Grant every referral the same later day."""
    if extension is not None:
        db.session.add_all([extension_of(actor, one.referral, one.history, extension) for one in picked])
        db.session.flush()


def assign_them(actor: Actor, picked: Sequence[Picked], wanted: Wanted, extension: Extension | None) -> None:
    """Put one colleague in charge of the case of every referral."""
    if picked:
        cases = [one.referral.case_id for one in picked]
        assign_all(actor=actor, case_ids=cases, counsellor_id=wanted.counsellor_id)


DOING: Mapping[BulkKind, Callable[[Actor, Sequence[Picked], Wanted, Extension | None], None]] = {
    BulkKind.SILENT: partial(move_all, to=State.NO_RESPONSE),
    BulkKind.WITHDRAW: partial(move_all, to=State.WITHDRAWN),
    BulkKind.EXTEND: extend_all,
    BulkKind.ASSIGN: assign_them,
}


def print_all(*, actor: Actor, seen: Mapping[str, int]) -> list[Paper]:
    """Return the slips of all referrals that may have one, and note each as printed.

    Raises:
        DomainError: none of them may.
    """
    wanted = Wanted(kind=BulkKind.PRINT, today=clock.today())
    lines = preview(actor=actor, references=list(seen), wanted=wanted)
    picked = [line.picked for line in lines if line.problem is None]
    if not picked:
        raise DomainError(NOTHING_TO_PRINT)
    return print_slips(actor=actor, of=[(one.referral, one.history) for one in picked])


def undo_all(*, actor: Actor, seen: Mapping[str, int]) -> Done:
    """Take back the last move of every referral that still stands where the bulk left it.

    Raises:
        Conflict: somebody moved one of them at this very moment; nothing is changed.
    """
    entries: list[ReferralMove] = []
    done: list[tuple[str, int]] = []
    changed, refused = [], []
    for one in list_picked(actor=actor, references=list(seen)):
        if seen[one.referral.reference] != one.number:
            changed.append(Line(picked=one, problem=DomainError(MOVED_MEANWHILE)))
            continue
        try:
            entry = taking_back(
                actor,
                one.referral,
                one.history,
                code=CorrectionCode.OTHER,
                code_other=TAKEN_BACK_TOGETHER,
            )
        except DomainError as problem:
            refused.append(Line(picked=one, problem=problem))
        else:
            entries.append(entry)
            done.append((one.referral.reference, entry.number))
    write_moves(entries)
    return Done(done=tuple(done), changed=tuple(changed), refused=tuple(refused))
