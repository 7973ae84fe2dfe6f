"""Accounts, sessions and counters of attempts."""

from datetime import datetime

from sqlalchemy import ForeignKey, Integer, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.access.permissions import Role
from app.foundation.db import Coded, Model, UtcDateTime
from app.foundation.sensitivity import INTERNAL, SECRET
from app.windows.models import Office


class Account(Model):
    __tablename__ = "account"

    id: Mapped[int] = mapped_column(primary_key=True, info=INTERNAL)
    login_name: Mapped[str] = mapped_column(String(40), unique=True, info=INTERNAL)
    # How colleagues know the holder at the desk: 相談員1, 係長 …
    label: Mapped[str] = mapped_column(String(60), info=INTERNAL)
    role: Mapped[Role] = mapped_column(Coded(Role), info=INTERNAL)
    office_id: Mapped[int | None] = mapped_column(ForeignKey("office.id"), index=True, info=INTERNAL)
    password_hash: Mapped[str] = mapped_column(String(160), info=SECRET)
    is_active: Mapped[bool] = mapped_column(info=INTERNAL)
    must_change_password: Mapped[bool] = mapped_column(info=INTERNAL)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, info=INTERNAL)
    version: Mapped[int] = mapped_column(Integer, info=INTERNAL)

    office: Mapped[Office | None] = relationship()

    __mapper_args__ = {"version_id_col": version}


class AccountSession(Model):
    __tablename__ = "account_session"

    id: Mapped[int] = mapped_column(primary_key=True, info=INTERNAL)
    # SHA-256 of the random key in the cookie: reading the database opens no session.
    key_hash: Mapped[str] = mapped_column(String(64), unique=True, info=SECRET)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True, info=INTERNAL)
    started_at: Mapped[datetime] = mapped_column(UtcDateTime, info=INTERNAL)
    seen_at: Mapped[datetime] = mapped_column(UtcDateTime, info=INTERNAL)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime, info=INTERNAL)

    account: Mapped[Account] = relationship()


class Attempt(Model):
    __tablename__ = "attempt"

    # Keyed hash of what is throttled (login name, address, session): neither stands here in clear.
    key_hash: Mapped[str] = mapped_column(String(64), primary_key=True, info=SECRET)
    window_started_at: Mapped[datetime] = mapped_column(UtcDateTime, info=INTERNAL)
    count: Mapped[int] = mapped_column(Integer, info=INTERNAL)
