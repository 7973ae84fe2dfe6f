"""Slips and letters that were printed."""

from datetime import date, datetime

from sqlalchemy import Date, ForeignKey, Index, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from app.foundation.db import Coded, Model, UtcDateTime
from app.foundation.sensitivity import INTERNAL
from app.referrals.vocabulary import PaperKind


class ReferralPaper(Model):
    """A slip or letter that was printed; a reprint says the same as the first print."""

    __tablename__ = "referral_paper"
    __table_args__ = (Index("uq_referral_paper_kind", "referral_id", "kind", unique=True),)

    id: Mapped[int] = mapped_column(primary_key=True, info=INTERNAL)
    referral_id: Mapped[int] = mapped_column(ForeignKey("referral.id"), info=INTERNAL)
    kind: Mapped[PaperKind] = mapped_column(Coded(PaperKind), info=INTERNAL)
    # 文書番号, as the office's register gives it; empty on a slip.
    document_number: Mapped[str] = mapped_column(String(40), info=INTERNAL)
    dated_on: Mapped[date] = mapped_column(Date, info=INTERNAL)
    printed_at: Mapped[datetime] = mapped_column(UtcDateTime, info=INTERNAL)
    printed_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"), info=INTERNAL)
    reprints: Mapped[int] = mapped_column(Integer, info=INTERNAL)
