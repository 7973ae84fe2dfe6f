"""How days, figures and coded values are written on a page."""

import hashlib
import os
import stat
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from flask import Flask, current_app, request, url_for
from flask_babel import get_locale
from flask_babel import gettext as _
from werkzeug.security import safe_join

from app.foundation import clock, fiscal_year
from app.foundation.labels import LabelledEnum, Words
from app.web import language, notices, resuming

Number = int | float | Decimal


def locale() -> str:
    """Return the language of this page: "ja" or "en"."""
    return str(get_locale() or "ja")[:2]


def day(value: date | None) -> str:
    """Write a day in full, 令和8年11月20日（金）."""
    return "" if value is None else fiscal_year.day_label(value, locale())


def day_short(value: date | None) -> str:
    """Write a day of the running year, 11月20日（金）."""
    return "" if value is None else fiscal_year.day_short(value, locale())


def clock_time(value: datetime | None) -> str:
    """Write the time of a moment in Japan, 10:42."""
    return "" if value is None else f"{clock.to_tokyo(value):%H:%M}"


def moment(value: datetime | None) -> str:
    """Write a moment in Japan with its day, 11月20日（金）10:42; another year is written in full."""
    if value is None:
        return ""
    on = clock.day_of(value)
    written = day_short(on) if on.year == clock.today().year else day(on)
    gap = " " if locale() == "en" else ""
    return f"{written}{gap}{clock_time(value)}"


def fiscal_year_label(value: int | date) -> str:
    """Write a fiscal year, 令和8年度(2026); a day is written as the year in which it lies."""
    year = fiscal_year.fiscal_year_of(value) if isinstance(value, date) else value
    return fiscal_year.label(year, locale())


def figure(value: Number | None, decimals: int = 0) -> str:
    """Write a figure with thousands separators; no data reads 該当なし, never 0."""
    return _("該当なし") if value is None else f"{value:,.{decimals}f}"


def percent(value: Number | None, decimals: int = 1) -> str:
    """Write a share of one as a percentage; no denominator reads 該当なし, never 0 %."""
    return _("該当なし") if value is None else f"{value * 100:.{decimals}f}%"


def label(value: object) -> str:
    """Write a coded value or a sentence in the language of the page; the rest is written as it is."""
    if isinstance(value, LabelledEnum | Words):
        return value.label(locale())
    return "" if value is None else str(value)


@lru_cache(maxsize=256)
def version_of_file(file: str, changed: int) -> str:
    """Return a short hash of a file's content; ``changed`` makes an edited file a new key."""
    return hashlib.sha256(Path(file).read_bytes()).hexdigest()[:12]


def static_version(path: str) -> str | None:
    """Return the hash under which a static file may be kept for ever, None when there is no such file."""
    # Asked some twenty times a page: one look at the file each, and no more.
    file = safe_join(current_app.static_folder or "", path)
    try:
        found = os.stat(file) if file else None
    except OSError:
        found = None
    if file is None or found is None or not stat.S_ISREG(found.st_mode):
        return None
    return version_of_file(file, found.st_mtime_ns)


def static_url(path: str) -> str:
    """Return the address of a static file with the hash of its content.

    Raises:
        FileNotFoundError: there is no such file, so the page would be broken.
    """
    version = static_version(path)
    if version is None:
        raise FileNotFoundError(path)
    return url_for("static", filename=path, v=version)


def page_url(number: int) -> str:
    """Return the address of this list at another page number, filters kept."""
    query: dict[str, Any] = {**request.args.to_dict(flat=False), "page": number}
    return url_for(str(request.endpoint), **(request.view_args or {}), **query)


FILTERS: Final[dict[str, Callable[..., str]]] = {
    "day": day,
    "day_short": day_short,
    "clock_time": clock_time,
    "moment": moment,
    "fiscal_year": fiscal_year_label,
    "figure": figure,
    "percent": percent,
    "label": label,
}

GLOBALS: Final[dict[str, Callable[..., object]]] = {
    "locale": locale,
    "language_url": language.language_url,
    "other_locale": language.other_locale,
    "static_url": static_url,
    "page_url": page_url,
    "today": clock.today,
    "notices": notices.notices,
    "draft_revision": resuming.draft_revision,
}


def register(app: Flask) -> None:
    """Offer filters and globals to every template."""
    app.jinja_env.filters.update(FILTERS)
    app.jinja_env.globals.update(GLOBALS)
    app.jinja_env.globals["locales"] = language.LOCALES
