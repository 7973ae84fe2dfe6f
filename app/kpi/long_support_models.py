"""Who is left out of the list of people with long support and no result, why and until when."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Date, ForeignKey, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from app.foundation.db import Coded, Model, UtcDateTime
from app.foundation.sensitivity import INTERNAL, SENSITIVE
from app.kpi.vocabulary import LongSupportReason
from app.situation.programme import Programme


class LongSupportBreak(Model):
    """見直し: support goes on without a job for a known reason; looked at again after ``until_on``."""

    __tablename__ = "long_support_break"
    __table_args__ = (CheckConstraint("until_on >= set_on", name="days"),)

    id: Mapped[int] = mapped_column(primary_key=True, info=INTERNAL)
    case_id: Mapped[int] = mapped_column(ForeignKey("case_record.id"), index=True, info=INTERNAL)
    office_id: Mapped[int] = mapped_column(ForeignKey("office.id"), info=INTERNAL)
    programme: Mapped[Programme] = mapped_column(Coded(Programme), info=INTERNAL)
    reason: Mapped[LongSupportReason] = mapped_column(Coded(LongSupportReason), info=SENSITIVE)
    reason_other: Mapped[str] = mapped_column(String(60), info=SENSITIVE)
    set_on: Mapped[date] = mapped_column(Date, info=INTERNAL)
    until_on: Mapped[date] = mapped_column(Date, info=INTERNAL)
    set_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"), info=INTERNAL)
    entered_at: Mapped[datetime] = mapped_column(UtcDateTime, info=INTERNAL)
    undone_at: Mapped[datetime | None] = mapped_column(UtcDateTime, info=INTERNAL)
    undone_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"), info=INTERNAL)
    version: Mapped[int] = mapped_column(Integer, info=INTERNAL)

    __mapper_args__ = {"version_id_col": version}
