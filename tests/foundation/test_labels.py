"""Coded values carry their own words."""

from app.foundation.labels import RETIRED, LabelledEnum


class Colour(LabelledEnum):
    """A list with a value that is no longer offered."""

    RED = "red", "赤", "Red"
    MUD = "mud", "泥色", "Mud", RETIRED
    BLUE = "blue", "青", "Blue"


def test_a_member_is_its_stored_key():
    assert Colour.RED == "red"
    assert str(Colour.RED) == "red"
    assert Colour("red") is Colour.RED


def test_each_language_has_its_label_and_others_read_japanese():
    assert Colour.RED.label("ja") == Colour.RED.ja == "赤"
    assert Colour.RED.label("en") == Colour.RED.label("en_GB") == Colour.RED.en == "Red"
    assert Colour.RED.label("fr") == "赤"


def test_a_retired_value_is_not_offered_but_still_found():
    assert Colour.current() == [Colour.RED, Colour.BLUE]
    assert Colour.find("mud") is Colour.MUD
    assert Colour.MUD.retired


def test_an_unknown_key_is_found_nowhere():
    assert Colour.find("green") is None
    assert Colour.find("RED") is None
    assert Colour.find(None) is None
