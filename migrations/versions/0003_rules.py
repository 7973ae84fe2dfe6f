"""Rules of guidance, scenarios, and the situation in which guidance was given."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    rule_tables()
    guidance_columns()


def downgrade() -> None:
    drop_guidance_columns()
    drop_rule_tables()


def rule_tables() -> None:
    """Rules and scenarios beside the windows."""
    op.create_table(
        "guidance_rule",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=60), nullable=False),
        sa.Column("window_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["window_id"], ["window.id"], name=op.f("fk_guidance_rule_window_id_window")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_guidance_rule")),
        sa.UniqueConstraint("key", name=op.f("uq_guidance_rule_key")),
    )
    op.create_index(op.f("ix_guidance_rule_window_id"), "guidance_rule", ["window_id"], unique=False)
    op.create_table(
        "guidance_rule_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("rule_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("conditions", sa.Text(), nullable=False),
        sa.Column("points", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("reason_en", sa.Text(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "valid_to IS NULL OR valid_to >= valid_from", name=op.f("ck_guidance_rule_version_validity")
        ),
        sa.ForeignKeyConstraint(
            ["rule_id"], ["guidance_rule.id"], name=op.f("fk_guidance_rule_version_rule_id_guidance_rule")
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by"], ["account.id"], name=op.f("fk_guidance_rule_version_recorded_by_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_guidance_rule_version")),
    )
    op.create_index(
        "uq_guidance_rule_version_number", "guidance_rule_version", ["rule_id", "number"], unique=True
    )
    scenario_table()


def scenario_table() -> None:
    """Invented situations with the answer that is expected."""
    op.create_table(
        "guidance_scenario",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=60), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("situation", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=True),
        sa.Column("first", sa.String(length=60), nullable=False),
        sa.Column("also", sa.Text(), nullable=False),
        sa.Column("never", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.Integer(), nullable=True),
        sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["recorded_by"], ["account.id"], name=op.f("fk_guidance_scenario_recorded_by_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_guidance_scenario")),
        sa.UniqueConstraint("key", name=op.f("uq_guidance_scenario_key")),
    )


def drop_rule_tables() -> None:
    """Take the rules away again."""
    op.drop_table("guidance_scenario")
    op.drop_index("uq_guidance_rule_version_number", table_name="guidance_rule_version")
    op.drop_table("guidance_rule_version")
    op.drop_index(op.f("ix_guidance_rule_window_id"), table_name="guidance_rule")
    op.drop_table("guidance_rule")


def guidance_columns() -> None:
    """What was asked of a person and what was answered; old guidance has neither."""
    op.add_column("guidance", sa.Column("situation", sa.Text(), nullable=True))
    op.add_column("guidance", sa.Column("ranked", sa.Text(), nullable=True))
    op.add_column("guidance", sa.Column("chosen_rank", sa.Integer(), nullable=True))
    op.add_column(
        "guidance", sa.Column("nothing_matched", sa.Boolean(), server_default=sa.false(), nullable=False)
    )


def drop_guidance_columns() -> None:
    """Forget the situations."""
    for name in ("nothing_matched", "chosen_rank", "ranked", "situation"):
        op.drop_column("guidance", name)
