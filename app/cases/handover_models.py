"""Handing over (引き継ぎ): who gave which cases to whom, so that it can be taken back exactly."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.foundation.db import Model, UtcDateTime
from app.foundation.sensitivity import INTERNAL


class Handover(Model):
    __tablename__ = "handover"

    id: Mapped[int] = mapped_column(primary_key=True, info=INTERNAL)
    office_id: Mapped[int] = mapped_column(ForeignKey("office.id"), index=True, info=INTERNAL)
    # None: nobody was in charge.
    from_account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"), info=INTERNAL)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime, info=INTERNAL)
    made_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"), info=INTERNAL)
    undone_at: Mapped[datetime | None] = mapped_column(UtcDateTime, info=INTERNAL)
    undone_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"), info=INTERNAL)


class HandoverCase(Model):
    """One case that changed hands; its tasks and checks went with it."""

    __tablename__ = "handover_case"

    handover_id: Mapped[int] = mapped_column(ForeignKey("handover.id"), primary_key=True, info=INTERNAL)
    case_id: Mapped[int] = mapped_column(
        ForeignKey("case_record.id"), primary_key=True, index=True, info=INTERNAL
    )
    to_account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), info=INTERNAL)
    # Since when the case was with whoever handed it over: an earlier hand-over can still be taken back.
    former_since: Mapped[datetime | None] = mapped_column(UtcDateTime, info=INTERNAL)


class HandoverDraft(Model):
    """One draft that changed hands; no foreign key, as drafts are gone after seven days."""

    __tablename__ = "handover_draft"

    handover_id: Mapped[int] = mapped_column(ForeignKey("handover.id"), primary_key=True, info=INTERNAL)
    draft_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, info=INTERNAL)
    to_account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), info=INTERNAL)
