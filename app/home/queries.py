"""What a day at the desk holds: read from cases, referrals, placements and drafts, and put in order."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Final

from app.access.actor import Actor
from app.access.permissions import Role
from app.cases.consultation_queries import count_office_consultations
from app.cases.queries import programme_of
from app.cases.registration_queries import list_ending_registrations
from app.drafts.queries import list_drafts
from app.followup.board import ReferralRow
from app.followup.waiting import Waiting, list_waiting
from app.followup.waiting_rows import rows_in_order
from app.foundation.fiscal_year import fiscal_year_of, month_span
from app.home.charge_queries import (
    charges_of,
    charges_of_referrals,
    is_in_charge_of_anybody,
    list_contacts,
)
from app.home.day import NOBODY, SHOWN, Charge, Day, Task, TaskKind, Waiters, Whose, belongs
from app.placements.due_queries import list_next_checks
from app.referrals.vocabulary import Turn
from app.situation.programme import Programme

AHEAD: Final = timedelta(days=31)
"""Checks and contacts are shown so long before their day."""
AHEAD_IN_CALENDAR: Final = timedelta(days=92)
"""A calendar holds about three months."""


def get_day(*, actor: Actor, today: date, whose: Whose | None = None) -> Day:
    """Return today's work, the oldest due first.

    It is the own work of whoever is in charge of anybody, and that of the office for everybody else and for
    supervisors, who answer for all of it, unless ``whose`` says which.
    """
    in_charge = is_in_charge_of_anybody(actor=actor)
    own = in_charge and actor.role is not Role.SUPERVISOR
    whose = whose or (Whose.MINE if own else Whose.OFFICE)
    first, last = month_span(fiscal_year_of(today), today.month)
    registers = programme_of(actor=actor) is Programme.CENTRE
    tasks = [
        one
        for one in list_tasks(
            actor=actor, today=today, until=today + AHEAD, ending=(first, last) if registers else None
        )
        if belongs(one.charge, whose, actor.id)
    ]
    waiting = list_waiting(actor=actor)
    charges = charges_of_referrals(ids=[one.id for one in waiting])
    parts = parted(waiting, charges, whose, actor.id)
    rows = rows_shown(actor, parts, today)
    ours = [one for part in parts.values() for one in part if is_due(one, today)]
    due = [one for one in tasks if one.due_on <= today]
    due += [referral_task(one, rows[one.id], charges.get(one.id, NOBODY)) for one in ours if one.id in rows]
    return Day(
        today=today,
        whose=whose,
        is_in_charge=in_charge,
        due=sorted(due, key=lambda one: one.order),
        waiters=[
            Waiters(name=name, rows=[rows[one.id] for one in part[:SHOWN] if one.id in rows], count=len(part))
            for name, part in parts.items()
        ],
        tasks=tasks,
        drafts=list_drafts(actor=actor),
        registers=registers,
        consultations=count_office_consultations(actor=actor, first=first, last=today),
        month=(first, last),
    )


def list_tasks(*, actor: Actor, today: date, until: date, ending: tuple[date, date] | None) -> list[Task]:
    """List contacts and checks that are due by a day, and registrations ending in a span, oldest first."""
    checks = list_next_checks(actor=actor, today=today, until=until)
    expiring = list_ending_registrations(actor=actor, first=ending[0], last=ending[1]) if ending else []
    charges = charges_of(actor=actor, numbers=[one.number for one in expiring])
    tasks = list_contacts(actor=actor, until=until)
    tasks += [
        Task(
            kind=TaskKind.CHECK,
            due_on=one.due_on,
            number=one.case_number,
            charge=Charge(one.counsellor_id, one.counsellor),
            id=one.placement_id,
            months=one.months,
        )
        for one in checks
    ]
    tasks += [
        Task(
            kind=TaskKind.REGISTRATION,
            due_on=one.ends_on,
            number=one.number,
            charge=charges.get(one.number, NOBODY),
            id=one.id,
        )
        for one in expiring
    ]
    return sorted(tasks, key=lambda one: one.order)


def list_due_days(*, actor: Actor, today: date) -> dict[tuple[date, TaskKind], int]:
    """Return on which days how many of the actor's own tasks fall due, by their kind."""
    registers = programme_of(actor=actor) is Programme.CENTRE
    until = today + AHEAD_IN_CALENDAR
    tasks = list_tasks(actor=actor, today=today, until=until, ending=(today, until) if registers else None)
    found = [(one.due_on, one.kind) for one in tasks if one.charge.account_id == actor.id]
    waiting = [one for one in list_waiting(actor=actor) if one.due_on <= until]
    charges = charges_of_referrals(ids=[one.id for one in waiting])
    found += [
        (one.due_on, TaskKind.REFERRAL)
        for one in waiting
        if charges.get(one.id, NOBODY).account_id == actor.id
    ]
    counts: dict[tuple[date, TaskKind], int] = {}
    for key in sorted(found, key=lambda one: (one[0], list(TaskKind).index(one[1]))):
        counts[key] = counts.get(key, 0) + 1
    return counts


def parted(
    waiting: Sequence[Waiting], charges: Mapping[int, Charge], whose: Whose, account_id: int | None
) -> dict[str, list[Waiting]]:
    """Divide what waits by whose move it is; among the own, what nobody is in charge of stands last."""
    parts: dict[str, list[Waiting]] = {"ours": [], "theirs": []}
    if whose is Whose.MINE:
        parts["shared"] = []
    for one in waiting:
        charge = charges.get(one.id, NOBODY)
        if whose is Whose.MINE and charge.account_id is None:
            parts["shared"].append(one)
        elif belongs(charge, whose, account_id):
            parts["ours" if one.turn is Turn.OFFICE else "theirs"].append(one)
    return parts


def is_due(one: Waiting, today: date) -> bool:
    """Tell whether the desk itself has to move by today."""
    return one.turn is Turn.OFFICE and one.due_on <= today


def rows_shown(actor: Actor, parts: Mapping[str, Sequence[Waiting]], today: date) -> dict[int, ReferralRow]:
    """Read the rows that stand on the page, and no others."""
    wanted = [
        one
        for part in parts.values()
        for place, one in enumerate(part)
        if place < SHOWN or is_due(one, today)
    ]
    return {one.id: one for one in rows_in_order(actor, wanted)}


def referral_task(one: Waiting, row: ReferralRow, charge: Charge) -> Task:
    """Return the task that a referral is, which waits for the desk."""
    return Task(
        kind=TaskKind.REFERRAL, due_on=one.due_on, number=row.reference, charge=charge, id=one.id, row=row
    )
