"""From rows of the day grid to consultations: what the sheet says, and what is carried over from before."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import Any

from app.access.actor import Actor
from app.cases.entries import NewConsultation, check_consultation
from app.cases.queries import get_case
from app.cases.vocabulary import Channel, ConsultationKind, Source
from app.counter.filling import carried_over
from app.counter.grid_columns import (
    CODED,
    TITLES,
    WANTED,
    Cells,
    Column,
    read_minutes,
    read_person,
    read_values,
)
from app.foundation import clock
from app.foundation.errors import N_, DomainError, NotFound
from app.situation.programme import Programme
from app.situation.vocabulary import AgeBand, AssistanceStatus, Household

NO_SUCH_CASE = N_("この相談番号の相談者は、この課の記録にありません。")
PLACE_OF = {
    "topic": Column.TOPICS,
    "target_group": Column.GROUPS,
    **{column.value: column for column in Column},
}
"""Where a rule of a consultation is said in a row; what has no place of its own stands at the person."""


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """What holds for every row of a sheet."""

    held_on: date
    programme: Programme


@dataclass(kw_only=True)
class Row:
    """One row as it was typed, what is wrong in it, and what it says when nothing is."""

    place: int
    cells: Cells
    errors: dict[Column, DomainError] = field(default_factory=dict)
    entry: NewConsultation | None = None

    def read(self, column: Column, how: Callable[[str], Any], otherwise: Any = None) -> Any:
        """Return what a cell says; what is wrong with it is kept at its column."""
        try:
            return how(self.cells[column])
        except DomainError as error:
            self.errors[column] = error
            return otherwise

    def want(self, column: Column, found: object) -> None:
        """Ask for a cell without which there is no consultation."""
        if not found and column not in self.errors:
            self.errors[column] = DomainError(WANTED, field=column, title=TITLES[column])


def read_rows(actor: Actor, sheet: Sheet, rows: Iterable[tuple[int, Cells]]) -> list[Row]:
    """Read rows; each keeps what was typed and says in words what is wrong, at its cells."""
    found = [Row(place=place, cells=cells) for place, cells in rows]
    for row in found:
        entry = said(actor, sheet, row)
        if entry is None:
            continue
        try:
            check_consultation(entry, today=clock.today())
        except DomainError as error:
            row.errors[PLACE_OF.get(error.field or "", Column.PERSON)] = error
        else:
            row.entry = entry
    return found


def known_of(actor: Actor, text: str) -> dict[str, Any]:
    """Return what is known of the person of a row: the case, and what was true the last time.

    Raises:
        DomainError: at the column: no case of this office bears the number.
    """
    number = read_person(text).number
    if not number:
        return {"case_id": None}
    try:
        case = get_case(actor=actor, number=number)
    except NotFound:
        raise DomainError(NO_SUCH_CASE, field=Column.PERSON) from None
    return {"case_id": case.id} | carried_over(actor=actor, case_id=case.id)


def said(actor: Actor, sheet: Sheet, row: Row) -> NewConsultation | None:
    """Return the consultation of a row; None, with the reasons in the row, where a cell is wrong."""
    known = row.read(Column.PERSON, lambda text: known_of(actor, text), {})
    read = {column: row.read(column, partial(read_values, column), ()) for column in CODED}
    minutes = row.read(Column.MINUTES, read_minutes)
    groups: tuple[Any, ...] = read[Column.GROUPS] or known.get("target_groups") or ()
    row.want(Column.MINUTES, minutes)
    row.want(Column.TOPICS, read[Column.TOPICS])
    row.want(Column.GROUPS, groups)
    if row.errors:
        return None
    return NewConsultation(
        programme=sheet.programme,
        held_on=sheet.held_on,
        minutes=minutes,
        kind=next(iter(read[Column.KIND]), ConsultationKind.CONSULTATION),
        channel=next(iter(read[Column.CHANNEL]), Channel.VISIT),
        target_group=groups[0],
        other_groups=tuple(groups),
        topic=read[Column.TOPICS][0],
        other_topics=read[Column.TOPICS],
        memo=row.cells[Column.MEMO].strip(),
        **about_person(known, read),
    )


def about_person(known: Mapping[str, Any], read: Mapping[Column, tuple[Any, ...]]) -> Any:
    """Return what is true of the person: as typed, else as the last time, else unknown."""
    otherwise = {
        Column.SOURCE: Source.SELF,
        Column.ASSISTANCE: AssistanceStatus.UNKNOWN,
        Column.AGE_BAND: AgeBand.UNKNOWN,
        Column.HOUSEHOLD: Household.UNKNOWN,
    }
    said = {
        column.value: next(iter(read[column]), known.get(column.value, value))
        for column, value in otherwise.items()
    }
    return said | {
        "case_id": known.get("case_id"),
        "source_other": "" if read[Column.SOURCE] else known.get("source_other", ""),
        "household_other": "" if read[Column.HOUSEHOLD] else known.get("household_other", ""),
        "single_parent": said["household"] is Household.SINGLE_PARENT or known.get("single_parent", False),
    }
