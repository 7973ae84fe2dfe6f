"""The directory in full: hours, closings, target groups, needs."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

TEXTS = (
    "needs",
    "target_groups",
    "access",
    "access_en",
    "hours",
    "closings",
    "referral_from",
    "referral_from_en",
    "documents",
    "documents_en",
    "languages",
    "fee",
    "fee_en",
    "source",
)


def columns() -> list[sa.Column]:
    """What a version may say from now on; of those that are there, nobody has said it yet."""
    return [
        *(sa.Column(name, sa.Text(), server_default=sa.text("''"), nullable=False) for name in TEXTS),
        sa.Column("url", sa.String(length=300), server_default=sa.text("''"), nullable=False),
        sa.Column("appointment", sa.String(length=40), server_default="unknown", nullable=False),
        sa.Column("verified_by", sa.String(length=120), server_default=sa.text("''"), nullable=False),
        sa.Column("replaces", sa.Integer(), nullable=True),
        sa.Column("origin", sa.String(length=40), server_default="file", nullable=False),
    ]


def upgrade() -> None:
    for column in columns():
        op.add_column("window_version", column)


def downgrade() -> None:
    for column in reversed(columns()):
        op.drop_column("window_version", column.name)
