"""What goes with a referral: longer deadlines, papers, one-time links; and views of the board."""

from datetime import date, datetime

from sqlalchemy import Date, ForeignKey, Index, Integer, String, false
from sqlalchemy.orm import Mapped, mapped_column

from app.foundation.db import Coded, Model, UtcDateTime
from app.foundation.sensitivity import INTERNAL, SECRET, SENSITIVE
from app.referrals.vocabulary import ExtensionReason, PaperKind


class ReferralExtension(Model):
    """期限の延長: a later due day for the state in which the referral stood, never for the next one."""

    __tablename__ = "referral_extension"

    id: Mapped[int] = mapped_column(primary_key=True, info=INTERNAL)
    referral_id: Mapped[int] = mapped_column(ForeignKey("referral.id"), index=True, info=INTERNAL)
    # The newest move when it was granted: with the next move the extension is over.
    move_number: Mapped[int] = mapped_column(Integer, info=INTERNAL)
    due_on: Mapped[date] = mapped_column(Date, info=SENSITIVE)
    reason: Mapped[ExtensionReason] = mapped_column(Coded(ExtensionReason), info=SENSITIVE)
    reason_other: Mapped[str] = mapped_column(String(60), info=SENSITIVE)
    entered_at: Mapped[datetime] = mapped_column(UtcDateTime, info=INTERNAL)
    entered_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"), info=INTERNAL)


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


class AnswerLink(Model):
    """回答リンク: a partner without account answers one referral, once; only its hash is kept."""

    __tablename__ = "answer_link"

    id: Mapped[int] = mapped_column(primary_key=True, info=INTERNAL)
    referral_id: Mapped[int] = mapped_column(ForeignKey("referral.id"), index=True, info=INTERNAL)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True, info=SECRET)
    issued_at: Mapped[datetime] = mapped_column(UtcDateTime, info=INTERNAL)
    issued_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"), info=INTERNAL)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime, info=INTERNAL)
    used_at: Mapped[datetime | None] = mapped_column(UtcDateTime, info=INTERNAL)
    revoked_at: Mapped[datetime | None] = mapped_column(UtcDateTime, info=INTERNAL)


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
