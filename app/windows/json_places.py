"""Reading JSON, and where something stands in its text: the line of a value named by its path; pure."""

import json
from collections.abc import Sequence
from typing import Any, Final, NoReturn

from app.foundation.errors import N_, DomainError

DECODER: Final = json.JSONDecoder()
BLANK: Final = " \t\r\n"

NOT_JSON: Final = N_("%(line)s行目：JSONとして読めません（%(reason)s）。")

Path = Sequence[str | int]


def line_of(text: str, path: Path) -> int:
    """Return the line (from 1) of the value under a path; where the path ends early, of the last value found.

    ``text`` must be sound JSON.
    """
    at = skip(text, 0)
    for step in path:
        found = step_into(text, at, step)
        if found is None:
            break
        at = found
    return text.count("\n", 0, at) + 1


def step_into(text: str, at: int, step: str | int) -> int | None:
    """Return where the value of a member or an item begins, None when there is none."""
    opening = text[at]
    if opening not in "{[":
        return None
    found, number, at = None, 0, skip(text, at + 1)
    while text[at] not in "}]":
        name: str | int = number
        if opening == "{":
            name, at = DECODER.raw_decode(text, at)
            at = skip(text, skip(text, at) + 1)  # past the colon
        if name == step:
            found = at  # of a name that stands twice JSON keeps the last
        _value, at = DECODER.raw_decode(text, at)
        at = skip(text, at)
        if text[at] == ",":
            at = skip(text, at + 1)
        number += 1
    return found


def skip(text: str, at: int) -> int:
    """Return where the next character that is no blank stands."""
    while at < len(text) and text[at] in BLANK:
        at += 1
    return at


def written(path: Path) -> str:
    """Return a path as it is written: contents[2].phones[0].number."""
    said = ""
    for step in path:
        said += f"[{step}]" if isinstance(step, int) else f".{step}" if said else step
    return said or "(file)"


def parsed(text: str) -> Any:
    """Return the JSON of a text; numbers that JSON does not know are refused."""
    try:
        return json.loads(text, parse_constant=refuse_constant)
    except json.JSONDecodeError as error:
        raise DomainError(NOT_JSON, line=error.lineno, reason=error.msg) from None
    except RecursionError:
        raise DomainError(NOT_JSON, line=1, reason="nested too deeply") from None
    except ValueError as error:
        line = next((n for n, one in enumerate(text.splitlines(), 1) if str(error) in one), 1)
        raise DomainError(NOT_JSON, line=line, reason=str(error)) from None


def refuse_constant(name: str) -> NoReturn:
    """Refuse NaN and Infinity, which Python would read."""
    raise ValueError(name)
