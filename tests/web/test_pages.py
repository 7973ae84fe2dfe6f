"""Every page: its frame, its controls, its headers, its errors, its language."""

import re
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from jinja2 import UndefinedError

from app.web.language import safe_path
from tests.web.house import PROJECT, build_house

PAGES = ["/counter", "/list", "/sign-in", "/fail/404", "/bug"]
STATIC = PROJECT / "app/static"
TEMPLATES = STATIC.parent / "templates"


def text_of(visitor: FlaskClient, path: str) -> str:
    return visitor.get(path).get_data(as_text=True)


@pytest.mark.parametrize("path", PAGES)
def test_no_page_carries_inline_style_script_or_placeholder(visitor: FlaskClient, path: str) -> None:
    page = text_of(visitor, path)
    assert not re.search(r"<style|<script(?![^>]*\bsrc=)|\son[a-z]+=|\sstyle=|placeholder=|javascript:", page)
    assert not re.search(r'(?:src|href)="(?:https?:)?//', page)


@pytest.mark.parametrize("path", ["/counter", "/list", "/sign-in"])
def test_every_control_has_a_name_for_readers_and_every_reference_leads_somewhere(
    visitor: FlaskClient, path: str
) -> None:
    page = text_of(visitor, path)
    ids = re.findall(r'\sid="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'\sfor="([^"]+)"', page)) <= set(ids)
    described = " ".join(re.findall(r'aria-(?:describedby|labelledby)="([^"]+)"', page)).split()
    assert set(described) <= set(ids)
    controls = re.findall(r'<(?:input|select|textarea)(?![^>]*type="hidden")[^>]*\sid="([^"]+)"', page)
    named = set(re.findall(r'\sfor="([^"]+)"', page)) | set(
        re.findall(r'id="([^"]+)"[^>]*aria-label="[^"]+"', page)
    )
    assert controls
    assert set(controls) <= named


@pytest.mark.parametrize("path", PAGES)
def test_the_title_names_the_page_first_and_the_language_is_declared(visitor: FlaskClient, path: str) -> None:
    page = text_of(visitor, path)
    assert re.search(r"<title>[^<｜]+｜しるべ</title>", page)
    assert '<html lang="ja">' in page


def test_sample_data_is_marked_on_signed_in_and_public_pages(visitor: FlaskClient) -> None:
    assert "見本データ" in text_of(visitor, "/list")
    assert "見本データ" in text_of(visitor, "/sign-in")


def test_a_page_with_exact_counts_prints_its_date_and_that_it_is_internal(visitor: FlaskClient) -> None:
    line = re.search(r'<p class="print-only print-line">(.*?)</p>', text_of(visitor, "/list"), re.S)
    assert line
    assert "印刷日 令和" in line[1]
    assert "内部限り" in line[1]
    assert "内部限り" not in text_of(visitor, "/counter")


def test_signing_out_is_a_post_with_a_token() -> None:
    page = text_of(build_house(csrf=True).test_client(), "/list")
    form = re.search(r'<form class="post" method="post" action="/sign-out".*?</form>', page, re.S)
    assert form
    assert re.search(r'name="csrf_token" value="[^"]{20,}"', form[0])


def test_an_undefined_variable_fails(house: Flask) -> None:
    with house.test_request_context("/list"), pytest.raises(UndefinedError):
        house.jinja_env.get_template("list.html").render()


def test_no_data_reads_not_applicable_and_an_empty_fact_reads_not_recorded(visitor: FlaskClient) -> None:
    page = text_of(visitor, "/list")
    assert '<td class="fig">該当なし</td>' in page
    assert '<a href="#rows">5,332</a>件' in page
    assert "記録なし" in page
    assert "11月20日（金）10:42" in page
    assert "令和8年度(2026)" in page
    assert "86.4%" in page


# ---- errors ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("status", [400, 403, 404, 405, 409, 413, 418, 422, 429, 500, 503])
@pytest.mark.parametrize("signed_in", [True, False])
def test_every_error_says_what_happened_and_what_to_do(status: int, signed_in: bool) -> None:
    answer = build_house(signed_in=signed_in).test_client().get(f"/fail/{status}")
    page = answer.get_data(as_text=True)
    assert answer.status_code == status
    said = re.search(r'<div class="said">(.*?)</div>', page, re.S)
    assert said
    assert len(re.findall(r"<p>[^<]+。</p>", said[1])) == 2
    assert ("サインアウト" in page) == (signed_in and status < 500)


def test_a_bug_shows_no_trace_of_the_code(visitor: FlaskClient) -> None:
    answer = visitor.get("/bug")
    assert answer.status_code == 500
    assert "こちらの不具合です" in answer.get_data(as_text=True)
    assert "secret" not in answer.get_data(as_text=True)


def test_a_broken_house_still_answers_in_words() -> None:
    app = build_house()

    @app.context_processor
    def broken() -> dict[str, object]:
        raise RuntimeError("no database")

    answer = app.test_client().get("/fail/404")
    assert answer.status_code == 404
    assert "見つかりません" in answer.get_data(as_text=True)
    assert answer.headers["Content-Security-Policy"]


@pytest.mark.parametrize(("kind", "status"), [("missing", 404), ("rule", 422), ("late", 409)])
def test_a_rule_that_no_form_took_becomes_a_page(visitor: FlaskClient, kind: str, status: int) -> None:
    answer = visitor.get(f"/rule/{kind}")
    assert answer.status_code == status
    assert ("4月は閉じています。" in answer.get_data(as_text=True)) == (kind == "rule")


def test_a_missing_record_and_a_missing_page_look_the_same(visitor: FlaskClient) -> None:
    def bare(path: str) -> str:
        return re.sub(r'\?next=[^"]*|value="[^"]*"', "", text_of(visitor, path))

    assert bare("/rule/missing") == bare("/nothing")


def test_a_refused_method_names_those_that_work(visitor: FlaskClient) -> None:
    answer = visitor.post("/list")
    assert answer.status_code == 405
    assert "GET" in answer.headers["Allow"]


# ---- headers --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "path", [*PAGES, "/static/css/base.css", "/static/nothing", "/rule/late", "/language/en", "/language/xx"]
)
def test_every_answer_is_protected(visitor: FlaskClient, path: str) -> None:
    headers = visitor.get(path).headers
    policy = headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; ")
    assert "unsafe" not in policy
    assert "data:" not in policy
    for rule in ("form-action 'self'", "frame-ancestors 'none'", "base-uri 'none'", "script-src 'self'"):
        assert rule in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]
    assert headers["Cache-Control"] == ("no-cache" if path.startswith("/static") else "no-store")


def test_a_static_file_may_be_kept_for_ever_under_its_own_hash_only(
    house: Flask, visitor: FlaskClient
) -> None:
    page = text_of(visitor, "/counter")
    sheet = re.search(r'href="(/static/css/base\.css\?v=[0-9a-f]{12})"', page)
    assert sheet
    assert "immutable" in visitor.get(sheet[1]).headers["Cache-Control"]
    assert visitor.get("/static/css/base.css?v=000000000000").headers["Cache-Control"] == "no-cache"


def test_every_style_sheet_and_script_is_loaded_by_the_page_or_named_by_a_template(
    visitor: FlaskClient,
) -> None:
    page = text_of(visitor, "/counter")
    templates = "".join(file.read_text(encoding="utf-8") for file in TEMPLATES.rglob("*.html"))
    files = [
        file.relative_to(STATIC).as_posix() for kind in ("css", "js") for file in STATIC.glob(f"{kind}/*")
    ]
    assert files
    missing = [name for name in files if f"/static/{name}?v=" not in page]
    # Pages of one kind name what only they need: a script in full, a sheet by its stem.
    assert [
        one for one in missing if f"'{one}'" not in templates and f'"{Path(one).stem}"' not in templates
    ] == []


def test_no_style_sheet_or_script_asks_for_anything_outside() -> None:
    for file in [*STATIC.glob("css/*.css"), *STATIC.glob("js/*.js")]:
        assert not re.search(r"https?://|@import|url\((?!\"#)", Path(file).read_text()), file.name


def test_every_colour_and_size_that_is_used_is_defined() -> None:
    sheets = "\n".join(file.read_text() for file in STATIC.glob("css/*.css"))
    defined = set(re.findall(r"(--[a-z0-9-]+)\s*:", sheets))
    assert set(re.findall(r"var\((--[a-z0-9-]+)", sheets)) <= defined


# ---- language -------------------------------------------------------------------------------------


def test_the_language_is_switched_and_the_reader_returns_to_the_page(visitor: FlaskClient) -> None:
    link = re.search(r'href="(/language/en\?next=[^"]+)"', text_of(visitor, "/list?year=2025"))
    assert link
    answer = visitor.get(link[1])
    assert answer.headers["Location"] == "/list?year=2025"
    assert "SameSite=Lax" in answer.headers["Set-Cookie"]
    assert "HttpOnly" in answer.headers["Set-Cookie"]
    page = text_of(visitor, "/counter")
    assert '<html lang="en">' in page
    assert "Telephone" in page
    assert ">日本語</a>" in page


@pytest.mark.parametrize(
    "target",
    [
        "//evil.example",
        "https://evil.example",
        "/\\evil.example",
        "evil",
        "",
        "/a\nSet-Cookie: x",
        "javascript:x",
        "/\t/evil",
    ],
)
def test_the_switch_never_leads_elsewhere(target: str, visitor: FlaskClient) -> None:
    assert safe_path(target) == "/"
    assert visitor.get("/language/en", query_string={"next": target}).headers["Location"] == "/"


def test_an_unknown_language_is_not_found(visitor: FlaskClient) -> None:
    assert visitor.get("/language/fr").status_code == 404


def test_a_forged_language_cookie_changes_nothing(visitor: FlaskClient) -> None:
    visitor.set_cookie("lang", "../../etc")
    assert '<html lang="ja">' in text_of(visitor, "/list")
