"""What was released, what may be exact, and the ledger of both."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def text(name: str, length: int) -> sa.Column:
    """Return a column for a short text."""
    return sa.Column(name, sa.String(length=length), nullable=False)


def account(table: str, name: str) -> sa.ForeignKeyConstraint:
    """Return the constraint that a column names an account."""
    return sa.ForeignKeyConstraint([name], ["account.id"], name=op.f(f"fk_{table}_{name}_account"))


def releases() -> None:
    op.create_table(
        "release",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("fiscal_year", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=True),
        sa.Column("threshold", sa.Integer(), nullable=False),
        sa.Column("released_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("released_by", sa.Integer(), nullable=True),
        text("digest", 64),
        account("release", "released_by"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_release")),
    )
    op.create_index("uq_release_number", "release", ["fiscal_year", "number"], unique=True)


def figures() -> None:
    op.create_table(
        "release_figure",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("release_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        text("measure", 8),
        text("indicator", 60),
        text("part", 40),
        text("label", 80),
        text("label_en", 120),
        text("unit", 8),
        text("unit_en", 24),
        sa.Column("decimals", sa.Integer(), nullable=False),
        sa.Column("value", sa.Numeric(precision=14, scale=4), nullable=True),
        text("word", 20),
        text("mark", 40),
        text("showing", 40),
        sa.Column("cells", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "showing NOT IN ('withheld', 'taken') OR (value IS NULL AND word = '')",
            name=op.f("ck_release_figure_nothing_of_withheld"),
        ),
        sa.ForeignKeyConstraint(
            ["release_id"], ["release.id"], name=op.f("fk_release_figure_release_id_release")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_release_figure")),
    )
    of = ["release_id", "measure", "indicator", "part"]
    op.create_index("uq_release_figure_of", "release_figure", of, unique=True)


def exact_figures() -> None:
    op.create_table(
        "exact_figure",
        sa.Column("id", sa.Integer(), nullable=False),
        text("indicator", 60),
        sa.Column("parts", sa.Text(), nullable=False),
        text("reason", 200),
        sa.Column("proposed_by", sa.Integer(), nullable=False),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("approved_by", sa.Integer(), nullable=True),
        sa.Column("approved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_by", sa.Integer(), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "approved_by IS NULL OR approved_by <> proposed_by", name=op.f("ck_exact_figure_two_people")
        ),
        sa.CheckConstraint(
            "(approved_by IS NULL) = (approved_at IS NULL)", name=op.f("ck_exact_figure_approval")
        ),
        *(account("exact_figure", name) for name in ("proposed_by", "approved_by", "ended_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exact_figure")),
    )
    op.create_index("ix_exact_figure_indicator", "exact_figure", ["indicator"])


def upgrade() -> None:
    releases()
    figures()
    exact_figures()


def downgrade() -> None:
    op.drop_table("exact_figure")
    op.drop_table("release_figure")
    op.drop_table("release")
