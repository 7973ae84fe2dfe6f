"""Rules and scenarios of guidance: every change of a rule is a version, and nothing is deleted."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.foundation.db import Coded, Model, UtcDateTime
from app.foundation.sensitivity import INTERNAL, PUBLIC
from app.windows.models import Window
from app.windows.rules import RuleKind


class GuidanceRule(Model):
    """A rule for a window; ``key`` names it for good."""

    __tablename__ = "guidance_rule"

    id: Mapped[int] = mapped_column(primary_key=True, info=PUBLIC)
    key: Mapped[str] = mapped_column(String(60), unique=True, info=PUBLIC)
    window_id: Mapped[int] = mapped_column(ForeignKey("window.id"), index=True, info=PUBLIC)

    window: Mapped[Window] = relationship()


class GuidanceRuleVersion(Model):
    """What a rule says from a day on; the newest version that has begun speaks."""

    __tablename__ = "guidance_rule_version"
    __table_args__ = (
        CheckConstraint("valid_to IS NULL OR valid_to >= valid_from", name="validity"),
        Index("uq_guidance_rule_version_number", "rule_id", "number", unique=True),
    )

    id: Mapped[int] = mapped_column(primary_key=True, info=PUBLIC)
    rule_id: Mapped[int] = mapped_column(ForeignKey("guidance_rule.id"), info=PUBLIC)
    number: Mapped[int] = mapped_column(Integer, info=PUBLIC)
    kind: Mapped[RuleKind] = mapped_column(Coded(RuleKind), info=PUBLIC)
    # Coded conditions as JSON; see rules.Conditions.
    conditions: Mapped[str] = mapped_column(Text, info=PUBLIC)
    points: Mapped[int] = mapped_column(Integer, info=PUBLIC)
    reason: Mapped[str] = mapped_column(Text, info=PUBLIC)
    reason_en: Mapped[str] = mapped_column(Text, info=PUBLIC)
    valid_from: Mapped[date | None] = mapped_column(Date, info=PUBLIC)
    valid_to: Mapped[date | None] = mapped_column(Date, info=PUBLIC)
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime, info=INTERNAL)
    recorded_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"), info=INTERNAL)

    rule: Mapped[GuidanceRule] = relationship()


class GuidanceScenario(Model):
    """An invented situation with the answer that is expected of the rules."""

    __tablename__ = "guidance_scenario"

    id: Mapped[int] = mapped_column(primary_key=True, info=PUBLIC)
    key: Mapped[str] = mapped_column(String(60), unique=True, info=PUBLIC)
    title: Mapped[str] = mapped_column(String(120), info=PUBLIC)
    # Coded answers as JSON; see situation.Situation. Nobody real stands behind them.
    situation: Mapped[str] = mapped_column(Text, info=PUBLIC)
    day: Mapped[date | None] = mapped_column(Date, info=PUBLIC)
    # Keys of windows, one space between them.
    first: Mapped[str] = mapped_column(String(60), info=PUBLIC)
    also: Mapped[str] = mapped_column(Text, info=PUBLIC)
    never: Mapped[str] = mapped_column(Text, info=PUBLIC)
    reason: Mapped[str] = mapped_column(Text, info=PUBLIC)
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime, info=INTERNAL)
    recorded_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"), info=INTERNAL)
    # A scenario that no longer says what the city wants stays readable, and is not run.
    retired_at: Mapped[datetime | None] = mapped_column(UtcDateTime, info=INTERNAL)
