"""Identity in free text (個人を特定できる記述): what must not be saved, and what to look at twice.

The text is read in a folded copy (width, separators, invisible characters, 漢数字); what is found is told
by its place in the original. Word boundaries do not work in Japanese: patterns look at neighbouring digits.
"""

import hashlib
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from app.foundation.errors import N_
from app.foundation.labels import LabelledEnum
from app.privacy import birth_dates, case_code, digit_runs, names, patterns, table_rows
from app.privacy.folding import Folded, fold, with_digits, with_joined_lines

Span = tuple[int, int]


class Severity(LabelledEnum):
    """Whether a text with this finding may be saved."""

    BLOCK = "block", "保存できません", "Cannot be saved"
    WARN = "warn", "確認してください", "Please check"


class Kind(LabelledEnum):
    """What a place in a text looks like."""

    MY_NUMBER = "my_number", "マイナンバー", "My Number"
    PHONE = "phone", "電話番号", "Telephone number"
    EMAIL = "email", "メールアドレス・ID", "E-mail address or ID"
    ADDRESS = "address", "住所", "Address"
    BIRTH_DATE = "birth_date", "生年月日", "Date of birth"
    NUMBER = "number", "番号", "Personal number"
    CARD = "card", "カードの番号", "Code of a card"
    NAME = "name", "氏名", "Name"
    EMPLOYER = "employer", "勤務先名", "Name of an employer"
    SCHOOL = "school", "学校名", "Name of a school"


class Override(LabelledEnum):
    """Why somebody saves words in spite of a warning; there is no free text, for the trail keeps none."""

    AGENCY = "agency", "窓口・機関・制度の名前", "Name of an office, organisation or scheme"
    PLACE = "place", "地名・駅名・店の名前", "Name of a place, station or shop"
    MANY = "many", "大勢がいる会社や学校で、だれかは分からない", "A company or school of many people"
    WORD = "word", "名前ではない、ふつうの言葉", "An ordinary word and no name"


REASONS: Final = {
    Kind.MY_NUMBER: N_("マイナンバーと思われる12けたの数字があります。書かずに保存してください。"),
    Kind.PHONE: N_("電話番号と思われる数字があります。書かずに保存してください。"),
    Kind.EMAIL: N_("メールアドレスやIDと思われる文字があります。書かずに保存してください。"),
    Kind.ADDRESS: N_("郵便番号や番地と思われる記述があります。書くなら市区町村までにしてください。"),
    Kind.BIRTH_DATE: N_("生年月日と思われる日付があります。年齢層で記録してください。"),
    Kind.NUMBER: N_("個人の番号と思われる記述があります。書かずに保存してください。"),
    Kind.CARD: N_("カードの番号があります。カードの番号はどこにも保存しません。"),
    Kind.NAME: N_("氏名のように見えます。「本人」「家族」「担当者」などに置きかえてください。"),
    Kind.EMPLOYER: N_("勤務先の名前のように見えます。業種などに置きかえてください。"),
    Kind.SCHOOL: N_("学校の名前のように見えます。学校の種類などに置きかえてください。"),
}
"""Catalogue ids of the sentences shown beside what was found."""
NAME_IN_ROW: Final = N_("表から貼りつけた行の、氏名の列のようです。この列を除いてください。")


@dataclass(frozen=True)
class Finding:
    """One place text[start:end] that may tell who someone is; `reason` is a catalogue id.

    `column` is the number (from 1) of the cell when the place lies in a row pasted from a spreadsheet.
    """

    start: int
    end: int
    kind: Kind
    severity: Severity
    reason: str
    column: int | None = None


RECENT: Final = 64
# A save reads a text two or three times: as a field, for its page, as a record. No text is kept.
_recent: dict[tuple[bytes, date | None], tuple[Finding, ...]] = {}


def examine(text: str, *, today: date | None = None) -> list[Finding]:
    """Find identities in a text, in the order of their places in the original; no two overlap.

    `today` lets dates of birth be told from recent dates; without it only dates before 平成 count as old.
    """
    key = hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest(), today
    found = _recent.get(key)
    if found is None:
        if len(_recent) >= RECENT:
            _recent.clear()
        found = _recent[key] = tuple(_examine(text, today))
    return list(found)


def _examine(text: str, today: date | None) -> list[Finding]:
    prose = fold(text)
    digits = with_digits(prose)
    joined = with_joined_lines(digits)
    found: list[Finding] = []
    for copy in {one.text: one for one in (prose, digits, joined)}.values():
        for kind, spans in _blocking(copy.text, today):
            found += _findings(copy, spans, kind, Severity.BLOCK)
    for copy in (prose, digits):
        found += _findings(copy, patterns.email_addresses(copy.text), Kind.EMAIL, Severity.BLOCK)
    found += [
        Finding(*place, Kind.CARD, Severity.BLOCK, REASONS[Kind.CARD]) for place in case_code.spans(text)
    ]
    if "\t" in text:
        found += _findings(prose, table_rows.name_cells(prose.text), Kind.NAME, Severity.WARN, NAME_IN_ROW)
    for kind, look in _WARNING:
        found += _findings(prose, look(prose.text), kind, Severity.WARN)
    kept = _without_overlaps(found)
    return (
        [replace(one, column=table_rows.column_of(text, one.start)) for one in kept] if "\t" in text else kept
    )


def blocks(findings: Iterable[Finding]) -> bool:
    """Tell whether a text with these findings must not be saved."""
    return any(finding.severity is Severity.BLOCK for finding in findings)


def seen_mark(text: str, findings: Iterable[Finding]) -> str:
    """Return a digest of the words found, 16 hex digits, to tell whether a writer has seen just these."""
    words = "\n".join(f"{one.kind}\t{text[one.start : one.end]}" for one in findings)
    return hashlib.sha256(words.encode("utf-8", "replace")).hexdigest()[:16]


_WARNING: Final[tuple[tuple[Kind, Callable[[str], Iterator[Span]]], ...]] = (
    (Kind.NAME, names.person_names),
    (Kind.NAME, table_rows.names_alone),
    (Kind.EMPLOYER, names.employers),
    (Kind.SCHOOL, names.schools),
)


def _blocking(text: str, today: date | None) -> Iterator[tuple[Kind, Iterable[Span]]]:
    yield Kind.MY_NUMBER, digit_runs.my_numbers(text)
    yield Kind.PHONE, digit_runs.phone_numbers(text)
    yield Kind.PHONE, patterns.labelled_phone_numbers(text)
    yield Kind.BIRTH_DATE, birth_dates.birth_dates(text, today)
    yield Kind.ADDRESS, patterns.addresses(text)
    yield Kind.NUMBER, patterns.personal_numbers(text)


def _findings(
    copy: Folded, spans: Iterable[Span], kind: Kind, severity: Severity, reason: str = ""
) -> Iterator[Finding]:
    for first, last in spans:
        inner = copy.text[first:last].strip()
        start = copy.text.index(inner, first)
        end = start + len(inner)
        yield Finding(*copy.origin(start, end), kind, severity, reason or REASONS[kind])


def _without_overlaps(found: list[Finding]) -> list[Finding]:
    """Keep the gravest, then the longest of what overlaps."""
    kept: list[Finding] = []
    for finding in sorted(found, key=lambda each: (each.severity is Severity.WARN, each.start - each.end)):
        at = bisect_left(kept, finding.start, key=lambda each: each.start)
        is_free_before = at == 0 or kept[at - 1].end <= finding.start
        if is_free_before and (at == len(kept) or finding.end <= kept[at].start):
            kept.insert(at, finding)
    return kept


def shown(text: str, findings: Iterable[Finding]) -> list[tuple[str, Finding | None]]:
    """Cut a text into pieces, each with what was found in it, so that a page can mark the places."""
    pieces: list[tuple[str, Finding | None]] = []
    at = 0
    for finding in findings:
        if finding.start > at:
            pieces.append((text[at : finding.start], None))
        pieces.append((text[finding.start : finding.end], finding))
        at = finding.end
    if at < len(text):
        pieces.append((text[at:], None))
    return pieces
