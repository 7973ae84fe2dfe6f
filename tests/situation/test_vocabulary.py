"""The words for persons and windows are complete in both languages."""

import inspect
import re

import pytest

from app.foundation.labels import LabelledEnum
from app.situation import vocabulary
from app.situation.vocabulary import AgeBand, TargetGroup, TargetSubgroup

LISTS = [
    member
    for _, member in inspect.getmembers(vocabulary, inspect.isclass)
    if issubclass(member, LabelledEnum) and member is not LabelledEnum
]


@pytest.mark.parametrize("words", LISTS, ids=lambda words: words.__name__)
def test_every_value_has_a_label_of_its_own_in_both_languages(words):
    members = list(words)
    assert all(re.search("[ぁ-んァ-ヶ一-龥]", member.ja) for member in members)
    assert all(member.en and member.en.isascii() or "–" in member.en for member in members)
    assert len({member.ja for member in members}) == len({member.en for member in members}) == len(members)


@pytest.mark.parametrize("words", LISTS, ids=lambda words: words.__name__)
def test_keys_fit_a_url_and_a_column(words):
    assert all(re.fullmatch(r"[a-z0-9_-]{1,20}", member.value) for member in words)


def test_target_groups_carry_the_keys_and_words_of_the_plan():
    assert {member.value: member.ja for member in TargetGroup} == {
        "disability": "障害者",
        "parent": "子育て中の女性",
        "youth": "若年者",
        "middle_aged": "中高年者",
        "other": "その他の就労困難者",
    }


def test_single_parents_are_counted_among_women_raising_children():
    assert TargetSubgroup.SINGLE_PARENT.group is TargetGroup.PARENT


def test_age_bands_follow_one_another_without_gap():
    bands = [band for band in AgeBand if band.is_known]
    assert bands[0].minimum == 15
    assert bands[-1].maximum is None
    for band, following in zip(bands, bands[1:], strict=False):
        assert following.minimum == band.maximum + 1
        assert f"{band.minimum}～{band.maximum}歳" == band.ja
    assert AgeBand.UNKNOWN.minimum is AgeBand.UNKNOWN.maximum is None
