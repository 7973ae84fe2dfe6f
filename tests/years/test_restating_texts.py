"""Results in words are restated like figures: by two people, with a reason, and both stay and are shown."""

import csv
import io
import json
import re

import pytest
from pypdf import PdfReader
from python_calamine import CalamineWorkbook

from app.access.permissions import Role
from app.foundation import clock
from app.foundation.errors import Conflict, DomainError
from app.foundation.transaction import transaction
from app.kpi.exports.files import write
from app.plan.operations import enter_results
from app.plan.results import TextEntry, seen_text
from app.years.freezing_changes import list_text_changes
from app.years.freezing_restatements import list_differences
from app.years.reports import get_table
from tests.factories import sign_in
from tests.years.freezing import LATER, YEAR, add_late_placement, freeze_year, plan_desk, record_a_year
from tests.years.test_freezing import PLACED, figure, files
from tests.years.test_restating import decide_now, propose_now

pytestmark = [pytest.mark.both_databases, pytest.mark.usefixtures("plan")]
WORDS, CORRECTED, KEY = "説明会を2回開いた", "説明会を3回開いた", "text__2_6"
REASON = "期限のあとに報告があった"


def write_words(text, was="", measure="2-6"):
    actor = plan_desk()
    with clock.standing_at(LATER), transaction():
        entry = TextEntry(measure=measure, text=text, seen=seen_text(was))
        assert enter_results(actor=actor, fiscal_year=YEAR, texts=[entry]) == 1


@pytest.fixture
def frozen(plan):
    office = record_a_year()
    write_words(WORDS)
    freeze_year()
    return office


@pytest.fixture
def restated(frozen):
    write_words(CORRECTED, WORDS)
    add_late_placement(frozen)
    propose_now(chosen=(PLACED, KEY))
    decide_now()


def words(edition=None):
    row = next(row for row in get_table(YEAR, edition=edition).rows if row.measure.code == "2-6")
    return row.measure.actual_text.ja


def squeezed(text):
    return re.sub(r"\s+", "", text)


def test_words_that_are_corrected_after_the_freeze_do_not_change_the_frozen_table(frozen):
    write_words(CORRECTED, WORDS)
    (change,) = list_text_changes(YEAR)
    assert (change.key, change.before.ja, change.now.ja) == (KEY, WORDS, CORRECTED)
    assert words() == WORDS


def test_figures_and_words_are_restated_together_and_both_are_kept(frozen):
    before = files()
    write_words(CORRECTED, WORDS)
    add_late_placement(frozen)
    propose_now(chosen=(PLACED, KEY))
    done = decide_now()
    assert (done.edition, done.changed) == (2, 3)
    assert (words(), figure().value) == (CORRECTED, 54)
    assert (words(1), figure(edition=1).value) == (WORDS, 53)
    assert files(edition=1) == before
    assert list_differences(YEAR) == []


def test_words_alone_can_be_restated_and_figures_stay(frozen):
    write_words(CORRECTED, WORDS)
    add_late_placement(frozen)
    propose_now(chosen=(KEY,))
    decide_now()
    assert (words(), figure().value) == (CORRECTED, 53)


def test_a_measure_that_repeats_another_says_the_restated_words_too(plan):
    record_a_year()
    freeze_year()
    write_words("冊子を配った", measure="1-1")
    propose_now(chosen=("text__1_1",))
    decide_now()
    rows = {row.measure.code: row for row in get_table(YEAR).rows}
    assert rows["3-7"].measure.actual_text == rows["1-1"].measure.actual_text
    assert rows["3-7"].text_remarks == rows["1-1"].text_remarks != ()


def test_words_that_change_after_the_proposal_are_not_approved_unseen(frozen):
    write_words(CORRECTED, WORDS)
    propose_now(chosen=(KEY,))
    write_words("別のことば", CORRECTED)
    with pytest.raises(Conflict):
        decide_now()
    assert words() == WORDS


def test_words_that_read_as_they_were_frozen_are_not_restated(frozen):
    with pytest.raises(DomainError):
        propose_now(chosen=(KEY,))


def test_what_was_restated_stands_below_every_table_with_reason_and_both_names(restated):
    table = get_table(YEAR)
    book = CalamineWorkbook.from_filelike(io.BytesIO(write(table, "xlsx", "ja")))
    shown = {
        "xlsx": "".join(str(cell) for row in book.get_sheet_by_index(0).to_python() for cell in row),
        "pdf": "".join(
            page.extract_text() for page in PdfReader(io.BytesIO(write(table, "pdf", "ja"))).pages
        ),
        "text": write(table, "text", "ja").decode(),
    }
    figure_mark, text_mark = (one.number for one in table.remarks)
    for form, text in shown.items():
        said = squeezed(text)
        assert f"【就職件数：54件】※{figure_mark}" in said or f"就職件数：54件※{figure_mark}" in said, form
        assert f"{CORRECTED}※{text_mark}" in said, form
        assert "訂正（第2版）：就職件数53件→54件、要保護者等2件→3件。理由：期限のあと" in said, form
        assert squeezed(f"訂正（第2版）：実績のことば 「{WORDS}」→「{CORRECTED}」。理由：{REASON}") in said, (
            form
        )
        for remark in table.remarks:
            assert squeezed(f"提案：{remark.proposed_by}承認：{remark.approved_by}") in said, form
            assert remark.proposed_by != remark.approved_by


def test_what_was_restated_stands_in_the_files_for_machines(restated):
    table = get_table(YEAR)
    rows = list(csv.DictReader(io.StringIO(write(table, "csv", "ja").decode("utf-8-sig"))))
    of = {(row["indicator"], row["part"]): row for row in rows if row["measure"] == "2-6"}
    assert f"実績のことば 「{WORDS}」→「{CORRECTED}」" in of["", ""]["remarks"]
    assert of["", ""]["result_text"] == CORRECTED
    assert "53件→54件" in of[PLACED, ""]["remarks"]
    assert of[PLACED, "recipient"]["remarks"] == ""
    document = json.loads(write(table, "json", "ja"))
    figure_remark, text_remark = document["remarks"]
    assert document["edition"] == 2
    assert text_remark["said"][0] | {"label": None} == {
        "label": None,
        "before": {"ja": WORDS, "en": ""},
        "now": {"ja": CORRECTED, "en": ""},
    }
    assert (text_remark["kind"], text_remark["edition"], text_remark["reason"]) == ("restated", 2, REASON)
    assert [one["part"] for one in figure_remark["places"]] == [None, "in_need"]


def test_a_second_restatement_leaves_the_first_below_the_table(restated):
    write_words("説明会を4回開いた", CORRECTED)
    propose_now(chosen=(KEY,), reason="回数を数えなおした")
    decide_now()
    assert [(one.edition, one.reason) for one in get_table(YEAR).remarks] == [
        (2, REASON),
        (2, REASON),
        (3, "回数を数えなおした"),
    ]
    assert len(get_table(YEAR, edition=2).remarks) == 2


def test_words_are_restated_on_the_page_by_two_people(client, frozen):
    write_words(CORRECTED, WORDS)
    page, asked = f"/plan/years/{YEAR}", {"chosen": KEY, "reason": REASON}
    with clock.standing_at(LATER):
        sign_in(client, role=Role.PLAN_DESK)
        assert f"{WORDS} → {CORRECTED}" in client.get(f"{page}/restatement").get_data(as_text=True)
        assert client.post(f"{page}/restatement", data=asked).status_code == 302
        sign_in(client, role=Role.SUPERVISOR)
        seen = client.get(page).get_data(as_text=True)
        assert f"確定「{WORDS}」、いま「{CORRECTED}」" in seen
        version = re.search(r'name="version" value="(\d+)"', seen)[1]
        client.post(f"{page}/restatement/decision", data={"act": "approve", "version": version})
        table = client.get(f"/plan/table/{YEAR}").get_data(as_text=True)
    assert f"実績のことば 「{WORDS}」→「{CORRECTED}」。理由：{REASON}" in table


def test_the_page_of_a_measure_says_the_settled_words_until_they_are_restated(client, frozen):
    write_words(CORRECTED, WORDS)
    sign_in(client, role=Role.PLAN_DESK)
    page = client.get("/plan/measures/2-6").get_data(as_text=True)
    assert WORDS in page
    assert CORRECTED not in page
    propose_now(chosen=(KEY,))
    decide_now()
    assert CORRECTED in client.get("/plan/measures/2-6").get_data(as_text=True)


def test_the_page_of_results_says_that_the_year_is_frozen(client, frozen):
    sign_in(client, role=Role.PLAN_DESK)
    page = client.get(f"/plan/results/{YEAR}").get_data(as_text=True)
    assert "訂正が承認されるまで、表の値とことばは変わりません" in page
    assert f'href="/plan/years/{YEAR}"' in page
    assert "訂正が承認されるまで" not in client.get(f"/plan/results/{YEAR + 1}").get_data(as_text=True)


def test_the_command_names_words_that_differ_and_restates_them(app, frozen):
    write_words(CORRECTED, WORDS)
    found = app.test_cli_runner().invoke(args=["kpi", "restate", "--fiscal-year", str(YEAR)])
    assert found.exit_code == 0, found.stderr
    assert f"2-6 実績のことば：確定「{WORDS}」、いま「{CORRECTED}」" in found.stderr
