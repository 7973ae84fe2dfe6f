"""What departments submit for a fiscal year."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "submission_move",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("measure_id", sa.Integer(), nullable=False),
        sa.Column("fiscal_year", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("act", sa.String(length=40), nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["measure_id"], ["measure.id"], name=op.f("fk_submission_move_measure_id_measure")
        ),
        sa.ForeignKeyConstraint(["by"], ["account.id"], name=op.f("fk_submission_move_by_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_submission_move")),
    )
    op.create_index(
        "uq_submission_move_of", "submission_move", ["measure_id", "fiscal_year", "number"], unique=True
    )
    op.create_table(
        "result_correction",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("indicator_id", sa.Integer(), nullable=False),
        sa.Column("part", sa.String(length=40), nullable=False),
        sa.Column("fiscal_year", sa.Integer(), nullable=False),
        sa.Column("value", sa.Numeric(precision=14, scale=4), nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("entered_by", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["indicator_id"], ["indicator.id"], name=op.f("fk_result_correction_indicator_id_indicator")
        ),
        sa.ForeignKeyConstraint(
            ["entered_by"], ["account.id"], name=op.f("fk_result_correction_entered_by_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_result_correction")),
    )
    op.create_index(
        "uq_result_correction_of", "result_correction", ["indicator_id", "part", "fiscal_year"], unique=True
    )


def downgrade() -> None:
    op.drop_table("result_correction")
    op.drop_table("submission_move")
