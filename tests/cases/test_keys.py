"""The card pepper: exchanged without losing a card, printed, and written back from paper."""

import pytest

from app.privacy import case_code
from app.privacy.key_sheet import sheet_of
from config import ConfigurationError, Settings, add_pepper, create_missing_keys, restore_pepper
from tests.cases.test_look_up import make_case_with_card
from tests.factories import make_office


def settings(folder) -> Settings:
    return Settings.from_environment({"SHIRUBE_INSTANCE": str(folder)})


@pytest.fixture
def instance(tmp_path):
    create_missing_keys(tmp_path)
    return tmp_path


def test_a_new_pepper_stands_first_and_every_former_one_is_kept(instance):
    first = settings(instance).card_pepper
    second = settings(add_pepper(instance).parents[1]).card_pepper
    add_pepper(instance)
    now = settings(instance)
    assert len({first, second, now.card_pepper}) == 3
    assert now.former_peppers == (second, first)
    assert (instance / "keys" / "card-pepper").stat().st_mode & 0o777 == 0o600


def test_peppers_are_written_back_from_their_sheets(instance):
    add_pepper(instance)
    kept, file = settings(instance), instance / "keys" / "card-pepper"
    before = file.read_bytes()
    first, second = sheet_of(kept.card_pepper), sheet_of(kept.former_peppers[0])
    typed = ["復旧用紙", "1本目の鍵", *first, "", "2本目の鍵", *second]
    with pytest.raises(ConfigurationError, match="Nothing was changed"):
        restore_pepper(instance, typed)
    file.unlink()
    restore_pepper(instance, typed)
    assert file.read_bytes() == before


@pytest.mark.parametrize("spoil", [lambda lines: [], lambda lines: lines[:-1], lambda lines: [*lines[1:]]])
def test_nothing_is_written_from_a_sheet_that_is_not_whole(instance, spoil):
    file = instance / "keys" / "card-pepper"
    typed = spoil(sheet_of(settings(instance).card_pepper))
    file.unlink()
    with pytest.raises(ConfigurationError, match="行目"):
        restore_pepper(instance, typed)
    assert not file.exists()


def test_a_sheet_that_was_typed_back_makes_the_same_file(instance):
    file = instance / "keys" / "card-pepper"
    before = file.read_bytes()
    typed = ["カードの鍵の復旧用紙", *sheet_of(settings(instance).card_pepper)]
    file.unlink()
    restore_pepper(instance, typed)
    assert file.read_bytes() == before


def test_a_former_pepper_that_is_none_is_refused(instance):
    file = instance / "keys" / "card-pepper"
    file.write_text(f"{file.read_text()}short\n")
    with pytest.raises(ConfigurationError, match="recovery sheet"):
        settings(instance)


def test_the_sheet_holds_the_pepper_and_the_list_of_cards_does_not(app, db_session):
    make_case_with_card(make_office())
    pepper = app.config["SHIRUBE"].card_pepper
    runner = app.test_cli_runner()
    sheet = runner.invoke(args=["keys", "recovery-sheet"]).output
    assert all(line in sheet for line in sheet_of(pepper))
    cards = runner.invoke(args=["keys", "cards"]).output
    assert cards == f"{case_code.key_id(pepper)}\t1\n"
    assert pepper.hex()[:8] not in cards
