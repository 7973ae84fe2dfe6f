"""The mark of a database that holds sample data."""

from datetime import datetime

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.foundation.db import Model, UtcDateTime
from app.foundation.sensitivity import INTERNAL


class SampleMark(Model):
    __tablename__ = "sample_mark"
    __table_args__ = (CheckConstraint("id = 1", name="single_row"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, info=INTERNAL)
    loaded_at: Mapped[datetime] = mapped_column(UtcDateTime, info=INTERNAL)
