"""A one-time answer link: whatever is wrong with it, its holder hears the same, and no log hears of it."""

import io
import logging
import re
from dataclasses import replace
from datetime import date, timedelta

import pytest
import time_machine
from sqlalchemy import select, text

from app.audit.models import AuditEntry
from app.cases.operations import close_case, reopen_case
from app.cases.vocabulary import CloseReason
from app.foundation import clock
from app.foundation.db import db
from app.foundation.transaction import transaction
from app.referrals import link_routes
from app.referrals.correction_operations import correct_move
from app.referrals.entries import NewMove
from app.referrals.link_models import AnswerLink
from app.referrals.link_operations import LONGEST, issue_link, revoke_link
from app.referrals.link_tokens import draw_token, hash_of
from app.referrals.models import ReferralMove
from app.referrals.move_operations import move_referrals
from app.referrals.operations import void_referral, withdraw_consent
from app.referrals.vocabulary import AnswerChannel, CorrectionCode, State, VoidCode, WithdrawCode
from tests import factories
from tests.factories.world import TODAY, standing_day, world

__all__ = ["standing_day", "world"]

OUTSIDE = "https://shirube.example.jp"
SENT_ON = date(2025, 7, 1)


@pytest.fixture
def settings(app):
    """Switch links on."""
    usual = app.config["SHIRUBE"]
    app.config["SHIRUBE"] = replace(usual, answer_links=OUTSIDE)
    yield app.config["SHIRUBE"]
    app.config["SHIRUBE"] = usual


@pytest.fixture
def referral(world, settings, db_session):
    made = factories.make_referral(world.case, world.version, sent_on=SENT_ON, office=world.office)
    db_session.commit()
    return made


@pytest.fixture
def issue(world, settings, referral):
    def make(one=referral):
        with transaction():
            return issue_link(actor=world.desk, reference=one.reference, secret=settings.secret_key)[1]

    return make


def moves(referral):
    found = select(ReferralMove).where(ReferralMove.referral_id == referral.id).order_by(ReferralMove.number)
    return list(db.session.scalars(found.execution_options(populate_existing=True)))


def say(client, token, to="accepted", **more):
    data = {"to": to, "happened_on": "2025-07-14", "version": "1"} | more
    return client.post(f"/answer/{token}", data=data)


def refusal(client, settings):
    """Return how a link answers that never was."""
    answer = client.get(f"/answer/{draw_token(settings.secret_key, lambda n: b'x' * n)}")
    return answer.status_code, answer.data, sorted(answer.headers.items())


def as_seen(answer):
    return answer.status_code, answer.data, sorted(answer.headers.items())


def test_a_link_shows_only_what_is_asked_and_takes_one_answer(
    client, world, referral, issue, csrf_protection
):
    token = issue()
    page = client.get(f"/answer/{token}")
    assert page.status_code == 200
    for shown in (referral.reference, "ハローワーク立川 専門援助", "求職の相談・職業紹介"):
        assert shown in page.text
    for hidden in (world.case.number, "生活福祉課", "6月2日", token):
        assert hidden not in page.text
    assert say(client, token).status_code == 200
    last = moves(referral)[-1]
    assert (last.to_state, last.happened_on, last.channel, last.entered_by, last.entered_by_office_id) == (
        State.ACCEPTED,
        date(2025, 7, 14),
        AnswerChannel.SYSTEM,
        None,
        None,
    )
    with_label = db.session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc())).first()
    assert with_label.actor_label == "回答リンク"


def used(client, world, referral, token):
    say(client, token)


def withdrawn(client, world, referral, token):
    with transaction():
        withdraw_consent(actor=world.desk, reference=referral.reference, withdrawn_on=TODAY)


def voided(client, world, referral, token):
    with transaction():
        void_referral(actor=world.desk, reference=referral.reference, code=VoidCode.DUPLICATE)


def closed(client, world, referral, token):
    move(world, referral, State.WITHDRAWN, code=WithdrawCode.MOVED_AWAY)


def closed_and_opened_again(client, world, referral, token):
    closed(client, world, referral, token)
    with transaction():
        correct_move(
            actor=world.desk,
            reference=referral.reference,
            code=CorrectionCode.WRONG_STATE,
            code_other="",
            expected_number=None,
        )


def case_closed(client, world, referral, token):
    world.case.closed_on, world.case.close_reason = TODAY, next(iter(CloseReason))
    db.session.commit()


def case_closed_and_reopened(client, world, referral, token):
    with transaction():
        close_case(actor=world.desk, case_id=world.case.id, closed_on=TODAY, reason=CloseReason.OTHER)
    with transaction():
        reopen_case(actor=world.desk, case_id=world.case.id)


def closed_as_somebody_merged(client, world, referral, token):
    """The person is closed under another number; the case of the referral itself was never closed."""
    other = factories.make_case(world.office)
    world.case.merged_into_id = other.id
    db.session.commit()
    with transaction():
        close_case(actor=world.desk, case_id=other.id, closed_on=TODAY, reason=CloseReason.OTHER)
    with transaction():
        reopen_case(actor=world.desk, case_id=other.id)


def revoked(client, world, referral, token):
    link_id = db.session.scalar(select(AnswerLink.id))
    with transaction():
        revoke_link(actor=world.desk, reference=referral.reference, link_id=link_id)


def replaced(client, world, referral, token):
    with transaction():
        issue_link(
            actor=world.desk,
            reference=referral.reference,
            secret=client.application.config["SHIRUBE"].secret_key,
        )


def switched_off(client, world, referral, token):
    config = client.application.config
    config["SHIRUBE"] = replace(config["SHIRUBE"], answer_links="")


def move(world, referral, to, **more):
    with transaction():
        entry = NewMove(
            referral_id=referral.id, to=to, happened_on=TODAY, channel=AnswerChannel.PHONE, **more
        )
        move_referrals(actor=world.desk, new=[entry])


ENDS = [
    used,
    withdrawn,
    voided,
    closed,
    closed_and_opened_again,
    case_closed,
    case_closed_and_reopened,
    closed_as_somebody_merged,
    revoked,
    replaced,
    switched_off,
]


@pytest.mark.parametrize("ended", ENDS, ids=lambda one: one.__name__)
def test_a_link_that_ended_answers_like_one_that_never_was(client, world, referral, issue, settings, ended):
    token = issue()
    ended(client, world, referral, token)
    before = len(moves(referral))
    expected = refusal(client, settings)
    assert expected[0] == 404
    assert as_seen(client.get(f"/answer/{token}")) == expected
    assert as_seen(say(client, token, "met", version=str(before))) == expected
    assert len(moves(referral)) == before


def test_an_expired_link_answers_like_one_that_never_was(client, referral, issue, settings):
    token = issue()
    expires = db.session.scalar(select(AnswerLink.expires_at))
    assert timedelta() < expires - clock.now() <= LONGEST + timedelta(days=1)
    with time_machine.travel(expires - timedelta(seconds=1), tick=False):
        assert client.get(f"/answer/{token}").status_code == 200
    with time_machine.travel(expires, tick=False):
        assert as_seen(client.get(f"/answer/{token}")) == refusal(client, settings)
        assert as_seen(say(client, token)) == refusal(client, settings)
    assert len(moves(referral)) == 1


def test_a_changed_or_foreign_token_is_refused_alike_and_never_looked_up(
    client, referral, issue, settings, count_statements
):
    token = issue()
    expected = refusal(client, settings)
    other = draw_token("another house with another key......", lambda n: b"y" * n)
    middle = len(token) // 2
    tampered = [token[:-1], token + "A", token[::-1], token.swapcase(), other, "x", "0" * 86, "é" * 86]
    tampered += [token[:middle] + other[middle:], other[:middle] + token[middle:]]
    tampered += [
        token[:spot] + ("A" if token[spot] != "A" else "B") + token[spot + 1 :] for spot in (0, 42, 43, 85)
    ]
    for one in tampered:
        with count_statements() as statements:
            answer = client.get(f"/answer/{one}")
        assert as_seen(answer) == expected, one
        assert not any("answer_link" in str(statement) for statement in statements), one
    assert client.get(f"/answer/{token}").status_code == 200


def test_guessing_is_slowed_down_and_told_in_the_same_words(client, referral, issue, settings):
    token = issue()
    expected = refusal(client, settings)
    answers = [as_seen(client.get(f"/answer/{n:086d}")) for n in range(link_routes.TRIES.free + 5)]
    assert set(map(repr, answers)) == {repr(expected)}
    assert as_seen(client.get(f"/answer/{token}")) == expected, "guessing from this address went on freely"
    elsewhere = client.get(f"/answer/{token}", environ_overrides={"REMOTE_ADDR": "203.0.113.9"})
    assert elsewhere.status_code == 200
    with time_machine.travel(clock.now() + timedelta(minutes=20), tick=False):
        assert client.get(f"/answer/{token}").status_code == 200


def test_whoever_uses_a_link_often_and_well_is_not_slowed_down(client, issue):
    token = issue()
    for _one in range(link_routes.TRIES.free + 5):
        assert client.get(f"/answer/{token}").status_code == 200


def test_a_link_answers_its_own_referral_and_no_other(client, world, referral, issue, db_session):
    other = factories.make_referral(world.case, world.version, sent_on=SENT_ON, office=world.office)
    db_session.commit()
    token = issue()
    say(client, token, reference=other.reference, referral_id=str(other.id))
    assert [len(moves(one)) for one in (referral, other)] == [2, 1]


@pytest.mark.parametrize(
    "to", ["withdrawn", "void", "placed", "no_response", "supporting", "ended", "sent", ""]
)
def test_a_link_takes_nothing_but_an_answer(client, referral, issue, to):
    token = issue()
    assert say(client, token, to, withdrawn_code="other", ended_code="other").status_code == 422
    assert len(moves(referral)) == 1
    assert say(client, token, "declined", declined_code="full").status_code == 200


@pytest.mark.parametrize("day", ["2025-06-30", "2025-07-16", "abc", "", "9999-12-31"])
def test_a_wrong_day_is_told_and_the_link_stays(client, referral, issue, day):
    token = issue()
    assert say(client, token, happened_on=day).status_code == 422
    assert client.get(f"/answer/{token}").status_code == 200


def test_free_text_is_neither_asked_for_nor_kept(client, referral, issue):
    token = issue()
    page = client.get(f"/answer/{token}").text
    assert "code_other" not in page
    assert "<textarea" not in page
    say(client, token, "declined", declined_code="other", code_other="国分寺花子さん 090-1234-5678")
    assert moves(referral)[-1].code_other == ""


def test_no_cookie_is_given_and_nobody_else_hears_of_the_address(client, issue):
    token = issue()
    for answer in (client.get(f"/answer/{token}"), say(client, token, "x"), client.get("/answer/x")):
        assert "Set-Cookie" not in answer.headers
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert "noindex" in answer.headers["X-Robots-Tag"]
        assert token not in answer.text
        assert not re.search(r'(?:href|src|action)="https?:', answer.text)


def test_the_page_speaks_english_without_a_switch_that_would_carry_the_link(client, issue):
    token = issue()
    page = client.get(f"/answer/{token}").text
    assert 'href="?lang=en"' in page
    assert "/language/" not in page
    assert 'lang="en"' in client.get(f"/answer/{token}?lang=en").text[:400]


def test_only_the_hash_of_a_link_is_kept(client, issue, db_session):
    token = issue()
    say(client, token)
    stored = "".join(
        repr(db_session.execute(text(f'SELECT * FROM "{table.name}"')).all())
        for table in db.metadata.sorted_tables
    )
    assert hash_of(token) in stored
    for part in (token, token[:43], token[43:]):
        assert part not in stored


def test_an_error_on_the_page_of_a_link_leaves_no_token_in_the_log(client, issue, app, monkeypatch):
    token = issue()
    heard = io.StringIO()
    listening = logging.StreamHandler(heard)
    logging.getLogger().addHandler(listening)
    monkeypatch.setattr(link_routes, "get_open_link", lambda **_said: 1 / 0)
    monkeypatch.setitem(app.config, "PROPAGATE_EXCEPTIONS", False)
    monkeypatch.setitem(app.config, "TESTING", False)
    try:
        answer = client.get(f"/answer/{token}")
    finally:
        logging.getLogger().removeHandler(listening)
    assert answer.status_code == 500
    assert token not in answer.text
    assert "ZeroDivisionError" in heard.getvalue()
    assert token not in heard.getvalue()
    assert token[:20] not in heard.getvalue()


def test_two_who_use_a_link_at_one_moment_are_one_answer(client, referral, issue, settings, monkeypatch):
    """The second read the link as open before the first had used it."""
    from app.referrals import link_operations

    token = issue()
    seen = link_operations.get_open_link(secret=settings.secret_key, token=token)
    assert say(client, token).status_code == 200
    monkeypatch.setattr(link_operations, "get_open_link", lambda **_said: seen)
    monkeypatch.setattr(link_routes, "get_open_link", lambda **_said: seen)
    assert as_seen(say(client, token, version="2"))[0] == 404
    assert len(moves(referral)) == 2
