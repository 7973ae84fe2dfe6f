"""Words that may tell who somebody is, where they are typed: what a page shows of them and what it takes.

Every text field reads itself this way when it is sent (see words.py), and a script asks the same while
somebody types. What was let through in spite of a warning is remembered until the change is saved, for the
trail.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from flask import current_app, g, has_request_context, url_for

from app.foundation import clock
from app.privacy.pii import Finding, Kind, Override, Severity, blocks, examine, seen_mark, shown

ENDPOINT: Final = "identity.read"
AROUND: Final = 8
"""Characters of the same line shown before and after the words found."""
LONGEST: Final = 4000
"""Characters that are read at once; no field takes more."""


@dataclass(frozen=True, kw_only=True)
class Place:
    """One finding as a page shows it: the words, what stands around them, and why they are marked."""

    before: str
    words: str
    after: str
    kind: Kind
    severity: Severity
    reason: str
    column: int | None


@dataclass(frozen=True, kw_only=True)
class Passed:
    """What somebody let through, as the trail may keep it: codes and no word of the text."""

    kinds: tuple[Kind, ...]
    reason: Override


@dataclass(frozen=True, kw_only=True)
class Asking:
    """What stands beneath a text field: the places found, and the tick that lets warnings through."""

    name: str
    text: str
    findings: tuple[Finding, ...]
    is_sure: bool = False
    why: Override | None = None
    was_seen: bool = False

    @property
    def places(self) -> list[Place]:
        """What was found, in the order of the text."""
        return [
            Place(
                before=self.text[max(0, one.start - AROUND) : one.start].rpartition("\n")[2],
                words=self.text[one.start : one.end],
                after=self.text[one.end : one.end + AROUND].partition("\n")[0],
                kind=one.kind,
                severity=one.severity,
                reason=one.reason,
                column=one.column,
            )
            for one in self.findings
        ]

    @property
    def pieces(self) -> list[tuple[str, Finding | None]]:
        """The whole text, cut at what was found."""
        return shown(self.text, self.findings)

    @property
    def is_blocked(self) -> bool:
        """Tell whether the text cannot be saved, whatever the writer says."""
        return blocks(self.findings)

    @property
    def seen(self) -> str:
        """The digest of what the page shows, which comes back with the tick."""
        return seen_mark(self.text, self.findings)

    @property
    def reasons(self) -> list[Override]:
        """The reasons to choose from."""
        return Override.current()

    @property
    def passed(self) -> Passed | None:
        """What the writer lets through: nothing that blocks, and only what was shown to them."""
        if self.is_blocked or self.why is None or not (self.is_sure and self.was_seen):
            return None
        return Passed(kinds=tuple(dict.fromkeys(one.kind for one in self.findings)), reason=self.why)


def asking(name: str, text: str, sent: Mapping[str, str] | None = None) -> Asking:
    """Read a text for identity, together with what a page sent beside it."""
    findings = tuple(examine(text, today=clock.today()))
    sent = sent or {}
    return Asking(
        name=name,
        text=text,
        findings=findings,
        is_sure=bool(sent.get(f"{name}-sure")),
        why=Override.find(sent.get(f"{name}-why")),
        was_seen=bool(findings) and sent.get(f"{name}-seen") == seen_mark(text, findings),
    )


def let_through(passed: Passed) -> None:
    """Remember what was let through until the change is saved."""
    if has_request_context():
        g.setdefault("identity_passed", []).append(passed)


def take_passed() -> list[Passed]:
    """Return what this request let through, once."""
    passed: list[Passed] = g.pop("identity_passed", []) if has_request_context() else []
    return passed


def address() -> str:
    """Return where a script asks while somebody types, "" where nobody answers: to whom is not signed in."""
    answers = ENDPOINT in current_app.view_functions and g.get("actor") is not None
    return url_for(ENDPOINT) if answers else ""
