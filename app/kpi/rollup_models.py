"""Sums, and days of persons and referrals, that the database keeps itself."""

from datetime import date

from sqlalchemy import Date, ForeignKey, Index, Integer, String, text
from sqlalchemy.orm import Mapped, mapped_column

from app.cases.vocabulary import ConsultationKind
from app.foundation.db import Coded, Model
from app.foundation.sensitivity import INTERNAL, SENSITIVE
from app.referrals.vocabulary import State
from app.situation.programme import Programme
from app.situation.vocabulary import TargetGroup


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


class PersonSupport(Model):
    """How long a person has been supported under a programme, where the newest consultation was, what came.

    Triggers keep it (migration 0018), as they do the two tables below.
    """

    __tablename__ = "person_support"
    __table_args__ = (
        Index("ix_person_support_first", "first_on"),
        {"sqlite_with_rowid": False},
    )

    # The case that stands for the person.
    person_id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False, info=INTERNAL)
    programme: Mapped[Programme] = mapped_column(Coded(Programme), primary_key=True, info=INTERNAL)
    kind: Mapped[ConsultationKind] = mapped_column(Coded(ConsultationKind), primary_key=True, info=INTERNAL)
    first_on: Mapped[date] = mapped_column(Date, info=SENSITIVE)
    newest_id: Mapped[int] = mapped_column(Integer, info=INTERNAL)
    newest_on: Mapped[date] = mapped_column(Date, info=SENSITIVE)
    office_id: Mapped[int] = mapped_column(Integer, info=INTERNAL)
    target_group: Mapped[TargetGroup] = mapped_column(Coded(TargetGroup), info=SENSITIVE)
    closed_on: Mapped[date | None] = mapped_column(Date, info=SENSITIVE)
    # The first new job since the first consultation.
    job_on: Mapped[date | None] = mapped_column(Date, info=SENSITIVE)


class PersonYear(Model):
    """A person's first consultation of a year under a programme, and on which day what came of it."""

    __tablename__ = "person_year"
    __table_args__ = (
        Index("ix_person_year_person", "person_id"),
        Index(
            "ix_person_year_referred_on",
            *("fiscal_year", "programme", "referred_on", "met_on", "placed_on", "office_id", "target_group"),
            sqlite_where=text("referred_on IS NOT NULL"),
            postgresql_where=text("referred_on IS NOT NULL"),
        ),
        Index(
            "ix_person_year_placed_on",
            *("fiscal_year", "programme", "placed_on", "referred_on", "met_on", "office_id", "target_group"),
            sqlite_where=text("placed_on IS NOT NULL"),
            postgresql_where=text("placed_on IS NOT NULL"),
        ),
        {"sqlite_with_rowid": False},
    )

    fiscal_year: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False, info=INTERNAL)
    programme: Mapped[Programme] = mapped_column(Coded(Programme), primary_key=True, info=INTERNAL)
    person_id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False, info=INTERNAL)
    first_id: Mapped[int] = mapped_column(Integer, info=INTERNAL)
    first_on: Mapped[date] = mapped_column(Date, info=SENSITIVE)
    office_id: Mapped[int] = mapped_column(Integer, info=INTERNAL)
    target_group: Mapped[TargetGroup] = mapped_column(Coded(TargetGroup), info=SENSITIVE)
    # The first day since then, within the year, on which a referral was sent …
    referred_on: Mapped[date | None] = mapped_column(Date, info=SENSITIVE)
    # … on which one so sent had led to a meeting, and on which a new job began.
    met_on: Mapped[date | None] = mapped_column(Date, info=SENSITIVE)
    placed_on: Mapped[date | None] = mapped_column(Date, info=SENSITIVE)


class ReferralStay(Model):
    """From when to when a referral stood in a state that is not over: what waits on any day."""

    __tablename__ = "referral_stay"
    __table_args__ = (
        Index("ix_referral_stay_left_on", "left_on", "happened_on"),
        {"sqlite_with_rowid": False},
    )

    referral_id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False, info=INTERNAL)
    number: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False, info=INTERNAL)
    to_state: Mapped[State] = mapped_column(Coded(State), info=SENSITIVE)
    happened_on: Mapped[date] = mapped_column(Date, info=SENSITIVE)
    # The first day of a later move; 31 December 9999 while there is none.
    left_on: Mapped[date] = mapped_column(Date, info=SENSITIVE)
