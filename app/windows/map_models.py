"""Editions of the map and their printings."""

from datetime import date

from sqlalchemy import CheckConstraint, Date, ForeignKey, Integer, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.foundation.db import Model, fiscal_year_checks
from app.foundation.sensitivity import PUBLIC


class MapEdition(Model):
    __tablename__ = "map_edition"
    __table_args__ = (*fiscal_year_checks("published_on"),)

    id: Mapped[int] = mapped_column(primary_key=True, info=PUBLIC)
    number: Mapped[int] = mapped_column(Integer, unique=True, info=PUBLIC)
    published_on: Mapped[date] = mapped_column(Date, info=PUBLIC)
    fiscal_year: Mapped[int] = mapped_column(Integer, info=PUBLIC)
    changes: Mapped[str] = mapped_column(Text, info=PUBLIC)


class MapPrinting(Model):
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
