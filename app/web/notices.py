"""What was done, told on the next page."""

from typing import Any, TypedDict, cast

from flask import flash, get_flashed_messages


class Notice(TypedDict):
    """One sentence about what happened, with a link to the thing where there is one."""

    kind: str
    text: str
    url: str
    link: str


def say(text: object, *, kind: str = "ok", url: str = "", link: object = "") -> None:
    """Keep a sentence for the next page; ``kind`` is ok, info, warn or error."""
    notice = Notice(kind=kind, text=str(text), url=url, link=str(link))
    kept: Any = notice  # Flask keeps any value that JSON holds
    flash(kept, kind)


def notices() -> list[Notice]:
    """Return and forget the sentences kept; a bare string flashed by a library is shown as info."""
    messages: list[Any] = get_flashed_messages()
    return [
        cast(Notice, one) if isinstance(one, dict) else Notice(kind="info", text=str(one), url="", link="")
        for one in messages
    ]
