"""What may be stored: every column has a class that its table may hold, and none identifies a person."""

import re

from sqlalchemy import Column

from app.foundation.db import db
from app.foundation.sensitivity import Sensitivity

P, I, X, S = Sensitivity.PUBLIC, Sensitivity.INTERNAL, Sensitivity.SENSITIVE, Sensitivity.SECRET  # noqa: E741
# The plan and the directory are printed; records of people are for the desk; secrets stand alone.
MAY_HOLD = {
    "account": {I, S},
    "account_session": {I, S},
    "answer_link": {I, S},
    "attempt": {I, S},
    "audit_entry": {I, X},
    "audit_head": {I},
    "beside_the_plan": {P},
    "calendar_token": {I, S},
    "case_card": {I, S},
    "case_merge": {I},
    "case_note": {I, X},
    "case_office": {I, X},
    "case_record": {I, X},
    "city_closed_day": {P, I},
    "consent": {I, X},
    "consultation": {I, X},
    "consultation_count": {I, X},
    "consultation_day": {I},
    "consultation_group": {I, X},
    "consultation_topic": {I, X},
    "counting_rule": {P},
    "draft": {I, S},
    "exact_figure": {P, I},
    "frozen_figure": {I},
    "frozen_member": {I},
    "frozen_set": {I},
    "feed_reading": {I},
    "feed_token": {I, S},
    "guidance": {I, X},
    "guidance_rule": {P},
    "guidance_rule_version": {P, I},
    "guidance_scenario": {P, I},
    "handover": {I},
    "handover_case": {I},
    "handover_draft": {I},
    "indicator": {P},
    "indicator_part": {P},
    "map_content": {P},
    "map_counter": {P},
    "map_distribution": {P, I},
    "map_edition": {P, I},
    "map_leaflet": {P},
    "map_printing": {P, I},
    "measure": {P},
    "measure_indicator": {P},
    "measure_office": {P},
    "measure_succession": {P},
    "long_support_break": {I, X},
    "measure_text": {P, I},
    "month_member": {I},
    "office_month": {I},
    "national_report": {I},
    "office": {P},
    "person_support": {I, X},
    "person_year": {I, X},
    "placement": {I, X},
    "plan": {P},
    "plan_note": {P},
    "plan_note_mark": {P},
    "policy": {P},
    "referral": {I, X},
    "referral_extension": {I, X},
    "referral_move": {I, X},
    "referral_paper": {I},
    "referral_stay": {I, X},
    "registration": {I, X},
    "release": {P, I},
    "release_figure": {P},
    "result": {P, I},
    "result_correction": {I},
    "restatement": {I},
    "retention_check": {I, X},
    "retention_due": {I, X},
    "sample_mark": {I},
    "saved_view": {I},
    "waiting_stamp": {I},
    "submission": {I, S},
    "staff_briefing": {P, I},
    "target": {P, I},
    "submission_move": {I},
    "theme": {P},
    "window": {P},
    "window_version": {P, I},
    "year_days": {P, I},
    "year_edition": {I},
}
# docs/privacy-notice.md: no column exists for any of these.
PERSONAL = re.compile(
    r"name|kana|furigana|birth|born|dob|address|street|postal|postcode|zip|phone|tel|fax|mobile|e_?mail|mail"
    r"|my_?number|passport|licen[cs]e|handbook|techo|benefit|recipient|insurance|bank|iban|diagnos|disease"
    r"|illness|disability_(type|grade)|photo|picture|image|attachment|file|upload|scan|blob"
    r"|(^|_)ip(_|$)|user_agent|latitude|longitude|employer|school|company"
)
# Names and addresses of offices and windows are printed on the map; a login name is a colleague's.
NOT_OF_A_PERSON_SEEKING_WORK = {
    "account.login_name",
    "national_report.excluded_illness",  # how many households
    "national_report.excluded_school",
    "office.name",
    "office.name_en",
    "window_version.name",
    "window_version.name_en",
    "window_version.former_names",
    "window_version.kana",
    "window_version.address",
    "window_version.telephone",
}
# Where somebody may type freely, and how much: short, and read for identity when saved.
TYPED_ABOUT_A_PERSON = {
    "case_note.text": 200,
    "consultation.memo": 200,
    "consultation.source_other": 60,
    "consultation.household_other": 60,
    "consultation.topic_other": 60,
    "long_support_break.reason_other": 60,
    "placement.contract_other": 60,
    "referral.asked_other": 60,
    "referral_extension.reason_other": 60,
    "referral_move.code_other": 60,
    "retention_check.left_other": 60,
    "retention_due.due_other": 60,
}
RECORDS = {name for name, classes in MAY_HOLD.items() if X in classes and name != "audit_entry"}


def columns() -> dict[str, Column]:
    return {f"{table.name}.{one.name}": one for table in db.metadata.sorted_tables for one in table.columns}


def test_every_column_has_a_sensitivity_class(app):
    assert [name for name, column in columns().items() if "sensitivity" not in column.info] == []


def test_every_table_holds_only_the_classes_it_may(app):
    found: dict[str, set[Sensitivity]] = {}
    for name, column in columns().items():
        found.setdefault(name.partition(".")[0], set()).add(column.info["sensitivity"])
    assert found == MAY_HOLD


def test_no_column_is_for_what_identifies_a_person(app):
    personal = {name for name in columns() if PERSONAL.search(name.partition(".")[2])}
    assert personal == NOT_OF_A_PERSON_SEEKING_WORK


def test_no_column_holds_files_or_shapeless_data(app):
    shapeless = [
        name
        for name, column in columns().items()
        if re.search(r"BLOB|BINARY|BYTEA|JSON|ARRAY", str(column.type).upper())
    ]
    # The city's own printed matter, made by this program: nobody can bring a file in.
    assert shapeless == ["map_leaflet.content"]


def test_free_text_about_a_person_is_short_and_stands_only_where_it_is_named(app):
    from app.foundation.db import Coded

    free = {
        name: column.type.length
        for name, column in columns().items()
        if name.partition(".")[0] in RECORDS
        and column.info["sensitivity"] is Sensitivity.SENSITIVE
        and column.type.python_type is str
        and not isinstance(column.type, Coded)
    }
    coded_elsewhere = {
        "case_record.number",
        "consultation_count.value",
        "referral_move.code",
        "guidance.situation",
    }
    assert {
        name: length for name, length in free.items() if name not in coded_elsewhere
    } == TYPED_ABOUT_A_PERSON


def test_days_and_moments_are_stored_as_such(app):
    """A day written as text would be compared as text; a moment without a zone would mean anything."""
    from sqlalchemy import DateTime

    from app.foundation.db import UtcDateTime

    naive = [
        name
        for name, column in columns().items()
        if isinstance(column.type, DateTime) and not isinstance(column.type, UtcDateTime)
    ]
    assert naive == []
    assert [
        name for name, column in columns().items() if name.endswith("_on") and "DATE" not in str(column.type)
    ] == []
