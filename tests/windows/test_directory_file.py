"""The directory file: what is read, and what is refused at which place."""

from datetime import date

import pytest

from app.foundation.errors import DomainError
from app.situation.programme import Programme
from app.windows.directory import read_directory
from app.windows.loading import read_file
from app.windows.vocabulary import GENERAL_WINDOW, OfficeKind

SOUND = """
[[office]]
key = "north"
kind = "agency"
name = "北の窓口"
name_en = "North Desk"
programme = "centre"

[[window]]
key = "north"
office = "north"
successor = "south"
[[window.version]]
name = "北の窓口"
name_en = "North Desk"
minimum_age = 15
maximum_age = 49
valid_to = 2022-09-30

[[window]]
key = "south"
office = "north"
[[window.version]]
name = "南の窓口"
name_en = "South Desk"
valid_from = 2022-10-01
"""


def message_of(text: str) -> str:
    with pytest.raises(DomainError) as refused:
        read_directory(text)
    return refused.value.text()


def test_a_sound_file_gives_offices_and_windows_in_its_own_order():
    directory = read_directory(SOUND)

    office = directory.offices[0]
    assert (office.key, office.kind, office.programme) == ("north", OfficeKind.AGENCY, Programme.CENTRE)
    assert [(window.key, window.position, window.successor) for window in directory.windows] == [
        ("north", 1, "south"),
        ("south", 2, None),
    ]
    facts = directory.windows[0].versions[0]
    assert (facts.minimum_age, facts.maximum_age, facts.valid_to) == (15, 49, date(2022, 9, 30))
    assert (facts.response_days, facts.grace_days) == (10, 5)
    assert facts.address == facts.telephone == ""


@pytest.mark.parametrize(
    ("old", "new", "place", "name"),
    [
        ('name_en = "South Desk"\n', "", "window 2 south, version 1", "name_en"),
        ('name = "南の窓口"', 'name = ""', "window 2 south, version 1", "name"),
        ("minimum_age = 15", "minimum_age = 50", "window 1 north, version 1", "年齢"),
        ("minimum_age = 15", "minimum_age = -1", "window 1 north, version 1", "minimum_age"),
        ("minimum_age = 15", "minimum_age = true", "window 1 north, version 1", "minimum_age"),
        ("minimum_age = 15", 'minimum_age = "15"', "window 1 north, version 1", "minimum_age"),
        ("minimum_age = 15", "response_days = 0", "window 1 north, version 1", "response_days"),
        ("minimum_age = 15", "grace_days = 61", "window 1 north, version 1", "grace_days"),
        ("minimum_age = 15", "closed = true", "window 1 north, version 1", "closed"),
        ("minimum_age = 15", "valid_from = 2022-10-01", "window 1 north, version 1", "始まりの日"),
        ("valid_from = 2022-10-01", "valid_from = 2022-10-01T09:00:00", "window 2 south", "valid_from"),
        ('kind = "agency"', 'kind = "ministry"', "office 1 north", "kind"),
        ('programme = "centre"', 'programme = "retired"', "office 1 north", "programme"),
        ('successor = "south"', 'successor = "west"', "window 1 north", "west"),
        ('key = "south"\noffice = "north"', 'key = "south"\noffice = "west"', "window 2 south", "west"),
        ('key = "south"', 'key = "north"', "window 2 north", "二度"),
        ('name = "北の窓口"', f'name = "{"長" * 81}"', "office 1 north", "80"),
    ],
)
def test_a_broken_file_is_refused_with_the_place_and_the_item(old: str, new: str, place: str, name: str):
    assert old in SOUND

    message = message_of(SOUND.replace(old, new, 1))

    assert message.startswith(place)
    assert name in message


def test_text_that_is_no_toml_is_refused_with_its_line():
    assert "line 2" in message_of("\n[[office]\n")


def test_a_file_without_windows_is_refused():
    assert "window" in message_of(SOUND.split("[[window]]")[0])


def test_windows_written_as_a_single_table_are_refused():
    assert "[[window]]" in message_of(SOUND.split("[[window]]")[0] + "[window]\nkey = 'north'\n")


def test_successors_that_lead_in_a_circle_are_refused():
    circle = SOUND.replace(
        'key = "south"\noffice = "north"', 'key = "south"\noffice = "north"\nsuccessor = "north"'
    )

    assert message_of(circle).startswith("window 1 north")


def test_two_versions_for_the_same_day_are_refused():
    again = SOUND + '[[window.version]]\nname = "南"\nname_en = "S"\nvalid_from = 2024-04-01\n'

    assert message_of(again).startswith("window 2 south")


def test_the_shipped_directory_claims_nothing_that_nobody_verified():
    directory = read_file()

    facts = [version for window in directory.windows for version in window.versions]
    assert {version.verified_on for version in facts} == {None}
    assert [version.telephone for version in facts if version.telephone] == ["042-324-8401"]
    assert all(version.name_en and version.services_en for version in facts)
    assert all(version.kana for version in facts)


def test_the_shipped_general_window_stands_last():
    assert read_file().windows[-1].key == GENERAL_WINDOW


def test_the_shipped_departments_are_those_of_the_plan():
    departments = {one.key for one in read_file().offices if one.kind is OfficeKind.DEPARTMENT}

    assert departments == {
        "economy",
        "culture_rights",
        "disability_advice",
        "life_welfare",
        "procurement",
        "school_guidance",
        "personnel",
        "community_welfare",
        "policy_management",
        "childcare",
    }


def test_the_shipped_offices_know_the_programme_they_count_for():
    programmes = {one.key: one.programme for one in read_file().offices if one.programme}

    assert programmes == {
        "economy": Programme.GUIDANCE,
        "life_welfare": Programme.ASSISTANCE,
        "centre": Programme.CENTRE,
    }
