"""A broken plan file is refused with the place of its fault, and nothing is kept."""

import pytest
from sqlalchemy import func, select

from app.cli.plan import BUNDLED
from app.foundation.db import db
from app.plan.models import Plan
from app.plan.plan_file import read_plan
from app.plan.toml_table import PlanFileError

WHOLE = BUNDLED.read_text(encoding="utf-8")


def broken(old, new):
    assert WHOLE.count(old) >= 1, f"the plan file no longer says {old}"
    return WHOLE.replace(old, new, 1)


FAULTS = {
    "parts do not sum": ("recipient = 40", "recipient = 41", "54"),
    "a part is missing": ("recipient = 40, ", "", "measures[6].results.2012.assistance_placements"),
    "an unknown part": ("recipient = 40", "receiver = 40", "measures[6].results.2012.assistance_placements"),
    "a key twice": ('key = "books_lent"', 'key = "books_held"', "books_held"),
    "a code twice": ('code = "1-2"', 'code = "1-1"', "1-1"),
    "a number twice": ("number = 21\n", "number = 20\n", "20"),
    "an unknown department": ('departments = ["personnel"]', 'departments = ["person"]', "person"),
    "no department": ('departments = ["personnel"]', "departments = []", "measures[10]"),
    "an unknown indicator": ('indicators = ["interns"]', 'indicators = ["intern"]', "intern"),
    "a figure of another measure": ("interns = 13", "schools = 13", "measures[10].results.2012.schools"),
    "a year that is none": ("[measures.results.2012]", "[measures.results.24]", "24"),
    "years reversed": (
        "first = 2013, last = 2014, value = 150",
        "first = 2014, last = 2013, value = 150",
        "2013",
    ),
    "years twice": (
        '{ indicator = "info_items", first = 2013, last = 2014, value = 150 }',
        '{ indicator = "info_items", first = 2013, last = 2014, value = 150 },'
        ' { indicator = "info_items", first = 2014, last = 2015, value = 1 }',
        "measures[1].targets[2]",
    ),
    "decimals of a whole number": ("info_items = 124", "info_items = 124.5", "measures[1]"),
    "too many decimals": ("employment_rate = 2.42", "employment_rate = 2.421", "measures[13]"),
    "a word with a value": (
        '{ value = 0, printed = "開催なし" }',
        '{ value = 1, printed = "開催なし" }',
        "measures[19]",
    ),
    "a word the plan does not print": ('printed = "開催なし"', 'printed = "無し"', "無し"),
    "a negative figure": ("info_items = 124", "info_items = -124", "measures[1].results.2012.info_items"),
    "text for a figure": ("info_items = 124", 'info_items = "124"', "measures[1].results.2012.info_items"),
    "a misspelt name": ('audience = "女性"', 'audiense = "女性"', "audience"),
    "a name nobody knows": ("number = 10\n", "number = 10\nlucky = 7\n", "lucky"),
    "an unknown source": ('source = "map"', 'source = "maps"', "maps"),
    "a missing English title": ('title_en = "Internships"\n', "", "measures[10]"),
    "a repeat of nothing": ('repeats = "1-1"', 'repeats = "1-9"', "1-9"),
    "a repeat with figures": (
        'repeats = "1-1"',
        'repeats = "1-1"\nindicators = ["info_items"]',
        "measures[7]",
    ),
    "a note on an unknown figure": (
        'indicator = "centre_consultations" }]',
        'indicator = "schools" }]',
        "schools",
    ),
    "a note on a title with a figure": (
        'place = "title" }',
        'place = "title", indicator = "schools" }',
        "notes[4]",
    ),
    "an unknown theme": ("theme = 6", "theme = 9", "measures[19]"),
    "no TOML at all": ("[plan]", "[plan", "TOML"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_broken_file_names_the_place(fault):
    old, new, place = FAULTS[fault]
    with pytest.raises(PlanFileError) as refused:
        read_plan(broken(old, new))
    assert place in str(refused.value)


def test_the_bundled_file_keeps_figures_exactly_as_written():
    facts = read_plan(WHOLE)
    rates = [f.value for m in facts.measures for f in m.figures if f.indicator.endswith("employment_rate")]
    assert [str(rate) for rate in rates] == ["2.42"]


def test_the_command_keeps_nothing_of_a_broken_file(app, db_session, tmp_path):
    file = tmp_path / "plan.toml"
    file.write_text(broken("recipient = 40", "recipient = 41"), encoding="utf-8")
    result = app.test_cli_runner().invoke(args=["plan", "load", "--file", str(file)])
    assert result.exit_code == 1
    assert "assistance_placements" in result.stderr
    assert result.stdout == ""
    assert db.session.scalar(select(func.count()).select_from(Plan)) == 0


def test_the_command_says_what_it_did_and_the_second_time_that_it_did_nothing(app):
    runner = app.test_cli_runner()
    first = runner.invoke(args=["plan", "load"])
    second = runner.invoke(args=["plan", "load"])
    assert (first.exit_code, second.exit_code) == (0, 0)
    assert "登録しました（事業 21、" in first.stdout
    assert "何も変わりません" in second.stdout
    assert "kokubunji-2007.toml" in first.stderr
    assert "kokubunji-2007.toml" not in first.stdout


def test_a_file_that_is_not_utf8_is_refused(app, tmp_path):
    file = tmp_path / "plan.toml"
    file.write_bytes(WHOLE.encode("utf-16"))
    result = app.test_cli_runner().invoke(args=["plan", "load", "--file", str(file)])
    assert result.exit_code == 1
    assert "UTF-8" in result.stderr
