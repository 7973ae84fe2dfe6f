"""Notes that only their author reads."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from app.foundation.db import Model, UtcDateTime
from app.foundation.sensitivity import INTERNAL, SENSITIVE


class CaseNote(Model):
    """自分用のメモ: one per person and case; it does not move when the case is handed over."""

    __tablename__ = "case_note"
    __table_args__ = (Index("uq_case_note_author", "case_id", "author_id", unique=True),)

    id: Mapped[int] = mapped_column(primary_key=True, info=INTERNAL)
    case_id: Mapped[int] = mapped_column(ForeignKey("case_record.id"), info=INTERNAL)
    author_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True, info=INTERNAL)
    text: Mapped[str] = mapped_column(String(200), info=SENSITIVE)
    written_at: Mapped[datetime] = mapped_column(UtcDateTime, info=INTERNAL)
    version: Mapped[int] = mapped_column(Integer, info=INTERNAL)

    __mapper_args__ = {"version_id_col": version}
