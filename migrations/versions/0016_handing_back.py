"""Since when somebody is in charge, so that a hand-over comes back exactly; hand-overs of what nobody had."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

# What a hand-over did, told by the day on which it was made; of several the newest.
SINCE = """
UPDATE case_office SET in_charge_since = (
  SELECT max(h.made_at) FROM handover_case c JOIN handover h ON h.id = c.handover_id
  WHERE c.case_id = case_office.case_id AND h.office_id = case_office.office_id AND h.undone_at IS NULL
    AND c.to_account_id = case_office.counsellor_id
)
"""
CHILDREN = ("handover_case", "handover_draft")


def upgrade() -> None:
    moment = sa.DateTime(timezone=True)
    op.add_column("case_office", sa.Column("in_charge_since", moment, nullable=True))
    op.add_column("handover_case", sa.Column("former_since", moment, nullable=True))
    op.execute(SINCE)
    let_nobody_hand_over(nullable=True)


def downgrade() -> None:
    nobodys = "(SELECT id FROM handover WHERE from_account_id IS NULL)"
    for table in CHILDREN:
        op.execute(f"DELETE FROM {table} WHERE handover_id IN {nobodys}")  # noqa: S608 - no value from outside
    op.execute("DELETE FROM handover WHERE from_account_id IS NULL")
    let_nobody_hand_over(nullable=False)
    op.drop_column("handover_case", "former_since")
    op.drop_column("case_office", "in_charge_since")


def let_nobody_hand_over(*, nullable: bool) -> None:
    """Change the column; SQLite makes the table anew, and lets none be dropped that others refer to."""
    connection = op.get_bind()
    metadata = sa.MetaData()
    kept = []
    if connection.dialect.name == "sqlite":
        for name in CHILDREN:
            table = sa.Table(name, metadata, autoload_with=connection)
            kept.append((table, [dict(row._mapping) for row in connection.execute(sa.select(table))]))
            connection.execute(sa.delete(table))
    with op.batch_alter_table("handover") as table:
        table.alter_column("from_account_id", existing_type=sa.Integer(), nullable=nullable)
    for table, rows in kept:
        if rows:
            connection.execute(sa.insert(table), rows)
