"""Every act that the program records has words in both languages."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.audit.terms import TERMS
from app.audit.words import ACTIONS, SUBJECTS

# Subjects that are called otherwise than their table.
TABLE_OF = {
    "fiscal_year": "year_edition",
    "rollups": "consultation_day",
    "calendar": "calendar_token",
    "case": "case_record",
    "closed_day": "city_closed_day",
    "map_briefing": "staff_briefing",
    "view": "saved_view",
}


def recorded(project: Path, keyword: str) -> Iterator[str]:
    """Yield every constant given as ``action=`` or ``subject=`` to a call in app/."""
    for file in sorted((project / "app").rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            given = {one.arg: one.value for one in node.keywords} if isinstance(node, ast.Call) else {}
            if "action" in given and keyword in given:
                yield from choices_of(given[keyword])


def choices_of(value: ast.expr) -> Iterator[str]:
    """Yield the constants that a value may be: it, or both sides of a condition."""
    if isinstance(value, ast.Constant) and isinstance(value.value, str):
        yield value.value
    elif isinstance(value, ast.IfExp):
        yield from choices_of(value.body)
        yield from choices_of(value.orelse)


def acts_named(project: Path) -> Iterator[str]:
    """Yield every constant that reads like an act (``referral.sent``) in a module that records."""
    kinds = {action.partition(".")[0] for action in ACTIONS}
    for file in sorted((project / "app").rglob("*.py")):
        source = file.read_text(encoding="utf-8")
        if "app.audit" not in source and "note(" not in source:
            continue
        for node in ast.walk(ast.parse(source)):
            text = node.value if isinstance(node, ast.Constant) else None
            if isinstance(text, str) and re.fullmatch(r"[a-z_]+\.[a-z_]+", text) and file.name != "routes.py":
                yield from [text] if text.partition(".")[0] in kinds else []


@pytest.mark.parametrize(("keyword", "table"), [("action", ACTIONS), ("subject", SUBJECTS)])
def test_everything_recorded_has_words(project, keyword, table):
    found = set(recorded(project, keyword))
    assert found
    assert found - set(table) == set()


def test_acts_named_apart_from_the_call_have_words_too(project):
    assert set(acts_named(project)) - set(ACTIONS) == set()


@pytest.mark.parametrize("table", [ACTIONS, SUBJECTS, TERMS])
def test_words_differ_by_language_and_are_not_empty(table):
    assert [key for key, (ja, en) in table.items() if not ja or not en or ja == en] == []
    assert [key for key, (_ja, en) in table.items() if not en.isascii()] == []


def test_every_column_that_a_before_value_may_name_has_a_term(app):
    """The trail's own promise: before-values of coded fields are read in words."""
    from app.foundation.db import Coded, db

    tables = [db.metadata.tables[TABLE_OF.get(one, one)] for one in SUBJECTS]
    coded = {column.name for table in tables for column in table.columns if isinstance(column.type, Coded)}
    assert coded - set(TERMS) == set()
