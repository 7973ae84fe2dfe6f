"""What the tests of the house's shape share."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

JAPANESE = r"[\u3041-\u309f\u30a1-\u30fa\u4e00-\u9fff]"


@pytest.fixture(scope="session")
def modules(project) -> dict[str, ast.Module]:
    """Return every module of app/ by its path, read as a tree."""
    files = [*sorted((project / "app").rglob("*.py")), project / "config.py", project / "wsgi.py"]
    return {
        str(file.relative_to(project)): ast.parse(file.read_text(encoding="utf-8"), filename=str(file))
        for file in files
    }


@pytest.fixture(scope="session")
def templates(project) -> dict[str, str]:
    """Return the text of every template by its name."""
    folder = project / "app" / "templates"
    return {
        str(file.relative_to(folder)): file.read_text(encoding="utf-8")
        for file in sorted(folder.rglob("*"))
        if file.is_file()
    }


def functions(tree: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Yield every function below a node."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def package_of(path: str) -> str:
    """Return the package of a module's path, app/cases/forms.py → cases."""
    parts = Path(path).parts
    return parts[1] if len(parts) > 2 else ""
