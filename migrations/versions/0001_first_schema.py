"""The first schema: offices, accounts, the plan, cases, referrals, placements, the trail."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def fiscal_year_checks(table: str, day: str) -> list[sa.CheckConstraint]:
    """Keep the plain fiscal-year column true to its day; the two engines write days differently."""
    rule = {
        "sqlite": "{0} >= fiscal_year || '-04-01' AND {0} < (fiscal_year + 1) || '-04-01'",
        "postgresql": "{0} >= make_date(fiscal_year, 4, 1) AND {0} < make_date(fiscal_year + 1, 4, 1)",
    }[op.get_bind().dialect.name]
    return [sa.CheckConstraint(rule.format(day), name=op.f(f"ck_{table}_fiscal_year_of_{day}"))]


def upgrade() -> None:
    create_tables()
    forbid_rewriting_the_trail()


def forbid_rewriting_the_trail() -> None:
    """Refuse UPDATE and DELETE on the audit trail in the database itself."""
    if op.get_bind().dialect.name == "sqlite":
        for act in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER audit_entry_no_{act.lower()} BEFORE {act} ON audit_entry "
                "BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END"
            )
        return
    op.execute(
        "CREATE FUNCTION audit_entry_append_only() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'the audit trail is append-only'; END $$"
    )
    op.execute(
        "CREATE TRIGGER audit_entry_append_only BEFORE UPDATE OR DELETE ON audit_entry "
        "FOR EACH ROW EXECUTE FUNCTION audit_entry_append_only()"
    )


def create_tables() -> None:
    op.create_table(
        "attempt",
        sa.Column("key_hash", sa.String(length=64), nullable=False),
        sa.Column("window_started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("key_hash", name=op.f("pk_attempt")),
    )
    op.create_table(
        "audit_entry",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=True),
        sa.Column("actor_label", sa.String(length=120), nullable=False),
        sa.Column("office_id", sa.Integer(), nullable=True),
        sa.Column("action", sa.String(length=60), nullable=False),
        sa.Column("subject", sa.String(length=40), nullable=False),
        sa.Column("subject_id", sa.String(length=40), nullable=False),
        sa.Column("details", sa.Text(), nullable=False),
        sa.Column("previous", sa.String(length=64), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_entry")),
        sa.UniqueConstraint("digest", name=op.f("uq_audit_entry_digest")),
    )
    op.create_index("ix_audit_entry_subject", "audit_entry", ["subject", "subject_id"], unique=False)
    op.create_table(
        "counting_rule",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_counting_rule")),
    )
    op.create_index(op.f("ix_counting_rule_key"), "counting_rule", ["key"], unique=False)
    op.create_table(
        "indicator",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=60), nullable=False),
        sa.Column("label", sa.String(length=80), nullable=False),
        sa.Column("label_en", sa.String(length=120), nullable=False),
        sa.Column("unit", sa.String(length=8), nullable=False),
        sa.Column("unit_en", sa.String(length=24), nullable=False),
        sa.Column("decimals", sa.Integer(), nullable=False),
        sa.Column("counting", sa.String(length=40), nullable=False),
        sa.Column("source", sa.String(length=40), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_indicator")),
        sa.UniqueConstraint("key", name=op.f("uq_indicator_key")),
    )
    op.create_table(
        "map_edition",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("published_on", sa.Date(), nullable=False),
        sa.Column("fiscal_year", sa.Integer(), nullable=False),
        sa.Column("changes", sa.Text(), nullable=False),
        *fiscal_year_checks("map_edition", "published_on"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_map_edition")),
        sa.UniqueConstraint("number", name=op.f("uq_map_edition_number")),
    )
    op.create_table(
        "office",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("name_en", sa.String(length=120), nullable=False),
        sa.Column("programme", sa.String(length=40), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_office")),
        sa.UniqueConstraint("key", name=op.f("uq_office_key")),
    )
    op.create_table(
        "plan",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("title_en", sa.String(length=160), nullable=False),
        sa.Column("city", sa.String(length=40), nullable=False),
        sa.Column("local_government_code", sa.String(length=6), nullable=False),
        sa.Column("base_policy", sa.String(length=120), nullable=False),
        sa.Column("first_fiscal_year", sa.Integer(), nullable=False),
        sa.Column("last_fiscal_year", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan")),
        sa.UniqueConstraint("key", name=op.f("uq_plan_key")),
    )
    op.create_table(
        "sample_mark",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("loaded_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_sample_mark_single_row")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sample_mark")),
    )
    op.create_table(
        "account",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("login_name", sa.String(length=40), nullable=False),
        sa.Column("label", sa.String(length=60), nullable=False),
        sa.Column("role", sa.String(length=40), nullable=False),
        sa.Column("office_id", sa.Integer(), nullable=True),
        sa.Column("password_hash", sa.String(length=160), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("must_change_password", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_account_office_id_office")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account")),
        sa.UniqueConstraint("login_name", name=op.f("uq_account_login_name")),
    )
    op.create_index(op.f("ix_account_office_id"), "account", ["office_id"], unique=False)
    op.create_table(
        "audit_head",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=True),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_audit_head_single_row")),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["audit_entry.id"], name=op.f("fk_audit_head_entry_id_audit_entry")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_head")),
    )
    op.create_table(
        "beside_the_plan",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("title_en", sa.String(length=160), nullable=False),
        sa.Column("office_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["office_id"], ["office.id"], name=op.f("fk_beside_the_plan_office_id_office")
        ),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_beside_the_plan_plan_id_plan")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_beside_the_plan")),
    )
    op.create_index(op.f("ix_beside_the_plan_plan_id"), "beside_the_plan", ["plan_id"], unique=False)
    op.create_table(
        "indicator_part",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("indicator_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column("label", sa.String(length=80), nullable=False),
        sa.Column("label_en", sa.String(length=120), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["indicator_id"], ["indicator.id"], name=op.f("fk_indicator_part_indicator_id_indicator")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_indicator_part")),
    )
    op.create_index("uq_indicator_part_key", "indicator_part", ["indicator_id", "key"], unique=True)
    op.create_table(
        "map_printing",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("printed_on", sa.Date(), nullable=False),
        sa.Column("fiscal_year", sa.Integer(), nullable=False),
        sa.Column("copies", sa.Integer(), nullable=False),
        sa.Column("is_first_run", sa.Boolean(), nullable=False),
        *fiscal_year_checks("map_printing", "printed_on"),
        sa.CheckConstraint("copies > 0", name=op.f("ck_map_printing_copies")),
        sa.ForeignKeyConstraint(
            ["edition_id"], ["map_edition.id"], name=op.f("fk_map_printing_edition_id_map_edition")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_map_printing")),
    )
    op.create_index(op.f("ix_map_printing_edition_id"), "map_printing", ["edition_id"], unique=False)
    op.create_table(
        "plan_note",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("fiscal_year", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("text_en", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_plan_note_plan_id_plan")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_note")),
    )
    op.create_index(op.f("ix_plan_note_plan_id"), "plan_note", ["plan_id"], unique=False)
    op.create_table(
        "policy",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("title_en", sa.String(length=160), nullable=False),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_policy_plan_id_plan")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_policy")),
    )
    op.create_index(op.f("ix_policy_plan_id"), "policy", ["plan_id"], unique=False)
    op.create_table(
        "window",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=60), nullable=False),
        sa.Column("office_id", sa.Integer(), nullable=False),
        sa.Column("successor_id", sa.Integer(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_window_office_id_office")),
        sa.ForeignKeyConstraint(["successor_id"], ["window.id"], name=op.f("fk_window_successor_id_window")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_window")),
        sa.UniqueConstraint("key", name=op.f("uq_window_key")),
    )
    op.create_index(op.f("ix_window_office_id"), "window", ["office_id"], unique=False)
    op.create_table(
        "account_session",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key_hash", sa.String(length=64), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_account_session_account_id_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account_session")),
        sa.UniqueConstraint("key_hash", name=op.f("uq_account_session_key_hash")),
    )
    op.create_index(op.f("ix_account_session_account_id"), "account_session", ["account_id"], unique=False)
    op.create_table(
        "case_record",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=7), nullable=False),
        sa.Column("office_id", sa.Integer(), nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("opened_by", sa.Integer(), nullable=True),
        sa.Column("gender", sa.String(length=40), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("close_reason", sa.String(length=40), nullable=True),
        sa.Column("merged_into_id", sa.Integer(), nullable=True),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["merged_into_id"], ["case_record.id"], name=op.f("fk_case_record_merged_into_id_case_record")
        ),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_case_record_office_id_office")),
        sa.ForeignKeyConstraint(["opened_by"], ["account.id"], name=op.f("fk_case_record_opened_by_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_record")),
        sa.UniqueConstraint("number", name=op.f("uq_case_record_number")),
    )
    op.create_index(op.f("ix_case_record_merged_into_id"), "case_record", ["merged_into_id"], unique=False)
    op.create_index(op.f("ix_case_record_office_id"), "case_record", ["office_id"], unique=False)
    op.create_table(
        "submission",
        sa.Column("key_hash", sa.String(length=64), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("purpose", sa.String(length=40), nullable=False),
        sa.Column("subject_id", sa.String(length=40), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_submission_account_id_account")
        ),
        sa.PrimaryKeyConstraint("key_hash", name=op.f("pk_submission")),
    )
    op.create_index(op.f("ix_submission_made_at"), "submission", ["made_at"], unique=False)
    op.create_table(
        "theme",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("policy_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=80), nullable=False),
        sa.Column("title_en", sa.String(length=120), nullable=False),
        sa.ForeignKeyConstraint(["policy_id"], ["policy.id"], name=op.f("fk_theme_policy_id_policy")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_theme")),
    )
    op.create_index(op.f("ix_theme_policy_id"), "theme", ["policy_id"], unique=False)
    op.create_table(
        "window_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("window_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("name_en", sa.String(length=160), nullable=False),
        sa.Column("kana", sa.String(length=160), nullable=False),
        sa.Column("former_names", sa.Text(), nullable=False),
        sa.Column("services", sa.Text(), nullable=False),
        sa.Column("services_en", sa.Text(), nullable=False),
        sa.Column("eligibility", sa.Text(), nullable=False),
        sa.Column("eligibility_en", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("note_en", sa.Text(), nullable=False),
        sa.Column("minimum_age", sa.Integer(), nullable=True),
        sa.Column("maximum_age", sa.Integer(), nullable=True),
        sa.Column("address", sa.String(length=160), nullable=False),
        sa.Column("telephone", sa.String(length=40), nullable=False),
        sa.Column("response_days", sa.Integer(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("verified_on", sa.Date(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "maximum_age IS NULL OR minimum_age IS NULL OR maximum_age >= minimum_age",
            name=op.f("ck_window_version_ages"),
        ),
        sa.CheckConstraint(
            "valid_to IS NULL OR valid_to >= valid_from", name=op.f("ck_window_version_validity")
        ),
        sa.ForeignKeyConstraint(
            ["window_id"], ["window.id"], name=op.f("fk_window_version_window_id_window")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_window_version")),
    )
    op.create_index("uq_window_version_number", "window_version", ["window_id", "number"], unique=True)
    op.create_table(
        "case_card",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("code_hash", sa.String(length=64), nullable=False),
        sa.Column("pepper_id", sa.String(length=16), nullable=False),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("issued_by", sa.Integer(), nullable=True),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case_record.id"], name=op.f("fk_case_card_case_id_case_record")
        ),
        sa.ForeignKeyConstraint(["issued_by"], ["account.id"], name=op.f("fk_case_card_issued_by_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_card")),
        sa.UniqueConstraint("code_hash", name=op.f("uq_case_card_code_hash")),
    )
    op.create_index(op.f("ix_case_card_case_id"), "case_card", ["case_id"], unique=False)
    op.create_table(
        "case_office",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("office_id", sa.Integer(), nullable=False),
        sa.Column("seen_by", sa.String(length=40), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case_record.id"], name=op.f("fk_case_office_case_id_case_record")
        ),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_case_office_office_id_office")),
        sa.PrimaryKeyConstraint("case_id", "office_id", name=op.f("pk_case_office")),
    )
    op.create_index(op.f("ix_case_office_office_id"), "case_office", ["office_id"], unique=False)
    op.create_table(
        "consent",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("given_on", sa.Date(), nullable=False),
        sa.Column("form", sa.String(length=40), nullable=False),
        sa.Column("withdrawn_on", sa.Date(), nullable=True),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("entered_by", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "withdrawn_on IS NULL OR withdrawn_on >= given_on", name=op.f("ck_consent_withdrawal")
        ),
        sa.ForeignKeyConstraint(["case_id"], ["case_record.id"], name=op.f("fk_consent_case_id_case_record")),
        sa.ForeignKeyConstraint(["entered_by"], ["account.id"], name=op.f("fk_consent_entered_by_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consent")),
    )
    op.create_index(op.f("ix_consent_case_id"), "consent", ["case_id"], unique=False)
    op.create_table(
        "consultation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=True),
        sa.Column("office_id", sa.Integer(), nullable=False),
        sa.Column("counsellor_id", sa.Integer(), nullable=True),
        sa.Column("programme", sa.String(length=40), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("fiscal_year", sa.Integer(), nullable=False),
        sa.Column("headcount", sa.Integer(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("channel", sa.String(length=40), nullable=False),
        sa.Column("source", sa.String(length=40), nullable=False),
        sa.Column("source_other", sa.String(length=60), nullable=False),
        sa.Column("assistance", sa.String(length=40), nullable=False),
        sa.Column("age_band", sa.String(length=40), nullable=False),
        sa.Column("household", sa.String(length=40), nullable=False),
        sa.Column("household_other", sa.String(length=60), nullable=False),
        sa.Column("target_group", sa.String(length=40), nullable=False),
        sa.Column("single_parent", sa.Boolean(), nullable=False),
        sa.Column("topic", sa.String(length=40), nullable=False),
        sa.Column("topic_other", sa.String(length=60), nullable=False),
        sa.Column("memo", sa.String(length=200), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("voided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("void_reason", sa.String(length=40), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        *fiscal_year_checks("consultation", "held_on"),
        sa.CheckConstraint("headcount BETWEEN 1 AND 500", name=op.f("ck_consultation_headcount")),
        sa.CheckConstraint("minutes BETWEEN 1 AND 600", name=op.f("ck_consultation_minutes")),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case_record.id"], name=op.f("fk_consultation_case_id_case_record")
        ),
        sa.ForeignKeyConstraint(
            ["counsellor_id"], ["account.id"], name=op.f("fk_consultation_counsellor_id_account")
        ),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_consultation_office_id_office")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consultation")),
    )
    op.create_index("ix_consultation_case", "consultation", ["case_id", "office_id", "held_on"], unique=False)
    op.create_index(
        "ix_consultation_figures", "consultation", ["programme", "kind", "fiscal_year"], unique=False
    )
    op.create_index("ix_consultation_office", "consultation", ["office_id", "held_on"], unique=False)
    op.create_table(
        "measure",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("theme_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=8), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("title_en", sa.String(length=160), nullable=False),
        sa.Column("title_in_table", sa.String(length=120), nullable=False),
        sa.Column("title_in_table_en", sa.String(length=160), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("description_en", sa.Text(), nullable=False),
        sa.Column("audience", sa.String(length=120), nullable=False),
        sa.Column("audience_en", sa.String(length=160), nullable=False),
        sa.Column("repeats_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["repeats_id"], ["measure.id"], name=op.f("fk_measure_repeats_id_measure")),
        sa.ForeignKeyConstraint(["theme_id"], ["theme.id"], name=op.f("fk_measure_theme_id_theme")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_measure")),
    )
    op.create_index(op.f("ix_measure_theme_id"), "measure", ["theme_id"], unique=False)
    op.create_table(
        "registration",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("office_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("entered_by", sa.Integer(), nullable=True),
        sa.Column("voided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("void_reason", sa.String(length=40), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("ends_on >= starts_on", name=op.f("ck_registration_days")),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case_record.id"], name=op.f("fk_registration_case_id_case_record")
        ),
        sa.ForeignKeyConstraint(
            ["entered_by"], ["account.id"], name=op.f("fk_registration_entered_by_account")
        ),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_registration_office_id_office")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_registration")),
    )
    op.create_index(op.f("ix_registration_case_id"), "registration", ["case_id"], unique=False)
    op.create_index("ix_registration_days", "registration", ["starts_on", "ends_on"], unique=False)
    op.create_table(
        "consultation_group",
        sa.Column("consultation_id", sa.Integer(), nullable=False),
        sa.Column("target_group", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(
            ["consultation_id"],
            ["consultation.id"],
            name=op.f("fk_consultation_group_consultation_id_consultation"),
        ),
        sa.PrimaryKeyConstraint("consultation_id", "target_group", name=op.f("pk_consultation_group")),
    )
    op.create_table(
        "consultation_topic",
        sa.Column("consultation_id", sa.Integer(), nullable=False),
        sa.Column("topic", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(
            ["consultation_id"],
            ["consultation.id"],
            name=op.f("fk_consultation_topic_consultation_id_consultation"),
        ),
        sa.PrimaryKeyConstraint("consultation_id", "topic", name=op.f("pk_consultation_topic")),
    )
    op.create_table(
        "guidance",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("consultation_id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=True),
        sa.Column("office_id", sa.Integer(), nullable=False),
        sa.Column("window_id", sa.Integer(), nullable=False),
        sa.Column("window_version_id", sa.Integer(), nullable=False),
        sa.Column("given_on", sa.Date(), nullable=False),
        sa.Column("fiscal_year", sa.Integer(), nullable=False),
        sa.Column("target_group", sa.String(length=40), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("entered_by", sa.Integer(), nullable=True),
        sa.Column("voided_at", sa.DateTime(timezone=True), nullable=True),
        *fiscal_year_checks("guidance", "given_on"),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case_record.id"], name=op.f("fk_guidance_case_id_case_record")
        ),
        sa.ForeignKeyConstraint(
            ["consultation_id"], ["consultation.id"], name=op.f("fk_guidance_consultation_id_consultation")
        ),
        sa.ForeignKeyConstraint(["entered_by"], ["account.id"], name=op.f("fk_guidance_entered_by_account")),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_guidance_office_id_office")),
        sa.ForeignKeyConstraint(["window_id"], ["window.id"], name=op.f("fk_guidance_window_id_window")),
        sa.ForeignKeyConstraint(
            ["window_version_id"],
            ["window_version.id"],
            name=op.f("fk_guidance_window_version_id_window_version"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_guidance")),
    )
    op.create_index(op.f("ix_guidance_case_id"), "guidance", ["case_id"], unique=False)
    op.create_index(op.f("ix_guidance_consultation_id"), "guidance", ["consultation_id"], unique=False)
    op.create_index(
        "ix_guidance_figures", "guidance", ["fiscal_year", "window_id", "target_group"], unique=False
    )
    op.create_table(
        "measure_indicator",
        sa.Column("measure_id", sa.Integer(), nullable=False),
        sa.Column("indicator_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["indicator_id"], ["indicator.id"], name=op.f("fk_measure_indicator_indicator_id_indicator")
        ),
        sa.ForeignKeyConstraint(
            ["measure_id"], ["measure.id"], name=op.f("fk_measure_indicator_measure_id_measure")
        ),
        sa.PrimaryKeyConstraint("measure_id", "indicator_id", name=op.f("pk_measure_indicator")),
    )
    op.create_table(
        "measure_office",
        sa.Column("measure_id", sa.Integer(), nullable=False),
        sa.Column("office_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["measure_id"], ["measure.id"], name=op.f("fk_measure_office_measure_id_measure")
        ),
        sa.ForeignKeyConstraint(
            ["office_id"], ["office.id"], name=op.f("fk_measure_office_office_id_office")
        ),
        sa.PrimaryKeyConstraint("measure_id", "office_id", name=op.f("pk_measure_office")),
    )
    op.create_table(
        "measure_text",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("measure_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("first_fiscal_year", sa.Integer(), nullable=False),
        sa.Column("last_fiscal_year", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("text_en", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("last_fiscal_year >= first_fiscal_year", name=op.f("ck_measure_text_years")),
        sa.ForeignKeyConstraint(
            ["measure_id"], ["measure.id"], name=op.f("fk_measure_text_measure_id_measure")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_measure_text")),
    )
    op.create_index(
        "uq_measure_text_of", "measure_text", ["measure_id", "kind", "first_fiscal_year"], unique=True
    )
    op.create_table(
        "plan_note_mark",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("note_id", sa.Integer(), nullable=False),
        sa.Column("measure_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(length=40), nullable=False),
        sa.Column("indicator_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["indicator_id"], ["indicator.id"], name=op.f("fk_plan_note_mark_indicator_id_indicator")
        ),
        sa.ForeignKeyConstraint(
            ["measure_id"], ["measure.id"], name=op.f("fk_plan_note_mark_measure_id_measure")
        ),
        sa.ForeignKeyConstraint(
            ["note_id"], ["plan_note.id"], name=op.f("fk_plan_note_mark_note_id_plan_note")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_note_mark")),
    )
    op.create_index(op.f("ix_plan_note_mark_note_id"), "plan_note_mark", ["note_id"], unique=False)
    op.create_table(
        "referral",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(length=7), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("consent_id", sa.Integer(), nullable=False),
        sa.Column("consultation_id", sa.Integer(), nullable=True),
        sa.Column("office_id", sa.Integer(), nullable=False),
        sa.Column("counsellor_id", sa.Integer(), nullable=True),
        sa.Column("window_id", sa.Integer(), nullable=False),
        sa.Column("window_version_id", sa.Integer(), nullable=False),
        sa.Column("asked", sa.String(length=40), nullable=False),
        sa.Column("asked_other", sa.String(length=60), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case_record.id"], name=op.f("fk_referral_case_id_case_record")
        ),
        sa.ForeignKeyConstraint(["consent_id"], ["consent.id"], name=op.f("fk_referral_consent_id_consent")),
        sa.ForeignKeyConstraint(
            ["consultation_id"], ["consultation.id"], name=op.f("fk_referral_consultation_id_consultation")
        ),
        sa.ForeignKeyConstraint(
            ["counsellor_id"], ["account.id"], name=op.f("fk_referral_counsellor_id_account")
        ),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_referral_office_id_office")),
        sa.ForeignKeyConstraint(["window_id"], ["window.id"], name=op.f("fk_referral_window_id_window")),
        sa.ForeignKeyConstraint(
            ["window_version_id"],
            ["window_version.id"],
            name=op.f("fk_referral_window_version_id_window_version"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_referral")),
        sa.UniqueConstraint("reference", name=op.f("uq_referral_reference")),
    )
    op.create_index(op.f("ix_referral_case_id"), "referral", ["case_id"], unique=False)
    op.create_index(op.f("ix_referral_consent_id"), "referral", ["consent_id"], unique=False)
    op.create_index(op.f("ix_referral_consultation_id"), "referral", ["consultation_id"], unique=False)
    op.create_index("ix_referral_office", "referral", ["office_id"], unique=False)
    op.create_index("ix_referral_window", "referral", ["window_id"], unique=False)
    op.create_table(
        "result",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("measure_id", sa.Integer(), nullable=False),
        sa.Column("indicator_id", sa.Integer(), nullable=False),
        sa.Column("part", sa.String(length=40), nullable=False),
        sa.Column("fiscal_year", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("value", sa.Numeric(precision=14, scale=4), nullable=False),
        sa.Column("printed", sa.String(length=20), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("entered_by", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["entered_by"], ["account.id"], name=op.f("fk_result_entered_by_account")),
        sa.ForeignKeyConstraint(
            ["indicator_id"], ["indicator.id"], name=op.f("fk_result_indicator_id_indicator")
        ),
        sa.ForeignKeyConstraint(["measure_id"], ["measure.id"], name=op.f("fk_result_measure_id_measure")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_result")),
    )
    op.create_index(
        "uq_result_of", "result", ["measure_id", "indicator_id", "part", "fiscal_year", "kind"], unique=True
    )
    op.create_table(
        "target",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("measure_id", sa.Integer(), nullable=False),
        sa.Column("indicator_id", sa.Integer(), nullable=False),
        sa.Column("first_fiscal_year", sa.Integer(), nullable=False),
        sa.Column("last_fiscal_year", sa.Integer(), nullable=False),
        sa.Column("value", sa.Numeric(precision=14, scale=4), nullable=False),
        sa.Column("sense", sa.String(length=40), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("note_en", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("last_fiscal_year >= first_fiscal_year", name=op.f("ck_target_years")),
        sa.ForeignKeyConstraint(
            ["indicator_id"], ["indicator.id"], name=op.f("fk_target_indicator_id_indicator")
        ),
        sa.ForeignKeyConstraint(["measure_id"], ["measure.id"], name=op.f("fk_target_measure_id_measure")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_target")),
    )
    op.create_index("ix_target_of", "target", ["measure_id", "indicator_id"], unique=False)
    op.create_table(
        "placement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("office_id", sa.Integer(), nullable=False),
        sa.Column("counsellor_id", sa.Integer(), nullable=True),
        sa.Column("programme", sa.String(length=40), nullable=False),
        sa.Column("referral_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("offered_on", sa.Date(), nullable=True),
        sa.Column("started_on", sa.Date(), nullable=False),
        sa.Column("reported_on", sa.Date(), nullable=False),
        sa.Column("fiscal_year", sa.Integer(), nullable=False),
        sa.Column("assistance", sa.String(length=40), nullable=False),
        sa.Column("category", sa.String(length=40), nullable=True),
        sa.Column("target_group", sa.String(length=40), nullable=False),
        sa.Column("hours", sa.String(length=40), nullable=False),
        sa.Column("contract", sa.String(length=40), nullable=False),
        sa.Column("contract_other", sa.String(length=60), nullable=False),
        sa.Column("posting", sa.String(length=40), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("voided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("void_reason", sa.String(length=40), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        *fiscal_year_checks("placement", "started_on"),
        sa.CheckConstraint("offered_on IS NULL OR offered_on <= started_on", name=op.f("ck_placement_offer")),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case_record.id"], name=op.f("fk_placement_case_id_case_record")
        ),
        sa.ForeignKeyConstraint(
            ["counsellor_id"], ["account.id"], name=op.f("fk_placement_counsellor_id_account")
        ),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_placement_office_id_office")),
        sa.ForeignKeyConstraint(
            ["referral_id"], ["referral.id"], name=op.f("fk_placement_referral_id_referral")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_placement")),
    )
    op.create_index(op.f("ix_placement_case_id"), "placement", ["case_id"], unique=False)
    op.create_index("ix_placement_figures", "placement", ["programme", "kind", "fiscal_year"], unique=False)
    op.create_index("ix_placement_office", "placement", ["office_id", "started_on"], unique=False)
    op.create_index(op.f("ix_placement_referral_id"), "placement", ["referral_id"], unique=False)
    op.create_table(
        "referral_move",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("referral_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("from_state", sa.String(length=40), nullable=True),
        sa.Column("to_state", sa.String(length=40), nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("fiscal_year", sa.Integer(), nullable=False),
        sa.Column("channel", sa.String(length=40), nullable=True),
        sa.Column("code", sa.String(length=40), nullable=True),
        sa.Column("code_other", sa.String(length=60), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("entered_by", sa.Integer(), nullable=True),
        sa.Column("entered_by_office_id", sa.Integer(), nullable=True),
        *fiscal_year_checks("referral_move", "happened_on"),
        sa.ForeignKeyConstraint(
            ["entered_by"], ["account.id"], name=op.f("fk_referral_move_entered_by_account")
        ),
        sa.ForeignKeyConstraint(
            ["entered_by_office_id"], ["office.id"], name=op.f("fk_referral_move_entered_by_office_id_office")
        ),
        sa.ForeignKeyConstraint(
            ["referral_id"], ["referral.id"], name=op.f("fk_referral_move_referral_id_referral")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_referral_move")),
    )
    op.create_index("ix_referral_move_figures", "referral_move", ["to_state", "fiscal_year"], unique=False)
    op.create_index("uq_referral_move_number", "referral_move", ["referral_id", "number"], unique=True)
    op.create_table(
        "retention_check",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("placement_id", sa.Integer(), nullable=False),
        sa.Column("months", sa.Integer(), nullable=False),
        sa.Column("checked_on", sa.Date(), nullable=False),
        sa.Column("outcome", sa.String(length=40), nullable=False),
        sa.Column("channel", sa.String(length=40), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("entered_by", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("months IN (1, 3, 6, 12)", name=op.f("ck_retention_check_months")),
        sa.ForeignKeyConstraint(
            ["entered_by"], ["account.id"], name=op.f("fk_retention_check_entered_by_account")
        ),
        sa.ForeignKeyConstraint(
            ["placement_id"], ["placement.id"], name=op.f("fk_retention_check_placement_id_placement")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_retention_check")),
    )
    op.create_index("uq_retention_check_of", "retention_check", ["placement_id", "months"], unique=True)


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TRIGGER audit_entry_no_update")
        op.execute("DROP TRIGGER audit_entry_no_delete")
    else:
        op.execute("DROP TRIGGER audit_entry_append_only ON audit_entry")
        op.execute("DROP FUNCTION audit_entry_append_only()")
    op.drop_index("uq_retention_check_of", table_name="retention_check")
    op.drop_table("retention_check")
    op.drop_index("uq_referral_move_number", table_name="referral_move")
    op.drop_index("ix_referral_move_figures", table_name="referral_move")
    op.drop_table("referral_move")
    op.drop_index(op.f("ix_placement_referral_id"), table_name="placement")
    op.drop_index("ix_placement_office", table_name="placement")
    op.drop_index("ix_placement_figures", table_name="placement")
    op.drop_index(op.f("ix_placement_case_id"), table_name="placement")
    op.drop_table("placement")
    op.drop_index("ix_target_of", table_name="target")
    op.drop_table("target")
    op.drop_index("uq_result_of", table_name="result")
    op.drop_table("result")
    op.drop_index("ix_referral_window", table_name="referral")
    op.drop_index("ix_referral_office", table_name="referral")
    op.drop_index(op.f("ix_referral_consultation_id"), table_name="referral")
    op.drop_index(op.f("ix_referral_consent_id"), table_name="referral")
    op.drop_index(op.f("ix_referral_case_id"), table_name="referral")
    op.drop_table("referral")
    op.drop_index(op.f("ix_plan_note_mark_note_id"), table_name="plan_note_mark")
    op.drop_table("plan_note_mark")
    op.drop_index("uq_measure_text_of", table_name="measure_text")
    op.drop_table("measure_text")
    op.drop_table("measure_office")
    op.drop_table("measure_indicator")
    op.drop_index("ix_guidance_figures", table_name="guidance")
    op.drop_index(op.f("ix_guidance_consultation_id"), table_name="guidance")
    op.drop_index(op.f("ix_guidance_case_id"), table_name="guidance")
    op.drop_table("guidance")
    op.drop_table("consultation_topic")
    op.drop_table("consultation_group")
    op.drop_index("ix_registration_days", table_name="registration")
    op.drop_index(op.f("ix_registration_case_id"), table_name="registration")
    op.drop_table("registration")
    op.drop_index(op.f("ix_measure_theme_id"), table_name="measure")
    op.drop_table("measure")
    op.drop_index("ix_consultation_office", table_name="consultation")
    op.drop_index("ix_consultation_figures", table_name="consultation")
    op.drop_index("ix_consultation_case", table_name="consultation")
    op.drop_table("consultation")
    op.drop_index(op.f("ix_consent_case_id"), table_name="consent")
    op.drop_table("consent")
    op.drop_index(op.f("ix_case_office_office_id"), table_name="case_office")
    op.drop_table("case_office")
    op.drop_index(op.f("ix_case_card_case_id"), table_name="case_card")
    op.drop_table("case_card")
    op.drop_index("uq_window_version_number", table_name="window_version")
    op.drop_table("window_version")
    op.drop_index(op.f("ix_theme_policy_id"), table_name="theme")
    op.drop_table("theme")
    op.drop_index(op.f("ix_submission_made_at"), table_name="submission")
    op.drop_table("submission")
    op.drop_index(op.f("ix_case_record_office_id"), table_name="case_record")
    op.drop_index(op.f("ix_case_record_merged_into_id"), table_name="case_record")
    op.drop_table("case_record")
    op.drop_index(op.f("ix_account_session_account_id"), table_name="account_session")
    op.drop_table("account_session")
    op.drop_index(op.f("ix_window_office_id"), table_name="window")
    op.drop_table("window")
    op.drop_index(op.f("ix_policy_plan_id"), table_name="policy")
    op.drop_table("policy")
    op.drop_index(op.f("ix_plan_note_plan_id"), table_name="plan_note")
    op.drop_table("plan_note")
    op.drop_index(op.f("ix_map_printing_edition_id"), table_name="map_printing")
    op.drop_table("map_printing")
    op.drop_index("uq_indicator_part_key", table_name="indicator_part")
    op.drop_table("indicator_part")
    op.drop_index(op.f("ix_beside_the_plan_plan_id"), table_name="beside_the_plan")
    op.drop_table("beside_the_plan")
    op.drop_table("audit_head")
    op.drop_index(op.f("ix_account_office_id"), table_name="account")
    op.drop_table("account")
    op.drop_table("sample_mark")
    op.drop_table("plan")
    op.drop_table("office")
    op.drop_table("map_edition")
    op.drop_table("indicator")
    op.drop_index(op.f("ix_counting_rule_key"), table_name="counting_rule")
    op.drop_table("counting_rule")
    op.drop_index("ix_audit_entry_subject", table_name="audit_entry")
    op.drop_table("audit_entry")
    op.drop_table("attempt")
