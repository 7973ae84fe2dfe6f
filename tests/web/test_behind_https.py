"""Forms behind HTTPS: browsers obey our own no-referrer, so none may be asked for."""

import re

import pytest

ORIGIN = "https://shirube.example"


@pytest.mark.usefixtures("csrf_protection")
def test_a_form_sent_over_https_without_a_referrer_is_taken(client):
    page = client.get("/sign-in", base_url=ORIGIN).get_data(as_text=True)
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)[1]
    sent = {"csrf_token": token, "login_name": "nobody", "password": "wrong"}

    answer = client.post("/sign-in", base_url=ORIGIN, data=sent)

    assert answer.status_code == 422
    assert "利用者名かパスワードが違います。" in answer.get_data(as_text=True)


@pytest.mark.usefixtures("csrf_protection")
def test_a_form_sent_over_https_without_its_token_is_refused(client):
    client.get("/sign-in", base_url=ORIGIN)

    assert client.post("/sign-in", base_url=ORIGIN, data={"login_name": "nobody"}).status_code == 400
