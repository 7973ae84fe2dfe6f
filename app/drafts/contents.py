"""What a draft holds: the fields of a form as they were sent, and the page where it goes on; pure."""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from app.foundation.errors import N_, DomainError
from app.privacy.case_code import normalise, verify, without_codes

LARGEST: Final = 32 * 1024  # bytes of UTF-8
# Never kept: tokens, whatever is a password, the code of a card (the number of the case it led to is kept),
# and what the page says about the draft itself.
LEFT_OUT: Final = frozenset({"csrf_token", "card_code", "draft_revision"})
ABOUT_THE_DRAFT: Final = "draft-"
HIDDEN: Final = frozenset({"submission_key", "version", "case_number", "intent", "go"})
SHOWN_OF_TEXT: Final = 40
CASE_IN_PAGE: Final = re.compile(r"/cases/(\d{4}-\d{2})/")


class TooLong(DomainError):
    """There is more text than a draft may hold."""

    status = 413

    def __init__(self) -> None:
        super().__init__(
            N_("長すぎるため、下書きを保存できません。内容はこの画面に残っています。早めに保存してください。")
        )


@dataclass(frozen=True, kw_only=True)
class Contents:
    """The fields of a form, the path of its page, and the tab of the browser in which it was typed."""

    page: str
    fields: Mapping[str, list[str]] = field(repr=False)
    tab: str = ""

    def packed(self) -> bytes:
        """Return the contents as bytes.

        Raises:
            TooLong: more than 32 kB.
        """
        plain = {"page": self.page, "tab": self.tab, "fields": {n: list(v) for n, v in self.fields.items()}}
        packed = json.dumps(plain, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")
        if len(packed) > LARGEST:
            raise TooLong
        return packed

    def first(self, name: str) -> str:
        """Return the first value of a field, "" when it is missing."""
        return next(iter(self.fields.get(name, ())), "")

    def case_number(self) -> str:
        """Return the number of the case that the form is about, as its field or its page says; else ""."""
        named = CASE_IN_PAGE.match(self.page)
        return self.first("case_number") or (named.group(1) if named else "")

    def says_something(self) -> bool:
        """Tell whether there is anything beside what the page itself put in."""
        return any(any(values) for name, values in self.fields.items() if name not in HIDDEN)

    def glimpse(self) -> str:
        """Return the beginning of what was written, for its writer to know it again."""
        text = " ".join(self.first("memo").split())
        return text if len(text) <= SHOWN_OF_TEXT else text[:SHOWN_OF_TEXT] + "…"


def unpacked(packed: bytes) -> Contents:
    """Return the contents of what was packed."""
    plain = json.loads(packed)
    return Contents(page=plain["page"], tab=plain["tab"], fields=plain["fields"])


def kept_of(sent: Iterable[tuple[str, list[str]]]) -> dict[str, list[str]]:
    """Return the fields of a form that may be kept; the code of a card is blanked wherever it was typed."""
    return {
        name: ["" if verify(normalise(value)) else without_codes(value) for value in values]
        for name, values in sent
        if may_be_kept(name)
    }


def may_be_kept(name: str) -> bool:
    """Tell whether a field may stand in a draft."""
    return not (name in LEFT_OUT or name.startswith(ABOUT_THE_DRAFT) or "password" in name)
