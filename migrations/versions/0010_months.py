"""Months that were closed with their report, and counts that are reported once for national figures."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def number(name: str, *, nullable: bool = False) -> sa.Column:
    """Return a column for a whole number."""
    return sa.Column(name, sa.Integer(), nullable=nullable)


def text(name: str, length: int, *, nullable: bool = False) -> sa.Column:
    """Return a column for a text of a length."""
    return sa.Column(name, sa.String(length=length), nullable=nullable)


def month_tables() -> None:
    op.create_table(
        "office_month",
        number("id"),
        number("office_id"),
        number("fiscal_year"),
        number("month"),
        text("note", 400),
        text("document_number", 60),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        number("closed_by", nullable=True),
        sa.Column("content", sa.Text(), nullable=True),
        text("digest", 64, nullable=True),
        number("version"),
        sa.CheckConstraint("month BETWEEN 1 AND 12", name=op.f("ck_office_month_month")),
        sa.CheckConstraint(
            "(closed_at IS NULL) = (content IS NULL)", name=op.f("ck_office_month_closed")
        ),
        sa.CheckConstraint("(content IS NULL) = (digest IS NULL)", name=op.f("ck_office_month_digest")),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_office_month_office_id_office")),
        sa.ForeignKeyConstraint(
            ["closed_by"], ["account.id"], name=op.f("fk_office_month_closed_by_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_office_month")),
    )
    op.create_index("uq_office_month_of", "office_month", ["office_id", "fiscal_year", "month"], unique=True)
    op.create_table(
        "month_member",
        number("id"),
        number("office_month_id"),
        number("fiscal_year"),
        number("month"),
        text("key", 60),
        text("record_table", 40),
        number("record_id"),
        text("part", 40),
        sa.Column("day", sa.Date(), nullable=False),
        number("weight"),
        sa.CheckConstraint("weight <> 0", name=op.f("ck_month_member_weight")),
        sa.ForeignKeyConstraint(
            ["office_month_id"],
            ["office_month.id"],
            name=op.f("fk_month_member_office_month_id_office_month"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_month_member")),
    )
    op.create_index("ix_month_member_of", "month_member", ["office_month_id"])


def upgrade() -> None:
    month_tables()


def downgrade() -> None:
    op.drop_table("month_member")
    op.drop_table("office_month")
