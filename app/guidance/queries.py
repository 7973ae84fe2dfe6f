"""Reads of guidance given, of the actor's own office."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from sqlalchemy import Select, bindparam, select

from app.access.actor import Actor
from app.cases.queries import of_person
from app.foundation.db import db
from app.guidance.kept import read_ranked, read_situation
from app.guidance.models import Guidance
from app.situation.situation import Situation
from app.situation.vocabulary import TargetGroup
from app.windows.queries import get_versions
from app.windows.views import WindowView


@dataclass(frozen=True, kw_only=True)
class GuidanceView:
    """One guidance with the window as it stood on that day."""

    id: int
    consultation_id: int
    case_id: int | None
    given_on: date
    target_group: TargetGroup
    window: WindowView
    situation: Situation | None
    ranked: tuple[tuple[str, int], ...]
    chosen_rank: int | None
    nothing_matched: bool


def list_of_consultation(*, actor: Actor, consultation_id: int) -> list[GuidanceView]:
    """List what was named in a consultation, in the order of entry."""
    return read(live(actor).where(Guidance.consultation_id == consultation_id))


def list_of_case(*, actor: Actor, case_id: int) -> list[GuidanceView]:
    """List what was named to a person, oldest first."""
    return read(live(actor).where(of_person(Guidance.case_id, case_id)))


def find_latest_situation(*, actor: Actor, case_id: int) -> Situation | None:
    """Return what was last asked of a person before a window was named, None where nothing was kept."""
    found = db.session.connection().execute(newest_situation(actor), {"case_id": case_id}).scalar()
    return read_situation(found) if found else None


@lru_cache  # asked by every entry page, and dearer to build than to run
def newest_situation(actor: Actor) -> Select[str | None]:
    """Return the statement of ``find_latest_situation``."""
    return (
        live(actor)
        .with_only_columns(Guidance.situation)
        .where(of_person(Guidance.case_id, bindparam("case_id")), Guidance.situation.is_not(None))
        .order_by(None)
        .order_by(Guidance.given_on.desc(), Guidance.id.desc())
        .limit(1)
    )


def live(actor: Actor) -> Select[Guidance]:
    """Select guidance that counts and that the actor's office gave."""
    chosen = select(Guidance).where(Guidance.voided_at.is_(None)).order_by(Guidance.given_on, Guidance.id)
    return chosen if actor.office_id is None else chosen.where(Guidance.office_id == actor.office_id)


def read(chosen: Select[Guidance]) -> list[GuidanceView]:
    """Read guidance with its windows in two reads, however many there are."""
    found = list(db.session.scalars(chosen))
    windows = get_versions(guidance.window_version_id for guidance in found) if found else {}
    return [
        GuidanceView(
            id=guidance.id,
            consultation_id=guidance.consultation_id,
            case_id=guidance.case_id,
            given_on=guidance.given_on,
            target_group=guidance.target_group,
            window=windows[guidance.window_version_id],
            situation=read_situation(guidance.situation) if guidance.situation else None,
            ranked=read_ranked(guidance.ranked) if guidance.ranked else (),
            chosen_rank=guidance.chosen_rank,
            nothing_matched=guidance.nothing_matched,
        )
        for guidance in found
    ]
