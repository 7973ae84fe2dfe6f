"""Where each address of the public pages lies in a site of files, and how one file names another; pure."""

import posixpath
from html import unescape
from typing import Final
from urllib.parse import parse_qs, quote, urlsplit

JA: Final = "ja"
EN: Final = "en"
FURIGANA: Final = "furigana"
TREES: Final = {JA: "", EN: "en/", FURIGANA: "furigana/"}
"""Folders of the languages; Japanese lies on top."""
QUERIES: Final = {JA: "", EN: "", FURIGANA: "?furigana=1"}
START: Final = "/public/"
ASKING: Final = "/public/finder"

Page = tuple[str, str]
"""A tree and an address without query."""


def page_of(link: str, tree: str) -> Page | None:
    """Return which page a link on a page of a tree leads to, None when it leads out of the site."""
    parts = urlsplit(unescape(link))
    if parts.scheme or parts.netloc or not parts.path.startswith("/"):
        return None
    query = parse_qs(parts.query)
    if parts.path.startswith("/language/"):
        return (EN if parts.path.endswith("/en") else JA, query.get("next", [START])[0])
    if parts.path.startswith(START):
        if tree == EN:
            return EN, parts.path
        return (FURIGANA if "furigana" in query else JA), parts.path
    return JA, parts.path


def file_of(page: Page) -> str:
    """Return the file of a page, relative to the folder of the site; ValueError when there can be none."""
    tree, path = page
    if any(part in {".", ".."} for part in path.split("/")):
        raise ValueError(path)
    if path.startswith("/static/"):
        return "assets/" + path.removeprefix("/static/")
    if path.startswith(START):
        inner = path.removeprefix(START).strip("/")
        # The same address below the site as below a server, so that a QR code on paper leads to either.
        return TREES[tree] + (f"public/{inner}/index.html" if inner else "index.html")
    return path.lstrip("/")


def relative(target: str, source: str) -> str:
    """Return how one file names another."""
    return quote(posixpath.relpath(target, posixpath.dirname(source) or "."))


def public_address(base_url: str, file: str) -> str:
    """Return the address of a file on the web: index.html is left out."""
    return f"{base_url.rstrip('/')}/{quote(file.removesuffix('index.html'))}"
