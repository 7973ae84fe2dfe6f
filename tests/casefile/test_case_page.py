"""The page of one case shows everything the own office may see, on one time line."""

from datetime import date

import pytest
from sqlalchemy import select

from app.cases.models import Consultation
from app.foundation.db import db
from app.guidance.models import Guidance
from tests.factories import (
    make_case,
    make_consultation,
    make_office,
    make_placement,
    make_referral,
    make_window,
    sign_in,
)


@pytest.fixture
def office(db_session):
    return make_office(name="生活福祉課")


@pytest.fixture
def desk(client, office):
    sign_in(client, office=office)
    return client


def test_everything_stands_on_one_line_newest_first(desk, office):
    case = make_case(office, opened_on=date(2025, 4, 1))
    consultation = make_consultation(case, held_on=date(2025, 5, 1), memo="履歴書を見直した")
    version = make_window(name="ハローワーク立川")[1]
    make_referral(case, version, sent_on=date(2025, 5, 2), consultation=consultation)
    make_placement(case, started_on=date(2025, 6, 3))
    db.session.commit()
    page = desk.get(f"/cases/{case.number}").text
    line = page[page.index("これまでのこと") :]
    told = ["新規就職", "ハローワーク立川", "履歴書を見直した", "相談を始めました"]
    assert [line.index(words) for words in told] == sorted(line.index(words) for words in told)


def test_another_offices_records_of_the_same_case_stay_with_it(desk, office):
    from app.cases.models import CaseOffice
    from app.cases.vocabulary import SeenBy
    from app.foundation import clock

    case = make_case(make_office())
    make_consultation(case, memo="よその課のメモ")
    db.session.add(CaseOffice(case_id=case.id, office_id=office.id, seen_by=SeenBy.CARD, since=clock.now()))
    db.session.commit()
    page = desk.get(f"/cases/{case.number}").text
    assert "よその課のメモ" not in page
    assert "ほかの課で開かれた相談者です" in page


def test_a_foreign_case_answers_exactly_like_a_missing_one(desk):
    foreign = make_case(make_office())
    db.session.commit()
    one, other = desk.get(f"/cases/{foreign.number}"), desk.get("/cases/9999-99")
    assert one.status_code == other.status_code == 404
    assert one.text.replace(foreign.number, "") == other.text.replace("9999-99", "")


def test_voiding_a_consultation_takes_its_guidance_along(desk, office):
    from tests.counter.test_entry import form

    window = make_window()[0]
    db.session.commit()
    desk.post("/counter", data=form(window_id=str(window.id)))
    consultation = db.session.scalars(select(Consultation)).one()
    answer = desk.post(
        f"/consultations/{consultation.id}/void",
        data={"reason": "duplicate", "version": str(consultation.version)},
    )
    assert answer.status_code == 302
    db.session.expire_all()
    assert db.session.scalars(select(Guidance)).one().voided_at is not None


def test_a_merged_case_leads_to_the_one_it_was_merged_into(desk, office):
    into = make_case(office)
    merged = make_case(office, merged_into_id=into.id)
    db.session.commit()
    assert desk.get(f"/cases/{merged.number}").headers["Location"] == f"/cases/{into.number}"
    told = f"相談番号 {merged.number} は、{into.number} に統合されています。"
    assert told in desk.get(f"/cases/{into.number}").text


def test_a_closed_case_offers_no_new_entries_but_reopening(desk, office):
    from app.cases.vocabulary import CloseReason

    case = make_case(office, closed_on=date(2025, 7, 1), close_reason=CloseReason.MOVED_AWAY)
    db.session.commit()
    page = desk.get(f"/cases/{case.number}").text
    assert "再開する" in page
    assert f"/counter/{case.number}" not in page


def test_a_closed_case_still_shows_the_work_that_waits(desk, office):
    from app.cases.vocabulary import CloseReason

    case = make_case(office, closed_on=date(2025, 7, 1), close_reason=CloseReason.MOVED_AWAY)
    db.session.commit()
    assert "すること" not in desk.get(f"/cases/{case.number}").text
    referral = make_referral(case, make_window()[1], sent_on=date(2025, 6, 1))
    db.session.commit()
    page = desk.get(f"/cases/{case.number}").text
    assert "すること" in page
    assert f"/referrals/{referral.reference}/quick-answer" in page
    assert f"/counter/{case.number}" not in page


def test_correcting_a_consultation_moves_its_guidance_to_the_new_day_and_group(desk, office):
    from tests.counter.test_entry import form

    window = make_window(valid_from=date(2025, 4, 1))[0]
    db.session.commit()
    desk.post("/counter", data=form(window_id=str(window.id)))
    consultation = db.session.scalars(select(Consultation)).one()
    said = form(
        held_on="2025-04-01", target_groups=["youth"], target_group="youth", version=str(consultation.version)
    )
    address = f"/consultations/{consultation.id}/edit"
    assert desk.post(address, data=said).status_code == 302
    db.session.expire_all()
    guidance = db.session.scalars(select(Guidance)).one()
    assert (guidance.given_on, guidance.fiscal_year, guidance.target_group) == (
        date(2025, 4, 1),
        2025,
        "youth",
    )
    version = db.session.scalar(select(Consultation.version))
    refused = desk.post(address, data=said | {"held_on": "2025-03-31", "version": str(version)})
    assert refused.status_code == 422
    assert "利用" in refused.text or "開いて" in refused.text


def test_an_address_with_an_impossible_number_is_a_missing_page(desk):
    assert desk.get(f"/consultations/{2**70}/edit").status_code == 404


def test_an_office_sees_the_referral_addressed_to_it_and_can_open_it(desk, office):
    from app.cases.models import CaseOffice
    from app.cases.vocabulary import SeenBy
    from app.foundation import clock

    case = make_case(make_office())
    referral = make_referral(case, make_window(office, name="生活福祉課の窓口")[1])
    db.session.add(CaseOffice(case_id=case.id, office_id=office.id, seen_by=SeenBy.CARD, since=clock.now()))
    db.session.commit()
    address = f"/received-referrals/{referral.reference}"
    assert address in desk.get(f"/cases/{case.number}").text
    assert desk.get(address).status_code == 200


def test_the_page_that_takes_a_consultation_back_says_which_one(desk):
    from tests.counter.test_entry import form

    desk.post("/counter", data=form())
    consultation = db.session.scalars(select(Consultation)).one()
    page = desk.get(f"/consultations/{consultation.id}/void").text
    assert "仕事探し" in page
    assert f"{consultation.minutes}分" in page
