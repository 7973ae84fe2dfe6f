"""Corrections, extensions, papers and links of referrals; saved views; the city's own closed days."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def create(table: str, *columns: sa.schema.SchemaItem, points: dict[str, str], key: str = "id") -> None:
    """Create a table; ``points`` says where its foreign keys lead."""
    keys = [
        sa.ForeignKeyConstraint([name], [f"{other}.id"], name=op.f(f"fk_{table}_{name}_{other}"))
        for name, other in points.items()
    ]
    op.create_table(table, *columns, *keys, sa.PrimaryKeyConstraint(key, name=op.f(f"pk_{table}")))


def number(name: str, *, nullable: bool = False) -> sa.Column:
    """Return a whole-number column."""
    return sa.Column(name, sa.Integer(), nullable=nullable)


def moment(name: str, *, nullable: bool = False) -> sa.Column:
    """Return a column for a moment in UTC."""
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def text(name: str, length: int) -> sa.Column:
    """Return a short text column."""
    return sa.Column(name, sa.String(length=length), nullable=False)


def extensions() -> None:
    create(
        "referral_extension",
        number("id"),
        number("referral_id"),
        number("move_number"),
        sa.Column("due_on", sa.Date(), nullable=False),
        text("reason", 40),
        text("reason_other", 60),
        moment("entered_at"),
        number("entered_by", nullable=True),
        points={"referral_id": "referral", "entered_by": "account"},
    )
    op.create_index(op.f("ix_referral_extension_referral_id"), "referral_extension", ["referral_id"])


def papers() -> None:
    create(
        "referral_paper",
        number("id"),
        number("referral_id"),
        text("kind", 40),
        text("document_number", 40),
        sa.Column("dated_on", sa.Date(), nullable=False),
        moment("printed_at"),
        number("printed_by", nullable=True),
        number("reprints"),
        points={"referral_id": "referral", "printed_by": "account"},
    )
    op.create_index("uq_referral_paper_kind", "referral_paper", ["referral_id", "kind"], unique=True)


def links() -> None:
    create(
        "answer_link",
        number("id"),
        number("referral_id"),
        text("token_hash", 64),
        moment("issued_at"),
        number("issued_by", nullable=True),
        moment("expires_at"),
        moment("used_at", nullable=True),
        moment("revoked_at", nullable=True),
        sa.UniqueConstraint("token_hash", name=op.f("uq_answer_link_token_hash")),
        points={"referral_id": "referral", "issued_by": "account"},
    )
    op.create_index(op.f("ix_answer_link_referral_id"), "answer_link", ["referral_id"])


def views() -> None:
    create(
        "saved_view",
        number("id"),
        number("account_id"),
        text("board", 20),
        text("title", 40),
        text("query", 400),
        moment("made_at"),
        points={"account_id": "account"},
    )
    op.create_index(op.f("ix_saved_view_account_id"), "saved_view", ["account_id"])


def closed_days() -> None:
    create(
        "city_closed_day",
        sa.Column("day", sa.Date(), nullable=False),
        text("reason", 60),
        moment("entered_at"),
        number("entered_by", nullable=True),
        points={"entered_by": "account"},
        key="day",
    )


def upgrade() -> None:
    op.add_column("referral_move", number("corrects_number", nullable=True))
    extensions()
    papers()
    links()
    views()
    closed_days()


def downgrade() -> None:
    for table in ("city_closed_day", "saved_view", "answer_link", "referral_paper", "referral_extension"):
        op.drop_table(table)
    op.drop_column("referral_move", "corrects_number")
