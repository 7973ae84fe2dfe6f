"""What is said of a referral or a move before it is a record, and the rules it must keep; pure."""

from dataclasses import dataclass
from datetime import date

from app.cases.entries import LONGEST_OTHER, check_day, check_text
from app.foundation.errors import N_, DomainError
from app.foundation.labels import LabelledEnum
from app.referrals.lifecycle import CODES, Edge
from app.referrals.vocabulary import AnswerChannel, Asked, ConsentForm, State

RETIRED = N_("この選択肢はいまは使えません。ほかを選んでください。")


@dataclass(frozen=True, kw_only=True)
class NewReferral:
    """One referral to a window, with the person's consent to it and to its answer."""

    case_id: int
    window_id: int
    asked: Asked
    sent_on: date
    consent_on: date
    consent_form: ConsentForm
    asked_other: str = ""
    consultation_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class NewMove:
    """One move; ``expected_number`` is the number of the newest move that the page showed."""

    referral_id: int
    to: State
    happened_on: date
    channel: AnswerChannel | None = None
    code: LabelledEnum | None = None
    code_other: str = ""
    expected_number: int | None = None


@dataclass(frozen=True, kw_only=True)
class Placing:
    """That a person found work through a referral, on the first working day."""

    referral_id: int
    case_id: int
    placed_on: date


def check_referral(entry: NewReferral, *, today: date) -> None:
    """Hold a referral against the rules that need no record.

    Raises:
        DomainError: at the field concerned.
    """
    check_day(entry.sent_on, today=today, field="sent_on")
    check_day(entry.consent_on, today=today, field="consent_on")
    if entry.consent_on > entry.sent_on:
        raise DomainError(
            N_("本人同意の日は、紹介を送る日かそれより前にしてください。同意の前には紹介できません。"),
            field="consent_on",
        )
    for name in ("asked", "consent_form"):
        if getattr(entry, name).retired:
            raise DomainError(RETIRED, field=name)
    check_text(entry.asked_other, longest=LONGEST_OTHER, field="asked_other")


def check_answer(entry: NewMove, edge: Edge) -> None:
    """Hold what a move says against what its edge asks for.

    Raises:
        DomainError: at ``channel``, ``<state>_code`` or ``code_other``.
    """
    field = f"{entry.to.value}_code"
    if edge.asks_channel and entry.channel is None:
        raise DomainError(N_("返事の方法を選んでください。"), field="channel")
    if edge.codes is not None and not isinstance(entry.code, edge.codes):
        raise DomainError(N_("理由を選んでください。"), field=field)
    if (entry.code is not None and entry.code.retired) or (entry.channel and entry.channel.retired):
        raise DomainError(
            RETIRED, field=field if entry.code is not None and entry.code.retired else "channel"
        )
    check_text(entry.code_other, longest=LONGEST_OTHER, field="code_other")


def code_of(to: State, code: str | None) -> LabelledEnum | None:
    """Return the member that a stored code stands for: its meaning depends on the state moved to."""
    codes = CODES.get(to)
    return codes.find(code) if codes is not None else None
