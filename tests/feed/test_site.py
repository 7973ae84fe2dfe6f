"""flask feed export-site: a site of files, read back and followed link by link."""

import csv
import io
import json
import re
from datetime import date
from pathlib import Path
from urllib.parse import unquote

import pytest
from flask.testing import FlaskClient

from app.feed.site import MARK
from app.foundation.transaction import transaction
from app.windows.loading import load_directory
from app.windows.map_leaflets import keep_leaflet
from app.windows.map_operations import publish_edition
from tests.factories import system_actor

LINK = re.compile(r'\b(?:href|src|action)="([^"]*)"')
OUTSIDE = ("https://", "http://", "tel:", "#")


@pytest.fixture
def runner(app):
    with app.app_context(), transaction():
        load_directory(actor=system_actor())
    return app.test_cli_runner()


@pytest.fixture
def site(runner, tmp_path) -> Path:
    folder = tmp_path / "site"
    result = runner.invoke(args=["feed", "export-site", str(folder)])
    assert result.exit_code == 0, result.output
    return folder


def pages(site: Path) -> list[Path]:
    return sorted(site.rglob("*.html"))


def test_every_link_of_every_page_leads_to_a_file_of_the_site(site):
    found, broken = 0, []
    for page in pages(site):
        for link in LINK.findall(page.read_text(encoding="utf-8")):
            if link.startswith(OUTSIDE):
                continue
            target = (page.parent / unquote(link.partition("#")[0])).resolve()
            found += 1
            if not target.is_file() or not target.is_relative_to(site.resolve()):
                broken.append(f"{page.relative_to(site)}: {link}")
    assert broken == []
    assert found > 500


def test_the_site_needs_nothing_from_another_host_and_no_script_but_for_the_questions(site):
    for file in [*site.rglob("*.html"), *site.rglob("*.css"), *site.rglob("*.js")]:
        text = file.read_text(encoding="utf-8")
        assert not re.search(r'(?:src|action)="(?:https?:)?//|@import|url\(["\']?(?:https?:)?//', text), file
        assert not re.search(r'<link[^>]+href="https?:', text), file
        scripts = re.findall(r"<script[^>]*>", text)
        assert bool(scripts) == (file.parent.name == "finder"), file
        assert all(" src=" in script for script in scripts), f"{file} holds a script of its own"
    for file in site.rglob("*.js"):
        assert not re.search(
            r"\b(?:eval|fetch|XMLHttpRequest|sendBeacon|localStorage|cookie|innerHTML)\b",
            file.read_text(encoding="utf-8"),
        ), file


def test_every_window_has_its_page_in_japanese_with_furigana_and_in_english(site):
    trees = {"": "ハローワーク立川", "en/": "Hello Work Tachikawa", "furigana/": "<ruby>"}
    for tree, words in trees.items():
        page = (site / f"{tree}public/windows/hello_work_tachikawa/index.html").read_text(encoding="utf-8")
        assert words in page
        assert f'lang="{"en" if tree == "en/" else "ja"}"' in page
        keys = {one.name for one in (site / f"{tree}public/windows").iterdir() if one.is_dir()}
        assert {"economy_guidance", "labour_advice_tama", "labour_advice_kokubunji"} <= keys


def test_the_command_writes_english_pages_with_the_client_that_it_really_has(
    runner, tmp_path, app, monkeypatch
):
    """The client of the tests gives each request a context of its own; a command's does not."""
    monkeypatch.setattr(app, "test_client_class", FlaskClient)
    runner.invoke(args=["feed", "export-site", str(tmp_path / "site")])
    page = (tmp_path / "site/en/public/windows/hello_work_tachikawa/index.html").read_text(encoding="utf-8")
    assert '<html lang="en">' in page
    assert "Hello Work Tachikawa" in page


def test_the_site_leads_to_the_five_questions_and_has_the_usual_situations_where_no_script_runs(site):
    start = (site / "index.html").read_text(encoding="utf-8")
    assert 'href="public/finder/index.html"' in start
    assert 'href="public/situations/index.html"' in start
    page = (site / "public/finder/index.html").read_text(encoding="utf-8")
    questions, usual = page.split('<div id="usual">')
    assert re.search(r'<div id="finder" data-guide="[^"]+" hidden>', questions)
    assert "60歳以上で、短い時間だけ働きたい" in usual
    assert "国分寺市シルバー人材センター" in usual
    assert "<form" not in usual


def test_no_form_of_the_site_sends_anything(site):
    forms = [form for page in pages(site) for form in re.findall(r"<form[^>]*>", page.read_text("utf-8"))]
    assert len(forms) == 3
    assert all('method="dialog"' in form and "action" not in form for form in forms)


def test_the_open_data_of_the_site_can_be_read(site):
    data = site / "open-data/v1"
    rows = list(csv.DictReader(io.StringIO((data / "windows.csv").read_text(encoding="utf-8-sig"))))
    services = json.loads((data / "hsds/services.json").read_text(encoding="utf-8"))["contents"]
    assert {"economy_guidance", "centre"} <= {row["ID"] for row in rows}
    assert "labour_advice_kokubunji" not in {row["ID"] for row in rows}, "it ended in 2022"
    assert {row["URL"] for row in rows} == {""}, "an address that nobody named was made up"
    for one in services:
        file = data / f"hsds/services/{one['id']}.json"
        assert json.loads(file.read_text(encoding="utf-8"))["name"] == one["name"]


def test_with_a_base_url_files_name_their_address(runner, tmp_path):
    folder = tmp_path / "site"
    runner.invoke(args=["feed", "export-site", str(folder), "--base-url", "https://city.example/shirube/"])

    page = (folder / "en/public/windows/index.html").read_text(encoding="utf-8")
    text = (folder / "open-data/v1/windows.csv").read_text(encoding="utf-8-sig")
    assert '<link rel="canonical" href="https://city.example/shirube/en/public/windows/">' in page
    assert "https://city.example/shirube/public/windows/centre/" in text
    assert (
        "<loc>https://city.example/shirube/public/windows/centre/</loc>"
        in (folder / "sitemap.xml").read_text()
    )
    assert "localhost" not in text


def test_a_second_run_replaces_the_site_and_drops_what_is_gone(runner, site):
    (site / "left-over.html").write_text("old")
    result = runner.invoke(args=["feed", "export-site", str(site)])
    assert result.exit_code == 0
    assert not (site / "left-over.html").exists()
    assert (site / MARK).is_file()
    assert [one.name for one in site.parent.iterdir()] == ["site"], "something was left beside the site"


def test_a_folder_that_holds_something_else_is_left_alone(runner, tmp_path):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine/letter.txt").write_text("dear")

    result = runner.invoke(args=["feed", "export-site", str(tmp_path / "mine")])

    assert result.exit_code == 1
    assert "空のフォルダを指定してください" in result.stderr
    assert [one.name for one in (tmp_path / "mine").iterdir()] == ["letter.txt"]


def test_a_page_that_cannot_be_made_leaves_the_earlier_site_as_it_was(runner, site, monkeypatch, app):
    before = {file: file.read_bytes() for file in site.rglob("*") if file.is_file()}

    def broken(**values):
        raise RuntimeError("no page today")

    broken.permission = None
    monkeypatch.setitem(app.view_functions, "feed.privacy", broken)
    monkeypatch.setitem(app.config, "PROPAGATE_EXCEPTIONS", False)
    result = runner.invoke(args=["feed", "export-site", str(site)])

    assert result.exit_code == 1
    assert "/public/privacy" in result.stderr
    assert {file: file.read_bytes() for file in site.rglob("*") if file.is_file()} == before
    assert [one.name for one in site.parent.iterdir()] == ["site"]


def test_the_site_has_the_leaflet_of_the_edition(runner, tmp_path):
    actor = system_actor()
    with runner.app.app_context(), transaction():
        publish_edition(actor=actor, published_on=date(2026, 4, 1), changes="はじめての号です。")
        keep_leaflet(actor=actor, number=1, url="")
    folder = tmp_path / "site"

    runner.invoke(args=["feed", "export-site", str(folder)])

    assert (folder / "open-data/v1/map/1/leaflet.pdf").read_bytes().startswith(b"%PDF-")
    assert "open-data/v1/map/1/leaflet.pdf" in (folder / "public/map/index.html").read_text(encoding="utf-8")
    assert "open-data/v1/map/1/leaflet.pdf" in (folder / "en/public/map/index.html").read_text(
        encoding="utf-8"
    )
