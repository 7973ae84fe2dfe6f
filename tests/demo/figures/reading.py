"""Pages as trees, and what can be asked of them."""

import re
from collections.abc import Iterator
from decimal import Decimal
from html.parser import HTMLParser
from xml.etree.ElementTree import Element, TreeBuilder

VOID = {"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"}
NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")


class TreeReader(HTMLParser):
    """Builds a tree; the pages close every element (another test holds them to it)."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.builder = TreeBuilder()

    def handle_starttag(self, tag, attrs):
        self.builder.start(tag, {name: value or "" for name, value in attrs})
        if tag in VOID:
            self.builder.end(tag)

    def handle_startendtag(self, tag, attrs):
        self.builder.start(tag, {name: value or "" for name, value in attrs})
        self.builder.end(tag)

    def handle_endtag(self, tag):
        if tag not in VOID:
            self.builder.end(tag)

    def handle_data(self, data):
        self.builder.data(data)


def tree_of(html: str) -> Element:
    """Return a page's main part."""
    reader = TreeReader()
    start, end = html.index("<main"), html.index("</main>") + len("</main>")
    reader.feed(html[start:end])
    return reader.builder.close()


def text_of(element: Element | None) -> str:
    """Return what is read, with single spaces."""
    return "" if element is None else " ".join("".join(element.itertext()).split())


def is_of(element: Element, name: str) -> bool:
    """Tell whether an element has a class."""
    return name in element.get("class", "").split()


def links(element: Element) -> list[Element]:
    """Return the links within an element."""
    return [one for one in element.iter("a") if one.get("href")]


def number_in(text: str) -> Decimal | None:
    """Return the first number of a text; 該当なし has none."""
    found = NUMBER.search(text)
    return Decimal(found.group().replace(",", "")) if found else None


def first(element: Element, tag: str, name: str) -> Element | None:
    """Return the first element of a tag with a class."""
    return next((one for one in element.iter(tag) if is_of(one, name)), None)


def section(tree: Element, labelled_by: str) -> Element | None:
    """Return a section by the id of its heading."""
    return next((one for one in tree.iter("section") if one.get("aria-labelledby") == labelled_by), None)


def rows_of(table: Element) -> Iterator[dict[str, Element]]:
    """Yield the rows of a table's bodies, cells by their headings."""
    heads = [text_of(one) for one in table.findall("thead/tr/th")]
    for row in table.findall("tbody/tr"):
        cells = [one for one in row if one.tag in ("th", "td")]
        yield dict(zip(heads, cells, strict=False))


def total_of(tree: Element) -> int:
    """Return how many rows a list has: what its pages say, else the rows that stand there."""
    pages = first(tree, "nav", "pages")
    if pages is not None:
        return int(number_in(text_of(pages)))
    return sum(1 for table in tree.iter("table") for _row in table.findall("tbody/tr"))
