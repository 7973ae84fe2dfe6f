"""Sending referrals, taking them back as entered in error, taking consent back."""

import secrets
from collections.abc import Callable, Sequence
from datetime import date

from app.access.actor import Actor
from app.audit.trail import record
from app.cases.models import Case
from app.cases.operations import own_office
from app.cases.queries import visible_case_ids
from app.foundation import clock
from app.foundation.db import db
from app.foundation.errors import N_, DomainError, NotFound
from app.privacy.numbers import draw_number
from app.referrals import lifecycle
from app.referrals.entries import NewMove, NewReferral, check_referral
from app.referrals.lifecycle import OPEN, state_of
from app.referrals.models import Consent, Referral, ReferralMove
from app.referrals.move_operations import move_referrals, new_move, note, note_move, write_moves
from app.referrals.queries import (
    get_referral,
    histories,
    list_resting_on,
    taken_references,
)
from app.referrals.vocabulary import State, VoidCode, WithdrawCode
from app.windows.queries import windows_on
from app.windows.views import WindowView

Draw = Callable[[int], int]
CLOSED = N_("この相談者は終了しています。紹介するときは、さきに再開してください。")
BEFORE_OPENING = N_("相談者を記録した日（%(day)s）より前には紹介できません。日付を確かめてください。")
NO_SUCH_WINDOW = N_("この窓口は、送った日には案内できません。窓口か日付を選びなおしてください。")
TAKEN_BACK = N_("この同意は、もう撤回されています。")
BEFORE_CONSENT = N_("同意した日（%(day)s）より前の日は入力できません。")


# ---- sending ------------------------------------------------------------------------------------


def send_referrals(
    *, actor: Actor, new: Sequence[NewReferral], draw: Draw = secrets.randbelow
) -> list[Referral]:
    """Send referrals from the actor's office; a single one is a batch of one.

    Raises:
        NotFound: a case that this office may not know of.
        DomainError: at ``sent_on``, ``consent_on``, ``window_id``, ``asked_other``; the case is closed.
    """
    own_office(actor)
    windows = windows_on((entry.window_id, entry.sent_on) for entry in new)
    check_all(actor, new, windows)
    consents = [consent_of(actor, entry) for entry in new]
    db.session.add_all(consents)
    db.session.flush()
    referrals = [
        referral_of(actor, entry, consent, windows[entry.window_id, entry.sent_on], reference)
        for entry, consent, reference in zip(new, consents, draw_references(len(new), draw=draw), strict=True)
    ]
    db.session.add_all(referrals)
    db.session.flush()
    write_moves(
        [
            new_move(actor, referral, [], State.SENT, entry.sent_on)
            for referral, entry in zip(referrals, new, strict=True)
        ]
    )
    for referral in referrals:
        note(actor, "referral.sent", referral, {"window": referral.window_id, "asked": referral.asked})
    return referrals


def check_all(actor: Actor, new: Sequence[NewReferral], windows: dict[tuple[int, date], WindowView]) -> None:
    """Hold each referral against the rules, its case and its window."""
    today = clock.today()
    cases = visible_case_ids(actor=actor, ids=[entry.case_id for entry in new])
    for entry in new:
        check_case(cases.get(entry.case_id), entry)
        check_referral(entry, today=today)
        if (entry.window_id, entry.sent_on) not in windows:
            raise DomainError(NO_SUCH_WINDOW, field="window_id")


def check_case(case: Case | None, entry: NewReferral) -> None:
    """Refuse a case that is foreign, closed, or was not there yet.

    Raises:
        NotFound: the office may not know of it.
        DomainError: at ``sent_on``, or of the whole form.
    """
    if case is None:
        raise NotFound
    if case.closed_on is not None:
        raise DomainError(CLOSED)
    if entry.sent_on < case.opened_on:
        raise DomainError(BEFORE_OPENING, field="sent_on", day=lifecycle.written(case.opened_on))


def consent_of(actor: Actor, entry: NewReferral) -> Consent:
    """Return the record of a consent."""
    return Consent(
        case_id=entry.case_id,
        given_on=entry.consent_on,
        form=entry.consent_form,
        entered_at=clock.now(),
        entered_by=actor.id,
    )


def referral_of(
    actor: Actor, entry: NewReferral, consent: Consent, window: WindowView, reference: str
) -> Referral:
    """Return the record of a referral, tied to the window as it was on that day."""
    return Referral(
        reference=reference,
        case_id=entry.case_id,
        consent_id=consent.id,
        consultation_id=entry.consultation_id,
        office_id=own_office(actor),
        counsellor_id=actor.id,
        window_id=window.window_id,
        window_version_id=window.version_id,
        asked=entry.asked,
        asked_other=entry.asked_other,
        entered_at=clock.now(),
    )


def draw_references(count: int, *, draw: Draw) -> list[str]:
    """Draw random references that no referral bears, in an order that tells nothing."""
    chosen: dict[str, None] = {}
    while len(chosen) < count:
        drawn = [draw_number(draw) for _ in range(min(count - len(chosen), 500))]
        taken = taken_references(drawn)
        chosen |= dict.fromkeys(one for one in drawn if one not in taken)
    return list(chosen)[:count]


# ---- taking back ---------------------------------------------------------------------------------


def void_referral(
    *, actor: Actor, reference: str, code: VoidCode, expected_number: int | None = None
) -> Referral:
    """Take a referral out of every count: it was entered in error; it stays readable.

    Raises:
        NotFound: no referral of this office.
        Conflict: somebody else was faster.
        DomainError: it is void already.
    """
    referral = get_referral(actor=actor, reference=reference)
    move_referrals(
        actor=actor,
        new=[
            NewMove(
                referral_id=referral.id,
                to=State.VOID,
                happened_on=clock.today(),
                code=code,
                expected_number=expected_number,
            )
        ],
    )
    return referral


def withdraw_consent(*, actor: Actor, reference: str, withdrawn_on: date) -> list[Referral]:
    """Take back the consent to a referral: every open referral that rests on it is withdrawn.

    Raises:
        NotFound: no referral of this office.
        DomainError: at ``withdrawn_on``; or the consent was taken back before.
    """
    consent = get_referral(actor=actor, reference=reference).consent
    if consent.withdrawn_on is not None:
        raise DomainError(TAKEN_BACK)
    if withdrawn_on > clock.today():
        raise DomainError(lifecycle.FUTURE, field="withdrawn_on")
    if withdrawn_on < consent.given_on:
        raise DomainError(BEFORE_CONSENT, field="withdrawn_on", day=lifecycle.written(consent.given_on))
    consent.withdrawn_on = withdrawn_on
    record(actor=actor, action="consent.withdrawn", subject="consent", subject_id=consent.id)
    resting = list_resting_on(consent_id=consent.id)
    past = histories(referral.id for referral in resting)
    closing = [referral for referral in resting if state_of(past[referral.id]) in OPEN]
    moves = [closing_move(actor, referral, past[referral.id], withdrawn_on) for referral in closing]
    write_moves(moves)
    for referral, move in zip(closing, moves, strict=True):
        note_move(actor, referral, move)
    return closing


def closing_move(
    actor: Actor, referral: Referral, history: list[ReferralMove], withdrawn_on: date
) -> ReferralMove:
    """Return the move that closes a referral with its consent, not before what happened last."""
    day = max(withdrawn_on, *(move.happened_on for move in lifecycle.standing(history)))
    move = new_move(actor, referral, history, State.WITHDRAWN, day)
    move.code = WithdrawCode.CONSENT_WITHDRAWN.value
    return move
