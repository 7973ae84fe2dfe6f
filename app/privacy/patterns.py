"""Shapes of identity in a folded text: e-mail and IDs, addresses, labelled telephone and other numbers."""

import re
from collections.abc import Iterator
from typing import Final

Span = tuple[int, int]

# What follows a plain count: 12件, 3か月, 5万円, 10時.
_COUNTED: Final = (
    r"(?! ?(?:[万千億]?円|名(?!義)|[年月日時分秒週回件人社歳才代か箇個ヶケ冊枚台通点割階%℃万~]"
    r"|本(?![人日])|キロ|[kKcm]m|kg|号機|分の|以上|以下))"
)
_OPEN, _CLOSE = r"[(\[<{「【]", r"[)\]>}」】]"
_AT: Final = (
    rf"(?: ?(?:@|{_OPEN}? ?(?:アットマーク|アット|あっとまーく|あっと) ?{_CLOSE}?"
    rf"|{_OPEN} ?(?:at|@) ?{_CLOSE}) ?| at )"
)
_DOT: Final = rf"(?: ?(?:\.|{_OPEN}? ?(?:ドット|どっと) ?{_CLOSE}?|{_OPEN} ?(?:dot|\.) ?{_CLOSE}) ?| dot )"
_EMAIL: Final = (
    re.compile(
        rf"(?i)(?<![a-z0-9._%+-])[a-z0-9](?:[a-z0-9._%+-]{{0,63}}){_AT}[a-z0-9-]{{1,63}}(?:{_DOT}[a-z0-9-]{{2,63}})+"
    ),
    re.compile(
        rf"(?i)(?<![a-z0-9._%+-])[a-z0-9](?:[a-z0-9._%+-]{{0,63}}){_AT}"
        r"(?:docomo|ドコモ|softbank|ソフトバンク|ezweb|au|gmail|ジーメール|yahoo|ヤフー|icloud|outlook|hotmail)"
    ),
    re.compile(
        r"(?i)(?:LINE|ライン|インスタグラム|インスタ|Instagram|Twitter|ツイッター|Facebook|Skype|カカオ)"
        r"[^\n。]{0,4}?(?:ID|アカウント)[^\n。a-z0-9@]{0,4}@?[a-z0-9][a-z0-9._-]{3,}"
    ),
    re.compile(r"(?i)(?:LINE|ライン) ?[:=は]? ?@?(?=[a-z._-]*[\d_])[a-z][a-z0-9._-]{3,}"),
)

_PLACE: Final = r"(?:[町村台丘窪倉]|本多|富士本|内藤|大字|小字)"
_BUILDING: Final = (
    r"(?:マンション|アパート|荘|ハイツ|コーポ|メゾン|レジデンス|ハイム|団地|ビラ|パレス|コート|ハウス|寮"
    r"|[市都県公町区]営住宅)"
)
_ADDRESS: Final = (
    re.compile(r"[〒〶] ?\d{3} ?[-のノ]? ?\d{4}(?!\d)"),
    re.compile(r"郵便番号[^\d\n。]{0,5}\d{3} ?[-のノ]? ?\d{4}(?!\d)"),
    re.compile(rf"(?<![\d-])\d{{3}} ?- ?\d{{4}}(?![\d-]){_COUNTED}"),
    re.compile(
        r"\d{1,3} ?丁目(?: ?\d{1,4})?(?: ?[-の番] ?(?:地|の)?\d{1,4})*(?: ?号)?"
        r"(?! ?(?:バス停|交差点|公園|郵便局|駅))"
    ),
    re.compile(r"\d{1,5} ?番地(?: ?の? ?\d{1,4})?"),
    re.compile(r"\d{1,4} ?番 ?\d{1,4} ?号"),
    re.compile(rf"{_PLACE} ?\d{{1,3}} ?[-のノ] ?\d{{1,3}}(?: ?[-のノ] ?\d{{1,4}})?(?![\d/]){_COUNTED}"),
    re.compile(
        r"(?<![和成昭正治資料表図項])(?<=[一-龥々ヶケ]) ?\d{1,2}([-のノ])\d{1,3}\1\d{1,4}"
        r"(?:\1\d{1,4})?(?![\d/-])"
        rf"{_COUNTED}"
    ),
    re.compile(r"[市区町村][一-龥々ヶケ]{1,7} ?\d{1,2} ?- ?\d{1,3} ?- ?\d{1,4}(?: ?- ?\d{1,4})?(?![\d/-])"),
    re.compile(rf"{_BUILDING}[^\n。、\d]{{0,6}}(?:\d{{1,4}} ?号室?|\d{{2,4}}(?=$|[ 。、()\n]))"),
    re.compile(rf"{_BUILDING}[^\n。、\d]{{0,6}}\d{{1,3}} ?(?:号棟|棟|-)(?: ?\d{{2,4}}(?!\d))?{_COUNTED}"),
    re.compile(r"(?<!\d)[1-9]\d{2,3} ?号室"),
)
_OFFICE_ROOM: Final = re.compile(
    r"(?:会議|相談|面談|面接|研修|庁舎|役所|役場|プラザ|ホール|センター|館)[^\d\n]{0,3}\Z"
)

_LABELLED_PHONE: Final = re.compile(
    r"(?i)(?:電話|でんわ|TEL|ケータイ|携帯|スマホ|連絡先|FAX|ファックス|ファクス)[^\d\n。]{0,6}"
    rf"(?:\d{{2,4}} ?[- の.] ?\d{{3,4}}|(?!20\d{{6}})\d{{6,9}})(?!\d)(?! ?[-/]){_COUNTED}"
)

_PERSONAL: Final = (
    r"(?:被保護者|受給者証?|受給|保護|生保|ケース|手帳|口座|被保険者証?|基礎年金|年金|保険証|保険|マイナンバー|個人|免許証?|在留カード"
    r"|パスポート|旅券|診察券|求職者?|患者|社員|職員|学籍|住民票コード|お客様|会員|世帯)"
)
_WORD_FOR_NUMBER: Final = r"(?:番号|番|ナンバー|No\.?|NO\.?|no\.?|#|コード|記号)"
# No backing off into the middle of a number.
# Five figures and more count money, and nothing else.
_WHOLE: Final = rf"(?![\d.]|/\d|[- ]\d)(?:(?<=\d{{5}})(?! ?[万千億]?円)|{_COUNTED})"
_NUMBER: Final = (
    re.compile(rf"{_PERSONAL}の?[^\n。、\d]{{0,6}}?{_WORD_FOR_NUMBER}[^\n。\d]{{0,8}}\d(?:[- ]?\d)+{_WHOLE}"),
    re.compile(
        r"(?:被保護者|受給者証?|ケース|手帳|被保険者証?|マイナンバー|個人番号|基礎年金|免許証|在留カード|診察券)"
        r"[ は:がの#第=/、(「]{0,4}(?!(?:19|20)\d\d ?[-/.年])[A-Za-z]{0,3}-?\d(?:[- ]?\d){3,}"
        rf"{_WHOLE}"
    ),
    re.compile(
        rf"(?:口座|普通預金|普通|当座|総合)[^\n。\d]{{0,6}}(?!20\d{{6}})\d(?:[- ]?\d){{5,7}}(?!\d){_COUNTED}"
    ),
    re.compile(r"(?<!求人)(?:記号|番号) ?[:は]? ?\d{5}[- 、]{0,3}(?:番号)? ?[:は]? ?\d{6,8}(?!\d)"),
    re.compile(r"(?:手帳|受給者証|被保険者証|在留カード)[^\n。、\d]{0,8}第 ?\d{3,} ?号"),
)


def email_addresses(text: str) -> Iterator[Span]:
    """Find e-mail addresses, plain or spelt out (アット, dot), and IDs of message services."""
    for pattern in _EMAIL:
        for match in pattern.finditer(text):
            yield match.span()


def addresses(text: str) -> Iterator[Span]:
    """Find postal codes, 丁目・番地・号, house numbers after a place, and rooms of dwellings."""
    for pattern in _ADDRESS:
        for match in pattern.finditer(text):
            if not _OFFICE_ROOM.search(text, max(0, match.start() - 8), match.start()):
                yield match.span()


def labelled_phone_numbers(text: str) -> Iterator[Span]:
    """Find local telephone numbers without area code, told by a word such as 電話 or TEL."""
    for match in _LABELLED_PHONE.finditer(text):
        yield match.span()


def personal_numbers(text: str) -> Iterator[Span]:
    """Find numbers of recipients, cases, handbooks, insurance and bank accounts by the word before them."""
    for pattern in _NUMBER:
        for match in pattern.finditer(text):
            yield match.span()
