"""Nothing that leaves the house gets a figure but through the gate: imports of all that faces outwards."""

import ast
from pathlib import Path

import pytest

# Rooms from which a figure of people could be had, small ones included.
INSIDE = (
    "app.kpi.counts",
    "app.kpi.figures",
    "app.kpi.rollups",
    "app.kpi.rollup_models",
    "app.kpi.drilldown",
    "app.kpi.metric",
    "app.kpi.metrics",
    "app.kpi.pages",
    "app.years",
    "app.months",
    "app.national",
    "app.kpi.agency_figures",
    "app.kpi.guidance_figures",
    "app.kpi.national",
    "app.kpi.month",
    "app.publication.models",
    "app.publication.exact",
    "app.publication.tables",
    "app.cases",
    "app.consultations",
    "app.placements",
    "app.referrals",
    "app.guidance.models",
    "app.plan.models",
    "app.plan.queries",
    "app.plan.results",
    "app.plan.submission",
    "app.home",
    "app.privacy.disclosure",
)
# Papers of the house itself, marked 内部限り; no public page hands them out.
FOR_THE_HOUSE = {"app.months.paper", "app.months.workbook"}
# A token opens unreleased figures to other systems of the city; they too are judged by the gate's own code.
BEHIND_A_TOKEN = {"app.feed.figure_routes": {"app.publication.inside"}}


def modules(project: Path) -> dict[str, Path]:
    """Return every module that faces outwards: public pages, feeds, and the files that they hand out."""
    found = [*(project / "app/feed").glob("*.py"), *(project / "app/kpi/exports").glob("*.py")]
    return {".".join(file.relative_to(project).with_suffix("").parts): file for file in found}


def imports(text: str) -> set[str]:
    """Return the dotted names that a module imports, at the top or in a function."""
    found = set()
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def ways_in(names: set[str]) -> set[str]:
    """Return which of the names lead to figures."""
    return {
        name for name in names for room in INSIDE if name == room or name.startswith((f"{room}.", f"{room}_"))
    }


def test_nothing_that_faces_outwards_reaches_figures_round_the_gate(project):
    found = {
        name: ways_in(imports(file.read_text(encoding="utf-8"))) for name, file in modules(project).items()
    }
    assert {name: sorted(ways) for name, ways in found.items() if ways} == {}


def test_unreleased_figures_leave_only_for_a_token(project):
    inside = "app.publication.inside"
    users = {
        name for name, file in modules(project).items() if inside in imports(file.read_text(encoding="utf-8"))
    }
    assert users <= BEHIND_A_TOKEN.keys()


@pytest.mark.parametrize(
    "line",
    [
        "from app.years.reports import get_table",
        "from app.kpi import counts",
        "import app.years.freezing_queries",
        "def late():\n    from app.plan.models import Result",
    ],
)
def test_a_way_round_the_gate_is_found_wherever_it_stands(line):
    assert ways_in(imports(line))


def test_no_public_page_hands_out_papers_of_the_house(project):
    for file in (project / "app/feed").glob("*.py"):
        assert not FOR_THE_HOUSE & imports(file.read_text(encoding="utf-8")), file.name


def test_what_faces_outwards_is_looked_at(project):
    assert {"app.feed.routes", "app.feed.data_routes", "app.kpi.exports.files"} <= modules(project).keys()
