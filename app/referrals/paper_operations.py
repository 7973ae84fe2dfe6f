"""Printing 紹介票 and 送付文: what they say is fixed with the first print."""

from collections.abc import Mapping, Sequence
from datetime import date

from sqlalchemy import select

from app.access.actor import Actor
from app.foundation import clock
from app.foundation.db import db
from app.foundation.errors import N_, DomainError
from app.foundation.fiscal_year import day_label
from app.printing.referral_papers import ReferralPaper as Paper
from app.referrals.deadlines import due_day
from app.referrals.lifecycle import Mover, allowed_moves, effective, state_of
from app.referrals.models import Referral, ReferralMove
from app.referrals.move_operations import note
from app.referrals.paper_models import ReferralPaper
from app.referrals.queries import get_referral, histories
from app.referrals.vocabulary import AnswerChannel, DeclineCode, PaperKind, State
from app.windows.closed_day_queries import closed_days
from app.windows.queries import list_windows

WITHOUT_CONSENT = N_("本人の同意が撤回されているため、紹介票は印刷できません。")
IN_ERROR = N_("誤入力として取り消した紹介の紙は印刷できません。")
TAKEN = (edge.to for edge in allowed_moves(State.SENT, Mover.PARTNER))
ANSWERS = tuple(sorted(TAKEN, key=lambda to: to is State.DECLINED))
"""What a referral that was sent can be answered with: a tick that cannot be keyed in would be lost."""
ON_PAPER = (AnswerChannel.FAX, AnswerChannel.MAIL, AnswerChannel.IN_PERSON)


def print_paper(
    *, actor: Actor, reference: str, kind: PaperKind, document_number: str = "", dated_on: date | None = None
) -> Paper:
    """Return what a paper says, and note that it was printed; a reprint keeps number, day and words.

    Raises:
        NotFound: no referral of this office.
        DomainError: there is no consent (any more), or the referral was entered in error.
    """
    referral = get_referral(actor=actor, reference=reference)
    if referral.consent.withdrawn_on is not None:
        raise DomainError(WITHOUT_CONSENT)
    history = histories([referral.id])[referral.id]
    if state_of(history) is State.VOID:
        raise DomainError(IN_ERROR)
    printed = find_paper(referral_id=referral.id, kind=kind)
    printed = printed_again(actor, referral, kind, printed, document_number, dated_on)
    db.session.flush()
    sent_on = effective(history)[0].happened_on
    return paper_of(referral, printed, sent_on=sent_on, closed=closed_days(), telephones=telephones())


def print_slips(*, actor: Actor, of: Sequence[tuple[Referral, Sequence[ReferralMove]]]) -> list[Paper]:
    """Return the slips of several referrals with their histories, and note each as printed.

    The caller has held them against consent and error.
    """
    ids = [referral.id for referral, _history in of]
    printed = {
        one.referral_id: one
        for one in db.session.scalars(
            select(ReferralPaper).where(
                ReferralPaper.referral_id.in_(ids), ReferralPaper.kind == PaperKind.SLIP
            )
        )
    }
    closed, numbers, papers = closed_days(), telephones(), []
    for referral, history in of:
        paper = printed_again(actor, referral, PaperKind.SLIP, printed.get(referral.id))
        sent_on = effective(history)[0].happened_on
        papers.append(paper_of(referral, paper, sent_on=sent_on, closed=closed, telephones=numbers))
    db.session.flush()
    return papers


def printed_again(
    actor: Actor,
    referral: Referral,
    kind: PaperKind,
    printed: ReferralPaper | None,
    document_number: str = "",
    dated_on: date | None = None,
) -> ReferralPaper:
    """Return the record of a paper's first print, made now or counted up, and note the print."""
    if printed is None:
        printed = ReferralPaper(
            referral_id=referral.id,
            kind=kind,
            document_number=document_number,
            dated_on=dated_on or clock.today(),
            printed_at=clock.now(),
            printed_by=actor.id,
            reprints=0,
        )
        db.session.add(printed)
    else:
        printed.reprints += 1
    note(actor, "referral.printed", referral, {"kind": kind.value, "reprints": printed.reprints})
    return printed


def find_paper(*, referral_id: int, kind: PaperKind) -> ReferralPaper | None:
    """Return the record of a paper that was printed before."""
    return db.session.scalar(
        select(ReferralPaper).where(ReferralPaper.referral_id == referral_id, ReferralPaper.kind == kind)
    )


def telephones() -> dict[int, str]:
    """Return the number under which an office is reached today, by office, as the directory has it.

    An office whose windows have several numbers is left out: nobody can tell which of them is meant.
    """
    found: dict[int, set[str]] = {}
    for window in list_windows(clock.today()):
        found.setdefault(window.office_id, set()).add(window.facts.telephone)
    return {office_id: numbers.pop() for office_id, numbers in found.items() if len(numbers) == 1}


def paper_of(
    referral: Referral,
    printed: ReferralPaper,
    *,
    sent_on: date,
    closed: frozenset[date],
    telephones: Mapping[int, str],
) -> Paper:
    """Return what stands on a paper: the window as it was on the day of sending, in Japanese.

    An extension granted later is not on it: a reprint says what the first print said.
    """
    version = referral.window_version
    due = due_day(State.SENT, sent_on, version.response_days, closed=closed)
    asked = referral.asked.ja
    return Paper(
        reference=referral.reference,
        window=version.name,
        agency=version.window.office.name,
        sender=referral.office.name,
        telephone=telephones.get(referral.office_id, ""),
        dated_on=printed.dated_on,
        asked=f"{asked}（{referral.asked_other}）" if referral.asked_other else asked,
        consent=f"{day_label(referral.consent.given_on)}・{referral.consent.form.ja}",
        answer_by=due or sent_on,
        answers=tuple(state.ja for state in ANSWERS),
        refusals=tuple(code.ja for code in DeclineCode.current()),
        channels=tuple(channel.ja for channel in ON_PAPER),
        document_number=printed.document_number,
    )
