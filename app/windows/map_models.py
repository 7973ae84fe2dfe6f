"""Editions of the map and what they contain, printings, where copies lie, and briefings of staff."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, Date, ForeignKey, Integer, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, declared_attr, mapped_column, relationship

from app.foundation.db import Coded, Model, UtcDateTime, fiscal_year_checks
from app.foundation.sensitivity import INTERNAL, PUBLIC
from app.windows.map_vocabulary import EditionState, MapReason
from app.windows.models import Office


class Entered:
    """What every entry of the register has: a version against two hands, and how it left every count."""

    version: Mapped[int] = mapped_column(Integer, server_default="1", info=INTERNAL)
    voided_at: Mapped[datetime | None] = mapped_column(UtcDateTime, info=INTERNAL)
    void_reason: Mapped[MapReason | None] = mapped_column(Coded(MapReason), info=INTERNAL)

    @declared_attr.directive
    def __mapper_args__(cls) -> dict[str, Any]:  # noqa: N805 - what SQLAlchemy passes is the class
        """Count every change of a row, so that two hands cannot overwrite each other."""
        return {"version_id_col": cls.version}


class MapEdition(Entered, Model):
    __tablename__ = "map_edition"
    __table_args__ = (*fiscal_year_checks("published_on"),)

    id: Mapped[int] = mapped_column(primary_key=True, info=PUBLIC)
    number: Mapped[int] = mapped_column(Integer, unique=True, info=PUBLIC)
    state: Mapped[EditionState] = mapped_column(
        Coded(EditionState), default=EditionState.PUBLISHED, server_default="published", info=PUBLIC
    )
    # Of a draft: the day for which it is made, whose windows it shows.
    published_on: Mapped[date] = mapped_column(Date, info=PUBLIC)
    fiscal_year: Mapped[int] = mapped_column(Integer, info=PUBLIC)
    changes: Mapped[str] = mapped_column(Text, info=PUBLIC)


class MapContent(Model):
    __tablename__ = "map_content"

    edition_id: Mapped[int] = mapped_column(ForeignKey("map_edition.id"), primary_key=True, info=PUBLIC)
    version_id: Mapped[int] = mapped_column(
        ForeignKey("window_version.id"), primary_key=True, index=True, info=PUBLIC
    )


class MapLeaflet(Model):
    """The leaflet of an edition, byte for byte as it was published."""

    __tablename__ = "map_leaflet"

    edition_id: Mapped[int] = mapped_column(ForeignKey("map_edition.id"), primary_key=True, info=PUBLIC)
    content: Mapped[bytes] = mapped_column(LargeBinary, info=PUBLIC)


class MapPrinting(Entered, Model):
    __tablename__ = "map_printing"
    __table_args__ = (CheckConstraint("copies > 0", name="copies"), *fiscal_year_checks("printed_on"))

    id: Mapped[int] = mapped_column(primary_key=True, info=PUBLIC)
    edition_id: Mapped[int] = mapped_column(ForeignKey("map_edition.id"), index=True, info=PUBLIC)
    printed_on: Mapped[date] = mapped_column(Date, info=PUBLIC)
    fiscal_year: Mapped[int] = mapped_column(Integer, info=PUBLIC)
    copies: Mapped[int] = mapped_column(Integer, info=PUBLIC)
    # 増冊 counts only what is printed after an edition's first run.
    is_first_run: Mapped[bool] = mapped_column(info=PUBLIC)

    edition: Mapped[MapEdition] = relationship()


class MapCounter(Model):
    __tablename__ = "map_counter"

    id: Mapped[int] = mapped_column(primary_key=True, info=PUBLIC)
    place: Mapped[str] = mapped_column(String(80), unique=True, info=PUBLIC)


class MapDistribution(Entered, Model):
    __tablename__ = "map_distribution"
    # No copies: somebody looked, and there were none left.
    __table_args__ = (CheckConstraint("copies >= 0", name="copies"), *fiscal_year_checks("laid_on"))

    id: Mapped[int] = mapped_column(primary_key=True, info=PUBLIC)
    edition_id: Mapped[int] = mapped_column(ForeignKey("map_edition.id"), index=True, info=PUBLIC)
    counter_id: Mapped[int] = mapped_column(ForeignKey("map_counter.id"), index=True, info=PUBLIC)
    laid_on: Mapped[date] = mapped_column(Date, index=True, info=PUBLIC)
    fiscal_year: Mapped[int] = mapped_column(Integer, info=PUBLIC)
    copies: Mapped[int] = mapped_column(Integer, info=PUBLIC)

    edition: Mapped[MapEdition] = relationship()
    counter: Mapped[MapCounter] = relationship()


class StaffBriefing(Entered, Model):
    __tablename__ = "staff_briefing"
    __table_args__ = (CheckConstraint("headcount > 0", name="headcount"), *fiscal_year_checks("held_on"))

    id: Mapped[int] = mapped_column(primary_key=True, info=PUBLIC)
    office_id: Mapped[int] = mapped_column(ForeignKey("office.id"), index=True, info=PUBLIC)
    held_on: Mapped[date] = mapped_column(Date, index=True, info=PUBLIC)
    fiscal_year: Mapped[int] = mapped_column(Integer, info=PUBLIC)
    headcount: Mapped[int] = mapped_column(Integer, info=PUBLIC)

    office: Mapped[Office] = relationship()
