"""The scenarios hold, are complete in pairs, and need every rule."""

import random
from itertools import product

import pytest

from app.foundation.errors import DomainError
from app.situation.vocabulary import AgeBand, AssistanceStatus, TargetGroup
from app.windows.scenarios import COLUMNS, read_scenarios
from tests.windows.ruled import failing, rules, scenarios, text_of, windows

HEAD = ",".join(COLUMNS)


def test_every_scenario_holds():
    assert failing(rules()) == []


def test_there_are_sixty_and_more_each_with_its_reason():
    assert len(scenarios()) >= 60
    assert [one.key for one in scenarios() if len(one.reason) < 10] == []


def test_the_nine_of_the_design_lead_where_it_says():
    first = {one.key: one.first for one in scenarios() if one.key.startswith("n")}
    assert first == {
        "n1": "life_welfare_adviser",
        "n2": "centre",
        "n3": "mothers_hello_work_tachikawa",
        "n4": "self_support_training_benefit",
        "n5": "youth_support_station",
        "n6": "hello_work_tachikawa",
        "n7": "silver_centre",
        "n8": "labour_advice_tama",
        "n9": "self_reliance_support",
    }


def test_every_pair_of_group_age_and_assistance_is_there():
    seen = set()
    for one in scenarios():
        answers = one.situation
        for group in answers.target_groups:
            seen |= {(group, answers.age_band), (group, answers.assistance)}
        seen.add((answers.age_band, answers.assistance))
    wanted = {
        *product(TargetGroup, AgeBand),
        *product(TargetGroup, AssistanceStatus),
        *product(AgeBand, AssistanceStatus),
    }
    assert wanted - seen == set()


@pytest.mark.parametrize("key", [rule.key for rule in rules()])
def test_without_this_rule_a_scenario_fails(key):
    assert failing([rule for rule in rules() if rule.key != key]) != []


def test_scenarios_name_windows_that_exist():
    keys = {window.window_key for window in windows()}
    assert {key for one in scenarios() for key in one.windows} - keys == set()


@pytest.mark.parametrize("seed", range(5))
def test_the_order_of_rules_and_windows_changes_no_scenario(seed):
    chance = random.Random(seed)
    some_rules, some_windows = list(rules()), list(windows())
    chance.shuffle(some_rules)
    chance.shuffle(some_windows)
    assert failing(some_rules, some_windows) == []


def test_labels_and_codes_are_both_read():
    answers = "youth/障害者,はい,20-29,生活保護受給,いいえ,,lost_job,,仕事探し/debt,en"
    line = f"a,甲,{answers},2026-04-01,b,c d:語,e,わけ"
    (one,) = read_scenarios(f"{HEAD}\n{line}\n")
    assert one.situation.codes() == {
        "target_groups": ["disability", "youth"],
        "single_parent": True,
        "age_band": "20-29",
        "assistance": "recipient",
        "certificate": False,
        "children": None,
        "work": "lost_job",
        "wish": None,
        "needs": ["job_search", "debt"],
        "language": "en",
        "at": None,
    }
    assert (one.first, one.also, one.never, str(one.day)) == ("b", ("c", "d:語"), ("e",), "2026-04-01")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (("対象者", "宇宙人"), "シナリオn1：「対象者」に使えない値です（宇宙人）。"),
        (("日", "きのう"), "シナリオn1：「日」に使えない値です（きのう）。"),
        (("子ども", "たぶん"), "シナリオn1：「子ども」に使えない値です（たぶん）。"),
        (("理由", ""), "シナリオn1：「理由」がありません。"),
    ],
)
def test_a_faulty_cell_is_named(change, words):
    lines = text_of("scenarios.csv").splitlines()
    cells = lines[1].split(",")
    cells[list(COLUMNS).index(change[0])] = change[1]
    with pytest.raises(DomainError, match=words):
        read_scenarios("\n".join([lines[0], ",".join(cells)]))


def test_a_number_that_stands_twice_is_refused():
    lines = text_of("scenarios.csv").splitlines()
    with pytest.raises(DomainError, match="シナリオn1が二度あります。"):
        read_scenarios("\n".join([*lines[:2], lines[1]]))
