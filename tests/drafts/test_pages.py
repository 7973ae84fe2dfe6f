"""What the pages of drafts answer."""

import pytest

from app.drafts import routes
from app.drafts.models import Draft
from app.foundation.db import db
from tests import factories

KEY = "0123456789abcdef0123456789abcdef"
JSON = {"Accept": "application/json"}


@pytest.fixture
def account(client, db_session):
    account = factories.sign_in(client)
    routes.pace.forget()
    yield account
    routes.pace.forget()


def keep(client, account, *, key=KEY, revision=1, **said):
    sent = {
        "draft-purpose": "counter.record",
        "draft-page": "/counter",
        "draft-account": account.id,
        "draft-tab": "tab",
        "draft-revision": revision,
        "draft-known": 0,
        "submission_key": key,
        "memo": "書きかけ",
    }
    return client.post(
        "/drafts", data=sent | {n.replace("__", "-"): v for n, v in said.items()}, headers=JSON
    )


def count() -> int:
    return db.session.query(Draft).count()


def test_a_draft_is_kept_and_the_answer_says_when(client, account):
    answer = keep(client, account)
    assert answer.status_code == 200
    assert answer.json["said"].startswith("下書きを保存しました ")
    page = client.get("/drafts").get_data(as_text=True)
    assert "相談の記録" in page
    assert "書きかけ" in page


def test_a_draft_opens_the_form_filled_with_its_own_key(client, account):
    keep(client, account, minutes="45", topics=["job_search"])
    draft_id = db.session.query(Draft.id).scalar()
    answer = client.get(f"/drafts/{draft_id}")
    assert answer.headers["Location"] == f"/counter?draft={draft_id}"
    page = client.get(answer.headers["Location"]).get_data(as_text=True)
    assert ">書きかけ</textarea>" in page
    assert f'name="submission_key" value="{KEY}"' in page
    assert 'name="draft_revision" value="1"' in page
    assert "まだ保存していません。つぎを直してください。" not in page


@pytest.mark.parametrize(
    "wrong",
    [
        {"key": "short"},
        {"key": ""},
        {"revision": "x"},
        {"revision": 2**31},
        {"draft__known": "-1"},
        {"draft__purpose": "nothing.here"},
        {"draft__page": "/no-such-page"},
        {"draft__page": "/sign-in"},
        {"draft__page": "//example.org/counter"},
        {"draft__page": "/static/css/base.css"},
    ],
)
def test_what_no_page_of_ours_sends_is_not_kept(client, account, wrong):
    answer = keep(client, account, **wrong)
    assert answer.status_code == 404
    assert "said" in answer.json
    assert count() == 0


def test_more_than_32_kilobytes_is_said_and_not_kept(client, account):
    answer = keep(client, account, memo="あ" * 11_000)
    assert answer.status_code == 413
    assert "内容はこの画面に残っています" in answer.json["said"]
    assert count() == 0


def test_a_page_run_wild_is_slowed_down(client, account):
    statuses = [keep(client, account, revision=number).status_code for number in range(1, 64)]
    assert statuses == [200] * 60 + [429] * 3


def test_a_session_that_ran_out_is_told_in_words_a_script_can_show(client, account):
    client.delete_cookie("shirube")
    answer = keep(client, account)
    assert answer.status_code == 401
    assert "内容はこの画面に残っています" in answer.json["said"]
    assert answer.json["url"] == "/sign-in"
    with client.session_transaction() as cookie:
        assert "_flashes" not in cookie


def test_keeping_a_draft_needs_the_token_of_the_session(client, account, csrf_protection):
    answer = keep(client, account)
    assert answer.status_code == 400
    assert count() == 0
    token = client.get(f"/drafts/token?draft-account={account.id}", headers=JSON).json["token"]
    headers = JSON | {"X-CSRFToken": token}
    sent = {
        "draft-purpose": "counter.record",
        "draft-page": "/counter",
        "draft-account": account.id,
        "draft-revision": 1,
        "draft-known": 0,
        "submission_key": KEY,
        "memo": "m",
    }
    assert client.post("/drafts", data=sent, headers=headers).status_code == 200


def test_no_token_is_given_to_the_page_of_another_person(client, account):
    answer = client.get(f"/drafts/token?draft-account={account.id + 1}", headers=JSON)
    assert answer.status_code == 422
    assert "token" not in answer.json
    assert keep(client, account, draft__account=account.id + 1).status_code == 422
    assert count() == 0


def test_a_forged_form_from_another_site_is_not_kept_as_a_draft(client, account, csrf_protection):
    for vouched in ({}, {"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"}):
        answer = client.post("/counter", data={"submission_key": KEY, "memo": "m"}, headers=vouched)
        assert answer.status_code == 400
    assert count() == 0


def test_a_draft_that_is_gone_opens_an_empty_page_and_says_so(client, account):
    page = client.get("/counter?draft=987654").get_data(as_text=True)
    assert "この下書きはもうありません" in page
    for odd in ("x", "-1", "0", str(2**40)):
        assert client.get(f"/counter?draft={odd}").status_code == 200


def test_the_draft_of_one_form_does_not_fill_another(client, account):
    draft = factories.make_draft(account, memo="相談のメモ")
    db.session.commit()
    page = client.get(f"/account/password?draft={draft.id}").get_data(as_text=True)
    assert "相談のメモ" not in page


def test_a_form_that_claims_no_key_ends_its_draft_when_it_is_saved(client, account):
    case = factories.make_case(account.office)
    held = factories.make_consultation(case, counsellor_id=account.id)
    db.session.commit()
    address = f"/consultations/{held.id}/edit"
    from tests.attacks.page_forms import FORM, encoded, forms_of, replaced

    shown = client.get(address)
    assert shown.status_code == 200, shown
    form = max(forms_of(shown.get_data(as_text=True)), key=lambda one: len(one.controls))
    pairs = replaced(form.pairs(), "memo", "直したメモ")
    key = dict(pairs)["submission_key"]
    kept = keep(client, account, key=key, draft__purpose="casefile.edit_consultation", draft__page=address)
    assert kept.status_code == 200
    assert "書きかけがあります" in client.get(address).get_data(as_text=True)
    answer = client.post(address, data=encoded([*pairs, ("draft_revision", "1")]), content_type=FORM)
    assert answer.status_code == 302
    assert "下書きはありません" in client.get("/drafts").get_data(as_text=True)
    assert db.session.query(Draft.sealed).scalar() == ""
    assert keep(client, account, key=key, revision=2).status_code == 410
    assert "書きかけがあります" not in client.get(address).get_data(as_text=True)


def test_a_draft_of_one_record_is_not_offered_on_another(client, account):
    case = factories.make_case(account.office)
    first, second = factories.make_consultation(case), factories.make_consultation(case)
    page = f"/consultations/{first.id}/edit"
    factories.make_draft(account, purpose="casefile.edit_consultation", page=page)
    db.session.commit()
    assert "書きかけがあります" in client.get(page).get_data(as_text=True)
    assert "書きかけがあります" not in client.get(f"/consultations/{second.id}/edit").get_data(as_text=True)


def test_signing_out_does_not_keep_what_comes_later(client, account):
    with client.session_transaction() as cookie:
        before = dict(cookie)
    client.post("/sign-out")
    with client.session_transaction() as cookie:
        cookie.clear()
        cookie.update(before)  # a tab that still sends the former cookie
    answer = client.post("/counter", data={"submission_key": KEY, "memo": "m"})
    assert answer.status_code == 302
    assert count() == 0


def test_a_draft_that_is_discarded_never_leads_to_the_form_of_another_person(client, account):
    case = factories.make_case(account.office)
    db.session.commit()
    page = f"/counter/{case.number}"
    keep(client, account, draft__page=page, case_number=case.number)
    offered = client.get("/counter").text
    assert f"相談番号 {case.number}" in offered
    assert 'name="back" value="/counter"' in offered
    draft_id = db.session.query(Draft.id).scalar()
    answer = client.post(f"/drafts/{draft_id}/discard", data={"back": "/counter"})
    assert answer.headers["Location"] == "/counter"


def test_discarding_never_leads_to_another_site(client, account):
    keep(client, account)
    draft_id = db.session.query(Draft.id).scalar()
    answer = client.post(f"/drafts/{draft_id}/discard", data={"back": "//elsewhere.example/"})
    assert answer.headers["Location"] == "/"


def test_many_drafts_do_not_push_the_form_away(client, account):
    for number in range(4):
        keep(client, account, key=f"{number}" * 32, memo=f"書きかけ{number}")
    page = client.get("/counter").text
    assert page.count("書きかけがあります") == 2
    assert "ほかに 2件" in page
