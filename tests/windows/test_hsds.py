"""Reading HSDS files: what is taken, and that a broken file is named by its line and changes nothing."""

import copy
import json
from datetime import time

import pytest

from app.foundation.errors import DomainError
from app.windows import queries
from app.windows.hours import HolidayRule
from app.windows.hsds import LARGEST_FILE, read_hsds
from app.windows.json_places import line_of, written
from app.windows.vocabulary import OfficeKind

ORGANIZATION = {
    "id": "d9d5e0f5-d3ce-4f73-9a2f-4dd0ecc6c610",
    "name": "北の相談所",
    "description": "相談",
}
SERVICE = {
    "id": "ac148810-d857-441c-9679-408f346de14b",
    "name": "北の窓口",
    "alternate_name": "North Window",
    "description": "仕事の相談",
    "status": "active",
    "url": "https://north.example/",
    "application_process": "電話で予約してください。",
    "fees_description": "無料",
    "eligibility_description": "だれでも",
    "minimum_age": 15,
    "maximum_age": 39.0,
    "assured_date": "2020-01-01",
    "organization": ORGANIZATION,
    "phones": [{"id": "ac148810-d857-441c-9679-408f346de14c", "number": "042-000-0000"}],
    "schedules": [
        {
            "id": "ac148810-d857-441c-9679-408f346de14d",
            "freq": "WEEKLY",
            "byday": "MO,TU",
            "opens_at": "09:00+09:00",
            "closes_at": "17:00+09:00",
        }
    ],
    "service_at_locations": [
        {
            "id": "ac148810-d857-441c-9679-408f346de14e",
            "location": {
                "id": "ac148810-d857-441c-9679-408f346de14f",
                "location_type": "physical",
                "addresses": [{"city": "国分寺市", "address_1": "北町1-1"}],
            },
        }
    ],
    "required_documents": [{"id": "ac148810-d857-441c-9679-408f346de150", "document": "手帳"}],
}


def term(code, value):
    return {"value": value, "taxonomy_term": {"taxonomy": "shirube", "code": code}}


def text_of(document) -> str:
    return json.dumps(document, ensure_ascii=False, indent=1)


def changed(path, value):
    """Return the sample with one value put elsewhere; a value of ... takes the member away."""
    service = copy.deepcopy(SERVICE)
    holder = service
    for step in path[:-1]:
        holder = holder[step]
    if value is ...:
        del holder[path[-1]]
    else:
        holder[path[-1]] = value
    return service


def fault(document) -> str:
    with pytest.raises(DomainError) as caught:
        read_hsds(document if isinstance(document, str) else text_of(document))
    return caught.value.text()


def test_a_service_of_another_publisher_becomes_a_window_with_what_hsds_says_of_it():
    directory = read_hsds(text_of({"contents": [SERVICE]}))

    (office,), (window,) = directory.offices, directory.windows
    facts = window.versions[0]
    assert (office.kind, office.name, office.key) == (
        OfficeKind.AGENCY,
        "北の相談所",
        "hsds_d9d5e0f5d3ce4f739a2f4dd0ecc6c610",
    )
    assert (facts.name, facts.name_en, facts.services) == ("北の窓口", "North Window", "仕事の相談")
    assert (facts.minimum_age, facts.maximum_age) == (15, 39)
    assert (facts.address, facts.telephone, facts.documents) == ("国分寺市北町1-1", "042-000-0000", "手帳")
    assert (facts.url, facts.referral_from) == ("https://north.example/", "電話で予約してください。")
    assert [span.opens for day in facts.hours.days for span in day] == [time(9), time(9)]
    assert facts.hours.holidays is HolidayRule.UNKNOWN


def test_what_another_publisher_assured_still_counts_as_unverified_here():
    facts = read_hsds(text_of(SERVICE)).windows[0].versions[0]
    assert (facts.verified_on, facts.verified_by) == (None, "")


@pytest.mark.parametrize("shape", ["one", "list", "page"])
def test_one_service_a_list_and_a_page_are_read(shape):
    shapes = {"one": SERVICE, "list": [SERVICE], "page": {"contents": [SERVICE], "total_items": 1}}
    assert [one.versions[0].name for one in read_hsds(text_of(shapes[shape])).windows] == ["北の窓口"]


@pytest.mark.parametrize(
    ("path", "value", "place"),
    [
        (["id"], ..., "contents[1]"),
        (["id"], "17", "contents[1].id"),
        (["name"], ..., "contents[1]"),
        (["name"], 5, "contents[1].name"),
        (["name"], "長" * 121, "contents[1].name"),
        (["name"], "a\u202eb", "contents[1].name"),
        (["name"], "a\ud800", "contents[1].name"),
        (["status"], "open", "contents[1].status"),
        (["minimum_age"], "15", "contents[1].minimum_age"),
        (["minimum_age"], 15.5, "contents[1].minimum_age"),
        (["minimum_age"], True, "contents[1].minimum_age"),
        (["minimum_age"], 40, "contents[1]"),
        (["maximum_age"], 1e300, "contents[1].maximum_age"),
        (["url"], "javascript:alert(1)", "contents[1].url"),
        (["organization"], ..., "contents[1].organization"),
        (["organization"], [], "contents[1].organization"),
        (["organization", "name"], ..., "contents[1].organization"),
        (["organization", "description"], ..., "contents[1].organization"),
        (["phones"], {}, "contents[1].phones"),
        (["phones", 0, "number"], ..., "contents[1].phones[0]"),
        (["schedules", 0, "opens_at"], "25:00", "contents[1].schedules"),
        (["schedules", 0, "closes_at"], "08:00", "contents[1].schedules"),
        (["schedules", 0, "byday"], "XX", "contents[1].schedules"),
        (["schedules"], "always", "contents[1].schedules"),
        (["schedules"], ["always"], "contents[1].schedules[0]"),
        (["attributes"], [term("needs", "gold")], "contents[1].attributes"),
        (["attributes"], [term("key", "../x")], "contents[1].attributes"),
        (["attributes"], [term("valid_to", "soon")], "contents[1].attributes"),
        (["attributes"], [term("response_days", "9999")], "contents[1].attributes"),
        (["attributes"], [term("grace_days", "61")], "contents[1].attributes"),
        (["attributes"], [term("kana", "あ" * 161)], "contents[1].attributes[0].value"),
        (["attributes"], [term("url", "javascript:x")], "contents[1].url"),
    ],
)
def test_a_broken_value_is_named_by_its_place_and_line(path, value, place):
    broken = changed(path, value)
    document = {"contents": [SERVICE, broken]}
    text = text_of(document)

    said = fault(document)

    assert place in said
    second = text.splitlines().index("  {", 3) + 1
    line = int(said.split("行目")[0])
    assert second <= line <= len(text.splitlines())


def test_the_line_is_that_of_the_value_itself():
    text = text_of({"contents": [changed(["minimum_age"], -1)]})
    line = next(n for n, one in enumerate(text.splitlines(), 1) if "minimum_age" in one)
    assert fault(text).startswith(f"{line}行目 contents[0].minimum_age：")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('{"contents": [\n{"id": 5,\n}]}', "3行目：JSONとして読めません"),
        ('{"contents":\n [{"id": NaN}]}', "2行目：JSONとして読めません"),
        ("", "1行目：JSONとして読めません"),
        ("[" * 100_000, "1行目：JSONとして読めません"),
        ("5", "1行目 (file)："),
        ("[]", "1行目 (file)："),
        ('{"contents": {}}', "1行目 contents："),
        ("[5]", "1行目 [0]："),
        (" " * (LARGEST_FILE + 1), "ファイルが大きすぎます"),
    ],
)
def test_what_is_no_hsds_at_all_is_refused_with_its_line(text, said):
    assert fault(text).startswith(said)


def test_the_same_service_twice_is_refused():
    assert "同じidが二度あります" in fault([SERVICE, SERVICE])


def test_lines_are_found_below_values_that_look_like_structure():
    text = '{"a": "}]{[,:\\"",\n "b": [[], {"c": "x"},\n {"c": 1}]}'
    assert line_of(text, ["b", 2, "c"]) == 3
    assert line_of(text, ["b", 9]) == 2
    assert written(["b", 2, "c"]) == "b[2].c"


@pytest.mark.both_databases
def test_a_broken_file_changes_nothing_and_names_its_line(app, tmp_path):
    file = tmp_path / "broken.json"
    file.write_text(text_of([SERVICE, changed(["status"], "open")]), encoding="utf-8")

    result = app.test_cli_runner().invoke(args=["import", "hsds", str(file), "--apply"])

    assert result.exit_code == 1
    assert "行目 [1].status：" in result.stderr
    with app.app_context():
        assert queries.list_offices() == []


@pytest.mark.both_databases
def test_without_apply_the_command_only_says_what_would_be_done(app, tmp_path):
    file = tmp_path / "north.json"
    file.write_text(text_of([SERVICE]), encoding="utf-8")
    runner = app.test_cli_runner()

    tried = runner.invoke(args=["import", "hsds", str(file)])
    with app.app_context():
        assert queries.list_offices() == []
    kept = runner.invoke(args=["import", "hsds", str(file), "--apply"])
    again = runner.invoke(args=["import", "hsds", str(file), "--apply"])

    assert "課・機関 1、窓口 1、版 1" in tried.stdout
    assert "何も変えていません" in tried.stdout
    assert kept.stdout == "取り込みました：課・機関 1、窓口 1、版 1。\n"
    assert again.stdout == "取り込みました：課・機関 0、窓口 0、版 0。\n"
