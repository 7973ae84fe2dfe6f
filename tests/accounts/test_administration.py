"""The administrator's pages: making, changing, stopping accounts."""

import re

import pytest
from sqlalchemy import select

from app.access.permissions import Role
from app.accounts.models import Account
from app.windows.vocabulary import OfficeKind
from tests import factories


@pytest.fixture
def administrator(client, db_session) -> Account:
    return factories.sign_in(client, role=Role.ADMINISTRATOR)


@pytest.fixture
def office(db_session):
    return factories.make_office(name="生活福祉課")


def form_of(account: Account | None = None, **changes) -> dict[str, object]:
    kept = {
        "login_name": account.login_name if account else "soudan9",
        "label": account.label if account else "相談員9",
        "role": (account.role if account else Role.COUNSELLOR).value,
        "office": (account.office_id or "") if account else "",
    }
    if account is not None:
        kept |= {"version": account.version, "is_active": "1"}
    return {name: value for name, value in (kept | changes).items() if value is not None}


def post_edit(client, account, **changes):
    return client.post(f"/accounts/{account.id}", data=form_of(account, **changes))


def test_a_new_account_signs_in_once_with_the_password_shown_and_then_chooses_its_own(
    client, app, administrator, office
):
    page = client.post("/accounts/new", data=form_of(office=office.id)).get_data(as_text=True)
    one_time = re.search(r"<dd>([a-z2-9]{4}(?:-[a-z2-9]{4}){3})</dd>", page).group(1)
    newcomer = app.test_client()
    assert newcomer.post("/sign-in", data={"login_name": "soudan9", "password": one_time}).status_code == 302
    assert newcomer.get("/").location == "/account/password"
    assert one_time not in client.get("/accounts").get_data(as_text=True)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"login_name": "ab"}, "3文字以上"),
        ({"login_name": "相談員"}, "英小文字・数字"),
        ({"role": "counsellor", "office": ""}, "この役割には所属が必要です。"),
        ({"role": "emperor"}, "選択肢にない値"),
        ({"office": "9999"}, "選択肢にない値"),
        ({"label": ""}, "呼び名を入力してください。"),
        ({"label": "あ" * 61}, "60字まで"),
    ],
)
def test_what_cannot_be_an_account_is_said_at_its_field(client, administrator, office, changes, sentence):
    answer = client.post("/accounts/new", data=form_of(office=office.id) | changes)
    assert answer.status_code == 422
    assert sentence in answer.get_data(as_text=True)


def test_a_taken_login_name_is_refused_however_it_is_typed(client, administrator, office):
    factories.make_account(office=office, login_name="soudan9")
    answer = client.post("/accounts/new", data=form_of(office=office.id, login_name="ＳＯＵＤＡＮ９"))
    assert "すでに使われています" in answer.get_data(as_text=True)


def test_a_partner_stands_in_an_agency_and_not_in_the_city_hall(client, administrator, office):
    agency = factories.make_office(kind=OfficeKind.AGENCY)
    refused = client.post("/accounts/new", data=form_of(role="partner", office=office.id))
    assert "関係機関の所属を選んでください。" in refused.get_data(as_text=True)
    assert client.post("/accounts/new", data=form_of(role="partner", office=agency.id)).status_code == 200


@pytest.mark.parametrize("change", [{"role": "supervisor"}, {"is_active": None}, {"office": "other"}])
def test_a_change_of_role_office_or_use_ends_the_sessions(client, app, administrator, office, change):
    other = factories.make_office()
    account = factories.make_account(office=office)
    holder = app.test_client()
    factories.sign_in(holder, account)
    assert holder.get("/account/password").status_code == 200
    change = {name: other.id if value == "other" else value for name, value in change.items()}
    assert post_edit(client, account, **change).status_code == 302
    assert holder.get("/account/password").status_code == 302


def test_a_new_name_ends_no_session(client, app, administrator, office):
    account = factories.make_account(office=office)
    holder = app.test_client()
    factories.sign_in(holder, account)
    assert post_edit(client, account, label="係の人").status_code == 302
    assert holder.get("/account/password").status_code == 200


def test_the_last_administrator_cannot_be_stopped_or_given_another_role(client, administrator, office):
    for change in ({"is_active": None}, {"role": "counsellor", "office": office.id}):
        answer = post_edit(client, administrator, **change)
        assert answer.status_code == 422
        assert "最後の管理者です。" in answer.get_data(as_text=True)


def test_one_of_two_administrators_can_go(client, administrator):
    second = factories.make_account(Role.ADMINISTRATOR)
    assert post_edit(client, second, is_active=None).status_code == 302


def test_who_was_slower_is_told_and_changes_nothing(client, administrator, office, db_session):
    account = factories.make_account(office=office)
    shown = form_of(account)
    client.post(f"/accounts/{account.id}", data=shown | {"label": "先の人"})
    answer = client.post(f"/accounts/{account.id}", data=shown | {"label": "後の人"})
    assert answer.status_code == 422
    assert "ほかの人がこの記録を先に保存しました" in answer.get_data(as_text=True)
    assert db_session.scalar(select(Account.label).where(Account.id == account.id)) == "先の人"


def test_a_reset_password_is_shown_once_and_signs_the_holder_out(client, app, administrator, office):
    account = factories.make_account(office=office)
    holder = app.test_client()
    factories.sign_in(holder, account)
    page = client.post(f"/accounts/{account.id}/password").get_data(as_text=True)
    one_time = re.search(r"<dd>([a-z2-9-]{19})</dd>", page).group(1)
    assert holder.get("/account/password").status_code == 302
    answer = holder.post("/sign-in", data={"login_name": account.login_name, "password": one_time})
    assert answer.status_code == 302


def test_sessions_are_ended_on_request(client, app, administrator, office):
    account = factories.make_account(office=office)
    holder = app.test_client()
    factories.sign_in(holder, account)
    client.post(f"/accounts/{account.id}/sessions/end")
    assert "サインアウトさせました（1件）。" in client.get("/accounts").get_data(as_text=True)
    assert holder.get("/account/password").status_code == 302


@pytest.mark.parametrize("path", ["/accounts/999", "/accounts/999/password", "/accounts/999/sessions/end"])
def test_an_account_that_is_not_there_is_not_found(client, administrator, path):
    answer = client.get(path) if path == "/accounts/999" else client.post(path)
    assert answer.status_code == 404


def test_the_list_shows_names_roles_and_offices(client, administrator, office):
    factories.make_account(office=office, login_name="soudan9")
    page = client.get("/accounts").get_data(as_text=True)
    assert "soudan9" in page
    assert "生活福祉課" in page
