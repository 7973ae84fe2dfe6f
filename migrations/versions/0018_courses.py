"""What the dashboard asks of each person, kept by the database itself: first and newest consultations, what
came of them, and where referrals stand.

Triggers hold it true to the records, whoever writes. A new consultation changes two rows; whatever is rarer
(a change, a void, a merge) makes the rows of the person anew, through two views that stand for procedures
in both databases. Whoever rebuilds one of the tables watched (SQLite's batch mode drops and makes it anew)
has to take these triggers and views away before and make them anew after.
"""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

NEVER = "9999-12-31"
"""The day on which a referral leaves a state that it is in still."""

PERSON = "coalesce(c.merged_into_id, c.id)"
LIVE = "k.case_id IS NOT NULL AND k.voided_at IS NULL"
# The cases of a person, always looked at first (CROSS JOIN): SQLite would else now and then go through all
# records for each person, when its statistics are those of a city that had only begun.
OF_PERSON = (
    "(SELECT id FROM case_record WHERE merged_into_id = {person} "
    "UNION ALL SELECT id FROM case_record WHERE id = {person} AND merged_into_id IS NULL) o"
)
# What is compared as an expression (|| '') is not looked up by: SQLite would else go through all of a kind
# or state for each person.
# Neither taken back nor an entry that takes one back; of a referral that was not entered in error.
COUNTS = (
    "{m}.corrects_number IS NULL AND NOT EXISTS (SELECT 1 FROM referral_move b "
    "WHERE b.referral_id = {m}.referral_id AND b.corrects_number = {m}.number)"
)
NOT_VOID = (
    "NOT EXISTS (SELECT 1 FROM referral_move v WHERE v.referral_id = {r} AND v.to_state || '' = 'void' AND "
    + COUNTS.format(m="v")
    + ")"
)
OPEN = "('sent', 'accepted', 'no_response', 'met', 'supporting')"
JOB = "p.kind || '' = 'new' AND p.contract <> 'supported_a' AND p.voided_at IS NULL"


# How one consultation's person is found, and what it says of the person's year and support.
SUPPORT = "person_id, programme, kind, first_on, newest_id, newest_on, office_id, target_group, closed_on"
YEAR = "fiscal_year, programme, person_id, first_id, first_on, office_id, target_group"
LATER = (
    "excluded.newest_on > person_support.newest_on OR (excluded.newest_on = person_support.newest_on "
    "AND excluded.newest_id < person_support.newest_id)"
)
EARLIER = (
    "excluded.first_on < person_year.first_on OR (excluded.first_on = person_year.first_on "
    "AND excluded.first_id < person_year.first_id)"
)


def replaced(table: str, when: str, *columns: str) -> str:
    """Return assignments that take the new values where a condition holds."""
    return ", ".join(
        f"{one} = CASE WHEN {when} THEN excluded.{one} ELSE {table}.{one} END" for one in columns
    )


ENTERED = (
    # The newest consultation of a person moves on with nearly every new one; the first hardly ever does.
    f"INSERT INTO person_support ({SUPPORT}) SELECT p.id, NEW.programme, NEW.kind, NEW.held_on, NEW.id, "
    "NEW.held_on, NEW.office_id, NEW.target_group, p.closed_on FROM case_record c "
    f"JOIN case_record p ON p.id = {PERSON} WHERE c.id = NEW.case_id "
    "ON CONFLICT (person_id, programme, kind) DO UPDATE SET "
    + replaced("person_support", LATER, "newest_id", "newest_on", "office_id", "target_group")
    + ", "
    + replaced("person_support", "excluded.first_on < person_support.first_on", "first_on")
    + "; "
    f"INSERT INTO person_year ({YEAR}) SELECT NEW.fiscal_year, NEW.programme, {PERSON}, NEW.id, NEW.held_on, "
    "NEW.office_id, NEW.target_group FROM case_record c WHERE c.id = NEW.case_id "
    "AND NEW.kind = 'consultation' "
    "ON CONFLICT (fiscal_year, programme, person_id) DO UPDATE SET "
    "first_id = excluded.first_id, first_on = excluded.first_on, office_id = excluded.office_id, "
    f"target_group = excluded.target_group WHERE {EARLIER}; "
    # What was recorded before its consultation.
    "INSERT INTO person_outcome (person_id) SELECT y.person_id FROM case_record c "
    "JOIN person_year y ON y.fiscal_year = NEW.fiscal_year AND y.programme = NEW.programme "
    f"AND y.person_id = {PERSON} WHERE c.id = NEW.case_id AND NEW.kind = 'consultation' "
    "AND y.first_id = NEW.id AND (c.merged_into_id IS NOT NULL "
    "OR EXISTS (SELECT 1 FROM referral r CROSS JOIN referral_move m WHERE r.case_id = c.id "
    "AND m.referral_id = r.id AND m.happened_on >= NEW.held_on) "
    "OR EXISTS (SELECT 1 FROM placement p WHERE p.case_id = c.id AND p.started_on >= NEW.held_on) "
    "OR EXISTS (SELECT 1 FROM case_record o WHERE o.merged_into_id = c.id)); "
)


def made_anew(person: str) -> str:
    """Return the statements that make the rows of a person from the records."""
    of_person = (
        f"{OF_PERSON.format(person=person)} CROSS JOIN consultation k WHERE k.case_id = o.id AND {LIVE}"
    )
    newest = "row_number() OVER (PARTITION BY k.programme, k.kind ORDER BY k.held_on DESC, k.id)"
    first = "row_number() OVER (PARTITION BY k.programme, k.fiscal_year ORDER BY k.held_on, k.id)"
    return (
        f"DELETE FROM person_support WHERE person_id = {person}; "
        f"DELETE FROM person_year WHERE person_id = {person}; "
        f"INSERT INTO person_support ({SUPPORT}) SELECT {person}, n.programme, n.kind, n.first_on, n.id, "
        "n.held_on, n.office_id, n.target_group, p.closed_on FROM (SELECT k.*, "
        f"min(k.held_on) OVER (PARTITION BY k.programme, k.kind) AS first_on, {newest} AS place "
        f"FROM {of_person}) n JOIN case_record p ON p.id = {person} WHERE n.place = 1; "
        f"INSERT INTO person_year ({YEAR}) SELECT n.fiscal_year, n.programme, {person}, n.id, n.held_on, "
        f"n.office_id, n.target_group FROM (SELECT k.*, {first} AS place FROM {of_person} "
        f"AND k.kind = 'consultation') n WHERE n.place = 1; "
        f"INSERT INTO person_outcome (person_id) VALUES ({person}); "
    )


def outcome(person: str) -> str:
    """Return the statements that write what came of a person's consultations: the first day of each.

    Somebody is referred by a day where that is the first referral of the year since its first consultation.
    """
    cases = OF_PERSON.format(person=person)
    sent = (
        f"FROM {cases} CROSS JOIN referral r CROSS JOIN referral_move m WHERE r.case_id = o.id "
        "AND m.referral_id = r.id AND m.to_state || '' = 'sent' "
        "AND m.fiscal_year + 0 = person_year.fiscal_year "
        f"AND m.happened_on >= person_year.first_on AND {COUNTS.format(m='m')} "
        f"AND {NOT_VOID.format(r='r.id')}"
    )
    met = (
        "(SELECT min(t.happened_on) FROM referral_move t WHERE t.referral_id = r.id "
        f"AND t.to_state || '' = 'met' AND {COUNTS.format(m='t')})"
    )
    job = f"FROM {cases} CROSS JOIN placement p WHERE p.case_id = o.id AND {JOB} "
    return (
        f"UPDATE person_year SET referred_on = (SELECT min(m.happened_on) {sent}), "
        f"met_on = (SELECT min(CASE WHEN {met} > m.happened_on THEN {met} ELSE m.happened_on END) {sent} "
        f"AND {met} IS NOT NULL), "
        f"placed_on = (SELECT min(p.started_on) {job} AND p.programme || '' = person_year.programme "
        f"AND p.started_on >= person_year.first_on) WHERE person_id = {person}; "
        f"UPDATE person_support SET job_on = (SELECT min(p.started_on) {job} "
        "AND p.programme || '' = person_support.programme AND p.started_on >= person_support.first_on) "
        f"WHERE person_id = {person} AND kind = 'consultation'; "
    )


def stays(referral: str) -> str:
    """Return the statements that say anew where a referral stood, from when to when."""
    return (
        f"DELETE FROM referral_stay WHERE referral_id = {referral}; "
        "INSERT INTO referral_stay (referral_id, number, to_state, happened_on, left_on) "
        f"SELECT m.referral_id, m.number, m.to_state, m.happened_on, {left_on()} FROM referral_move m "
        f"WHERE m.referral_id = {referral} AND m.to_state || '' IN {OPEN} AND {COUNTS.format(m='m')} "
        f"AND {NOT_VOID.format(r='m.referral_id')}; "
    )


def left_on() -> str:
    """Return the expression of the first day on which a later move was made."""
    return (
        "coalesce((SELECT min(l.happened_on) FROM referral_move l WHERE l.referral_id = m.referral_id "
        f"AND l.number > m.number AND {COUNTS.format(m='l')}), {never()})"
    )


def never() -> str:
    """Return a day that does not come."""
    return f"'{NEVER}'" if op.get_bind().dialect.name == "sqlite" else f"DATE '{NEVER}'"


def person_of(case: str, task: str) -> str:
    """Return the statement that has a task done for the person behind a case."""
    return f"INSERT INTO {task} (person_id) SELECT {PERSON} FROM case_record c WHERE c.id = {case}; "


def of_referral(name: str) -> str:
    """Return the statements for a referral one of whose moves changed."""
    return stays(f"{name}.referral_id") + (
        f"INSERT INTO person_outcome (person_id) SELECT {PERSON} FROM referral r "
        f"JOIN case_record c ON c.id = r.case_id WHERE r.id = {name}.referral_id; "
    )


def tasks() -> dict[str, str]:
    """Return the views that stand for procedures, with what each does for NEW.person_id."""
    return {"person_outcome": outcome("NEW.person_id"), "person_records": made_anew("NEW.person_id")}


def triggers() -> tuple[tuple[str, str, str, str, str], ...]:
    """Return table, act, moment, condition and body of each trigger."""
    both = {
        "case": person_of("OLD.case_id", "{task}") + person_of("NEW.case_id", "{task}"),
        "moves": of_referral("OLD") + of_referral("NEW"),
    }
    merged = (
        "INSERT INTO person_records (person_id) VALUES (NEW.id); "
        "INSERT INTO person_records (person_id) SELECT c.id FROM case_record c "
        "WHERE c.id IN (OLD.merged_into_id, NEW.merged_into_id); "
    )
    records = "case_id, programme, kind, fiscal_year, held_on, office_id, target_group, voided_at"
    jobs = "case_id, programme, kind, contract, started_on, voided_at"
    moves = "referral_id, number, to_state, happened_on, fiscal_year, corrects_number"
    is_live = "WHEN (NEW.case_id IS NOT NULL AND NEW.voided_at IS NULL)"
    closed = "UPDATE person_support SET closed_on = NEW.closed_on WHERE person_id = NEW.id; "
    gone = "WHEN (OLD.case_id IS NOT NULL)"
    return (
        ("consultation", "insert", "AFTER INSERT", is_live, ENTERED),
        (
            "consultation",
            "update",
            f"AFTER UPDATE OF {records}",
            "",
            both["case"].format(task="person_records"),
        ),
        ("consultation", "delete", "AFTER DELETE", gone, person_of("OLD.case_id", "person_records")),
        ("referral_move", "insert", "AFTER INSERT", "", of_referral("NEW")),
        ("referral_move", "update", f"AFTER UPDATE OF {moves}", "", both["moves"]),
        ("referral_move", "delete", "AFTER DELETE", "", of_referral("OLD")),
        ("referral", "update", "AFTER UPDATE OF case_id", "", both["case"].format(task="person_outcome")),
        ("placement", "insert", "AFTER INSERT", "", person_of("NEW.case_id", "person_outcome")),
        (
            "placement",
            "update",
            f"AFTER UPDATE OF {jobs}",
            "",
            both["case"].format(task="person_outcome"),
        ),
        ("placement", "delete", "AFTER DELETE", "", person_of("OLD.case_id", "person_outcome")),
        ("case_record", "merge", "AFTER UPDATE OF merged_into_id", "", merged),
        ("case_record", "close", "AFTER UPDATE OF closed_on", "", closed),
    )


def create_triggers() -> None:
    sqlite = op.get_bind().dialect.name == "sqlite"
    for view, body in tasks().items():
        op.execute(f"CREATE VIEW {view} AS SELECT 0 AS person_id")
        create_trigger(view, f"{view}_do", "INSTEAD OF INSERT", "", body, result="NEW", sqlite=sqlite)
    for table, act, moment, when, body in triggers():
        create_trigger(table, f"{table}_course_{act}", moment, when, body, result="NULL", sqlite=sqlite)


def create_trigger(
    table: str, name: str, moment: str, when: str, body: str, *, result: str, sqlite: bool
) -> None:
    if sqlite:
        op.execute(f"CREATE TRIGGER {name} {moment} ON {table} {when} BEGIN {body} END")
        return
    # One writer at a time from here on: two that make the rows of one person anew would not see each other.
    op.execute(
        f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"PERFORM pg_advisory_xact_lock(hashtext('consultation_day')); {body} RETURN {result}; END $$"
    )
    op.execute(f"CREATE TRIGGER {name} {moment} ON {table} FOR EACH ROW {when} EXECUTE FUNCTION {name}()")


def drop_triggers() -> None:
    sqlite = op.get_bind().dialect.name == "sqlite"
    for table, act, *_rest in triggers():
        name = f"{table}_course_{act}"
        op.execute(f"DROP TRIGGER {name}" + ("" if sqlite else f" ON {table}"))
        if not sqlite:
            op.execute(f"DROP FUNCTION {name}()")
    for view in tasks():
        op.execute(f"DROP VIEW {view}")
        if not sqlite:
            op.execute(f"DROP FUNCTION {view}_do()")


def fill() -> None:
    """Write the rows of what was recorded before, all at once."""
    op.execute(
        f"INSERT INTO person_support ({SUPPORT}) SELECT n.person, n.programme, n.kind, n.first_on, n.id, "
        "n.held_on, n.office_id, n.target_group, p.closed_on FROM (SELECT k.*, "
        f"{PERSON} AS person, min(k.held_on) OVER (PARTITION BY {PERSON}, k.programme, k.kind) AS first_on, "
        f"row_number() OVER (PARTITION BY {PERSON}, k.programme, k.kind ORDER BY k.held_on DESC, k.id) "
        f"AS place FROM consultation k JOIN case_record c ON c.id = k.case_id WHERE {LIVE}) n "
        "JOIN case_record p ON p.id = n.person WHERE n.place = 1"
    )
    op.execute(
        f"INSERT INTO person_year ({YEAR}) SELECT n.fiscal_year, n.programme, n.person, n.id, n.held_on, "
        f"n.office_id, n.target_group FROM (SELECT k.*, {PERSON} AS person, row_number() OVER (PARTITION BY "
        f"{PERSON}, k.programme, k.fiscal_year ORDER BY k.held_on, k.id) AS place "
        f"FROM consultation k JOIN case_record c ON c.id = k.case_id "
        f"WHERE {LIVE} AND k.kind = 'consultation') n WHERE n.place = 1"
    )
    op.execute(
        "INSERT INTO referral_stay (referral_id, number, to_state, happened_on, left_on) "
        f"SELECT m.referral_id, m.number, m.to_state, m.happened_on, {left_on()} FROM referral_move m "
        f"WHERE m.to_state IN {OPEN} AND {COUNTS.format(m='m')} AND {NOT_VOID.format(r='m.referral_id')}"
    )
    op.execute(
        f"INSERT INTO person_outcome (person_id) SELECT DISTINCT {PERSON} FROM case_record c "
        "WHERE EXISTS (SELECT 1 FROM referral r WHERE r.case_id = c.id) "
        "OR EXISTS (SELECT 1 FROM placement p WHERE p.case_id = c.id)"
    )


def word(name: str, *, nullable: bool = False) -> sa.Column:
    return sa.Column(name, sa.String(length=40), nullable=nullable)


def number(name: str) -> sa.Column:
    return sa.Column(name, sa.Integer(), nullable=False)


def day(name: str, *, nullable: bool = False) -> sa.Column:
    return sa.Column(name, sa.Date(), nullable=nullable)


def create_tables() -> None:
    op.create_table(
        "person_support",
        number("person_id"),
        word("programme"),
        word("kind"),
        day("first_on"),
        number("newest_id"),
        day("newest_on"),
        number("office_id"),
        word("target_group"),
        day("closed_on", nullable=True),
        day("job_on", nullable=True),
        sa.PrimaryKeyConstraint("person_id", "programme", "kind", name=op.f("pk_person_support")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "person_year",
        number("fiscal_year"),
        word("programme"),
        number("person_id"),
        number("first_id"),
        day("first_on"),
        number("office_id"),
        word("target_group"),
        day("referred_on", nullable=True),
        day("met_on", nullable=True),
        day("placed_on", nullable=True),
        sa.PrimaryKeyConstraint("fiscal_year", "programme", "person_id", name=op.f("pk_person_year")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_person_year_person", "person_year", ["person_id"])
    for column, rest in (("referred_on", ("met_on", "placed_on")), ("placed_on", ("referred_on", "met_on"))):
        where = sa.text(f"{column} IS NOT NULL")
        op.create_index(
            f"ix_person_year_{column}",
            "person_year",
            ["fiscal_year", "programme", column, *rest, "office_id", "target_group"],
            sqlite_where=where,
            postgresql_where=where,
        )
    op.create_table(
        "referral_stay",
        number("referral_id"),
        number("number"),
        word("to_state"),
        day("happened_on"),
        day("left_on"),
        sa.PrimaryKeyConstraint("referral_id", "number", name=op.f("pk_referral_stay")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_referral_stay_left_on", "referral_stay", ["left_on", "happened_on"])


def upgrade() -> None:
    create_tables()
    create_triggers()
    fill()


def downgrade() -> None:
    drop_triggers()
    for table in ("referral_stay", "person_year", "person_support"):
        op.drop_table(table)
