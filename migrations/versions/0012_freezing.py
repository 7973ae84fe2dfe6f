"""The calendar of a fiscal year, frozen figures with their records, restatements, plans that follow plans."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def number(name: str, *, nullable: bool = False) -> sa.Column:
    """Return a column for a whole number."""
    return sa.Column(name, sa.Integer(), nullable=nullable)


def word(name: str, length: int, *, nullable: bool = False) -> sa.Column:
    """Return a column for a short text."""
    return sa.Column(name, sa.String(length=length), nullable=nullable)


def day(name: str, *, nullable: bool = False) -> sa.Column:
    """Return a column for a day."""
    return sa.Column(name, sa.Date(), nullable=nullable)


def moment(name: str, *, nullable: bool = False) -> sa.Column:
    """Return a column for a moment."""
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def points(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    """Return a foreign key named like every other."""
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=op.f(f"fk_{table}_{column}_{to}"))


def calendar_tables() -> None:
    op.create_table(
        "year_days",
        number("fiscal_year"),
        day("entry_deadline"),
        day("submission_deadline"),
        day("freeze_on"),
        moment("frozen_at", nullable=True),
        number("version"),
        sa.PrimaryKeyConstraint("fiscal_year", name=op.f("pk_year_days")),
    )
    op.create_table(
        "measure_succession",
        number("id"),
        number("plan_id"),
        number("old_id"),
        number("new_id", nullable=True),
        points("measure_succession", "plan_id", "plan"),
        points("measure_succession", "old_id", "measure"),
        points("measure_succession", "new_id", "measure"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_measure_succession")),
    )
    op.create_index("uq_measure_succession_of", "measure_succession", ["old_id", "new_id"], unique=True)
    op.create_index(op.f("ix_measure_succession_plan_id"), "measure_succession", ["plan_id"])
    op.create_index(op.f("ix_measure_succession_new_id"), "measure_succession", ["new_id"])


def edition_table() -> None:
    op.create_table(
        "year_edition",
        number("id"),
        number("fiscal_year"),
        number("number"),
        word("kind", 40),
        moment("made_at"),
        number("made_by", nullable=True),
        number("approved_by", nullable=True),
        word("reason", 200),
        sa.Column("report", sa.Text(), nullable=False),
        word("digest", 64),
        sa.CheckConstraint("number >= 1", name=op.f("ck_year_edition_number")),
        points("year_edition", "made_by", "account"),
        points("year_edition", "approved_by", "account"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_year_edition")),
    )
    op.create_index("uq_year_edition_of", "year_edition", ["fiscal_year", "number"], unique=True)


def set_tables() -> None:
    op.create_table(
        "frozen_set",
        number("id"),
        number("edition_id"),
        number("indicator_id"),
        day("as_of"),
        word("definition", 64),
        number("members"),
        word("digest", 64),
        points("frozen_set", "edition_id", "year_edition"),
        points("frozen_set", "indicator_id", "indicator"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_frozen_set")),
    )
    op.create_index(op.f("ix_frozen_set_edition_id"), "frozen_set", ["edition_id"])
    op.create_table(
        "frozen_member",
        number("set_id"),
        number("position"),
        word("record_table", 40),
        number("record_id"),
        day("day"),
        day("other_day", nullable=True),
        number("weight"),
        word("part", 40, nullable=True),
        number("counted_for", nullable=True),
        points("frozen_member", "set_id", "frozen_set"),
        sa.PrimaryKeyConstraint("set_id", "position", name=op.f("pk_frozen_member")),
    )


def figure_table() -> None:
    op.create_table(
        "frozen_figure",
        number("id"),
        number("edition_id"),
        number("measure_id"),
        number("indicator_id"),
        word("part", 40),
        sa.Column("value", sa.Numeric(precision=14, scale=4), nullable=True),
        word("printed", 20),
        word("mark", 40),
        number("set_id", nullable=True),
        points("frozen_figure", "edition_id", "year_edition"),
        points("frozen_figure", "measure_id", "measure"),
        points("frozen_figure", "indicator_id", "indicator"),
        points("frozen_figure", "set_id", "frozen_set"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_frozen_figure")),
    )
    op.create_index(
        "uq_frozen_figure_of",
        "frozen_figure",
        ["edition_id", "measure_id", "indicator_id", "part"],
        unique=True,
    )
    op.create_index(op.f("ix_frozen_figure_indicator_id"), "frozen_figure", ["indicator_id"])
    op.create_index(op.f("ix_frozen_figure_set_id"), "frozen_figure", ["set_id"])


def restatement_table() -> None:
    op.create_table(
        "restatement",
        number("id"),
        number("fiscal_year"),
        number("base"),
        sa.Column("figures", sa.Text(), nullable=False),
        word("digest", 64),
        word("reason", 200),
        word("state", 40),
        moment("proposed_at"),
        number("proposed_by"),
        moment("decided_at", nullable=True),
        number("decided_by", nullable=True),
        number("version"),
        sa.CheckConstraint(
            "decided_by IS NULL OR decided_by <> proposed_by", name=op.f("ck_restatement_four_eyes")
        ),
        points("restatement", "proposed_by", "account"),
        points("restatement", "decided_by", "account"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_restatement")),
    )
    op.create_index("ix_restatement_of", "restatement", ["fiscal_year", "state"])


def upgrade() -> None:
    calendar_tables()
    edition_table()
    set_tables()
    figure_table()
    restatement_table()


def downgrade() -> None:
    for table in (
        "restatement",
        "frozen_figure",
        "frozen_member",
        "frozen_set",
        "year_edition",
        "measure_succession",
        "year_days",
    ):
        op.drop_table(table)
