"""What shows whether the waiting list may have changed."""

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from app.foundation.db import Model
from app.foundation.sensitivity import INTERNAL


class WaitingStamp(Model):
    """One row, written by the database itself: after a write to what the list follows from it is another.

    SQLite writes it with the change, PostgreSQL at the commit.
    """

    __tablename__ = "waiting_stamp"

    id: Mapped[int] = mapped_column(primary_key=True, info=INTERNAL)
    value: Mapped[str] = mapped_column(String(40), info=INTERNAL)
