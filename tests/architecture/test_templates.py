"""Templates: each is used, holds no style, script or untranslated text, and calls only what is there."""

import re
from collections.abc import Iterator

import pytest
from jinja2 import StrictUndefined, UndefinedError, nodes

from tests.architecture.conftest import JAPANESE

TRANSLATED = {"_", "gettext", "ngettext"}
INLINE = {
    "an inline style": re.compile(r"<style\b|\sstyle\s*=", re.IGNORECASE),
    "an inline script": re.compile(
        r"<script\b(?![^>]*\bsrc=)|\son[a-z]+\s*=\s*[\"']|javascript:", re.IGNORECASE
    ),
    "a placeholder": re.compile(r"\splaceholder\s*=", re.IGNORECASE),
    "an outside address": re.compile(r"(?:src|href|action)\s*=\s*[\"'](?:https?:)?//", re.IGNORECASE),
}

CHANGES_NOTHING = {"feed/finder.html"}
"""Forms that are posted only so that no answer stands in an address: app/feed/routes.py says why they may."""


def trees(app, templates) -> Iterator[tuple[str, nodes.Template]]:
    for name, source in templates.items():
        if name.endswith(".html"):
            yield name, app.jinja_env.parse(source, name=name)


def referenced(tree: nodes.Template) -> Iterator[str]:
    """Yield the templates that a template extends, imports or includes."""
    kinds = (nodes.Extends, nodes.Import, nodes.FromImport, nodes.Include)
    for node in tree.find_all(kinds):
        for constant in node.template.find_all(nodes.Const) if node.template else ():
            yield str(constant.value)
        if isinstance(node.template, nodes.Const):
            yield str(node.template.value)


def macros_of(tree: nodes.Template) -> set[str]:
    """Return what a template offers to those that import it."""
    assigned = {
        target.name
        for node in tree.find_all(nodes.Assign)
        for target in node.find_all(nodes.Name)
        if target.ctx == "store"
    }
    return {macro.name for macro in tree.find_all(nodes.Macro)} | assigned


def comments_removed(source: str) -> str:
    return re.sub(r"\{#.*?#\}", "", source, flags=re.DOTALL)


def test_an_undefined_variable_fails_instead_of_printing_nothing(app):
    assert app.jinja_env.undefined is StrictUndefined
    with app.test_request_context(), pytest.raises(UndefinedError):
        app.jinja_env.from_string("{{ nothing_of_this_name }}").render()


def test_every_template_is_used(app, project, templates):
    named = {name for _name, tree in trees(app, templates) for name in referenced(tree)}
    for file in (project / "app").rglob("*.py"):
        named.update(
            re.findall(r"""["']([\w/-]+\.(?:html|txt|xml|typ|svg))["']""", file.read_text(encoding="utf-8"))
        )
    assert set(templates) - named == set()


def test_everything_that_a_template_names_is_there(app, templates):
    missing = [
        f"{name} → {wanted}"
        for name, tree in trees(app, templates)
        for wanted in referenced(tree)
        if wanted not in templates
    ]
    assert missing == []


def test_every_macro_that_a_template_calls_is_there(app, templates):
    offered = {name: macros_of(tree) for name, tree in trees(app, templates)}
    missing = []
    for name, tree in trees(app, templates):
        aliases = {
            node.target: str(node.template.value)
            for node in tree.find_all(nodes.Import)
            if isinstance(node.template, nodes.Const)
        }
        for node in tree.find_all(nodes.FromImport):
            wanted = [one if isinstance(one, str) else one[0] for one in node.names]
            missing += [f"{name}: {one}" for one in wanted if one not in offered[str(node.template.value)]]
        for node in tree.find_all(nodes.Getattr):
            alias = node.node.name if isinstance(node.node, nodes.Name) else ""
            if alias in aliases and node.attr not in offered[aliases[alias]]:
                missing.append(f"{name}: {alias}.{node.attr}")
    assert missing == []


def test_every_filter_and_test_is_there(app, templates):
    missing = [
        f"{name}: {node.name}"
        for name, tree in trees(app, templates)
        for node in tree.find_all((nodes.Filter, nodes.Test))
        if node.name not in (app.jinja_env.filters if isinstance(node, nodes.Filter) else app.jinja_env.tests)
    ]
    assert missing == []


def test_every_endpoint_that_a_template_links_to_is_there(app, templates):
    served = {rule.endpoint for rule in app.url_map.iter_rules()}
    missing = []
    for name, tree in trees(app, templates):
        package = name.partition("/")[0]
        for call in tree.find_all(nodes.Call):
            if isinstance(call.node, nodes.Name) and call.node.name == "url_for" and call.args:
                endpoint = call.args[0].value if isinstance(call.args[0], nodes.Const) else None
                endpoint = f"{package}{endpoint}" if endpoint and endpoint.startswith(".") else endpoint
                if endpoint is not None and endpoint not in served:
                    missing.append(f"{name}: {endpoint}")
    assert missing == []


@pytest.mark.parametrize("what", INLINE)
def test_no_template_holds_what_the_policy_forbids(templates, what):
    found = [name for name, source in templates.items() if INLINE[what].search(comments_removed(source))]
    assert found == [], what


def test_every_picture_style_and_script_is_asked_for_by_its_content(templates):
    plain = [
        name for name, source in templates.items() if re.search(r"""(src|href)\s*=\s*["']/static""", source)
    ]
    assert plain == []


def test_no_japanese_stands_outside_the_catalogue(app, templates):
    found = []
    for name, tree in trees(app, templates):
        marked: set[int] = set()
        for call in tree.find_all(nodes.Call):
            if isinstance(call.node, nodes.Name) and call.node.name in TRANSLATED:
                marked.update(
                    id(one) for argument in call.args for one in [argument, *argument.find_all(nodes.Const)]
                )
        texts = [(node.lineno, node.data, node) for node in tree.find_all(nodes.TemplateData)]
        texts += [
            (node.lineno, node.value, node)
            for node in tree.find_all(nodes.Const)
            if isinstance(node.value, str) and id(node) not in marked
        ]
        found += [
            f"{name}:{line}: {text.strip()[:30]}" for line, text, _node in texts if re.search(JAPANESE, text)
        ]
    assert found == []


def test_every_form_that_changes_something_carries_a_csrf_token(templates):
    sources = {name: comments_removed(source) for name, source in templates.items()}
    macro = re.compile(r"{%-?\s*macro (\w+)\(.*?{%-?\s*endmacro", re.DOTALL)
    carrying = {
        found.group(1)
        for source in sources.values()
        for found in macro.finditer(source)
        if "csrf_token" in found.group(0) or "hidden(form)" in found.group(0)
    }
    carries = re.compile(r"csrf_token|\b(" + "|".join(sorted(carrying)) + r")\(")
    bare = [
        f"{name}: {form[:60]}"
        for name, source in sources.items()
        for form in re.findall(r"<form\b[^>]*method=\"post\".*?</form>", source, re.DOTALL)
        if not carries.search(form) and name not in CHANGES_NOTHING
    ]
    assert bare == []
