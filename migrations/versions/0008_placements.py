"""What kind of job was found, why somebody left it, and other days for retention checks."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

ASKED = ("occupation", "industry", "weekly_hours")
"""Columns that every placement has; of earlier ones nobody knows."""
OPTIONAL = ("wage_band", "why_separate")


def code(name: str, *, nullable: bool = False, default: str | None = None) -> sa.Column:
    """Return a column for a coded value."""
    return sa.Column(name, sa.String(length=40), nullable=nullable, server_default=default)


def text(name: str, default: sa.TextClause | None = None) -> sa.Column:
    """Return a column for a short text."""
    return sa.Column(name, sa.String(length=60), nullable=False, server_default=default)


def due_table() -> None:
    op.create_table(
        "retention_due",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("placement_id", sa.Integer(), nullable=False),
        sa.Column("months", sa.Integer(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        code("due_reason"),
        text("due_other"),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("entered_by", sa.Integer(), nullable=True),
        sa.CheckConstraint("months IN (1, 3, 6, 12)", name=op.f("ck_retention_due_months")),
        sa.ForeignKeyConstraint(
            ["placement_id"], ["placement.id"], name=op.f("fk_retention_due_placement_id_placement")
        ),
        sa.ForeignKeyConstraint(
            ["entered_by"], ["account.id"], name=op.f("fk_retention_due_entered_by_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_retention_due")),
    )
    op.create_index("ix_retention_due_of", "retention_due", ["placement_id", "months"])


def upgrade() -> None:
    for name in ASKED:
        op.add_column("placement", code(name, default="unknown"))
    for name in OPTIONAL:
        op.add_column("placement", code(name, nullable=True))
    with op.batch_alter_table("retention_check") as table:
        table.add_column(code("left_reason", nullable=True))
        table.add_column(text("left_other", default=sa.text("''")))
        table.create_check_constraint(
            op.f("ck_retention_check_left_reason"), "left_reason IS NULL OR outcome = 'left'"
        )
    due_table()


def downgrade() -> None:
    op.drop_table("retention_due")
    with op.batch_alter_table("retention_check") as table:
        table.drop_constraint(op.f("ck_retention_check_left_reason"), type_="check")
        table.drop_column("left_other")
        table.drop_column("left_reason")
    for name in (*OPTIONAL, *ASKED):
        op.drop_column("placement", name)
