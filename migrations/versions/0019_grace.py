"""How long a silence is waited for is said by each version of a window, as its days to answer are."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Five working days, as they were for every window.
    op.add_column(
        "window_version",
        sa.Column("grace_days", sa.Integer(), server_default=sa.text("5"), nullable=False),
    )


def downgrade() -> None:
    op.drop_column("window_version", "grace_days")
