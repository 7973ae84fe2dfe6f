"""Who is supported longest is found by the first day, without going through everybody."""

from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_person_support_first", "person_support", ["first_on"])


def downgrade() -> None:
    op.drop_index("ix_person_support_first", table_name="person_support")
