"""The rows of consultations and of jobs, said once: each metric takes those that it counts."""

from typing import Any

from sqlalchemy import ScalarSelect, Select, select

from app.cases.models import Case, Consultation
from app.cases.queries import person_id
from app.foundation.db import Base
from app.kpi.metric import row_select
from app.placements.models import Placement
from app.placements.vocabulary import PlacementKind
from app.referrals.models import Referral
from app.windows.models import Window


def consultation_rows(**more: Any) -> Select[Any]:
    """Return consultations that stand; who took no card is no person."""
    columns = {
        "case": Consultation.case_id,
        "office": Consultation.office_id,
        "programme": Consultation.programme,
        "target_group": Consultation.target_group,
    }
    return (
        row_select("consultation", Consultation.id, Consultation.held_on, **(columns | more))
        .outerjoin(Case, Case.id == Consultation.case_id)
        .where(Consultation.voided_at.is_(None))
    )


def placement_rows(*kinds: PlacementKind, **more: Any) -> Select[Any]:
    """Return records of jobs that stand; agency and window are those of the referral that led there.

    Person, agency and window are looked up only where they are asked for: most figures do not.
    """
    return row_select(
        "placement",
        Placement.id,
        Placement.started_on,
        case=Placement.case_id,
        person=looked_up(select(person_id()).where(Case.id == Placement.case_id)),
        office=Placement.office_id,
        programme=Placement.programme,
        agency=looked_up(
            select(Window.office_id)
            .join(Referral, Referral.window_id == Window.id)
            .where(Referral.id == Placement.referral_id)
        ),
        window=looked_up(select(Referral.window_id).where(Referral.id == Placement.referral_id)),
        target_group=Placement.target_group,
        **more,
    ).where(Placement.kind.in_(kinds), Placement.voided_at.is_(None))


def new_jobs(**more: Any) -> Select[Any]:
    """Return new jobs, one row each: no renewal, no higher earnings and no work through the Silver centre."""
    return placement_rows(PlacementKind.NEW, **more)


def looked_up(wanted: Select[Any], beside: type[Base] = Placement) -> ScalarSelect[Any]:
    """Return what stands on the record that another points to: read only where it is asked for."""
    return wanted.correlate(beside).scalar_subquery()
