"""Drafts, persons in charge, notes, merges, hand-overs, counts of group sessions, calendars."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def foreign_key(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    """Return the named constraint that a column points at another table."""
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=op.f(f"fk_{table}_{column}_{other}"))


def moment(name: str, *, nullable: bool = False) -> sa.Column:
    """Return a column for a moment in UTC."""
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def number(name: str, *, nullable: bool = False) -> sa.Column:
    """Return a whole-number column."""
    return sa.Column(name, sa.Integer(), nullable=nullable)


POINTS = {
    "account_id": "account",
    "author_id": "account",
    "from_account_id": "account",
    "to_account_id": "account",
    "made_by": "account",
    "undone_by": "account",
    "merged_by": "account",
    "case_id": "case_record",
    "into_id": "case_record",
    "previous_into_id": "case_record",
    "part_of_id": "case_merge",
    "consultation_id": "consultation",
    "handover_id": "handover",
    "office_id": "office",
    "edition_id": "map_edition",
}


def create(table: str, *columns: sa.schema.SchemaItem, key: tuple[str, ...] = ("id",)) -> None:
    """Create a table whose keys point where their names say."""
    names = [one.name for one in columns if isinstance(one, sa.Column)]
    keys = [foreign_key(table, str(name), POINTS[str(name)]) for name in names if name in POINTS]
    op.create_table(table, *columns, *keys, sa.PrimaryKeyConstraint(*key, name=op.f(f"pk_{table}")))


def index(table: str, *columns: str) -> None:
    """Create the plain index of one column."""
    for column in columns:
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column])


def draft_table() -> None:
    create(
        "draft",
        number("id"),
        number("account_id"),
        sa.Column("key_hash", sa.String(length=64), nullable=False),
        sa.Column("purpose", sa.String(length=40), nullable=False),
        sa.Column("sealed", sa.Text(), nullable=False),
        sa.Column("sealing_key_id", sa.String(length=16), nullable=False),
        number("revision"),
        moment("begun_at"),
        moment("saved_at"),
    )
    index("draft", "saved_at")
    op.create_index("uq_draft_key", "draft", ["account_id", "key_hash"], unique=True)


def case_columns() -> None:
    op.add_column(
        "case_record",
        sa.Column("is_number_unknown", sa.Boolean(), server_default=sa.false(), nullable=False),
    )
    with op.batch_alter_table("case_office") as table:
        table.add_column(number("counsellor_id", nullable=True))
        table.add_column(sa.Column("next_contact_on", sa.Date(), nullable=True))
        table.create_foreign_key(
            op.f("fk_case_office_counsellor_id_account"), "account", ["counsellor_id"], ["id"]
        )
    op.create_index("ix_case_office_counsellor", "case_office", ["counsellor_id", "next_contact_on"])
    op.create_index("ix_consultation_counsellor", "consultation", ["counsellor_id", "id"])


def put_openers_in_charge() -> None:
    """In charge of a case at an office is who recorded its last consultation there, else who opened it."""
    op.execute(
        """
        UPDATE case_office SET counsellor_id = COALESCE(
          (SELECT c.counsellor_id FROM consultation c
            WHERE c.case_id = case_office.case_id AND c.office_id = case_office.office_id
              AND c.voided_at IS NULL
            ORDER BY c.held_on DESC, c.id DESC LIMIT 1),
          (SELECT r.opened_by FROM case_record r
            WHERE r.id = case_office.case_id AND r.office_id = case_office.office_id))
        """
    )


def merge_table() -> None:
    create(
        "case_merge",
        number("id"),
        number("case_id"),
        number("into_id"),
        number("previous_into_id", nullable=True),
        number("part_of_id", nullable=True),
        sa.Column("reason", sa.String(length=40), nullable=False),
        moment("merged_at"),
        number("merged_by", nullable=True),
        moment("undone_at", nullable=True),
        number("undone_by", nullable=True),
    )
    index("case_merge", "case_id", "into_id", "part_of_id")


def note_table() -> None:
    create(
        "case_note",
        number("id"),
        number("case_id"),
        number("author_id"),
        sa.Column("text", sa.String(length=200), nullable=False),
        moment("written_at"),
        number("version"),
    )
    index("case_note", "author_id")
    op.create_index("uq_case_note_author", "case_note", ["case_id", "author_id"], unique=True)


def handover_tables() -> None:
    create(
        "handover",
        number("id"),
        number("office_id"),
        number("from_account_id"),
        moment("made_at"),
        number("made_by", nullable=True),
        moment("undone_at", nullable=True),
        number("undone_by", nullable=True),
    )
    index("handover", "office_id")
    create(
        "handover_case",
        number("handover_id"),
        number("case_id"),
        number("to_account_id"),
        key=("handover_id", "case_id"),
    )
    index("handover_case", "case_id")
    create(
        "handover_draft",
        number("handover_id"),
        number("draft_id"),
        number("to_account_id"),
        key=("handover_id", "draft_id"),
    )


def count_table() -> None:
    create(
        "consultation_count",
        number("consultation_id"),
        sa.Column("dimension", sa.String(length=40), nullable=False),
        sa.Column("value", sa.String(length=40), nullable=False),
        number("heads"),
        sa.CheckConstraint("heads BETWEEN 1 AND 500", name=op.f("ck_consultation_count_heads")),
        key=("consultation_id", "dimension", "value"),
    )


def calendar_table() -> None:
    create(
        "calendar_token",
        number("id"),
        number("account_id"),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        moment("issued_at"),
        moment("revoked_at", nullable=True),
        sa.UniqueConstraint("token_hash", name=op.f("uq_calendar_token_token_hash")),
    )
    index("calendar_token", "account_id")


def audit_index() -> None:
    """Let the trail be read by time."""
    index("audit_entry", "at")


def window_serves() -> None:
    """Keep whom a window is meant for apart from whom alone it takes."""
    op.add_column(
        "window_version", sa.Column("serves", sa.Text(), server_default=sa.text("''"), nullable=False)
    )


def leaflet_table() -> None:
    """Keep the leaflet of an edition as it was published."""
    create(
        "map_leaflet",
        number("edition_id"),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        key=("edition_id",),
    )


def upgrade() -> None:
    draft_table()
    case_columns()
    put_openers_in_charge()
    merge_table()
    note_table()
    handover_tables()
    count_table()
    calendar_table()
    audit_index()
    window_serves()
    leaflet_table()


TABLES = (
    "map_leaflet",
    "calendar_token",
    "consultation_count",
    "handover_draft",
    "handover_case",
    "handover",
    "case_note",
    "case_merge",
    "draft",
)


def downgrade() -> None:
    op.drop_index(op.f("ix_audit_entry_at"), table_name="audit_entry")
    for table in TABLES:
        op.drop_table(table)
    op.drop_index("ix_consultation_counsellor", table_name="consultation")
    op.drop_index("ix_case_office_counsellor", table_name="case_office")
    with op.batch_alter_table("case_office") as table:
        table.drop_constraint(op.f("fk_case_office_counsellor_id_account"), type_="foreignkey")
        table.drop_column("next_contact_on")
        table.drop_column("counsellor_id")
    op.drop_column("case_record", "is_number_unknown")
    op.drop_column("window_version", "serves")
