"""Drafts and editions of the map, where copies lie, briefings."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def fiscal_year_checks(table: str, day: str) -> list[sa.CheckConstraint]:
    """Keep the plain fiscal-year column true to its day; the two engines write days differently."""
    rule = {
        "sqlite": "{0} >= fiscal_year || '-04-01' AND {0} < (fiscal_year + 1) || '-04-01'",
        "postgresql": "{0} >= make_date(fiscal_year, 4, 1) AND {0} < make_date(fiscal_year + 1, 4, 1)",
    }[op.get_bind().dialect.name]
    return [sa.CheckConstraint(rule.format(day), name=op.f(f"ck_{table}_fiscal_year_of_{day}"))]


def entered() -> list[sa.Column]:
    """What every entry of the register has from now on."""
    return [
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("voided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("void_reason", sa.String(length=40), nullable=True),
    ]


def upgrade() -> None:
    state = sa.Column("state", sa.String(length=40), server_default="published", nullable=False)
    for column in [*entered(), state]:
        op.add_column("map_edition", column)
    for column in entered():
        op.add_column("map_printing", column)
    op.create_table(
        "map_content",
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        foreign_key("map_content", "edition_id", "map_edition"),
        foreign_key("map_content", "version_id", "window_version"),
        sa.PrimaryKeyConstraint("edition_id", "version_id", name=op.f("pk_map_content")),
    )
    op.create_index(op.f("ix_map_content_version_id"), "map_content", ["version_id"])
    op.create_table(
        "map_counter",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(length=80), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_map_counter")),
        sa.UniqueConstraint("place", name=op.f("uq_map_counter_place")),
    )
    op.create_table(
        "map_distribution",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("counter_id", sa.Integer(), nullable=False),
        sa.Column("laid_on", sa.Date(), nullable=False),
        sa.Column("fiscal_year", sa.Integer(), nullable=False),
        sa.Column("copies", sa.Integer(), nullable=False),
        *entered(),
        sa.CheckConstraint("copies >= 0", name=op.f("ck_map_distribution_copies")),
        *fiscal_year_checks("map_distribution", "laid_on"),
        foreign_key("map_distribution", "edition_id", "map_edition"),
        foreign_key("map_distribution", "counter_id", "map_counter"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_map_distribution")),
    )
    for name in ("edition_id", "counter_id", "laid_on"):
        op.create_index(op.f(f"ix_map_distribution_{name}"), "map_distribution", [name])
    op.create_table(
        "staff_briefing",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("office_id", sa.Integer(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("fiscal_year", sa.Integer(), nullable=False),
        sa.Column("headcount", sa.Integer(), nullable=False),
        *entered(),
        sa.CheckConstraint("headcount > 0", name=op.f("ck_staff_briefing_headcount")),
        *fiscal_year_checks("staff_briefing", "held_on"),
        foreign_key("staff_briefing", "office_id", "office"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff_briefing")),
    )
    for name in ("office_id", "held_on"):
        op.create_index(op.f(f"ix_staff_briefing_{name}"), "staff_briefing", [name])


def foreign_key(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    """Return the named constraint that a column points at another table."""
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=op.f(f"fk_{table}_{column}_{other}"))


def downgrade() -> None:
    for table in ("staff_briefing", "map_distribution", "map_counter", "map_content"):
        op.drop_table(table)
    for column in entered():
        op.drop_column("map_printing", column.name)
    for name in ("state", "void_reason", "voided_at", "version"):
        op.drop_column("map_edition", name)
