"""The places of a page in which figures stand."""

from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from tests.demo.figures.reading import is_of, links, text_of

COUNTED = ("記録から", "マップ台帳")
"""Marks of the plan's table beside figures that come from a metric."""


@dataclass(frozen=True, kw_only=True)
class Cell:
    """One figure: where it stands, what its column or label says, and the row around it."""

    kind: str
    section: str
    heading: str
    element: Element
    row: dict[str, Element]

    @property
    def text(self) -> str:
        return text_of(self.element)

    @property
    def hrefs(self) -> list[str]:
        return [href for one in links(self.element) if not (href := one.get("href")).startswith("#note-")]

    def __str__(self) -> str:
        line = " ".join(text_of(one) for one in list(self.row.values())[:1])
        return f"{self.kind} {self.section} {line} {self.heading}: {self.text!r}"


def cells_of(tree: Element, section: str = "") -> Iterator[Cell]:
    """Yield every figure of a page."""
    for child in tree:
        inner = child.get("aria-labelledby", section) if child.tag == "section" else section
        if child.tag == "table":
            yield from cells_of_table(child, inner)
        elif child.tag == "ul" and is_of(child, "sums"):
            for item in child.findall("li"):
                yield Cell(
                    kind="sum", section=inner, heading=text_of(item.find(".//span")), element=item, row={}
                )
        elif child.tag == "dl" and is_of(child, "keyfigs"):
            for item in child.findall("div"):
                value = item.find("dd")
                yield Cell(kind="key", section=inner, heading=text_of(item.find("dt")), element=value, row={})
                yield from (
                    Cell(kind="note", section=inner, heading=text_of(item.find("dt")), element=one, row={})
                    for one in item.findall("dd")[1:]
                    if links(one)
                )
        elif child.tag == "p" and is_of(child, "big"):
            yield Cell(kind="big", section=inner, heading="", element=child, row={})
        else:
            yield from cells_of(child, inner)


def cells_of_table(table: Element, section: str) -> Iterator[Cell]:
    """Yield the figures of a table: its cells of figures, and the results of the plan's table."""
    heads = [text_of(one) for one in table.findall("thead/tr/th")]
    for line in table.findall("tbody/tr"):
        row = dict(zip(heads, [one for one in line if one.tag in ("th", "td")], strict=False))
        for heading, element in row.items():
            if is_of(element, "fig") and element.tag == "td":
                yield Cell(kind="cell", section=section, heading=heading, element=element, row=row)
        if is_of(table, "plan") and heads[4] in row:
            yield from results_of_plan(row, heads[4])


def results_of_plan(row: dict[str, Element], heading: str) -> Iterator[Cell]:
    """Yield the counted results of a measure; a part has the mark of the figure above it."""
    mark = ""
    for item in row[heading].iter("li"):
        signs = [one.get("title", "") for one in item.iter("span") if is_of(one, "src")]
        mark = signs[0] if signs else mark
        if mark in COUNTED and item.find(".//b") is not None:
            yield Cell(kind="plan", section="", heading=heading, element=item, row=row)
