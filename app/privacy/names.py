"""Names of persons, employers and schools in free text: a hint to the writer, never a proof."""

import re
from collections.abc import Iterator
from typing import Final

from app.privacy.name_shapes import is_given_like, is_surname_like
from app.privacy.name_words import (
    COMMON_WORDS,
    GIVEN_NAMES,
    KANA_GIVEN_NAMES,
    KANA_SURNAMES,
    KATAKANA_ENDINGS,
    ORGANISATION_ENDINGS,
    PERSON_ENDINGS,
    SCHOOL_WORDS,
    SINGLE_GIVEN_NAMES,
    SINGLE_SURNAMES,
    SURNAMES,
    TITLES,
)

Span = tuple[int, int]

_KANJI: Final = r"[一-龥々〆ヶケ\U00020000-\U0002ffff]"
_HONORIFIC: Final = (
    r" ?(?:さん|サン|さま|サマ|(?<!王)様(?![子々式態相変])|氏(?![名族神子])|君(?![主津臨])|くん|クン"
    r"|ちゃん(?!と[しすやでき行来食寝起続出言働])|チャン)"
)
_KANJI_NAME: Final = re.compile(rf"(?P<name>{_KANJI}{{1,6}}){_HONORIFIC}")
_KATAKANA_NAME: Final = re.compile(rf"(?P<name>[ァ-ヶー・]{{2,14}}?|(?<![ァ-ヶー])[ァ-ヶ]){_HONORIFIC}")
_KANA_NAME: Final = re.compile(rf"(?P<name>{'|'.join(KANA_SURNAMES)}){_HONORIFIC}")
_LATIN_NAME: Final = re.compile(rf"(?<![A-Za-z])(?P<name>[A-Z]?[a-z]{{2,14}}){_HONORIFIC}")
_ANY_SURNAME: Final = f"(?:{'|'.join(sorted(SURNAMES, key=len, reverse=True))})"
_LABELLED: Final = re.compile(
    r"(?:氏名|姓名|お名前|名前|フリガナ|ふりがな)(?: ?[:=、] ?| )"
    r"(?!(?:未|不|非|無|匿|記|確認|変更|住所|連絡|以外|など|欄|等|電話|年齢|性別|生年))"
    rf"(?:{_KANJI}{{1,4}} (?:{_KANJI}|[ぁ-んァ-ヶー]){{1,5}}|(?:{_KANJI}|[ァ-ヶー]){{2,12}})"
    r"|(?:氏名|姓名|お名前|名前|フリガナ|ふりがな) ?[:=] ?[一-龥々ぁ-んァ-ヶーA-Za-z]{2,12}"
)
_TWO_IN_KANJI: Final = re.compile(
    rf"(?P<name>(?P<surname>{_KANJI}{{1,3}}) (?P<given>{_KANJI}{{1,3}})){_HONORIFIC}"
)
_WITH_GIVEN_KANA: Final = re.compile(
    rf"{_ANY_SURNAME} ?(?!の[おみ]|[でにがへを])[ぁ-んァ-ヶー]{{2,5}}?{_HONORIFIC}"
)
_GIVEN_KANA: Final = re.compile(rf"(?:{'|'.join(KANA_GIVEN_NAMES)}){_HONORIFIC}")
_CHILD: Final = re.compile(r"(?P<name>[ぁ-ん]{2,4}) ?ちゃん(?!と[しすやでき行来食寝起続出言働])")
_NO_CHILD: Final = (
    "あか",
    "ばあ",
    "じい",
    "とう",
    "かあ",
    "ねえ",
    "にい",
    "わん",
    "おっ",
    "おば",
    "おじ",
    "さん",
)
_IN_HIRAGANA: Final = r"(?![のなでにがはをへともかやらまだ])[ぁ-ん]{2,8}"
_COMPANY: Final = re.compile(
    r"(?:株式会社|有限会社|合同会社|\(株\)|\(有\)|\(同\)) ?"
    rf"(?P<after>[一-龥々ァ-ヶーA-Za-z&]{{2,20}}|(?![内外等系間側風型])[一-龥]の[一-龥々ァ-ヶー]{{1,10}}|{_IN_HIRAGANA}(?:[一-龥々ァ-ヶー]{{1,10}}|(?=[にでをへ、。]|$)))"
    r"|(?P<before>[一-龥々ァ-ヶーA-Za-z&]{2,20}) ?(?:株式会社|有限会社|合同会社|\(株\)|\(有\)|\(同\))"
)
_SCHOOL: Final = re.compile(
    rf"(?P<name>(?:{_KANJI}|[ァ-ヶー]){{2,10}}?|[ぁ-ん]{{2,5}}(?<![のでにがはをへともるたい]){_KANJI}{{1,4}}?)"
    r"(?:小学校|中学校|高等学校|高校|短期大学|大学院|大学|専門学校|特別支援学校)"
)
_NO_COMPANY: Final = re.compile(
    r"(?:への?|の|で|に|と|を|が|は|面接|応募|求人|勤務|就職|入社|退職)$|^(?:面接|応募|求人|勤務)"
)


def person_names(text: str) -> Iterator[Span]:
    """Find what looks like a surname with さん, 様, 氏 or 君, or stands after 氏名."""
    yield from _names_in_kanji(text)
    for pattern, no_name in ((_KATAKANA_NAME, KATAKANA_ENDINGS), (_CHILD, _NO_CHILD)):
        for match in pattern.finditer(text):
            if not match["name"].endswith(no_name):
                yield match.span()
    for pattern in (_KANA_NAME, _LATIN_NAME, _LABELLED, _WITH_GIVEN_KANA, _GIVEN_KANA):
        for match in pattern.finditer(text):
            yield match.span()


def _names_in_kanji(text: str) -> Iterator[Span]:
    for match in _KANJI_NAME.finditer(text):
        start = _start_of_name(match["name"], match[0])
        if start is not None:
            yield match.start() + start, match.end()
    for match in _TWO_IN_KANJI.finditer(text):
        if is_surname_like(match["surname"]) or is_given_like(match["given"]):
            yield match.span()


def employers(text: str) -> Iterator[Span]:
    """Find names of companies by their legal form."""
    for match in _COMPANY.finditer(text):
        name = match["after"] or match["before"]
        if len(_NO_COMPANY.sub("", name)) >= 2:
            yield match.span()


def schools(text: str) -> Iterator[Span]:
    """Find names of schools; kinds of schools (通信制高校) are none."""
    for match in _SCHOOL.finditer(text):
        if _own_name(match["name"]):
            yield match.span()


def _own_name(name: str) -> str:
    """Return what a school's name says beside its kind: of 富士見女子 it is 富士見, of 市内女子 nothing."""
    for word in SCHOOL_WORDS:
        if name.endswith(word):
            return _own_name(name.removesuffix(word))
    return name if len(name) > 1 else ""


def _start_of_name(run: str, after: str) -> int | None:
    """Return where in a run of kanji before an honorific the surname begins; None when it is no name."""
    known = _start_of_surname(run)
    if known is not None:
        return known
    if len(run) == 1:
        return (
            0 if run in SINGLE_SURNAMES or (run in SINGLE_GIVEN_NAMES and after.endswith("ちゃん")) else None
        )
    if any(run[-size:] in GIVEN_NAMES for size in (2, 3)):
        return 0
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
    if is_surname_like(bare[-2:]) and not bare.endswith(COMMON_WORDS):
        return max(0, len(bare) - 2)
    return None
