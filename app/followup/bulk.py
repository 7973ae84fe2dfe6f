"""What can be done with many referrals at once, and what stands in the way of each; pure.

The same rules judge the preview and the doing, one referral by one.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from app.foundation.errors import N_, DomainError
from app.referrals import lifecycle
from app.referrals.deadlines import due_day, silent_from
from app.referrals.entries import NewMove, check_answer
from app.referrals.lifecycle import Mover, edge_to, state_of
from app.referrals.vocabulary import BulkKind, State, WithdrawCode

WITHOUT_CONSENT = N_("本人の同意が撤回されているため、紹介票は印刷できません。")
IN_ERROR = N_("誤入力として取り消した紹介です。")
SAME_PERSON = N_("もうこの人が担当しています。")
CONSENT_CODE = N_("同意の撤回は、紹介ごとのページで記録してください。")
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What is to be done with each; which of these are said depends on the kind."""

    kind: BulkKind
    today: date
    happened_on: date | None = None
    code: WithdrawCode | None = None
    code_other: str = ""
    counsellor_id: int | None = None
    # Of an extension: holds the new due day against state, due day and how often it was extended.
    check_extension: Callable[[State, date | None, int], None] | None = None


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What the rules need to know of one referral."""

    history: Sequence[Any]
    response_days: int
    grace_days: int
    consented: bool
    granted: date | None
    extensions: int
    counsellor_id: int | None
    closed: frozenset[date]

    @property
    def state(self) -> State:
        """Where it stands."""
        return state_of(self.history)

    @property
    def due_on(self) -> date | None:
        """By when the next move is due."""
        since = self.history[-1].happened_on
        return due_day(self.state, since, self.response_days, closed=self.closed, extended_to=self.granted)

    @property
    def silent_on(self) -> date:
        """The day of its silence: the one after the last day of grace, whenever it is noted."""
        sent_on = self.history[0].happened_on
        return ONE_DAY + silent_from(
            sent_on, self.response_days, self.grace_days, closed=self.closed, extended_to=self.granted
        )


def problem_of(facts: Facts, wanted: Wanted) -> DomainError | None:
    """Return what stands in the way, None when it can be done."""
    try:
        JUDGES[wanted.kind](facts, wanted)
    except DomainError as error:
        return error
    return None


def judge_silent(facts: Facts, wanted: Wanted) -> None:
    """Refuse what was answered, or whose grace has not passed."""
    edge_to(facts.state, State.NO_RESPONSE, Mover.DESK)
    if facts.silent_on > wanted.today:
        last = facts.silent_on - ONE_DAY
        raise DomainError(lifecycle.NOT_YET, day=lifecycle.written(last))


def judge_withdraw(facts: Facts, wanted: Wanted) -> None:
    """Refuse what is closed, and a day before what happened last."""
    edge = edge_to(facts.state, State.WITHDRAWN, Mover.DESK)
    day = wanted.happened_on or wanted.today
    if wanted.code is not None:
        check_answer(
            NewMove(
                referral_id=0,
                to=State.WITHDRAWN,
                happened_on=day,
                code=wanted.code,
                code_other=wanted.code_other,
            ),
            edge,
        )
    if wanted.code is WithdrawCode.CONSENT_WITHDRAWN:
        raise DomainError(CONSENT_CODE)
    lifecycle.check_day(facts.history, day, today=wanted.today)


def judge_extend(facts: Facts, wanted: Wanted) -> None:
    """Refuse what waits for nobody, was extended often enough, or is due later anyway."""
    if wanted.check_extension is not None:
        wanted.check_extension(facts.state, facts.due_on, facts.extensions)


def judge_assign(facts: Facts, wanted: Wanted) -> None:
    """Refuse what was entered in error, and what changes nothing."""
    if facts.state is State.VOID:
        raise DomainError(IN_ERROR)
    if wanted.counsellor_id is not None and facts.counsellor_id == wanted.counsellor_id:
        raise DomainError(SAME_PERSON)


def judge_print(facts: Facts, wanted: Wanted) -> None:
    """Refuse what no paper may go with."""
    if not facts.consented:
        raise DomainError(WITHOUT_CONSENT)
    if facts.state is State.VOID:
        raise DomainError(IN_ERROR)


JUDGES: Mapping[BulkKind, Callable[[Facts, Wanted], None]] = {
    BulkKind.SILENT: judge_silent,
    BulkKind.WITHDRAW: judge_withdraw,
    BulkKind.EXTEND: judge_extend,
    BulkKind.ASSIGN: judge_assign,
    BulkKind.PRINT: judge_print,
}
