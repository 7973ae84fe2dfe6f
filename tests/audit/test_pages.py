"""The auditor's page and the commands."""

from datetime import timedelta

import pytest
import time_machine

from app.access.permissions import Role
from app.audit import queries, trail
from app.cli.plan import BUNDLED
from app.foundation.transaction import transaction
from app.plan.loading import load_plan
from app.plan.plan_file import read_plan
from app.situation.vocabulary import TargetGroup
from tests import factories

START = "2026-06-01T09:00:00+09:00"


@pytest.fixture
def auditor(client, db_session):
    return factories.sign_in(client, role=Role.AUDITOR)


def write(actor=None, action="office.change", subject="office", subject_id=1, **details):
    with transaction():
        trail.record(
            actor=actor or factories.system_actor(),
            action=action,
            subject=subject,
            subject_id=subject_id,
            details=details,
        )


def text_of(client, path="/audit", **query) -> str:
    answer = client.get(path, query_string=query or None)
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


def test_an_empty_trail_says_what_will_stand_there(client, auditor):
    assert "まだ記録がありません。" in text_of(client)


def test_before_values_are_shown_in_words_of_the_language(client, db_session, auditor):
    office = factories.make_office(name="生活福祉課")
    db_session.commit()
    write(
        action="consultation.changed",
        subject="consultation",
        before={
            "target_group": TargetGroup.OTHER,
            "held_on": "2026-05-01",
            "single_parent": True,
            "memo_gone": None,
        },
        office_id=office.id,
    )
    page = text_of(client)
    for words in (
        "相談を訂正した",
        "変更前",
        TargetGroup.OTHER.ja,
        "令和8年5月1日",
        "はい",
        "記録なし",
        "生活福祉課",
    ):
        assert words in page
    client.set_cookie("lang", "en")
    page = text_of(client)
    for words in ("Consultation corrected", "Before", TargetGroup.OTHER.en):
        assert words in page


def test_other_topics_and_coded_reasons_are_words_too(client, auditor):
    write(
        action="consultation.voided",
        subject="consultation",
        before={"other_topics": ["housing", "debt"]},
        reason="duplicate",
    )
    page = text_of(client)
    assert "住まい、債務" in page


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"actor": "監査1"}, ["1"]),
        ({"action": "window.create"}, ["2"]),
        ({"subject": "window", "number": "77"}, ["2"]),
        ({"since": "2026-06-03"}, ["3"]),
        ({"until": "2026-06-01"}, ["1"]),
        ({"since": "2026-06-02", "until": "2026-06-02"}, ["2"]),
        ({"actor": "nobody"}, []),
    ],
)
def test_filters_choose_by_actor_action_subject_and_day(client, db_session, query, expected):
    from dataclasses import replace

    with time_machine.travel(START, tick=False) as traveller:
        write(actor=replace(factories.system_actor(), label="監査1"))
        traveller.shift(timedelta(days=1, hours=14, minutes=59))
        write(action="window.create", subject="window", subject_id=77)
        traveller.shift(timedelta(minutes=2))
        write(subject_id=3)
        factories.sign_in(client, role=Role.AUDITOR)
        page = text_of(client, **query)
    import re

    assert re.findall(r'<th scope="row" class="fig">(\d+)</th>', page) == expected


def test_a_long_trail_is_read_page_by_page_without_a_gap(client, auditor):
    import re

    with transaction():
        for number in range(120):
            trail.record(
                actor=factories.system_actor(), action="office.change", subject="office", subject_id=number
            )
    seen, address = [], "/audit?action=office.change"
    while address:
        page = text_of(client, address)
        seen += [int(one) for one in re.findall(r'<th scope="row" class="fig">(\d+)</th>', page)]
        older = re.search(r'href="([^"]+)" rel="next"', page)
        address = older.group(1).replace("&amp;", "&") if older else None
    assert seen == list(range(120, 0, -1))


@pytest.mark.parametrize("before", ["x", "-1", "9" * 40, "１"])
def test_a_place_that_is_no_number_shows_the_newest(client, auditor, before):
    write()
    assert 'class="fig">1</th>' in text_of(client, before=before)


def test_the_page_shows_the_head_that_the_command_prints(client, app, auditor):
    write()
    printed = app.test_cli_runner().invoke(args=["audit", "head"]).output.split()
    assert printed[0] == "1"
    assert printed[1] in text_of(client)


def test_verify_exits_with_an_error_when_the_kept_head_is_gone(app, db_session):
    write()
    run = app.test_cli_runner().invoke
    kept = queries.get_head().digest
    good = run(args=["audit", "verify", "--head", f"1 {kept}"])
    assert (good.exit_code, "chain intact" in good.output) == (0, True)
    assert run(args=["audit", "verify"]).exit_code == 0
    bad = run(args=["audit", "verify", "--head", "f" * 64])
    assert bad.exit_code == 1
    assert "nowhere in the trail" in bad.output


def test_what_is_kept_under_a_key_is_called_by_its_name(client, db_session, auditor):
    with transaction():
        load_plan(actor=factories.system_actor(), facts=read_plan(BUNDLED.read_text(encoding="utf-8")))
    write(action="result.enter", subject="indicator", subject_id="interns", fiscal_year=2025, part="")
    write(action="result.enter", subject="indicator", subject_id="assistance_placements", part="recipient")
    page = text_of(client, subject="indicator")
    assert ">指標 大学生の受入れ人数</a>" in page
    assert "内訳：生活保護受給者" in page
    for raw in ("指標 interns", "recipient"):
        assert raw not in page.replace("number=interns", ""), "keys are for machines"
    client.set_cookie("lang", "en")
    assert "interns</a>" not in text_of(client, subject="indicator")
