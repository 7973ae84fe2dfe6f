"""A stamp that changes with every write from which the waiting list follows, whoever writes.

Whoever rebuilds one of these tables (SQLite's batch mode drops and makes it anew) has to make its triggers
anew; whoever writes to one and then alters it says SET CONSTRAINTS ALL IMMEDIATE in between (PostgreSQL).
"""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

TABLES = ("referral", "referral_move", "referral_extension", "window", "window_version")
ACTS = ("insert", "update", "delete")
WRITE = (
    "INSERT INTO waiting_stamp (id, value) VALUES (1, {value}) "
    "ON CONFLICT (id) DO UPDATE SET value = excluded.value"
)
IS_NEW = "NOT EXISTS (SELECT 1 FROM waiting_stamp WHERE value = pg_current_xact_id()::text)"


def create_triggers() -> None:
    if op.get_bind().dialect.name == "sqlite":
        # Never a number that goes up: what was rolled back may go up to the same once more.
        write = WRITE.format(value="lower(hex(randomblob(16)))")
        for table in TABLES:
            for act in ACTS:
                op.execute(f'CREATE TRIGGER {table}_stamp_{act} AFTER {act} ON "{table}" BEGIN {write}; END')
        return
    # At the commit and once in it: writers wait for each other's row no longer than a commit takes, and hold
    # nothing else that they could still wait for. A transaction that has written trusts no stamp.
    write = WRITE.format(value="pg_current_xact_id()::text")
    op.execute(
        "CREATE FUNCTION waiting_stamp_write() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"IF {IS_NEW} THEN {write}; END IF; RETURN NULL; END $$"
    )
    for table in TABLES:
        op.execute(
            f"CREATE CONSTRAINT TRIGGER {table}_stamp AFTER INSERT OR UPDATE OR DELETE "
            f'ON "{table}" DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION waiting_stamp_write()'
        )


def drop_triggers() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for table in TABLES:
            for act in ACTS:
                op.execute(f"DROP TRIGGER {table}_stamp_{act}")
        return
    for table in TABLES:
        op.execute(f'DROP TRIGGER {table}_stamp ON "{table}"')
    op.execute("DROP FUNCTION waiting_stamp_write()")


def upgrade() -> None:
    op.create_table(
        "waiting_stamp",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("value", sa.String(length=40), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_waiting_stamp")),
    )
    create_triggers()


def downgrade() -> None:
    drop_triggers()
    op.drop_table("waiting_stamp")
