"""Names of persons, employers and schools in free text: a hint to the writer, never a proof."""

import re
from collections.abc import Iterator
from typing import Final

from app.privacy.name_words import (
    COMMON_WORDS,
    KANA_SURNAMES,
    KATAKANA_ENDINGS,
    ORGANISATION_ENDINGS,
    PERSON_ENDINGS,
    SCHOOL_WORDS,
    SINGLE_SURNAMES,
    SURNAMES,
    TITLES,
)

Span = tuple[int, int]

_KANJI: Final = r"[一-龥々〆ヶケ\U00020000-\U0002ffff]"
_HONORIFIC: Final = (
    r" ?(?:さん|サン|さま|サマ|様(?![子々式態相変])|氏(?![名族神子])|君(?![主津臨])|くん|クン|ちゃん|チャン)"
)
_KANJI_NAME: Final = re.compile(rf"(?P<name>{_KANJI}{{1,6}}){_HONORIFIC}")
_KATAKANA_NAME: Final = re.compile(rf"(?P<name>[ァ-ヶー・]{{2,14}}?){_HONORIFIC}")
_KANA_NAME: Final = re.compile(rf"(?P<name>{'|'.join(KANA_SURNAMES)}){_HONORIFIC}")
_LATIN_NAME: Final = re.compile(rf"(?<![A-Za-z])(?P<name>[A-Z]?[a-z]{{2,14}}){_HONORIFIC}")
_LABELLED: Final = re.compile(
    r"(?:氏名|姓名|お名前|名前|フリガナ|ふりがな) ?[:=、] ?(?P<name>[一-龥々ぁ-んァ-ヶーA-Za-z]{2,12})"
)
_COMPANY: Final = re.compile(
    r"(?:株式会社|有限会社|合同会社|\(株\)|\(有\)|\(同\)) ?(?P<after>[一-龥々ァ-ヶーA-Za-z&]{2,20})"
    r"|(?P<before>[一-龥々ァ-ヶーA-Za-z&]{2,20}) ?(?:株式会社|有限会社|合同会社|\(株\)|\(有\)|\(同\))"
)
_SCHOOL: Final = re.compile(
    rf"(?P<name>(?:{_KANJI}|[ァ-ヶー]){{2,10}}?)"
    r"(?:小学校|中学校|高等学校|高校|短期大学|大学院|大学|専門学校|特別支援学校)"
)
_NO_COMPANY: Final = re.compile(
    r"(?:への?|の|で|に|と|を|が|は|面接|応募|求人|勤務|就職|入社|退職)$|^(?:面接|応募|求人|勤務)"
)


def person_names(text: str) -> Iterator[Span]:
    """Find what looks like a surname with さん, 様, 氏 or 君, or stands after 氏名."""
    for match in _KANJI_NAME.finditer(text):
        start = _start_of_name(match["name"])
        if start is not None:
            yield match.start() + start, match.end()
    for match in _KATAKANA_NAME.finditer(text):
        if not match["name"].endswith(KATAKANA_ENDINGS):
            yield match.span()
    for pattern in (_KANA_NAME, _LATIN_NAME, _LABELLED):
        for match in pattern.finditer(text):
            yield match.span()


def employers(text: str) -> Iterator[Span]:
    """Find names of companies by their legal form."""
    for match in _COMPANY.finditer(text):
        name = match["after"] or match["before"]
        if not _NO_COMPANY.search(name):
            yield match.span()


def schools(text: str) -> Iterator[Span]:
    """Find names of schools; kinds of schools (通信制高校) are none."""
    for match in _SCHOOL.finditer(text):
        if not match["name"].endswith(SCHOOL_WORDS):
            yield match.span()


def _start_of_name(run: str) -> int | None:
    """Return where in a run of kanji before an honorific the surname begins; None when it is no name."""
    known = _start_of_surname(run)
    if known is not None:
        return known
    if len(run) == 1:
        return 0 if run in SINGLE_SURNAMES else None
    if run.endswith(COMMON_WORDS + PERSON_ENDINGS):
        return None
    return None if len(run) >= 3 and run.endswith(ORGANISATION_ENDINGS) else 0


def _start_of_surname(run: str) -> int | None:
    """Return where a known surname begins that ends the run, a title after it (森本係長) left aside."""
    title = next((title for title in TITLES if run.endswith(title)), "")
    bare = run.removesuffix(title)
    for length in range(min(len(bare), 5), 1, -1):
        if bare[-length:] in SURNAMES:
            return len(bare) - length
    return None
