"""The embedded font has the signs that the plan and the windows use; what it lacks is replaced and named."""

import tomllib

import pytest

from app.printing import glyphs, leaflet, readings, slip


def test_the_font_has_the_signs_that_offices_write():
    assert glyphs.missing_in("①⑳㈱～―髙﨑Ⅱ№℡〒㎡％…‥“”・→▶𠮟") == ()


def test_every_text_that_ships_can_be_printed(project):
    files = [*(project / "app").rglob("data/*.toml"), *(project / "app").rglob("data/*.csv")]
    texts = {file.name: file.read_text(encoding="utf-8") for file in files}
    assert len(texts) >= 2
    for name, text in texts.items():
        if name.endswith(".toml"):
            tomllib.loads(text)
        assert glyphs.missing_in(text) == (), name


def test_our_own_phrases_can_be_printed():
    assert glyphs.missing_in([slip.PHRASES, leaflet.TITLE, leaflet.SUBTITLE, readings.WRITTEN]) == ()


@pytest.mark.parametrize("sign", ["𠮷", "😀", "ก", "\ue000", "\x07"])
def test_a_sign_that_the_font_lacks_is_named_and_printed_as_geta(sign):
    data = {"a": [f"{sign}野", {"b": (sign, 3, None)}]}

    assert glyphs.missing_in(data) == (sign,)
    assert glyphs.without_missing(data) == {"a": ["〓野", {"b": ["〓", 3, None]}]}


def test_a_chosen_shape_of_a_sign_is_printed_in_its_usual_shape():
    assert glyphs.missing_in("葛\U000e0101飾") == ()
    assert glyphs.without_missing("葛\U000e0101飾") == "葛飾"


def test_what_can_be_printed_is_left_as_it_is():
    data = {"text": "国分寺市\n立川"}

    assert glyphs.without_missing(data) is data
