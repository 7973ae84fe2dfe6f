"""flask guidance: check and explain, from a shell."""

import pytest

from app.foundation.db import db
from app.foundation.transaction import transaction
from app.windows.loading import load_directory
from app.windows.rule_models import GuidanceRuleVersion
from tests.factories import system_actor

pytestmark = pytest.mark.both_databases


@pytest.fixture
def runner(app):
    with app.app_context(), transaction():
        load_directory(actor=system_actor())
    return app.test_cli_runner()


def test_check_runs_all_scenarios_and_ends_with_the_count(runner):
    result = runner.invoke(args=["guidance", "check"])
    assert (result.exit_code, result.stdout) == (0, "78 scenarios, 0 failed\n")


def test_check_names_what_fails(app, runner):
    with app.app_context():
        strong = db.session.query(GuidanceRuleVersion).filter_by(points=60, valid_to=None).one()
        strong.points = 1
        db.session.commit()
    result = runner.invoke(args=["guidance", "check"])
    assert result.exit_code == 1
    assert (
        "m3 30代前半、生活保護を受けて働き、職場でもめている\n  first: labour_advice_tama\n" in result.stdout
    )
    assert result.stdout.splitlines()[-1] == "78 scenarios, 1 failed"


def test_check_without_rules_is_no_success(app):
    result = app.test_cli_runner().invoke(args=["guidance", "check"])
    assert result.exit_code == 1
    assert result.stdout == "0 scenarios, 0 failed\n"
    assert "flask windows load" in result.stderr


def test_explain_answers_one_situation(runner):
    options = (
        "--target-group parent --single-parent --age-band 35-39 --assistance child_allowance --wish training"
    )
    result = runner.invoke(
        args=["guidance", "explain", *options.split(), "--children", "--at", "2026-11-20T10:30"]
    )
    assert result.exit_code == 0, result.stderr
    lines = result.stdout.splitlines()
    assert lines[0] == "1. 生活福祉課 自立支援教育訓練給付金 (self_support_training_benefit, 55)"
    assert (
        "   理由: 児童扶養手当を受け、資格を取りたい方の給付金です。講座に申し込む前の相談が要ります。"
        in lines
    )


def test_explain_refuses_a_code_that_nobody_knows(runner):
    result = runner.invoke(args=["guidance", "explain", "--wish", "astronaut"])
    assert result.exit_code == 2
    assert "astronaut" in result.stderr


def test_explain_refuses_what_is_no_time(runner):
    assert runner.invoke(args=["guidance", "explain", "--at", "soon"]).exit_code == 2


def test_loading_twice_changes_nothing(app, runner):
    with app.app_context(), transaction():
        done = load_directory(actor=system_actor())
    assert (done.rules, done.scenarios) == (0, 0)
