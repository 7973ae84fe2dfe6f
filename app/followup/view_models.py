"""Views of the board that somebody kept."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, false
from sqlalchemy.orm import Mapped, mapped_column

from app.foundation.db import Model, UtcDateTime
from app.foundation.sensitivity import INTERNAL


class SavedView(Model):
    """保存した表示: filters of a board under a title, each person's own."""

    __tablename__ = "saved_view"

    id: Mapped[int] = mapped_column(primary_key=True, info=INTERNAL)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True, info=INTERNAL)
    board: Mapped[str] = mapped_column(String(20), info=INTERNAL)
    title: Mapped[str] = mapped_column(String(40), info=INTERNAL)
    # The address's part behind the question mark: ids and codes, nothing personal.
    query: Mapped[str] = mapped_column(String(400), info=INTERNAL)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime, info=INTERNAL)
    # The board opens with it; one of a person's views at most.
    is_default: Mapped[bool] = mapped_column(server_default=false(), default=False, info=INTERNAL)
