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
        sa.CheckConstraint("(closed_at IS NULL) = (content IS NULL)", name=op.f("ck_office_month_closed")),
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


COUNTS = (
    "working_age",
    "excluded_illness",
    "excluded_school",
    "excluded_care",
    "excluded_working",
    "excluded_other",
    "other_households",
    "other_households_working",
)


def national_table() -> None:
    op.create_table(
        "national_report",
        number("id"),
        number("fiscal_year"),
        number("number"),
        sa.Column("as_of", sa.Date(), nullable=False),
        *(number(name) for name in COUNTS),
        text("source", 200),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        number("entered_by", nullable=True),
        text("entered_label", 80),
        sa.CheckConstraint(
            " AND ".join(f"{name} >= 0" for name in COUNTS), name=op.f("ck_national_report_counts")
        ),
        sa.CheckConstraint(
            f"working_age >= {' + '.join(name for name in COUNTS if name.startswith('excluded'))}",
            name=op.f("ck_national_report_excluded"),
        ),
        sa.CheckConstraint(
            "other_households >= other_households_working", name=op.f("ck_national_report_households")
        ),
        sa.ForeignKeyConstraint(
            ["entered_by"], ["account.id"], name=op.f("fk_national_report_entered_by_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_national_report")),
    )
    op.create_index("uq_national_report_number", "national_report", ["fiscal_year", "number"], unique=True)


def upgrade() -> None:
    month_tables()
    national_table()


def downgrade() -> None:
    op.drop_table("national_report")
    op.drop_table("month_member")
    op.drop_table("office_month")
