"""From a version to the form of the plan desk, and back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from app.access.actor import Actor
from app.foundation import clock
from app.windows.entry_forms import FactsForm, NewWindowForm, RevisionForm
from app.windows.entry_operations import open_window, revise_window
from app.windows.facts import WindowFacts
from app.windows.forms import DirectoryFilters
from app.windows.hours import HolidayRule, Weekday
from app.windows.queries import list_directory, list_offices
from app.windows.rule_queries import list_rules
from app.windows.search import Wanted
from app.windows.typed import closings_from, hours_from, typed_closings, typed_spans
from app.windows.verification import due
from app.windows.views import Listed, WindowView
from app.windows.vocabulary import GRACE_DAYS, RESPONSE_DAYS

NOT_TYPED: Final = frozenset({"hours", "closings", "verified_on", "verified_by"})
NEW_AGENCY: Final = 0
PLAIN: Final = tuple(name for name in WindowFacts.__dataclass_fields__ if name not in NOT_TYPED)


def values_of(facts: WindowFacts | None) -> dict[str, Any]:
    """Return the values with which a form begins; a new entry knows nothing yet."""
    if facts is None:
        return {"response_days": RESPONSE_DAYS, "grace_days": GRACE_DAYS}
    values = {name: getattr(facts, name) for name in PLAIN}
    values |= {weekday.value: typed_spans(facts.hours, weekday) for weekday in Weekday}
    return values | {
        "holidays": facts.hours.holidays if facts.hours else HolidayRule.UNKNOWN,
        "closings": typed_closings(facts.closings),
    }


def facts_from(form: FactsForm) -> WindowFacts:
    """Return what a sound form says; the verification is not part of it."""
    return WindowFacts(
        **{name: form[name].data for name in PLAIN},
        hours=hours_from({weekday: form[weekday.value].data for weekday in Weekday}, form.holidays.data),
        closings=closings_from(form.closings.data, today=clock.today()),
    )


def revise(*, actor: Actor, base: WindowView, form: RevisionForm) -> int:
    """Make a new version of what the form says; return its number."""
    return revise_window(
        actor=actor,
        window_id=base.window_id,
        of=base.number,
        latest=form.version.data,
        revision=form.revision.data,
        changed_on=form.changed_on.data,
        facts=facts_from(form),
        verified=form.verified.data,
    )


def office_choices(locale: str, another: str) -> list[tuple[Any, object]]:
    """Return the offices that may run a window, and ``another`` for one that is not there."""
    return [*((office.id, office.name_in(locale)) for office in list_offices()), (NEW_AGENCY, another)]


def open_from(*, actor: Actor, form: NewWindowForm) -> int:
    """Enter the window that the form says; return its id."""
    return open_window(
        actor=actor,
        key=form.key.data,
        office_id=None if form.office_id.data == NEW_AGENCY else form.office_id.data,
        facts=facts_from(form),
        verified=form.verified.data,
        agency=form.agency.data,
        agency_en=form.agency_en.data,
    )


def successor_choices(window_id: int, locale: str) -> list[tuple[Any, object]]:
    """Return the windows that may take over from one: all others that have not ended."""
    lines = list_directory(clock.today())
    return [
        (line.view.window_id, line.view.name_in(locale)) for line in lines if line.view.window_id != window_id
    ]


def count_rules(window_key: str) -> int:
    """Count the rules of guidance of today that lead to a window."""
    return sum(rule.window_key == window_key for rule in list_rules(clock.today()))


def wanted_from(form: DirectoryFilters) -> Wanted:
    """Return what a list is narrowed to; a filter that could not be read narrows nothing."""
    said = {name: form[name].data for name in Wanted.__dataclass_fields__ if not form[name].errors}
    return Wanted(**said)


def seen_key(view: WindowView) -> str:
    """Return what the page of a round sends of an entry: which version of which window was seen."""
    return f"{view.window_id}-{view.version_id}"


def seen_from(keys: Sequence[str]) -> dict[int, int]:
    """Return which version of which window was seen."""
    return {int(window): int(version) for window, _dash, version in (key.partition("-") for key in keys)}


@dataclass(frozen=True, kw_only=True)
class Round:
    """A round of verification: what is due, oldest first, out of how many."""

    lines: list[Listed]
    total: int


def verification_round(today: date) -> Round:
    """Return the entries that nobody verified for twelve months."""
    lines = list_directory(today)
    return Round(lines=due(lines, today), total=len(lines))


def after(due_lines: list[Listed], window_id: int) -> int | None:
    """Return the entry that follows another in a round, the first one when that was the last."""
    ids = [line.view.window_id for line in due_lines]
    rest = ids[ids.index(window_id) + 1 :] if window_id in ids else ids
    others = [one for one in (*rest, *ids) if one != window_id]
    return others[0] if others else None
