"""Answer links at the desk: made, shown once, listed and revoked."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select

from app.accounts.models import Account
from app.foundation.db import db
from app.referrals.link_models import AnswerLink
from tests import factories
from tests.factories import sign_in

OUTSIDE = "https://shirube.example.jp"


@pytest.fixture
def desk(client, world):
    sign_in(client, db.session.get(Account, world.desk.id))
    return client


@pytest.fixture
def links_on(app):
    usual = app.config["SHIRUBE"]
    app.config["SHIRUBE"] = replace(usual, answer_links=OUTSIDE)
    yield
    app.config["SHIRUBE"] = usual


@pytest.fixture
def referral(world, db_session):
    made = factories.make_referral(world.case, world.version, sent_on=date(2025, 7, 1), office=world.office)
    db_session.commit()
    return made


def test_where_links_are_off_the_desk_hears_nothing_of_them(desk, referral):
    assert "回答リンク" not in desk.get(f"/referrals/{referral.reference}").text
    refused = desk.post(f"/referrals/{referral.reference}/answer-links")
    assert refused.status_code == 422
    assert db.session.scalar(select(AnswerLink.id)) is None


def test_a_link_is_shown_once_in_a_mail_that_tells_of_nobody(desk, world, referral, links_on):
    assert "回答リンクを作る" in desk.get(f"/referrals/{referral.reference}").text
    made = desk.post(f"/referrals/{referral.reference}/answer-links").text
    mail = made[made.index("<textarea") : made.index("</textarea>")]
    assert f"{OUTSIDE}/answer/" in mail
    token = mail.partition("/answer/")[2].split()[0]
    for telling in (world.case.number, referral.reference, "ハローワーク", "求職"):
        assert telling not in mail
    page = desk.get(f"/referrals/{referral.reference}").text
    assert "使える" in page
    assert token not in page


def test_a_revoked_link_is_listed_as_no_longer_valid(desk, referral, links_on):
    desk.post(f"/referrals/{referral.reference}/answer-links")
    link_id = db.session.scalar(select(AnswerLink.id))
    answer = desk.post(
        f"/referrals/{referral.reference}/answer-links/{link_id}/revoke", follow_redirects=True
    )
    assert "回答リンクを無効にしました" in answer.text
    assert "無効" in answer.text
    assert desk.post(f"/referrals/{referral.reference}/answer-links/{link_id}/revoke").status_code == 404


def test_the_history_says_that_an_answer_came_by_a_link(desk, client, referral, links_on):
    made = desk.post(f"/referrals/{referral.reference}/answer-links").text
    token = made.partition("/answer/")[2].split()[0]
    client.post(f"/answer/{token}", data={"to": "accepted", "happened_on": "2025-07-14", "version": "1"})
    page = desk.get(f"/referrals/{referral.reference}").text
    line = page[page.index('<ol class="timeline"') : page.index("</ol>")]
    assert "回答リンク" in line
    assert "回答ずみ" in page


def test_without_consent_no_link_is_made(desk, referral, links_on, db_session):
    referral.consent.withdrawn_on = date(2025, 7, 15)
    db_session.commit()
    assert "回答リンクを作る" not in desk.get(f"/referrals/{referral.reference}").text
    assert desk.post(f"/referrals/{referral.reference}/answer-links").status_code == 422
