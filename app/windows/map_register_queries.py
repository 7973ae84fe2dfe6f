"""Reads of where copies of the map lie (配架) and of briefings of staff (周知)."""

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from app.foundation.db import db
from app.foundation.errors import NotFound
from app.windows.map_models import MapCounter, MapDistribution, MapEdition, MapPrinting, StaffBriefing
from app.windows.map_queries import printing_view
from app.windows.map_views import BriefingView, CounterView, DistributionView, PrintingView
from app.windows.map_vocabulary import EditionState


def get_printing(printing_id: int) -> PrintingView:
    """Return a printing; NotFound when there is none."""
    printing = db.session.get(MapPrinting, printing_id)
    if printing is None:
        raise NotFound
    return printing_view(printing, printing.edition.number)


def list_distributions(*, offset: int = 0, limit: int | None = None) -> list[DistributionView]:
    """List what was laid where, the newest first, voided entries included."""
    chosen = (
        select(MapDistribution)
        .options(joinedload(MapDistribution.edition), joinedload(MapDistribution.counter))
        .order_by(MapDistribution.laid_on.desc(), MapDistribution.id.desc())
    )
    return [distribution_view(one) for one in db.session.scalars(chosen.offset(offset).limit(limit))]


def count_distributions() -> int:
    """Count the entries of 配架, voided ones included."""
    return db.session.scalar(select(func.count(MapDistribution.id))) or 0


def get_distribution(distribution_id: int) -> DistributionView:
    """Return an entry of 配架; NotFound when there is none."""
    found = db.session.get(MapDistribution, distribution_id)
    if found is None:
        raise NotFound
    return distribution_view(found)


def list_counters() -> list[CounterView]:
    """List the counters with what was laid there last, in two reads, by name."""
    last: dict[int, DistributionView] = {}
    for one in list_distributions():
        if one.void_reason is None:
            last.setdefault(one.counter_id, one)
    counters = db.session.scalars(select(MapCounter).order_by(MapCounter.place))
    return [CounterView(id=one.id, place=one.place, last=last.get(one.id)) for one in counters]


def counters_with_old_copies(counters: list[CounterView], current: int | None) -> list[CounterView]:
    """Return the counters where copies of an edition before the current one lie; emptied ones hold none."""
    return [one for one in counters if one.last and one.last.copies and one.holds_old(current)]


def list_editions_out() -> list[int]:
    """List the numbers of the editions that are out, the newest first."""
    chosen = select(MapEdition.number).where(
        MapEdition.state == EditionState.PUBLISHED, MapEdition.voided_at.is_(None)
    )
    return list(db.session.scalars(chosen.order_by(MapEdition.number.desc())))


def list_briefings(*, offset: int = 0, limit: int | None = None) -> list[BriefingView]:
    """List the briefings of staff, the newest first, voided entries included."""
    chosen = (
        select(StaffBriefing)
        .options(joinedload(StaffBriefing.office))
        .order_by(StaffBriefing.held_on.desc(), StaffBriefing.id.desc())
    )
    return [briefing_view(one) for one in db.session.scalars(chosen.offset(offset).limit(limit))]


def count_briefings() -> int:
    """Count the briefings, voided ones included."""
    return db.session.scalar(select(func.count(StaffBriefing.id))) or 0


def get_briefing(briefing_id: int) -> BriefingView:
    """Return a briefing; NotFound when there is none."""
    found = db.session.get(StaffBriefing, briefing_id)
    if found is None:
        raise NotFound
    return briefing_view(found)


def distribution_view(one: MapDistribution) -> DistributionView:
    """Return what pages see of an entry of 配架."""
    return DistributionView(
        id=one.id,
        edition=one.edition.number,
        counter_id=one.counter_id,
        place=one.counter.place,
        laid_on=one.laid_on,
        fiscal_year=one.fiscal_year,
        copies=one.copies,
        version=one.version,
        void_reason=one.void_reason,
    )


def briefing_view(one: StaffBriefing) -> BriefingView:
    """Return what pages see of a briefing."""
    return BriefingView(
        id=one.id,
        office_id=one.office_id,
        office=one.office.name,
        office_en=one.office.name_en,
        held_on=one.held_on,
        fiscal_year=one.fiscal_year,
        headcount=one.headcount,
        version=one.version,
        void_reason=one.void_reason,
    )
