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


def drop_rule_tables() -> None:
    """Take the rules away again."""


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
