"""The public pages as a site of files for the city's own web host: every page, both languages, open data.

The pages are asked of the application itself, so that the site is what readers see. Links become relative,
styles are copied, nothing leads to another host but the windows' own sites. The folder appears whole or not.
"""

import json
import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from flask import Flask
from flask.testing import FlaskClient

from app.feed.addresses import EN, QUERIES, START, TREES, Page, file_of, page_of, public_address, relative
from app.feed.caching import SITE
from app.foundation.errors import N_, DomainError

MARK: Final = ".shirube-site"
LINK: Final = re.compile(r'\b(href|src|action)="(/[^"#]*)(#[^"]*)?"')
DATA: Final = "/open-data/v1"
FILES: Final = (
    f"{DATA}/windows.csv",
    f"{DATA}/changes.json",
    f"{DATA}/hsds/index.json",
    f"{DATA}/hsds/services-full.json",
    f"{DATA}/hsds/locations.json",
)
LISTS: Final = ("organizations", "services", "service-at-locations")
"""Lists of HSDS whose items have a file each."""

FOREIGN: Final = N_(
    "%(folder)sには、書き出したサイトではないものが入っています。空のフォルダを指定してください。"
)
NO_PARENT: Final = N_("%(folder)sを作る場所がありません。")
BROKEN: Final = N_("%(path)sを書き出せませんでした（%(status)s）。前のサイトはそのままです。")
NOT_AN_ADDRESS: Final = N_("サイトのアドレスは https:// か http:// で始めてください。")


@dataclass
class Export:
    """One run: what is still to be asked for, and where it is written."""

    app: Flask
    folder: Path
    base_url: str
    waiting: list[Page] = field(default_factory=list)
    written: dict[str, Page] = field(default_factory=dict)

    def run(self) -> None:
        """Write every page that can be reached, and the open data."""
        self.waiting = [(tree, START) for tree in TREES]
        self.waiting += [page for path in FILES if (page := page_of(path, ""))]
        self.waiting += [page for path in self.listed() if (page := page_of(path, ""))]
        self.waiting += [(tree, f"{START}windows/{key}") for key in self.keys() for tree in TREES]
        while self.waiting:
            page = self.waiting.pop()
            file = file_of(page)
            if file not in self.written:
                self.written[file] = page
                self.write(page, file)
        if self.base_url:
            self.write_sitemap()
        (self.folder / MARK).write_text("Written by: flask feed export-site\n", encoding="utf-8")

    def listed(self) -> Iterator[str]:
        """Yield the lists of HSDS and a file for each of their items."""
        for name in LISTS:
            path = f"{DATA}/hsds/{name}.json"
            yield path
            for one in json.loads(self.ask(("", path)))["contents"]:
                yield f"{DATA}/hsds/{name}/{one['id']}.json"

    def keys(self) -> set[str]:
        """Return every window that ever was: nothing links to one that ended, but old slips of paper do."""
        return {one["key"] for one in json.loads(self.ask(("", f"{DATA}/changes.json")))["changes"]}

    def ask(self, page: Page) -> bytes:
        """Return what the application answers; DomainError when it is not the page."""
        tree, path = page
        client: FlaskClient = self.app.test_client()
        if tree == EN:
            client.set_cookie("lang", EN)
        # The command has a context already; a page that shared it would speak the first page's language.
        with (
            self.app.app_context(),
            client.get(
                path + QUERIES.get(tree, ""), environ_overrides={SITE: self.base_url}, buffered=True
            ) as answer,
        ):
            if answer.status_code != 200:
                raise DomainError(BROKEN, path=path, status=answer.status_code)
            return answer.data

    def write(self, page: Page, file: str) -> None:
        """Write one file; what a page links to is asked for next."""
        content = self.ask(page)
        if file.endswith(".html"):
            content = self.linked(content.decode(), page, file).encode()
        target = self.folder / file
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)

    def linked(self, text: str, page: Page, file: str) -> str:
        """Return a page whose links lead to files."""

        def lead(match: re.Match[str]) -> str:
            name, link, fragment = match[1], match[2], match[3] or ""
            wanted = page_of(link, page[0])
            if wanted is None:
                return match[0]
            self.waiting.append(wanted)
            return f'{name}="{relative(file_of(wanted), file)}{fragment}"'

        text = LINK.sub(lead, text)
        if self.base_url:
            address = public_address(self.base_url, file)
            text = text.replace("</head>", f'  <link rel="canonical" href="{address}">\n</head>', 1)
        return text

    def write_sitemap(self) -> None:
        """Name every page for search engines."""
        pages = sorted(file for file in self.written if file.endswith(".html"))
        lines = [f"  <url><loc>{public_address(self.base_url, file)}</loc></url>" for file in pages]
        head = '<?xml version="1.0" encoding="UTF-8"?>'
        space = "http://www.sitemaps.org/schemas/sitemap/0.9"
        text = "\n".join([head, f'<urlset xmlns="{space}">', *lines, "</urlset>", ""])
        (self.folder / "sitemap.xml").write_text(text, encoding="utf-8")


def export_site(app: Flask, folder: Path, *, base_url: str = "") -> int:
    """Write the site into a folder and return the number of its files.

    Raises:
        DomainError: the folder holds something else, or a page cannot be made; then nothing is changed.
    """
    if base_url and not base_url.startswith(("https://", "http://")):
        raise DomainError(NOT_AN_ADDRESS)
    folder = folder.absolute()
    require_own(folder)
    made = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    try:
        export = Export(app, made, base_url)
        export.run()
        made.chmod(0o755)  # the temporary folder was for its maker alone; a web host reads this one
        put_in_place(made, folder)
    finally:
        shutil.rmtree(made, ignore_errors=True)
    return len(export.written)


def require_own(folder: Path) -> None:
    """Refuse a folder that holds anything but an earlier site."""
    if not folder.parent.is_dir():
        raise DomainError(NO_PARENT, folder=str(folder))
    foreign = folder.exists() and not folder.is_dir()
    if foreign or (folder.is_dir() and any(folder.iterdir()) and not (folder / MARK).is_file()):
        raise DomainError(FOREIGN, folder=str(folder))


def put_in_place(made: Path, folder: Path) -> None:
    """Exchange the earlier site for the new one; between two renames lies the only moment without a site."""
    if not folder.exists():
        os.rename(made, folder)
        return
    aside = made.with_name(made.name + "-old")
    os.rename(folder, aside)
    try:
        os.rename(made, folder)
    except OSError:
        os.rename(aside, folder)
        raise
    shutil.rmtree(aside, ignore_errors=True)
