"""A card shown at another office: the same case, that office's own records and no others, on every page."""

from datetime import date

import pytest

from app.audit.models import AuditEntry
from app.cases.entries import NewCase
from app.cases.models import CaseMerge
from app.cases.operations import open_cases
from app.cases.vocabulary import CloseReason, MergeReason
from app.foundation import clock
from app.foundation.db import db
from app.privacy import case_code
from app.windows.vocabulary import OfficeKind
from tests import factories

CODE = case_code.derive(b"p" * 32, "0123456789abcdef")
DAY = date(2025, 6, 2)


@pytest.fixture
def here(db_session):
    return factories.make_office()


@pytest.fixture
def elsewhere(db_session):
    return factories.make_office(kind=OfficeKind.DEPARTMENT)


@pytest.fixture
def case(app, here, elsewhere):
    """Return a case opened here, with records of here and a referral addressed to the other office."""
    pepper = app.config["SHIRUBE"].card_pepper
    actor = factories.make_actor(office=here)
    made = open_cases(actor=actor, pepper=pepper, new=[NewCase(opened_on=DAY, code=CODE)])[0]
    factories.make_consultation(made, memo="ここだけのメモ")
    made.addressed = factories.make_referral(made, factories.make_window(elsewhere)[1]).reference
    made.sent = factories.make_referral(made).reference
    made.placement = factories.make_placement(made, started_on=date(2025, 7, 1)).id
    made.consultation = factories.make_consultation(made).id
    db.session.commit()
    return made


@pytest.fixture
def desk(client, elsewhere, case):
    """Return a client of the other office, at which the card was shown."""
    factories.sign_in(client, office=elsewhere)
    found = client.post("/cases/look-up", data={"card_code": case_code.grouped(CODE)})
    assert found.headers["Location"] == f"/cases/{case.number}"
    return client


def test_the_page_shows_the_referral_addressed_to_it_and_nothing_else(desk, case):
    page = desk.get(f"/cases/{case.number}").text
    assert "ほかの課で開かれた相談者です" in page
    assert case.addressed in page
    assert case.sent not in page
    assert "ここだけのメモ" not in page
    assert "event-consultation" not in page
    assert "event-placement" not in page


def test_when_the_person_first_came_to_the_other_office_is_not_told(desk, case):
    page = desk.get(f"/cases/{case.number}").text
    assert "カードを見せてもらいました" in page
    assert "相談を始めました" not in page
    assert "event-opened" not in page


def test_a_merge_of_two_cases_of_the_other_office_tells_no_second_number(desk, case, here, client):
    other = factories.make_case(here)
    case.merged_into_id, before = None, other.number
    made = factories.add(
        CaseMerge(
            case_id=other.id,
            into_id=case.id,
            reason=MergeReason.PAPER_FILE,
            merged_at=clock.now(),
        )
    )
    made.part_of_id, other.merged_into_id = made.id, case.id
    db.session.commit()
    for undone_at in (None, clock.now()):
        made.undone_at = undone_at
        other.merged_into_id = None if undone_at else case.id
        db.session.commit()
        page = desk.get(f"/cases/{case.number}").text
        assert case.number in page
        assert before not in page
    factories.sign_in(client, office=here)
    assert before in client.get(f"/cases/{case.number}").text, "the office that opened both is told"


def test_a_number_that_the_office_knew_leads_on_and_says_so(desk, case, here):
    left = factories.make_case(here)
    made = factories.add(
        CaseMerge(case_id=case.id, into_id=left.id, reason=MergeReason.PAPER_FILE, merged_at=clock.now())
    )
    made.part_of_id, case.merged_into_id = made.id, left.id
    db.session.commit()
    assert f"{case.number} を {left.number} に統合しました" in desk.get(f"/cases/{left.number}").text


def test_its_own_records_are_added_and_seen(desk, case):
    form = {
        "who": "card",
        "case_number": case.number,
        "held_on": "2025-08-01",
        "channel": "visit",
        "minutes": "30",
        "assistance": "none",
        "topics": ["health"],
        "topic": "health",
        "target_groups": ["youth"],
        "target_group": "youth",
        "age_band": "unknown",
        "household": "unknown",
        "source": "self",
        "programme": "assistance",
        "kind": "consultation",
        "headcount": "1",
        "asked": "job_search",
        "certificate": "unasked",
        "children": "unasked",
        "memo": "よそのメモ",
        "submission_key": "a" * 32,
    }
    assert desk.post("/counter", data=form).status_code == 302
    page = desk.get(f"/cases/{case.number}").text
    assert "よそのメモ" in page
    assert page.count("event-consultation") == 1


@pytest.mark.parametrize(
    "path",
    [
        "/consultations/{consultation}/edit",
        "/consultations/{consultation}/void",
        "/placements/{placement}",
        "/placements/{placement}/edit",
        "/placements/{placement}/void",
        "/referrals/{sent}",
        "/referrals/{addressed}",
    ],
)
def test_records_of_the_office_that_opened_it_answer_like_missing_ones(desk, case, path):
    address = path.format(**vars(case))
    assert desk.get(address).status_code == 404
    assert desk.post(address, data={}).status_code in {404, 405}


def test_the_referral_addressed_to_it_is_answered_there(desk, case):
    assert desk.get(f"/received-referrals/{case.addressed}").status_code == 200
    assert desk.get(f"/received-referrals/{case.sent}").status_code == 404


@pytest.mark.parametrize(
    ("path", "sent"),
    [
        ("card", {"reason": "lost"}),
        ("close", {"closed_on": "2025-08-01", "reason": CloseReason.OTHER.value}),
        ("reopen", {}),
    ],
)
def test_card_closing_and_reopening_stay_with_the_office_that_opened_it(desk, case, path, sent):
    answer = desk.post(f"/cases/{case.number}/{path}", data=sent)
    assert answer.status_code == 422
    assert "ほかの課で開かれました" in answer.text
    assert "card-code" not in answer.text


def test_the_access_is_logged_once_with_office_and_person(desk, case, elsewhere):
    desk.post("/cases/look-up", data={"card_code": CODE})
    (seen,) = db.session.query(AuditEntry).filter_by(action="case.shown_elsewhere")
    assert (seen.subject_id, seen.office_id) == (case.number, elsewhere.id)


def test_before_the_card_was_shown_the_case_answers_like_a_missing_one(client, case, elsewhere):
    factories.sign_in(client, office=elsewhere)
    for path in ("", "/card", "/close", "/referrals/new", "/placements/new"):
        assert client.get(f"/cases/{case.number}{path}").status_code == 404
    assert client.get(f"/counter/{case.number}").status_code == 404
