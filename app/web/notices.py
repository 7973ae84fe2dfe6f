"""What was done, told on the next page."""

from typing import Any, TypedDict, cast

from flask import flash, get_flashed_messages


class Notice(TypedDict):
    """One sentence about what happened, with a link to the thing where there is one."""

    kind: str
    text: str
    url: str
    link: str
    also: tuple[str, str]


def say(
    text: object, *, kind: str = "ok", url: str = "", link: object = "", also: tuple[str, str] = ("", "")
) -> None:
    """Keep a sentence for the next page; ``kind`` is ok, info, warn or error.

    ``url`` and ``link`` lead to the thing, ``also`` (address, words) to a second step that is often next.
    """
    notice = Notice(kind=kind, text=str(text), url=url, link=str(link), also=also)
    kept: Any = notice  # Flask keeps any value that JSON holds
    flash(kept, kind)


def notices() -> list[Notice]:
    """Return and forget the sentences kept; a bare string flashed by a library is shown as info."""
    messages: list[Any] = get_flashed_messages()
    return [
        cast(Notice, one)
        if isinstance(one, dict)
        else Notice(kind="info", text=str(one), url="", link="", also=("", ""))
        for one in messages
    ]
