"""The situations in which guidance was given, without a person: what a change of the rules is tried on."""

from datetime import date

from sqlalchemy import select

from app.foundation.db import db
from app.guidance.kept import read_situation
from app.guidance.models import Guidance
from app.situation.situation import Situation


def list_situations(*, since: date) -> list[Situation]:
    """List the situations kept with guidance since a day, of every office, once for each consultation."""
    chosen = (
        select(Guidance.consultation_id, Guidance.situation)
        .where(Guidance.voided_at.is_(None), Guidance.given_on >= since, Guidance.situation.is_not(None))
        .order_by(Guidance.given_on, Guidance.id)
    )
    kept = {consultation: text for consultation, text in db.session.execute(chosen)}
    return [read_situation(text) for text in kept.values() if text]
