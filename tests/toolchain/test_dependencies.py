"""The pinned lists and their documentation."""

import re

import pytest

LISTS = {"requirements.in": "requirements.txt", "requirements-dev.in": "requirements-dev.txt"}
NAME = re.compile(r"^[A-Za-z0-9][A-Za-z0-9._-]*")


def direct_packages(text: str) -> set[str]:
    return {match[0] for line in text.splitlines() if (match := NAME.match(line))}


def documented_packages(text: str, heading: str) -> set[str]:
    section = text.split(f"(`{heading}`)")[1].split("\n## ")[0]
    return set(re.findall(r"^\| ([a-z0-9-]+) \|", section, re.MULTILINE)) - {"package"}


@pytest.mark.parametrize("source", LISTS)
def test_every_direct_package_has_its_reason_in_the_documentation_and_no_other_is_there(project, source):
    documentation = (project / "docs/dependencies.md").read_text(encoding="utf-8")
    assert documented_packages(documentation, source) == direct_packages((project / source).read_text())


@pytest.mark.parametrize(("source", "pinned"), LISTS.items())
def test_every_direct_package_is_pinned(project, source, pinned):
    lines = (project / pinned).read_text().splitlines()
    pins = {match[0] for line in lines if "==" in line and (match := NAME.match(line))}
    assert direct_packages((project / source).read_text()) <= pins


@pytest.mark.parametrize("pinned", LISTS.values())
def test_every_pin_has_a_hash(project, pinned):
    blocks = re.split(r"\n(?=[a-z])", (project / pinned).read_text())
    assert len(blocks) > 10
    assert [block.split()[0] for block in blocks if "==" not in block or "--hash=sha256:" not in block] == []


@pytest.mark.parametrize("pinned", LISTS.values())
def test_the_pinned_lists_name_no_package_index_and_no_place_of_a_machine(project, pinned):
    text = (project / pinned).read_text()
    assert not re.search(r"://|--index|--extra-index|--find-links|(^|\s)/\w", text)


def test_what_checks_uses_the_same_versions_as_what_runs(project):
    def pins(name: str) -> set[str]:
        return set(re.findall(r"^[a-z0-9-]+==\S+", (project / name).read_text(), re.MULTILINE))

    assert pins("requirements.txt") <= pins("requirements-dev.txt")
