"""Sums per day that the database keeps itself.

Triggers hold them true to the consultations, whoever writes. Whoever rebuilds one of the two tables (SQLite's
batch mode drops and makes it anew) has to make its triggers anew as well.
"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

COLUMNS = "programme, kind, fiscal_year, held_on, office_id, target_group"
ADD = (
    f"ON CONFLICT ({COLUMNS}) DO UPDATE SET entries = consultation_day.entries + excluded.entries, "
    "heads = consultation_day.heads + excluded.heads"
)
INTO = f"INSERT INTO consultation_day ({COLUMNS}, entries, heads) "
OF_SESSION = "k.consultation_id = {id} AND k.dimension = 'target_group'"
COUNTED = "EXISTS (SELECT 1 FROM consultation_count k WHERE " + OF_SESSION + ")"
# 不明 of a group session has no target group.
GROUP = "CASE {value} WHEN 'unknown' THEN '' ELSE {value} END"
CHANGING = "programme, kind, fiscal_year, held_on, office_id, target_group, headcount, voided_at"


def of(name: str) -> str:
    """Return the columns of a consultation's cell but its target group."""
    return f"{name}.programme, {name}.kind, {name}.fiscal_year, {name}.held_on, {name}.office_id"


def whole(name: str, sign: str) -> str:
    """Return the statement that adds a consultation nobody counted by target group, or takes it away."""
    return (
        f"{INTO} SELECT {of(name)}, {name}.target_group, {sign}1, {sign}{name}.headcount "
        f"WHERE {name}.voided_at IS NULL AND NOT {COUNTED.format(id=name + '.id')} {ADD};"
    )


def parts(name: str, sign: str) -> str:
    """Return the statement that adds each target group counted in a consultation, or takes it away."""
    return (
        f"{INTO} SELECT {of(name)}, {GROUP.format(value='k.value')}, {sign}1, {sign}k.heads "
        f"FROM consultation_count k WHERE {OF_SESSION.format(id=name + '.id')} "
        f"AND {name}.voided_at IS NULL {ADD};"
    )


def part(name: str, sign: str) -> str:
    """Return the statement that adds one counted target group to its consultation's day, or takes it away."""
    return (
        f"{INTO} SELECT {of('c')}, {GROUP.format(value=name + '.value')}, {sign}1, {sign}{name}.heads "
        f"FROM consultation c WHERE c.id = {name}.consultation_id AND c.voided_at IS NULL {ADD};"
    )


def instead(name: str, sign: str, others: str) -> str:
    """Return the statement that puts the whole consultation in or out, when these are all its counts."""
    return (
        f"{INTO} SELECT {of('c')}, c.target_group, {sign}1, {sign}c.headcount "
        f"FROM consultation c WHERE c.id = {name}.consultation_id AND c.voided_at IS NULL "
        f"AND (SELECT count(*) FROM consultation_count k "
        f"WHERE {OF_SESSION.format(id=name + '.consultation_id')}) = {others} {ADD};"
    )


# Counts are watched before they change: PostgreSQL shows a later trigger all rows of a statement.
TRIGGERS = (
    ("consultation", "insert", "AFTER INSERT", "", whole("NEW", "+")),
    (
        "consultation",
        "update",
        f"AFTER UPDATE OF {CHANGING}",
        "",
        whole("OLD", "-") + parts("OLD", "-") + whole("NEW", "+") + parts("NEW", "+"),
    ),
    ("consultation", "delete", "AFTER DELETE", "", whole("OLD", "-")),
    (
        "consultation_count",
        "insert",
        "BEFORE INSERT",
        "WHEN (NEW.dimension = 'target_group')",
        instead("NEW", "-", "0") + part("NEW", "+"),
    ),
    (
        "consultation_count",
        "update",
        "BEFORE UPDATE OF value, heads",
        "WHEN (NEW.dimension = 'target_group')",
        part("OLD", "-") + part("NEW", "+"),
    ),
    (
        "consultation_count",
        "delete",
        "BEFORE DELETE",
        "WHEN (OLD.dimension = 'target_group')",
        part("OLD", "-") + instead("OLD", "+", "1"),
    ),
)


def create_triggers() -> None:
    for table, act, moment, when, body in TRIGGERS:
        name = f"{table}_day_{act}"
        if op.get_bind().dialect.name == "sqlite":
            op.execute(f"CREATE TRIGGER {name} {moment} ON {table} {when} BEGIN {body} END")
            continue
        # One writer at a time from here on: two that fill several days would wait for each other's.
        op.execute(
            f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            f"PERFORM pg_advisory_xact_lock(hashtext('consultation_day')); {body} "
            f"RETURN {'OLD' if act == 'delete' else 'NEW'}; END $$"
        )
        op.execute(f"CREATE TRIGGER {name} {moment} ON {table} FOR EACH ROW {when} EXECUTE FUNCTION {name}()")


def drop_triggers() -> None:
    for table, act, *_rest in TRIGGERS:
        name = f"{table}_day_{act}"
        if op.get_bind().dialect.name == "sqlite":
            op.execute(f"DROP TRIGGER {name}")
            continue
        op.execute(f"DROP TRIGGER {name} ON {table}")
        op.execute(f"DROP FUNCTION {name}()")


def fill() -> None:
    """Sum up what was recorded before."""
    op.execute(
        f"{INTO} SELECT {COLUMNS}, count(*), sum(heads) FROM ("
        f"SELECT {of('c')}, CASE WHEN k.heads IS NULL THEN c.target_group "
        f"ELSE {GROUP.format(value='k.value')} END AS target_group, coalesce(k.heads, c.headcount) AS heads "
        "FROM consultation c LEFT JOIN consultation_count k "
        f"ON {OF_SESSION.format(id='c.id')} WHERE c.voided_at IS NULL) AS every_row GROUP BY {COLUMNS}"
    )


def upgrade() -> None:
    op.create_table(
        "consultation_day",
        sa.Column("programme", sa.String(length=40), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("fiscal_year", sa.Integer(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("office_id", sa.Integer(), nullable=False),
        sa.Column("target_group", sa.String(length=40), nullable=False),
        sa.Column("entries", sa.Integer(), nullable=False),
        sa.Column("heads", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["office_id"], ["office.id"], name=op.f("fk_consultation_day_office_id_office")
        ),
        sa.PrimaryKeyConstraint(
            "programme",
            "kind",
            "fiscal_year",
            "held_on",
            "office_id",
            "target_group",
            name=op.f("pk_consultation_day"),
        ),
        sqlite_with_rowid=False,
    )
    fill()
    create_triggers()


def downgrade() -> None:
    drop_triggers()
    op.drop_table("consultation_day")
