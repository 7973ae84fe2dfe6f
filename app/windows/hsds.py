"""Reading a directory from an Open Referral HSDS 3 file, or saying in which line it is broken; pure.

Taken are fully nested services: one, a list, or a page with ``contents``. An entry written by Shirube comes
back whole; of any other, what HSDS itself has fields for. Whatever is read counts as unverified.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final, NoReturn
from uuid import UUID

from app.foundation.errors import N_, DomainError
from app.foundation.labels import LabelledEnum
from app.situation.programme import Programme
from app.windows.directory import (
    LARGEST_AGE,
    LENGTHS,
    Directory,
    NewOffice,
    WindowEntry,
    require_no_loop,
    require_order,
)
from app.windows.facts import WindowFacts
from app.windows.hsds_schedules import hours_of
from app.windows.hsds_terms import KEY, KIND, PROGRAMME, SUCCESSOR, TERMS, member_of
from app.windows.json_places import Path, line_of, parsed, written
from app.windows.vocabulary import MOST_GRACE_DAYS, MOST_RESPONSE_DAYS, OfficeKind

LARGEST_FILE: Final = 10_000_000
POSITION: Final = 500
"""Windows that come from elsewhere stand behind those of the city's own file."""
DAYS: Final = {"response_days": (1, MOST_RESPONSE_DAYS), "grace_days": (0, MOST_GRACE_DAYS)}
STATUSES: Final = ("active", "inactive", "defunct", "temporarily closed")
KEY_SHAPE: Final = re.compile(r"[a-z][a-z0-9_]{0,39}")

UNUSABLE: Final = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
"""Characters that steer a machine or the direction of writing, and halves of characters."""

TOO_LARGE: Final = N_("ファイルが大きすぎます（%(most)s文字まで）。")
MISSING: Final = N_("%(line)s行目 %(place)s：「%(name)s」がありません。")
WRONG: Final = N_("%(line)s行目 %(place)s：使えない値です（%(value)s）。")
TOO_LONG: Final = N_("%(line)s行目 %(place)s：%(most)s字までです。")
UNPRINTABLE: Final = N_("%(line)s行目 %(place)s：保存できない文字が入っています。")
TWICE: Final = N_("%(line)s行目 %(place)s：同じidが二度あります。")
BROKEN_RULE: Final = N_("%(line)s行目 %(place)s：%(reason)s")


def read_hsds(text: str) -> Directory:
    """Read an HSDS file; DomainError names the line and the place of the first fault."""
    if len(text) > LARGEST_FILE:
        raise DomainError(TOO_LARGE, most=f"{LARGEST_FILE:,}")
    return Reader(text).directory(parsed(text))


@dataclass(frozen=True)
class Reader:
    """Reads one file; every fault is said with its line."""

    text: str

    def refuse(self, message: str, path: Path, **params: Any) -> NoReturn:
        """Raise the fault at a path."""
        raise DomainError(message, line=line_of(self.text, path), place=written(path), **params)

    def directory(self, content: Any) -> Directory:
        """Read the whole file."""
        path: list[str | int] = []
        services = content
        if isinstance(content, dict):
            path = ["contents"] if "contents" in content else []
            services = content["contents"] if path else [content]
        if not isinstance(services, list) or not services:
            self.refuse(WRONG, path, value=type(services).__name__)
        single = services if not path and isinstance(content, dict) else None
        offices: dict[str, NewOffice] = {}
        windows: list[WindowEntry] = []
        for number, service in enumerate(services):
            at = [] if single else [*path, number]
            window = self.window(service, at, number, offices)
            if window.key in {one.key for one in windows}:
                self.refuse(TWICE, [*at, "id"])
            windows.append(window)
        keys = {window.key for window in windows}
        # A successor that this file does not hold is left as it stands in the directory.
        linked = [one if one.successor in keys else replace(one, successor=None) for one in windows]
        require_no_loop(linked)
        return Directory(offices=tuple(offices.values()), windows=tuple(linked))

    def window(self, service: Any, at: Path, number: int, offices: dict[str, NewOffice]) -> WindowEntry:
        """Read one service as a window with one version."""
        self.object_at(service, at)
        self.uuid(service, at)
        self.one_of(service, at, "status", STATUSES)
        organization = service.get("organization")
        self.object_at(organization, [*at, "organization"])
        office = self.office(organization, [*at, "organization"])
        offices.setdefault(office.key, office)
        terms = self.terms(service, at)
        return WindowEntry(
            key=self.key_of(service, terms, at),
            office=office.key,
            position=POSITION + number,
            successor=terms.get(SUCCESSOR),
            versions=(self.facts(service, terms, at),),
        )

    def office(self, organization: Mapping[str, Any], at: Path) -> NewOffice:
        """Read an organization as an office; one without a kind is an agency."""
        self.uuid(organization, at)
        terms = self.terms(organization, at)
        name = self.required(organization, at, "name", LENGTHS["name"])
        self.required(organization, at, "description", None, empty=True)
        kind = self.member(OfficeKind, terms.get(KIND), at)
        return NewOffice(
            key=self.key_of(organization, terms, at),
            kind=kind or OfficeKind.AGENCY,
            name=name,
            name_en=self.words(organization, at, "alternate_name", LENGTHS["name_en"]) or name,
            programme=self.member(Programme, terms.get(PROGRAMME), at),
        )

    def facts(self, service: Mapping[str, Any], terms: Mapping[str, str], at: Path) -> WindowFacts:
        """Read what a service says of itself; the terms of Shirube go before the fields of HSDS."""
        name = self.required(service, at, "name", 120)
        said: dict[str, Any] = {
            "name": name,
            "name_en": self.words(service, at, "alternate_name", 160) or name,
            "services": self.words(service, at, "description"),
            "eligibility": self.words(service, at, "eligibility_description"),
            "note": self.words(service, at, "alert"),
            "fee": self.words(service, at, "fees_description"),
            "minimum_age": self.age(service, at, "minimum_age"),
            "maximum_age": self.age(service, at, "maximum_age"),
            "telephone": self.first(service, at, "phones", "number", LENGTHS["telephone"]),
            "documents": self.all_of(service, at, "required_documents", "document"),
            "address": self.address(service, at),
        }
        if KEY not in terms:
            said["url"] = self.words(service, at, "url", LENGTHS["url"])
            said["referral_from"] = self.words(service, at, "application_process")
            weekly = self.items(service, at, "schedules")
            said["hours"] = self.rule(lambda: hours_of(weekly), [*at, "schedules"], "")
        for term, text in terms.items():
            if term in TERMS:
                said[term] = self.rule(lambda t=term, x=text: TERMS[t].read(x), [*at, "attributes"], text)
        for term, (least, most) in DAYS.items():
            if not least <= said.get(term, least) <= most:
                self.refuse(WRONG, [*at, "attributes"], value=said[term])
        if said.get("url") and not said["url"].startswith(("https://", "http://")):
            self.refuse(WRONG, [*at, "url"], value=said["url"][:40])
        facts = WindowFacts(**said)
        self.rule(lambda: require_order(written(at)[:60], facts), at, name)
        return facts

    # ---- parts of an object -----------------------------------------------------------------------

    def terms(self, holder: Mapping[str, Any], at: Path) -> dict[str, str]:
        """Return the terms of Shirube that are attached to something."""
        found: dict[str, str] = {}
        for number, one in enumerate(self.items(holder, at, "attributes")):
            term = one.get("taxonomy_term")
            if isinstance(term, dict) and term.get("taxonomy") == "shirube":
                name = term.get("code")
                here = [*at, "attributes", number]
                if not isinstance(name, str):
                    self.refuse(WRONG, here, value=str(name)[:40])
                found[name] = self.words(one, here, "value", LENGTHS.get(name))
        return found

    def key_of(self, holder: Mapping[str, Any], terms: Mapping[str, str], at: Path) -> str:
        """Return the key that Shirube gave, else one made of the identifier."""
        key = terms.get(KEY) or f"hsds_{UUID(holder['id']).hex[:32]}"
        if not KEY_SHAPE.fullmatch(key):
            self.refuse(WRONG, [*at, "attributes"], value=key[:40])
        return key

    def address(self, service: Mapping[str, Any], at: Path) -> str:
        """Return the first address of the first place, in one line."""
        for number, place in enumerate(self.items(service, at, "service_at_locations")):
            here = [*at, "service_at_locations", number, "location"]
            location = place.get("location") or {}
            self.object_at(location, here)
            for index, address in enumerate(self.items(location, here, "addresses")):
                there = [*here, "addresses", index]
                names = ("state_province", "city", "address_1", "address_2")
                parts = [self.words(address, there, name) for name in names]
                return self.fitting("".join(parts), LENGTHS["address"], there)
        return ""

    def items(self, holder: Mapping[str, Any], at: Path, name: str) -> Sequence[Mapping[str, Any]]:
        """Return a list of objects, empty when there is none."""
        found = holder.get(name)
        if found is None:
            return []
        if not isinstance(found, list):
            self.refuse(WRONG, [*at, name], value=str(found)[:40])
        for number, one in enumerate(found):
            self.object_at(one, [*at, name, number])
        return found

    def first(self, holder: Mapping[str, Any], at: Path, name: str, member: str, most: int) -> str:
        """Return a text of the first of a list."""
        for number, one in enumerate(self.items(holder, at, name)):
            return self.required(one, [*at, name, number], member, most)
        return ""

    def all_of(self, holder: Mapping[str, Any], at: Path, name: str, member: str) -> str:
        """Return a text of each of a list, a line each."""
        found = self.items(holder, at, name)
        return "\n".join(self.words(one, [*at, name, n], member) for n, one in enumerate(found))

    # ---- values -----------------------------------------------------------------------------------

    def object_at(self, value: Any, at: Path) -> None:
        """Refuse what is no object."""
        if not isinstance(value, dict):
            self.refuse(WRONG if value is not None else MISSING, at, value=str(value)[:40], name=at_end(at))

    def required(
        self, holder: Mapping[str, Any], at: Path, name: str, most: int | None, empty: bool = False
    ) -> str:
        """Return a text that must be there."""
        text = self.words(holder, at, name, most)
        if not text and (name not in holder or not empty):
            self.refuse(MISSING, at, name=name)
        return text

    def words(self, holder: Mapping[str, Any], at: Path, name: str, most: int | None = None) -> str:
        """Return a text, empty when it is not there."""
        value = holder.get(name)
        if value is None:
            return ""
        if not isinstance(value, str):
            self.refuse(WRONG, [*at, name], value=str(value)[:40])
        text = value.replace("\r\n", "\n").strip()
        if UNUSABLE.search(text):
            self.refuse(UNPRINTABLE, [*at, name])
        return self.fitting(text, most, [*at, name])

    def fitting(self, text: str, most: int | None, at: Path) -> str:
        """Refuse a text that the directory cannot hold."""
        if most is not None and len(text) > most:
            self.refuse(TOO_LONG, at, most=most)
        return text

    def age(self, holder: Mapping[str, Any], at: Path, name: str) -> int | None:
        """Return an age in whole years."""
        value = holder.get(name)
        if value is None:
            return None
        number = isinstance(value, int | float) and not isinstance(value, bool)
        if not number or not 0 <= value <= LARGEST_AGE or value != int(value):
            self.refuse(WRONG, [*at, name], value=str(value)[:40])
        return int(value)

    def uuid(self, holder: Mapping[str, Any], at: Path) -> None:
        """Refuse an identifier that is no UUID."""
        text = self.required(holder, at, "id", None)
        self.rule(lambda: UUID(text), [*at, "id"], text)

    def one_of(self, holder: Mapping[str, Any], at: Path, name: str, allowed: Sequence[str]) -> None:
        """Refuse a text that is none of those allowed."""
        if self.required(holder, at, name, None) not in allowed:
            self.refuse(WRONG, [*at, name], value=str(holder[name])[:40])

    def member(self, kind: type[LabelledEnum], code: str | None, at: Path) -> Any:
        """Return the member of a code, None when there is no code."""
        return None if code is None else self.rule(lambda: member_of(kind, code), [*at, "attributes"], code)

    def rule(self, read: Any, at: Path, value: object) -> Any:
        """Return what a reading gives; its refusal is said with the line."""
        try:
            return read()
        except DomainError as error:
            self.refuse(BROKEN_RULE, at, reason=error.text())
        except (ValueError, KeyError, TypeError):
            self.refuse(WRONG, at, value=str(value)[:40])


def at_end(path: Path) -> str:
    """Return the last name of a path."""
    return str(path[-1]) if path else "(file)"
