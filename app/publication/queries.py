"""Reading releases: the newest of a year, any other by its number, and their list."""

from collections.abc import Sequence

from sqlalchemy import select

from app.foundation.db import db
from app.plan.register import Words
from app.publication.figures import PublishedFigure, PublishedYear
from app.publication.models import Release, ReleaseFigure
from app.years.freezing_models import YearEdition


def find_release(fiscal_year: int, number: int | None = None) -> PublishedYear | None:
    """Return the newest release of a year, or that of a number; None where there is none."""
    wanted = select(Release).where(Release.fiscal_year == fiscal_year)
    if number is not None:
        wanted = wanted.where(Release.number == number)
    release = db.session.scalar(wanted.order_by(Release.number.desc()).limit(1))
    return None if release is None else released(release)


def list_releases(fiscal_year: int | None = None) -> Sequence[Release]:
    """Return every release, the newest year and number first."""
    wanted = select(Release).order_by(Release.fiscal_year.desc(), Release.number.desc())
    if fiscal_year is not None:
        wanted = wanted.where(Release.fiscal_year == fiscal_year)
    return db.session.scalars(wanted).all()


def list_released_years() -> list[int]:
    """Return the fiscal years of which something was released, newest first."""
    years = select(Release.fiscal_year).distinct().order_by(Release.fiscal_year.desc())
    return list(db.session.scalars(years))


def list_release_numbers(fiscal_year: int) -> list[int]:
    """Return the numbers of a year's releases, the newest first."""
    numbers = select(Release.number).where(Release.fiscal_year == fiscal_year).order_by(Release.number.desc())
    return list(db.session.scalars(numbers))


def list_frozen_years() -> list[int]:
    """Return the fiscal years that are frozen, newest first."""
    years = select(YearEdition.fiscal_year).distinct().order_by(YearEdition.fiscal_year.desc())
    return list(db.session.scalars(years))


def list_figures(release_id: int) -> Sequence[ReleaseFigure]:
    """Return the figures of a release in their order."""
    of = select(ReleaseFigure).where(ReleaseFigure.release_id == release_id)
    return db.session.scalars(of.order_by(ReleaseFigure.position)).all()


def released(release: Release) -> PublishedYear:
    """Return a release as plain values."""
    return PublishedYear(
        fiscal_year=release.fiscal_year,
        number=release.number,
        edition=release.edition,
        threshold=release.threshold,
        released_at=release.released_at,
        digest=release.digest,
        figures=tuple(figure(one) for one in list_figures(release.id)),
    )


def figure(row: ReleaseFigure) -> PublishedFigure:
    """Return a figure as plain values."""
    return PublishedFigure(
        measure=row.measure,
        indicator=row.indicator,
        part=row.part,
        label=Words(ja=row.label, en=row.label_en),
        unit=Words(ja=row.unit, en=row.unit_en),
        decimals=row.decimals,
        value=row.value,
        word=row.word,
        mark=row.mark,
        showing=row.showing,
    )
