"""Taking a wrong move back (訂正) and granting more time (期限の延長): new entries, nothing is rewritten."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from app.access.actor import Actor
from app.cases.entries import LONGEST_OTHER, check_text
from app.foundation import clock
from app.foundation.db import db
from app.foundation.errors import N_, Conflict, DomainError
from app.referrals import lifecycle
from app.referrals.deadlines import due_day, working_day_after
from app.referrals.lifecycle import correctable, restored
from app.referrals.models import Referral, ReferralExtension, ReferralMove
from app.referrals.move_operations import MOVED_MEANWHILE, new_move, note, write_moves
from app.referrals.queries import find_extended_to, get_referral, histories
from app.referrals.vocabulary import CorrectionCode, ExtensionReason, State
from app.windows.closed_day_queries import closed_days

MOST_EXTENSIONS = 2
"""A referral that needs a third one needs a decision instead."""
LONGEST_EXTENSION = 40
"""Working days from today: about two months."""
EXTENDABLE = (State.SENT, State.ACCEPTED, State.MET, State.SUPPORTING)
NOTHING_TO_CORRECT = N_(
    "いまの経過は、ここでは訂正できません。就職は就職の記録で、送った紹介そのものは誤入力として取り消してください。"
)
CONSENT_GONE = N_("本人の同意が撤回されているため、この紹介は元に戻せません。")
NOT_EXTENDABLE = N_("この紹介は、いまの状態では期限を延ばせません。")
ENOUGH = N_("期限はもう%(most)s回延ばしています。受けるか、終えるかを窓口に確かめてください。")
NOT_LATER = N_("いまの期限（%(day)s）より後の日を入力してください。")
TOO_LATE = N_("%(day)sまでの日を入力してください。")


@dataclass(frozen=True, kw_only=True)
class Extension:
    """A later due day and why."""

    due_on: date
    reason: ExtensionReason
    reason_other: str = ""


def correct_move(
    *, actor: Actor, reference: str, code: CorrectionCode, code_other: str, expected_number: int | None
) -> ReferralMove:
    """Take back the last move of a referral; it and this entry stay readable, and neither counts.

    The referral stands again where it stood, since the day on which it came there.

    Raises:
        NotFound: no referral of this office.
        Conflict: somebody else was faster.
        DomainError: the last move is none that can be taken back here.
    """
    referral = get_referral(actor=actor, reference=reference)
    history = histories([referral.id])[referral.id]
    require_newest(history, expected_number)
    check_text(code_other, longest=LONGEST_OTHER, field="code_other")
    entry = taking_back(actor, referral, history, code=code, code_other=code_other)
    write_moves([entry])
    return entry


def taking_back(
    actor: Actor,
    referral: Referral,
    history: Sequence[ReferralMove],
    *,
    code: CorrectionCode,
    code_other: str,
) -> ReferralMove:
    """Return the entry that takes the last move back, noted in the trail; the caller writes it.

    Raises:
        DomainError: the last move is none that can be taken back here.
    """
    last = correctable(history)
    if last is None:
        raise DomainError(NOTHING_TO_CORRECT)
    if referral.consent.withdrawn_on is not None:
        raise DomainError(CONSENT_GONE)
    before = restored(history, last)
    entry = new_move(actor, referral, history, before.to_state, before.happened_on)
    entry.corrects_number, entry.code, entry.code_other = last.number, code.value, code_other
    note(
        actor,
        "referral.corrected",
        referral,
        {"number": entry.number, "corrects": last.number, "from": last.to_state, "to": before.to_state}
        | {"code": code.value},
    )
    return entry


def require_newest(history: Sequence[ReferralMove], expected_number: int | None) -> None:
    """Compare the newest move that a page showed with the one that is there.

    Raises:
        Conflict: somebody else was faster.
    """
    if expected_number is not None and expected_number != history[-1].number:
        raise Conflict(MOVED_MEANWHILE)


def extend_deadline(
    *, actor: Actor, reference: str, wanted: Extension, expected_number: int | None
) -> ReferralExtension:
    """Grant a later day for the next move; with that move the extension is over.

    Raises:
        NotFound: no referral of this office.
        Conflict: somebody else was faster.
        DomainError: at ``due_on``; or it cannot be extended, or was often enough.
    """
    referral = get_referral(actor=actor, reference=reference)
    history = histories([referral.id])[referral.id]
    require_newest(history, expected_number)
    check_extension(referral, history, wanted)
    granted = extension_of(actor, referral, history, wanted)
    db.session.add(granted)
    db.session.flush()
    return granted


def extension_of(
    actor: Actor, referral: Referral, history: Sequence[ReferralMove], wanted: Extension
) -> ReferralExtension:
    """Return the record of more time, noted in the trail; the caller adds it."""
    note(actor, "referral.extended", referral, {"due_on": wanted.due_on, "reason": wanted.reason.value})
    return ReferralExtension(
        referral_id=referral.id,
        move_number=history[-1].number,
        due_on=wanted.due_on,
        reason=wanted.reason,
        reason_other=wanted.reason_other,
        entered_at=clock.now(),
        entered_by=actor.id,
    )


def check_extension(referral: Referral, history: Sequence[ReferralMove], wanted: Extension) -> None:
    """Hold an extension against the rules: few, dated, reasoned, not for ever.

    Raises:
        DomainError: at ``due_on``, ``reason_other``; or none can be granted.
    """
    newest, closed = history[-1], closed_days()
    due = due_day(
        newest.to_state,
        newest.happened_on,
        referral.window_version.response_days,
        closed=closed,
        extended_to=find_extended_to(referral_id=referral.id, number=newest.number),
    )
    check_wanted(newest.to_state, due, count_extensions(referral.id), wanted, closed)


def check_wanted(
    state: State, due: date | None, granted: int, wanted: Extension, closed: frozenset[date]
) -> None:
    """Hold an extension against the state, its due day and how often it was extended.

    Raises:
        DomainError: at ``due_on``, ``reason_other``; or none can be granted.
    """
    check_extendable(state, due, granted)
    day = max(due or clock.today(), clock.today())
    if wanted.due_on <= day:
        raise DomainError(NOT_LATER, field="due_on", day=lifecycle.written(day))
    latest = working_day_after(clock.today(), LONGEST_EXTENSION, closed)
    if wanted.due_on > latest:
        raise DomainError(TOO_LATE, field="due_on", day=lifecycle.written(latest))
    check_text(wanted.reason_other, longest=LONGEST_OTHER, field="reason_other")


def check_extendable(state: State, due: date | None, granted: int) -> None:
    """Refuse what waits for nobody, waits for us after a silence, or was extended often enough.

    Raises:
        DomainError: no later day can be granted, whichever it is.
    """
    if due is None or state not in EXTENDABLE:
        raise DomainError(NOT_EXTENDABLE)
    if granted >= MOST_EXTENSIONS:
        raise DomainError(ENOUGH, most=MOST_EXTENSIONS)


def count_extensions(referral_id: int) -> int:
    """Return how often the deadline of a referral was extended."""
    counted = select(func.count()).where(ReferralExtension.referral_id == referral_id)
    return db.session.scalar(counted) or 0
