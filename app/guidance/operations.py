"""Recording which window a person was guided to, and taking that back with its consultation."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from app.access.actor import Actor
from app.audit import trail
from app.cases.models import Consultation
from app.foundation import clock
from app.foundation.db import db
from app.foundation.errors import DomainError, NotFound
from app.foundation.fiscal_year import fiscal_year_of
from app.guidance.kept import Found, write_ranked, write_situation
from app.guidance.models import Guidance
from app.situation.vocabulary import TargetGroup
from app.windows.queries import NOT_OPEN, windows_on
from app.windows.views import WindowView


@dataclass(frozen=True, kw_only=True)
class NewGuidance:
    """A window named to a person in a consultation; ``case_id`` is None where there was no case.

    ``found`` is what was asked and answered before, None where the window was named without asking.
    """

    consultation_id: int
    case_id: int | None
    window_id: int
    given_on: date
    target_group: TargetGroup
    found: Found | None = None


def record_guidance(*, actor: Actor, new: Sequence[NewGuidance]) -> list[Guidance]:
    """Record guidance as it was given; the intent counts even when no referral follows.

    Raises:
        NotFound: a consultation is missing, void, or another office's.
        DomainError: a window is not open on the day of the guidance.
    """
    offices = offices_of(actor=actor, consultation_ids={one.consultation_id for one in new})
    views = windows_on((one.window_id, one.given_on) for one in new)
    made = []
    for one in new:
        view = views.get((one.window_id, one.given_on))
        if view is None:
            raise DomainError(NOT_OPEN, field="window_id")
        made.append(guidance_of(actor=actor, new=one, office_id=offices[one.consultation_id], view=view))
    db.session.add_all(made)
    db.session.flush()
    for guidance in made:
        trail.record(
            actor=actor,
            action="guidance.given",
            subject="guidance",
            subject_id=guidance.id,
            details={
                "consultation": guidance.consultation_id,
                "window_version": guidance.window_version_id,
                "chosen_rank": guidance.chosen_rank,
            },
        )
    return made


def guidance_of(*, actor: Actor, new: NewGuidance, office_id: int, view: WindowView) -> Guidance:
    """Return the record of one guidance, with the version of the window that held on its day."""
    found = new.found
    return Guidance(
        consultation_id=new.consultation_id,
        case_id=new.case_id,
        office_id=office_id,
        window_id=view.window_id,
        window_version_id=view.version_id,
        given_on=new.given_on,
        fiscal_year=fiscal_year_of(new.given_on),
        target_group=new.target_group,
        entered_at=clock.now(),
        entered_by=actor.id,
        situation=write_situation(found.situation) if found else None,
        ranked=write_ranked(found.answer) if found else None,
        chosen_rank=found.rank_of(view.window_id) if found else None,
        nothing_matched=found is not None and found.answer.nothing_matched,
    )


def offices_of(*, actor: Actor, consultation_ids: set[int]) -> dict[int, int]:
    """Return the office of each consultation.

    Raises:
        NotFound: one is missing, void, or of an office that the actor may not act for.
    """
    rows = db.session.execute(
        select(Consultation.id, Consultation.office_id).where(
            Consultation.id.in_(consultation_ids), Consultation.voided_at.is_(None)
        )
    )
    offices = {consultation_id: office_id for consultation_id, office_id in rows}
    foreign = actor.office_id is not None and any(office != actor.office_id for office in offices.values())
    if foreign or offices.keys() != consultation_ids:
        raise NotFound
    return offices


def follow_consultation(
    *, actor: Actor, consultation_id: int, given_on: date, target_group: TargetGroup
) -> None:
    """Let the guidance of a consultation take over its corrected day and target group.

    Called by whoever corrects the consultation, in the same transaction and after the same checks.

    Raises:
        DomainError: at ``held_on``: the window that was named is not open on the new day.
    """
    live = list(
        db.session.scalars(
            select(Guidance).where(Guidance.consultation_id == consultation_id, Guidance.voided_at.is_(None))
        )
    )
    views = windows_on((guidance.window_id, given_on) for guidance in live)
    for guidance in live:
        if (guidance.given_on, guidance.target_group) == (given_on, target_group):
            continue
        view = views.get((guidance.window_id, given_on))
        if view is None:
            raise DomainError(NOT_OPEN, field="held_on")
        before = {"given_on": guidance.given_on, "target_group": guidance.target_group}
        guidance.given_on, guidance.fiscal_year = given_on, fiscal_year_of(given_on)
        guidance.target_group, guidance.window_version_id = target_group, view.version_id
        trail.record(
            actor=actor,
            action="guidance.followed",
            subject="guidance",
            subject_id=guidance.id,
            details={"consultation": consultation_id, "before": before},
        )
    db.session.flush()


def name_window(*, actor: Actor, consultation: Consultation, window_id: int | None, given_on: date) -> None:
    """Correct which window was named in a consultation, None for no window; what was named before is void.

    Called by whoever corrects the consultation, in the same transaction and after the same checks.

    Raises:
        DomainError: at ``window_id``: the window is not open on the day.
    """
    named = list(
        db.session.scalars(
            select(Guidance.window_id).where(
                Guidance.consultation_id == consultation.id, Guidance.voided_at.is_(None)
            )
        )
    )
    if named == ([] if window_id is None else [window_id]):
        return
    void_of_consultation(actor=actor, consultation_id=consultation.id)
    if window_id is not None:
        new = NewGuidance(
            consultation_id=consultation.id,
            case_id=consultation.case_id,
            window_id=window_id,
            given_on=given_on,
            target_group=consultation.target_group,
        )
        record_guidance(actor=actor, new=[new])


def void_of_consultation(*, actor: Actor, consultation_id: int) -> int:
    """Take back the guidance of a consultation that is void; return how many records left the counts.

    Called by whoever voids the consultation, in the same transaction and after the same checks.
    """
    live = list(
        db.session.scalars(
            select(Guidance).where(Guidance.consultation_id == consultation_id, Guidance.voided_at.is_(None))
        )
    )
    for guidance in live:
        guidance.voided_at = clock.now()
        trail.record(
            actor=actor,
            action="guidance.voided",
            subject="guidance",
            subject_id=guidance.id,
            details={"consultation": consultation_id},
        )
    db.session.flush()
    return len(live)
