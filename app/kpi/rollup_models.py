"""Sums that the database keeps itself."""

from datetime import date

from sqlalchemy import Date, ForeignKey, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from app.cases.vocabulary import ConsultationKind
from app.foundation.db import Coded, Model
from app.foundation.sensitivity import INTERNAL
from app.situation.programme import Programme


class ConsultationDay(Model):
    """How many consultations and people one day, office and target group had.

    Triggers keep it (migration 0011); nothing here writes it but the rebuilding command.
    """

    __tablename__ = "consultation_day"
    __table_args__ = ({"sqlite_with_rowid": False},)

    programme: Mapped[Programme] = mapped_column(Coded(Programme), primary_key=True, info=INTERNAL)
    kind: Mapped[ConsultationKind] = mapped_column(Coded(ConsultationKind), primary_key=True, info=INTERNAL)
    fiscal_year: Mapped[int] = mapped_column(Integer, primary_key=True, info=INTERNAL)
    held_on: Mapped[date] = mapped_column(Date, primary_key=True, info=INTERNAL)
    office_id: Mapped[int] = mapped_column(ForeignKey("office.id"), primary_key=True, info=INTERNAL)
    # '' where a group session was not counted by target group: 不明.
    target_group: Mapped[str] = mapped_column(String(40), primary_key=True, info=INTERNAL)
    entries: Mapped[int] = mapped_column(Integer, info=INTERNAL)
    heads: Mapped[int] = mapped_column(Integer, info=INTERNAL)
