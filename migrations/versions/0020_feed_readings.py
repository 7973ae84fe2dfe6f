"""How often each token of the feed read a year on a day."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "feed_reading",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("token_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("fiscal_year", sa.Integer(), nullable=False),
        sa.Column("table_source", sa.String(length=40), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.Column("first_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("times >= 1", name=op.f("ck_feed_reading_times")),
        sa.ForeignKeyConstraint(
            ["token_id"], ["feed_token.id"], name=op.f("fk_feed_reading_token_id_feed_token")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_feed_reading")),
    )
    op.create_index(
        "uq_feed_reading_of",
        "feed_reading",
        ["token_id", "day", "fiscal_year", "table_source", "edition"],
        unique=True,
    )


def downgrade() -> None:
    op.drop_index("uq_feed_reading_of", table_name="feed_reading")
    op.drop_table("feed_reading")
