"""Moving referrals along their life cycle; only a placement may mark one as placed."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from sqlalchemy.exc import IntegrityError

from app.access.actor import Actor
from app.audit.trail import record
from app.cases.queries import list_case_ids
from app.foundation import clock
from app.foundation.db import db
from app.foundation.errors import N_, Conflict, DomainError, NotFound
from app.foundation.fiscal_year import fiscal_year_of
from app.referrals import lifecycle
from app.referrals.deadlines import silent_from
from app.referrals.entries import NewMove, Placing, check_answer
from app.referrals.lifecycle import Edge, Mover, edge_to, state_of
from app.referrals.models import Referral, ReferralMove
from app.referrals.queries import find_extended_to, histories, movable
from app.referrals.vocabulary import AnswerChannel, State, WithdrawCode
from app.windows.closed_day_queries import closed_days

MOVED_MEANWHILE = N_(
    "ほかの人が先に、この紹介の経過を記録しました。ページを開きなおして、新しい経過を確かめてください。"
)
NOT_PLACEABLE = N_("この紹介は、いまの状態からは就職にできません。紹介の経過を確かめてください。")


def move_referrals(*, actor: Actor, new: Sequence[NewMove]) -> list[ReferralMove]:
    """Record moves of referrals; a single one is a batch of one, several of one referral go in order.

    Raises:
        NotFound: a referral that is neither the actor's office's nor addressed to it.
        Conflict: somebody else was faster.
        DomainError: at ``to``, ``happened_on``, ``channel``, ``<state>_code`` or ``code_other``.
    """
    ids = [entry.referral_id for entry in new]
    found, past = movable(actor=actor, ids=ids), histories(ids)
    moves = []
    for entry in new:
        if entry.referral_id not in found:
            raise NotFound
        referral, mover = found[entry.referral_id]
        move = checked_move(actor, referral, mover, past[referral.id], entry)
        past[referral.id].append(move)
        moves.append(move)
        note_move(actor, referral, move)
    write_moves(moves)
    return moves


def checked_move(
    actor: Actor, referral: Referral, mover: Mover, history: list[ReferralMove], entry: NewMove
) -> ReferralMove:
    """Return the record of a move that the rules allow."""
    if entry.expected_number is not None and entry.expected_number != history[-1].number:
        raise Conflict(MOVED_MEANWHILE)
    if mover is Mover.PARTNER and entry.channel is not AnswerChannel.IN_PERSON:
        entry = replace(entry, channel=AnswerChannel.SYSTEM)
    edge = edge_to(state_of(history), entry.to, mover)
    check_answer(entry, edge)
    check_move_day(referral, history, edge, entry.happened_on)
    move = new_move(actor, referral, history, entry.to, entry.happened_on)
    if edge.asks_channel:
        move.channel = entry.channel
    if edge.codes is not None and entry.code is not None:
        move.code, move.code_other = entry.code.value, entry.code_other
    return move


def check_move_day(referral: Referral, history: Sequence[ReferralMove], edge: Edge, day: date) -> None:
    """Refuse a day that cannot be, or a silence that is none yet.

    Raises:
        DomainError: at ``happened_on``.
    """
    lifecycle.check_day(history, day, today=clock.today())
    if edge.only_overdue:
        last = silent_from(
            history[0].happened_on,
            referral.window_version.response_days,
            referral.window_version.grace_days,
            closed=closed_days(),
            extended_to=find_extended_to(referral_id=referral.id, number=history[-1].number),
        )
        if day <= last:
            raise DomainError(lifecycle.NOT_YET, field="happened_on", day=lifecycle.written(last))


def mark_placed(*, actor: Actor, placed: Sequence[Placing]) -> list[ReferralMove]:
    """Move referrals to 就職; called by placements only, in the transaction that records the job.

    Raises:
        NotFound: a referral that is not the actor's office's, or of another person.
        DomainError: at ``referral_id`` or ``started_on``.
    """
    ids = [one.referral_id for one in placed]
    persons = {one.case_id: list_case_ids(case_id=one.case_id) for one in placed}
    found, past, today = movable(actor=actor, ids=ids), histories(ids), clock.today()
    moves = []
    for one in placed:
        referral = own(found, one.referral_id)
        if referral.case_id not in persons[one.case_id]:
            raise NotFound
        history = past[referral.id]
        try:
            edge_to(state_of(history), State.PLACED, Mover.PLACEMENT)
        except DomainError:
            raise DomainError(NOT_PLACEABLE, field="referral_id") from None
        lifecycle.check_day(history, one.placed_on, today=today, field="started_on")
        move = new_move(actor, referral, history, State.PLACED, one.placed_on)
        history.append(move)
        moves.append(move)
        note_move(actor, referral, move)
    write_moves(moves)
    return moves


def unmark_placed(*, actor: Actor, referral_ids: Sequence[int]) -> list[ReferralMove]:
    """Take 就職 back when its placement is voided or no longer rests on the referral; others are left alone.

    Raises:
        NotFound: a referral that is not the actor's office's.
    """
    found, past = movable(actor=actor, ids=referral_ids), histories(referral_ids)
    moves = []
    for referral_id in dict.fromkeys(referral_ids):
        referral, history = own(found, referral_id), past[referral_id]
        if state_of(history) is State.PLACED:
            back = [new_move(actor, referral, history, State.SUPPORTING, clock.today())]
            if referral.consent.withdrawn_on is not None:
                # Nothing stands open without consent: it was taken back while the person had the job.
                back.append(new_move(actor, referral, [*history, *back], State.WITHDRAWN, clock.today()))
                back[-1].code = WithdrawCode.CONSENT_WITHDRAWN.value
            moves += back
            for move in back:
                note_move(actor, referral, move)
    write_moves(moves)
    return moves


def own(found: Mapping[int, tuple[Referral, Mover]], referral_id: int) -> Referral:
    """Return a referral that the actor's own office sent; NotFound for every other."""
    referral, mover = found.get(referral_id, (None, None))
    if referral is None or mover is Mover.PARTNER:
        raise NotFound
    return referral


def new_move(
    actor: Actor, referral: Referral, history: Sequence[ReferralMove], to: State, day: date
) -> ReferralMove:
    """Return the record of the next move of a referral."""
    return ReferralMove(
        referral_id=referral.id,
        number=len(history) + 1,
        from_state=state_of(history) if history else None,
        to_state=to,
        happened_on=day,
        fiscal_year=fiscal_year_of(day),
        channel=None,
        code=None,
        code_other="",
        entered_at=clock.now(),
        entered_by=actor.id,
        entered_by_office_id=actor.office_id,
    )


def write_moves(moves: Sequence[ReferralMove]) -> None:
    """Insert moves; two people moving one referral at once meet at its next number.

    Raises:
        Conflict: somebody else was faster.
    """
    try:
        with db.session.begin_nested():
            db.session.add_all(moves)
    except IntegrityError:
        raise Conflict(MOVED_MEANWHILE) from None


def note(actor: Actor, action: str, referral: Referral, details: Mapping[str, object]) -> None:
    """Note in the trail what was done with a referral."""
    record(actor=actor, action=action, subject="referral", subject_id=referral.reference, details=details)


def note_move(actor: Actor, referral: Referral, move: ReferralMove) -> None:
    """Note a move in the trail: states, day and codes, never typed text."""
    note(
        actor,
        "referral.moved",
        referral,
        {
            "number": move.number,
            "from": move.from_state,
            "to": move.to_state,
            "happened_on": move.happened_on,
            "channel": move.channel,
            "code": move.code,
        },
    )
