"""Keys of forms that were saved."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from app.foundation.db import Model, UtcDateTime
from app.foundation.sensitivity import INTERNAL, SECRET


class Submission(Model):
    __tablename__ = "submission"

    # A hash, because a new case's card code is derived from the key itself (docs/decisions/).
    key_hash: Mapped[str] = mapped_column(String(64), primary_key=True, info=SECRET)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), info=INTERNAL)
    purpose: Mapped[str] = mapped_column(String(40), info=INTERNAL)
    subject_id: Mapped[str] = mapped_column(String(40), info=INTERNAL)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True, info=INTERNAL)
