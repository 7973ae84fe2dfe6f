"""Addresses read well, and every page can be reached."""

import re

from werkzeug.routing import IntegerConverter

from app.access.navigation import MENU
from app.access.permissions import Role, allows
from tests.architecture.endpoints import roles_of

# Pages that no page of ours links to, and why.
NOT_LINKED = {
    "healthz": "asked by whoever watches the server",
    "static": "files of pages",
    "figures_feed.indicators": "named by the fiscal years of the feed, for machines",
    "figures_feed.internal": "for programs that hold a token: the description of the feed names it",
    "open_data.organization": "named by its list, for machines",
    "open_data.service": "named by its list, for machines",
    "open_data.service_at_location": "named by its list, for machines",
}
SEGMENT = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*(\.[a-z]+)?")
TYPED = re.compile(r"<[a-z]+(\([^)]*\))?:[a-z_]+>")


def pages(app) -> set[str]:
    return {rule.endpoint for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ())}


def test_addresses_are_kebab_case_with_typed_converters(app):
    wrong = [
        rule.rule
        for rule in app.url_map.iter_rules()
        if rule.endpoint != "static"
        for segment in rule.rule.strip("/").split("/")
        if segment and not SEGMENT.fullmatch(re.sub(TYPED, "x", segment))
    ]
    assert wrong == []


def test_addresses_never_carry_a_card(app):
    names = {name for rule in app.url_map.iter_rules() for name in rule.arguments}
    assert names & {"card", "case_code", "card_code"} == set()


def test_the_menu_names_only_pages_that_are_there(app):
    assert {entry.endpoint for entry in MENU} - pages(app) == set()


def test_whoever_sees_an_entry_of_the_menu_may_open_it(app):
    for entry in MENU:
        seen_by = {role for role in Role if allows(role, entry.permission)}
        assert seen_by <= roles_of(entry.endpoint), entry.endpoint


def test_every_page_is_in_the_menu_or_linked_from_another(app, project):
    sources = [*(project / "app" / "templates").rglob("*.html"), *(project / "app").rglob("*.py")]
    linked = {entry.endpoint for entry in MENU}
    for file in sources:
        text = file.read_text(encoding="utf-8")
        package = file.parent.name
        for name in re.findall(r"""url_for\(\s*["']([\w.]+)["']""", text):
            linked.add(f"{package}{name}" if name.startswith(".") else name)
        linked.update(re.findall(r"""["']([a-z]+\.[a-z_]+)["']""", text))
    assert pages(app) - linked - set(NOT_LINKED) == set()


def test_the_exceptions_are_still_needed(app):
    assert set(NOT_LINKED) <= pages(app)


def test_numbers_in_addresses_are_bounded_so_that_none_breaks_the_database(app):
    unbounded = [
        rule.rule
        for rule in app.url_map.iter_rules()
        for converter in rule._converters.values()
        if isinstance(converter, IntegerConverter) and converter.max is None
    ]
    assert unbounded == []
