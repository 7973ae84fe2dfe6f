"""Plans, policies, themes, measures, indicators, targets, yearly results and notes."""

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, Integer, Numeric, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.foundation.db import Coded, Model, UtcDateTime
from app.foundation.sensitivity import INTERNAL, PUBLIC
from app.plan.vocabulary import Counting, NotePlace, ResultKind, ResultSource, TargetSense, TextKind
from app.windows.models import Office


class Plan(Model):
    __tablename__ = "plan"

    id: Mapped[int] = mapped_column(primary_key=True, info=PUBLIC)
    key: Mapped[str] = mapped_column(String(40), unique=True, info=PUBLIC)
    title: Mapped[str] = mapped_column(String(120), info=PUBLIC)
    title_en: Mapped[str] = mapped_column(String(160), info=PUBLIC)
    city: Mapped[str] = mapped_column(String(40), info=PUBLIC)
    local_government_code: Mapped[str] = mapped_column(String(6), info=PUBLIC)
    base_policy: Mapped[str] = mapped_column(String(120), info=PUBLIC)
    first_fiscal_year: Mapped[int] = mapped_column(Integer, info=PUBLIC)
    last_fiscal_year: Mapped[int] = mapped_column(Integer, info=PUBLIC)


class Policy(Model):
    __tablename__ = "policy"

    id: Mapped[int] = mapped_column(primary_key=True, info=PUBLIC)
    plan_id: Mapped[int] = mapped_column(ForeignKey("plan.id"), index=True, info=PUBLIC)
    number: Mapped[int] = mapped_column(Integer, info=PUBLIC)
    title: Mapped[str] = mapped_column(String(120), info=PUBLIC)
    title_en: Mapped[str] = mapped_column(String(160), info=PUBLIC)


class Theme(Model):
    __tablename__ = "theme"

    id: Mapped[int] = mapped_column(primary_key=True, info=PUBLIC)
    policy_id: Mapped[int] = mapped_column(ForeignKey("policy.id"), index=True, info=PUBLIC)
    number: Mapped[int] = mapped_column(Integer, info=PUBLIC)
    title: Mapped[str] = mapped_column(String(80), info=PUBLIC)
    title_en: Mapped[str] = mapped_column(String(120), info=PUBLIC)

    policy: Mapped[Policy] = relationship()


class Measure(Model):
    __tablename__ = "measure"

    id: Mapped[int] = mapped_column(primary_key=True, info=PUBLIC)
    theme_id: Mapped[int] = mapped_column(ForeignKey("theme.id"), index=True, info=PUBLIC)
    number: Mapped[int] = mapped_column(Integer, info=PUBLIC)
    code: Mapped[str] = mapped_column(String(8), info=PUBLIC)
    title: Mapped[str] = mapped_column(String(120), info=PUBLIC)
    title_en: Mapped[str] = mapped_column(String(160), info=PUBLIC)
    # The plan's table prints some titles otherwise than its chapters do.
    title_in_table: Mapped[str] = mapped_column(String(120), info=PUBLIC)
    title_in_table_en: Mapped[str] = mapped_column(String(160), info=PUBLIC)
    description: Mapped[str] = mapped_column(Text, info=PUBLIC)
    description_en: Mapped[str] = mapped_column(Text, info=PUBLIC)
    audience: Mapped[str] = mapped_column(String(120), info=PUBLIC)
    audience_en: Mapped[str] = mapped_column(String(160), info=PUBLIC)
    # 再掲: this measure repeats another and holds no figure of its own.
    repeats_id: Mapped[int | None] = mapped_column(ForeignKey("measure.id"), info=PUBLIC)

    theme: Mapped[Theme] = relationship()


class MeasureOffice(Model):
    __tablename__ = "measure_office"

    measure_id: Mapped[int] = mapped_column(ForeignKey("measure.id"), primary_key=True, info=PUBLIC)
    office_id: Mapped[int] = mapped_column(ForeignKey("office.id"), primary_key=True, info=PUBLIC)
    position: Mapped[int] = mapped_column(Integer, info=PUBLIC)

    office: Mapped[Office] = relationship()


class Indicator(Model):
    __tablename__ = "indicator"

    id: Mapped[int] = mapped_column(primary_key=True, info=PUBLIC)
    # For indicators counted from records this is also the key of the metric.
    key: Mapped[str] = mapped_column(String(60), unique=True, info=PUBLIC)
    label: Mapped[str] = mapped_column(String(80), info=PUBLIC)
    label_en: Mapped[str] = mapped_column(String(120), info=PUBLIC)
    unit: Mapped[str] = mapped_column(String(8), info=PUBLIC)
    unit_en: Mapped[str] = mapped_column(String(24), info=PUBLIC)
    decimals: Mapped[int] = mapped_column(Integer, info=PUBLIC)
    counting: Mapped[Counting] = mapped_column(Coded(Counting), info=PUBLIC)
    source: Mapped[ResultSource] = mapped_column(Coded(ResultSource), info=PUBLIC)


class IndicatorPart(Model):
    __tablename__ = "indicator_part"
    __table_args__ = (Index("uq_indicator_part_key", "indicator_id", "key", unique=True),)

    id: Mapped[int] = mapped_column(primary_key=True, info=PUBLIC)
    indicator_id: Mapped[int] = mapped_column(ForeignKey("indicator.id"), info=PUBLIC)
    key: Mapped[str] = mapped_column(String(40), info=PUBLIC)
    label: Mapped[str] = mapped_column(String(80), info=PUBLIC)
    label_en: Mapped[str] = mapped_column(String(120), info=PUBLIC)
    position: Mapped[int] = mapped_column(Integer, info=PUBLIC)


class MeasureIndicator(Model):
    __tablename__ = "measure_indicator"

    measure_id: Mapped[int] = mapped_column(ForeignKey("measure.id"), primary_key=True, info=PUBLIC)
    indicator_id: Mapped[int] = mapped_column(ForeignKey("indicator.id"), primary_key=True, info=PUBLIC)
    position: Mapped[int] = mapped_column(Integer, info=PUBLIC)


class Target(Model):
    __tablename__ = "target"
    __table_args__ = (
        CheckConstraint("last_fiscal_year >= first_fiscal_year", name="years"),
        Index("ix_target_of", "measure_id", "indicator_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, info=PUBLIC)
    measure_id: Mapped[int] = mapped_column(ForeignKey("measure.id"), info=PUBLIC)
    indicator_id: Mapped[int] = mapped_column(ForeignKey("indicator.id"), info=PUBLIC)
    first_fiscal_year: Mapped[int] = mapped_column(Integer, info=PUBLIC)
    last_fiscal_year: Mapped[int] = mapped_column(Integer, info=PUBLIC)
    value: Mapped[Decimal] = mapped_column(Numeric(14, 4), info=PUBLIC)
    sense: Mapped[TargetSense] = mapped_column(Coded(TargetSense), info=PUBLIC)
    note: Mapped[str] = mapped_column(Text, info=PUBLIC)
    note_en: Mapped[str] = mapped_column(Text, info=PUBLIC)
    version: Mapped[int] = mapped_column(Integer, info=INTERNAL)

    __mapper_args__ = {"version_id_col": version}


class Result(Model):
    __tablename__ = "result"
    __table_args__ = (
        # One figure per measure, indicator, part ('' is the whole), year and kind.
        Index("uq_result_of", "measure_id", "indicator_id", "part", "fiscal_year", "kind", unique=True),
    )

    id: Mapped[int] = mapped_column(primary_key=True, info=PUBLIC)
    measure_id: Mapped[int] = mapped_column(ForeignKey("measure.id"), info=PUBLIC)
    indicator_id: Mapped[int] = mapped_column(ForeignKey("indicator.id"), info=PUBLIC)
    part: Mapped[str] = mapped_column(String(40), info=PUBLIC)
    fiscal_year: Mapped[int] = mapped_column(Integer, info=PUBLIC)
    kind: Mapped[ResultKind] = mapped_column(Coded(ResultKind), info=PUBLIC)
    value: Mapped[Decimal] = mapped_column(Numeric(14, 4), info=PUBLIC)
    # The word that stands in print instead of the figure: なし, 開催なし.
    printed: Mapped[str] = mapped_column(String(20), info=PUBLIC)
    entered_at: Mapped[datetime] = mapped_column(UtcDateTime, info=INTERNAL)
    entered_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"), info=INTERNAL)
    version: Mapped[int] = mapped_column(Integer, info=INTERNAL)

    __mapper_args__ = {"version_id_col": version}


class MeasureText(Model):
    __tablename__ = "measure_text"
    __table_args__ = (
        CheckConstraint("last_fiscal_year >= first_fiscal_year", name="years"),
        Index("uq_measure_text_of", "measure_id", "kind", "first_fiscal_year", unique=True),
    )

    id: Mapped[int] = mapped_column(primary_key=True, info=PUBLIC)
    measure_id: Mapped[int] = mapped_column(ForeignKey("measure.id"), info=PUBLIC)
    kind: Mapped[TextKind] = mapped_column(Coded(TextKind), info=PUBLIC)
    first_fiscal_year: Mapped[int] = mapped_column(Integer, info=PUBLIC)
    last_fiscal_year: Mapped[int] = mapped_column(Integer, info=PUBLIC)
    text: Mapped[str] = mapped_column(Text, info=PUBLIC)
    text_en: Mapped[str] = mapped_column(Text, info=PUBLIC)
    version: Mapped[int] = mapped_column(Integer, info=INTERNAL)

    __mapper_args__ = {"version_id_col": version}


class PlanNote(Model):
    __tablename__ = "plan_note"

    id: Mapped[int] = mapped_column(primary_key=True, info=PUBLIC)
    plan_id: Mapped[int] = mapped_column(ForeignKey("plan.id"), index=True, info=PUBLIC)
    position: Mapped[int] = mapped_column(Integer, info=PUBLIC)
    fiscal_year: Mapped[int] = mapped_column(Integer, info=PUBLIC)
    text: Mapped[str] = mapped_column(Text, info=PUBLIC)
    text_en: Mapped[str] = mapped_column(Text, info=PUBLIC)


class PlanNoteMark(Model):
    __tablename__ = "plan_note_mark"

    id: Mapped[int] = mapped_column(primary_key=True, info=PUBLIC)
    note_id: Mapped[int] = mapped_column(ForeignKey("plan_note.id"), index=True, info=PUBLIC)
    measure_id: Mapped[int] = mapped_column(ForeignKey("measure.id"), info=PUBLIC)
    place: Mapped[NotePlace] = mapped_column(Coded(NotePlace), info=PUBLIC)
    # Only where the place is a figure.
    indicator_id: Mapped[int | None] = mapped_column(ForeignKey("indicator.id"), info=PUBLIC)


class BesideThePlan(Model):
    __tablename__ = "beside_the_plan"

    id: Mapped[int] = mapped_column(primary_key=True, info=PUBLIC)
    plan_id: Mapped[int] = mapped_column(ForeignKey("plan.id"), index=True, info=PUBLIC)
    position: Mapped[int] = mapped_column(Integer, info=PUBLIC)
    title: Mapped[str] = mapped_column(String(120), info=PUBLIC)
    title_en: Mapped[str] = mapped_column(String(160), info=PUBLIC)
    office_id: Mapped[int] = mapped_column(ForeignKey("office.id"), info=PUBLIC)

    office: Mapped[Office] = relationship()


class CountingRule(Model):
    __tablename__ = "counting_rule"

    id: Mapped[int] = mapped_column(primary_key=True, info=PUBLIC)
    key: Mapped[str] = mapped_column(String(40), index=True, info=PUBLIC)
    valid_from: Mapped[date] = mapped_column(Date, info=PUBLIC)
    valid_to: Mapped[date | None] = mapped_column(Date, info=PUBLIC)
