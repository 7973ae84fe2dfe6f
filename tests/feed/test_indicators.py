"""The feed of indicators: what was released, by its own description, and the rest only with a token."""

import json
import os
import re
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.specs.openapi.checks import ignored_auth
from sqlalchemy import select

from app.access.permissions import Role
from app.audit.models import AuditEntry
from app.feed import figure_routes
from app.feed.token_models import FeedReading, FeedToken
from app.feed.token_operations import end_token
from app.foundation import clock
from app.foundation.db import db
from app.foundation.transaction import transaction
from tests.factories import make_actor
from tests.factories.signing import sign_in
from tests.feed.releasing import YEAR, issue, release_a_year

FEED = "/feed/v1"
INSIDE = f"{FEED}/internal/fiscal-years"
REQUESTS = int(os.environ.get("FEED_REQUESTS", "0"))
RIGHT = GenerationMode.POSITIVE
EACH = -(-REQUESTS // 4) or 30
"""Requests made up for an operation, of the right form and as many of a wrong one: the same sample in every
run, with FEED_REQUESTS=3000 as many in all, each time others."""


@pytest.fixture
def released(db_session):
    release_a_year()


@pytest.fixture(autouse=True)
def fresh_pace():
    figure_routes.PACE.left.clear()


def indicators_of(client, year=YEAR, **more):
    return client.get(f"{FEED}/fiscal-years/{year}/indicators", **more)


def placements(document):
    return {
        one["part"]: one
        for one in document["indicators"]
        if (one["measure"], one["indicator"]) == ("2-6", "assistance_placements")
    }


def with_token(client, token, year=YEAR):
    return client.get(f"{INSIDE}/{year}/indicators", headers={"Authorization": f"Bearer {token}"})


def test_everybody_reads_what_was_released_and_no_small_number(client, released):
    document = indicators_of(client).get_json()
    found = placements(document)
    assert document["format"] == "shirube-indicators-1"
    assert found[None]["value"] == 53
    assert found["in_need"] | {"label": None, "unit": None} == {
        "measure": "2-6",
        "indicator": "assistance_placements",
        "part": "in_need",
        "label": None,
        "unit": None,
        "value": None,
        "suppressed": True,
        "word": None,
        "source": "records",
    }
    small = [one for one in document["indicators"] if one["unit"]["ja"] in ("人", "件", "名")]
    assert not [one for one in small if one["value"] is not None and 0 < one["value"] < 10]


def test_the_published_history_is_read_as_it_was_printed(client, released):
    found = placements(indicators_of(client, 2012).get_json())
    assert [one["value"] for one in found.values()] == [53, 40, 11, 2]


def test_the_years_lead_to_their_indicators(client, released):
    years = client.get(f"{FEED}/fiscal-years").get_json()["fiscal_years"]
    assert [one["fiscal_year"] for one in years] == [YEAR, 2012]
    for one in years:
        assert client.get(f"{FEED}/{one['indicators']}").status_code == 200


def test_what_a_reader_has_already_is_not_sent_again(client, released):
    first = indicators_of(client)
    again = indicators_of(client, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert first.headers["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize("year", ["2024", "1989", "99999999999", "zwanzig", "２０２５", "-1"])
def test_a_year_without_a_release_is_not_found_in_words(client, released, year):
    answer = client.get(f"{FEED}/fiscal-years/{year}/indicators")
    assert (answer.status_code, answer.mimetype) == (404, "application/problem+json")
    assert answer.get_json()["title"]


def test_a_token_shows_a_year_before_its_release_but_no_small_number(client, released):
    text, _number = issue()
    running = with_token(client, text, 2026).get_json()
    assert running["handling"] == "internal"
    assert running["source"] == "records"
    assert placements(running)[None]["value"] == 0
    frozen = placements(with_token(client, text).get_json())
    assert (frozen[None]["value"], frozen["in_need"]["value"], frozen["in_need"]["suppressed"]) == (
        53,
        None,
        True,
    )


def entries():
    """Return what the trail says of readings: who, which token, the details."""
    db.session.rollback()
    found = db.session.scalars(
        select(AuditEntry).where(AuditEntry.action == "feed_token.read").order_by(AuditEntry.id)
    )
    return [(one.actor_label, one.subject_id, json.loads(one.details)) for one in found]


def counted():
    db.session.rollback()
    return {
        (one.day.isoformat(), one.fiscal_year, one.table_source.value, one.edition): one.times
        for one in db.session.scalars(select(FeedReading))
    }


@pytest.mark.both_databases
def test_every_reading_with_a_token_is_counted_and_the_first_of_a_day_stands_in_the_trail(client, released):
    text, number = issue()
    for _ in range(3):
        assert with_token(client, text, 2026).status_code == 200
    seen = with_token(client, text, 2026).headers["ETag"]
    headers = {"Authorization": f"Bearer {text}", "If-None-Match": seen}
    assert client.get(f"{INSIDE}/2026/indicators", headers=headers).status_code == 304
    with_token(client, text)
    who = f"feed {number} 集計表"
    running = {"fiscal_year": 2026, "table_source": "records", "edition": None}
    assert entries() == [
        (who, str(number), running),
        (who, str(number), {"fiscal_year": YEAR, "table_source": "frozen", "edition": 1}),
    ]
    today = clock.today().isoformat()
    assert counted() == {(today, 2026, "records", 0): 5, (today, YEAR, "frozen", 1): 1}
    with clock.standing_at(clock.now() + timedelta(days=1)):
        with_token(client, text, 2026)
    assert len(entries()) == 3
    assert db.session.get(FeedToken, number).used_at is not None


def test_readings_at_one_moment_are_all_counted(app, released):
    text, _number = issue()
    db.session.remove()

    def read(_each):
        return with_token(app.test_client(), text, 2026).status_code

    with ThreadPoolExecutor(4) as pool:
        assert set(pool.map(read, range(12))) == {200}
    assert list(counted().values()) == [12]
    assert len(entries()) == 1


def test_a_reading_with_a_wrong_token_counts_for_nobody(client, released):
    with_token(client, "made-up", 2026)
    assert counted() == {}


def test_the_page_of_tokens_says_who_read_what(client, released):
    text, _number = issue()
    with_token(client, text, 2026)
    with_token(client, text)
    sign_in(client, role=Role.ADMINISTRATOR)
    page = re.sub(r"<[^>]+>|\s+", "", client.get("/feed-tokens").get_data(as_text=True))
    assert "集計表令和8年度(2026)確定の前の値1" in page
    assert "集計表令和7年度(2025)確定値（第1版）1" in page


def refused(client, token):
    answer = with_token(client, token)
    return answer.status_code, answer.headers.get("WWW-Authenticate"), answer.get_json()["title"]


def test_every_token_that_opens_nothing_is_answered_alike(client, released):
    ended, number = issue()
    with transaction():
        end_token(actor=make_actor(Role.ADMINISTRATOR), token_id=number)
    expired, _number = issue(expires_on=date(2026, 11, 20))
    with clock.standing_at(clock.now() + timedelta(days=1)):
        answers = {refused(client, one) for one in (ended, expired, "made-up", "x" * 500)}
    assert answers == {(401, "Bearer", "このトークンでは読めません。期限が切れたか、無効になっています。")}
    assert client.get(f"{INSIDE}/{YEAR}/indicators").status_code == 401


def test_guessing_tokens_is_made_slow_and_a_good_one_is_not(client, released):
    text, _number = issue()
    for _ in range(3):
        assert with_token(client, text).status_code == 200
    answers = [with_token(client, f"guess {n}").status_code for n in range(30)]
    assert answers.count(401) == 20
    assert set(answers[20:]) == {429}


def test_whoever_reads_too_often_is_told_when_to_come_again(client, released, monkeypatch):
    text, _number = issue()
    monkeypatch.setattr(figure_routes.PACE, "burst", 2.0)
    monkeypatch.setattr(figure_routes.PACE, "per_second", 0.01)
    answers = [with_token(client, text) for _ in range(3)]
    assert [one.status_code for one in answers] == [200, 200, 429]
    assert int(answers[2].headers["Retry-After"]) > 0


def test_the_token_is_shown_once_and_only_its_hash_is_kept(client, released):
    sign_in(client, role=Role.ADMINISTRATOR)
    page = client.post(
        "/feed-tokens", data={"label": "集計表", "scope": "indicators", "expires_on": "2027-03-31"}
    ).get_data(as_text=True)
    text = page.split('<code class="once">')[1].split("</code>")[0]
    assert with_token(client, text).status_code == 200
    shown = client.get("/feed-tokens").get_data(as_text=True)
    assert "集計表" in shown
    assert text not in shown
    assert text not in str(db.session.execute(select(FeedToken.__table__)).all())
    (token,) = db.session.scalars(select(FeedToken))
    client.post(f"/feed-tokens/{token.id}/end")
    assert with_token(client, text).status_code == 401


def test_a_token_lasts_a_year_at_most(client, released):
    sign_in(client, role=Role.ADMINISTRATOR)
    data = {"label": "集計表", "scope": "indicators", "expires_on": "2028-01-01"}
    answer = client.post("/feed-tokens", data=data)
    assert answer.status_code == 422
    assert "366日のあいだの日" in answer.get_data(as_text=True)


# The list of years takes nothing, so that nothing of it can be wrong.
@pytest.mark.parametrize(
    ("number", "form"),
    [(0, RIGHT), *((number, form) for number in (1, 2) for form in (RIGHT, GenerationMode.NEGATIVE))],
)
def test_the_feed_answers_as_its_own_description_says(app, released, number, form):
    schema = schemathesis.openapi.from_wsgi(f"{FEED}/openapi.json", app)
    operation = [one.ok() for one in schema.get_all_operations()][number]
    text, _number = issue()
    driven = []

    @settings(
        max_examples=EACH,
        derandomize=not REQUESTS,
        deadline=None,
        database=None,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(generation_mode=form), shows_token=st.booleans())
    def drive(case, shows_token):
        figure_routes.PACE.left.clear()
        headers = {"Authorization": f"Bearer {text}"} if shows_token else {}
        answer = case.call(headers=headers)
        driven.append(case)
        assert answer.status_code < 500
        # A token of our own is unknown to the tool, which takes it for a made-up one that was let in.
        case.validate_response(answer, excluded_checks=[ignored_auth] if shows_token else [])

    drive()
    assert len(driven) >= (EACH if number else 1)
