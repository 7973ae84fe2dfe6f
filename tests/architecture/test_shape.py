"""Sizes and names of the code: what keeps a module readable."""

import ast
import re

from tests.architecture.conftest import JAPANESE, functions

LONGEST_MODULE = 300
LONGEST_FUNCTION = 40
LONGEST_ROUTE = 25
LONGEST_TEST_FILE = 500
NAMES_OF_NOTHING = {"utils", "util", "helpers", "helper", "common", "manager", "managers", "base", "misc"}
TRANSLATED = {"_", "_l", "N_", "gettext", "lazy_gettext", "lazy_pgettext", "ngettext", "pgettext"}


def lines_of(node: ast.AST) -> int:
    return (node.end_lineno or 0) - node.lineno + 1  # type: ignore[attr-defined]


def lines_of_body(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    body = function.body[1:] if ast.get_docstring(function) else function.body
    return (body[-1].end_lineno or 0) - body[0].lineno + 1 if body else 0


def is_route(function: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    calls = [one.func if isinstance(one, ast.Call) else one for one in function.decorator_list]
    return any(
        isinstance(one, ast.Attribute) and one.attr in {"get", "post", "route", "put", "delete"}
        for one in calls
    )


def test_modules_have_at_most_300_lines(project):
    sizes = {
        str(file.relative_to(project)): len(file.read_text(encoding="utf-8").splitlines())
        for file in (project / "app").rglob("*.py")
    }
    assert {name: size for name, size in sizes.items() if size > LONGEST_MODULE} == {}


def test_test_files_have_at_most_500_lines(project):
    sizes = {
        str(file.relative_to(project)): len(file.read_text(encoding="utf-8").splitlines())
        for file in (project / "tests").rglob("*.py")
    }
    assert {name: size for name, size in sizes.items() if size > LONGEST_TEST_FILE} == {}


def test_functions_have_at_most_40_lines(modules):
    """Counted without the docstring: explaining a function must not make it too long."""
    sizes = {
        f"{path}:{one.name}": lines_of(one) - (lines_of(one.body[0]) if ast.get_docstring(one) else 0)
        for path, tree in modules.items()
        for one in functions(tree)
    }
    assert {name: size for name, size in sizes.items() if size > LONGEST_FUNCTION} == {}


def test_route_bodies_have_at_most_25_lines(modules):
    found = {
        f"{path}:{one.name}": lines_of_body(one)
        for path, tree in modules.items()
        for one in functions(tree)
        if is_route(one)
    }
    assert found
    assert {name: size for name, size in found.items() if size > LONGEST_ROUTE} == {}


def test_no_module_is_named_after_nothing(modules):
    parts = {part for path in modules for part in re.split(r"[/.]", path)}
    assert parts & NAMES_OF_NOTHING == set()


def test_packages_begin_with_a_docstring_and_hold_nothing_else(modules):
    for path, tree in modules.items():
        if path.endswith("__init__.py") and path != "app/__init__.py" and path.count("/") == 2:
            assert ast.get_docstring(tree), path
            assert len(tree.body) == 1, f"{path} holds more than its docstring"
            assert 3 <= lines_of(tree.body[0]) <= 6, f"{path}: a docstring of 3 to 6 lines"


def untranslated(tree: ast.Module) -> list[str]:
    """Return Japanese texts that no call marks for the catalogue; docstrings are for us, not for readers."""
    marked, found = set(), []
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
            if name in TRANSLATED:
                marked.update(id(one) for argument in node.args for one in ast.walk(argument))
        elif isinstance(node, ast.ClassDef) and "LabelledEnum" in [
            getattr(one, "id", "") for one in node.bases
        ]:
            marked.update(id(one) for one in ast.walk(node))  # carries both languages itself
        elif isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef) and ast.get_docstring(node):
            marked.add(id(node.body[0].value))  # type: ignore[attr-defined]
    for node in ast.walk(tree):
        text = node.value if isinstance(node, ast.Constant) else None
        if isinstance(text, str) and id(node) not in marked and re.search(JAPANESE, text):
            found.append(text)
    return found


def test_no_japanese_in_routes_and_forms_goes_past_the_catalogue(modules):
    rooms = {path: tree for path, tree in modules.items() if path.endswith(("/routes.py", "/forms.py"))}
    assert rooms
    assert {path: found for path, tree in rooms.items() if (found := untranslated(tree))} == {}


def test_no_sentence_of_an_error_goes_past_the_catalogue(modules):
    """``raise DomainError("…")`` without N_ would be Japanese on an English page."""
    bare = {}
    for path, tree in modules.items():
        for node in ast.walk(tree):
            if isinstance(node, ast.Raise) and node.exc is not None and not path.startswith("app/cli"):
                found = untranslated(ast.Module(body=[ast.Expr(node.exc)], type_ignores=[]))
                if found:
                    bare[f"{path}:{node.lineno}"] = found
    assert bare == {}


def test_operations_that_pages_call_take_their_actor_by_name(modules):
    """An actor is never found in the air or mixed up: who calls says who acts."""
    called = {
        node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        for path, tree in modules.items()
        if path.endswith(("/routes.py", "/signing.py")) or path.startswith("app/cli/")
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
    }
    wrong = [
        f"{path}:{one.name}"
        for path, tree in modules.items()
        if re.search(r"/(\w+_)?operations\.py$", path)
        for one in functions(tree)
        if one.name in called and "actor" in {argument.arg for argument in one.args.args}
    ]
    assert wrong == []


EXCEPTION = re.compile(
    r"# (?:noqa|type: ignore)(?P<codes>\[[\w-]+(?:, ?[\w-]+)*\]|: [A-Z]+\d+(?:, [A-Z]+\d+)*)?(?P<more>.*)"
)


def test_an_exception_to_the_checkers_names_its_code_and_its_reason(project, modules):
    bare = [
        f"{path}:{number}"
        for path in modules
        for number, line in enumerate((project / path).read_text(encoding="utf-8").splitlines(), start=1)
        for found in EXCEPTION.finditer(line)
        if not found["codes"] or not re.search(r"\w{2}", found["more"])
    ]
    assert bare == []


def test_no_operation_commits(modules):
    commits = [
        f"{path}:{node.lineno}"
        for path, tree in modules.items()
        if path not in ("app/foundation/transaction.py", "app/foundation/engines.py")
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and node.attr == "commit"
    ]
    assert commits == []
