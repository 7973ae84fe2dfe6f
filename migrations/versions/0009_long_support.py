"""Why somebody with long support and no result stays or leaves the list."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

TABLE = "long_support_break"


def link(column: str, target: str) -> sa.ForeignKeyConstraint:
    """Return the named foreign key of a column."""
    return sa.ForeignKeyConstraint([column], [f"{target}.id"], name=op.f(f"fk_{TABLE}_{column}_{target}"))


def upgrade() -> None:
    op.create_table(
        TABLE,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("office_id", sa.Integer(), nullable=False),
        sa.Column("programme", sa.String(length=40), nullable=False),
        sa.Column("reason", sa.String(length=40), nullable=False),
        sa.Column("reason_other", sa.String(length=60), nullable=False),
        sa.Column("set_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=False),
        sa.Column("set_by", sa.Integer(), nullable=True),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("undone_by", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("until_on >= set_on", name=op.f("ck_long_support_break_days")),
        link("case_id", "case_record"),
        link("office_id", "office"),
        link("set_by", "account"),
        link("undone_by", "account"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_long_support_break")),
    )
    op.create_index(op.f("ix_long_support_break_case_id"), TABLE, ["case_id"])


def downgrade() -> None:
    op.drop_table(TABLE)
