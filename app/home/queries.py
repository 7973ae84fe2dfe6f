"""What a day at the desk holds."""

from dataclasses import dataclass
from datetime import date

from app.access.actor import Actor
from app.cases.consultation_queries import count_office_consultations
from app.cases.queries import programme_of
from app.cases.registration_queries import list_ending_registrations
from app.foundation.fiscal_year import fiscal_year_of, month_span
from app.referrals.board_queries import ReferralRow, list_open
from app.referrals.vocabulary import Turn
from app.situation.programme import Programme


@dataclass(frozen=True, kw_only=True)
class Day:
    """Today's work of one office; counts are the lengths of the lists that stand below them."""

    today: date
    ours: tuple[ReferralRow, ...]
    theirs: tuple[ReferralRow, ...]
    overdue: int
    ending: tuple[tuple[str, date], ...]
    registers: bool
    consultations: int
    month: tuple[date, date]

    @property
    def waiting(self) -> int:
        """How many referrals wait for somebody's move."""
        return len(self.ours) + len(self.theirs)


def get_day(*, actor: Actor, today: date) -> Day:
    """Return today's work of the actor's office, oldest due first."""
    waiting = list_open(actor=actor)
    first, last = month_span(fiscal_year_of(today), today.month)
    registers = programme_of(actor=actor) is Programme.CENTRE
    ending = list_ending_registrations(actor=actor, first=first, last=last) if registers else []
    return Day(
        today=today,
        ours=tuple(row for row in waiting if row.turn is Turn.OFFICE),
        theirs=tuple(row for row in waiting if row.turn is not Turn.OFFICE),
        overdue=sum(row.overdue(today) for row in waiting),
        ending=tuple(ending),
        registers=registers,
        consultations=count_office_consultations(actor=actor, first=first, last=today),
        month=(first, last),
    )
