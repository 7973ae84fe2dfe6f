"""Identities made by rules from a fixed seed. Measured on once; since then developed on."""

import random
from collections.abc import Callable

from tests.privacy.learnt.second.vocabulary import (
    ABROAD,
    FIRMS,
    GIVEN,
    HOUSES,
    READINGS,
    SCHOOLS,
    SURNAMES,
    TOWNS,
    words,
)

SEED = "2026-11-22, the second"
UNSEEN = ("\u200b", "\u200c", "\u2060", "\ufeff", "\u200d", "\u00ad", "\u180e")
BROAD = str.maketrans({chr(one): chr(one + 0xFEE0) for one in range(0x21, 0x7F)} | {" ": "\u3000"})
NUMERALS = str.maketrans("0123456789", "〇一二三四五六七八九")
FORMAL = str.maketrans("0123456789", "〇壱弐参四五六七八九")
SPOKEN = (
    words("ゼロ イチ ニ サン ヨン ゴ ロク ナナ ハチ キュウ"),
    words("ぜろ いち に さん よん ご ろく なな はち きゅー"),
    words("まる いち に さん よん ご ろく しち はち く"),
    words("ｾﾞﾛ ｲﾁ ﾆｰ ｻﾝ ﾖﾝ ｺﾞｰ ﾛｸ ﾅﾅ ﾊﾁ ｷｭｳ"),
)
SENTENCES = (
    "{}",
    "{}。",
    "前回の続き。{}とメモあり",
    "生活のリズムは整ってきた\n{}\n応募は週明け",
    "（{}）次回11/28 13:30",
    "家計の相談を20分、{}、そのあと求人検索",
    "※{}",
    "9:00〜12:00の求人に関心。{} ほかに変わりなし",
    "本人いわく「{}」",
)
Chance = random.Random
Make = Callable[[Chance], str]


def as_is(_chance: Chance, text: str) -> str:
    return text


def broad(_chance: Chance, text: str) -> str:
    return text.translate(BROAD)


def mixed(chance: Chance, text: str) -> str:
    return "".join(one.translate(BROAD) if chance.random() < 0.35 else one for one in text)


def numerals(chance: Chance, text: str) -> str:
    return text.translate(chance.choice((NUMERALS, NUMERALS, FORMAL)))


def unseen(chance: Chance, text: str) -> str:
    letters = list(text)
    for _ in range(chance.randint(1, 5)):
        letters.insert(chance.randint(1, len(letters) - 1) if len(letters) > 1 else 1, chance.choice(UNSEEN))
    return "".join(letters)


def some(chance: Chance, count: int) -> str:
    return "".join(chance.choice("0123456789") for _ in range(count))


def counted(number: int) -> str:
    """Write 1 to 99 as 十一."""
    tens, ones = divmod(number, 10)
    return ("" if not tens else "十" if tens == 1 else "〇一二三四五六七八九"[tens] + "十") + (
        "〇一二三四五六七八九"[ones] if ones else ""
    )


def groups(chance: Chance) -> tuple[str, str, str]:
    lead, middle = chance.choice(
        (
            ("070", 4),
            ("080", 4),
            ("090", 4),
            ("042", 3),
            ("03", 4),
            ("0424", 2),
            ("044", 3),
            ("0120", 3),
            ("048", 3),
        )
    )
    tail = 3 if lead == "0120" else 4
    return lead, chance.choice("2345678") + some(chance, middle - 1), some(chance, tail)


def phone(chance: Chance) -> str:
    one, two, three = groups(chance)
    mark = chance.choice(
        ("-", "‐", "–", "ー", "−", " ", "\u3000", "・", "の", ".", ",", "／", "~", "_", ")(")
    )
    forms = (
        mark.join((one, two, three)),
        mark.join((one, two, three)),
        mark.join((one, two, three)),
        one + two + three,
        f"({one}){two}-{three}",
        f"{one}({two}){three}",
        f"{one}{two}-{three}",
        f"{one}-{two}\n-{three}",
        f"{one}\n{two}-{three}",
        " ".join(one + two + three),
        "-".join(one + two + three),
        f"+81{chance.choice((' ', '-', ''))}{one[1:]}-{two}-{three}",
    )
    if chance.random() < 0.1:
        voice = chance.choice(SPOKEN)
        return chance.choice(("", "、", "・", "の")).join(
            "".join(voice[int(digit)] for digit in group) for group in (one, two, three)
        )
    text = chance.choice((as_is, as_is, broad, mixed, numerals, unseen))(chance, chance.choice(forms))
    return chance.choice(
        ("{}", "{}", "ケータイ {}", "TEL {}", "電話番号は{}", "自宅：{}", "夫の携帯が{}")
    ).format(text)


def my_number(chance: Chance) -> str:
    body = chance.choice("345678") + some(chance, 10)
    rest = sum(int(one) * by for one, by in zip(body, (6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2), strict=True)) % 11
    whole = body + str(0 if rest <= 1 else 11 - rest)
    sizes = chance.choice(((4, 4, 4), (4, 4, 4), (12,), (6, 6), (3, 3, 3, 3), (1,) * 12))
    parts, at = [], 0
    for size in sizes:
        parts.append(whole[at : at + size])
        at += size
    text = chance.choice(("-", "ー", " ", "・", "／", "_", "\u3000", "‐")).join(parts)
    text = chance.choice((as_is, broad, mixed, numerals, unseen))(chance, text)
    return chance.choice(
        ("{}", "マイナンバー：{}", "番号カードに{}", "個人番号 {}", "「{}」と控えあり")
    ).format(text)


def email(chance: Chance) -> str:
    user = chance.choice(
        words("nagashima k-uchi yu_ri.88 t1990 saka.gu happy-cat mizuho_y d.matsu no1 aya77")
    )
    host = chance.choice(
        words("gmail.com softbank.ne.jp yahoo.co.jp outlook.jp example.com hotmail.co.jp au.com")
    )
    at = chance.choice(
        ("@", "@", "＠", " ＠ ", "(at)", "【at】", "［アット］", "アットマーク", " あっと ", " at ")
    )
    dot = chance.choice((".", ".", ".", "．", " . ", "ドット", "(ドット)", " dot "))
    text = user + at + host.replace(".", dot)
    text = chance.choice((as_is, as_is, broad, mixed, unseen))(chance, text)
    return chance.choice(("{}", "アドレスは{}", "Eメール：{}", "返信先 {}", "{} に送信済み")).format(text)


def address(chance: Chance) -> str:
    town, house = chance.choice(TOWNS), chance.choice(HOUSES)
    short = town[town.index("市") + 1 :] if "市" in town else town
    one, two, three = chance.randint(1, 9), chance.randint(1, 48), chance.randint(1, 35)
    postal = chance.choice(("185", "187", "190", "183", "202"))
    room = f"{chance.randint(1, 8)}0{chance.randint(1, 9)}"
    forms = (
        f"{town}{one}丁目{two}番地{three}",
        f"{short}{one}丁目{two}番{three}号",
        f"{town}{one}-{two}-{three}",
        f"{short}{one}‐{two}‐{three}",
        f"{town}{one}丁目{two}の{three}",
        f"{short}{counted(one)}丁目{counted(two)}番地",
        f"{short}{counted(one)}の{counted(two)}の{counted(three)}",
        f"{town}{one}丁目{two}ー{three}",
        f"{town}{one}-\n{two}-{three}",
        f"〒{postal}-{some(chance, 4)}",
        f"〒{postal}ー{some(chance, 4)} {town}",
        f"郵便番号 {postal}-{some(chance, 4)}",
        f"{house}{room}号室",
        f"{house} {room}号",
        f"{town}{two}番地{three}",
        f"{town}{one}-{two}-{three}-{room}",
    )
    text = chance.choice((as_is, as_is, broad, mixed, unseen))(chance, chance.choice(forms))
    return chance.choice(("{}", "住所は{}", "いまは{}", "実家が{}", "{}に一人暮らし", "転居先{}")).format(
        text
    )


def birth(chance: Chance) -> str:
    era, letter, base, low, high = chance.choice(
        (("昭和", "S", 1925, 20, 63), ("昭和", "S", 1925, 20, 63), ("平成", "H", 1988, 2, 18))
    )
    count, month, day = chance.randint(low, high), chance.randint(1, 12), chance.randint(1, 28)
    year, mark = base + count, chance.choice(("/", ".", "-", "・"))
    forms = (
        f"{era}{count}年{month}月{day}日",
        f"{letter}{count}{mark}{month}{mark}{day}",
        f"{letter}.{count}.{month}.{day}",
        f"{letter.lower()}{count}年{month}月{day}日",
        f"{era}{counted(count)}年{counted(month)}月{counted(day)}日",
        f"{year}年{month:02}月{day:02}日",
        f"{year}{mark}{month:02}{mark}{day:02}",
        f"{year}{month:02}{day:02}",
        f"{era}{count}年{month}月\n{day}日",
        f"{era[0]}{count}.{month}.{day}",
        f"{year} {month} {day}",
        f"{count}年{month}月{day}日",
        f"{count}.{month}.{day}",
    )
    chosen = chance.choice(forms)
    text = chance.choice((as_is, as_is, broad, mixed, unseen))(chance, chosen)
    frames = ("{}生まれ", "{}生", "生年月日は{}", "生年月日 {}", "（{}生）", "誕生日：{}", "{}うまれ")
    # Two figures for a year say nothing by themselves.
    bare = () if chosen[0].isdigit() and not chosen.startswith(str(year)) else ("{}", "{} 男", "{}（女）")
    return chance.choice(frames + bare).format(text)


def number(chance: Chance) -> str:
    word = chance.choice(
        words(
            """
    被保護者番号 受給者番号 ケース番号 手帳番号 口座番号 受給者証番号 保険証番号 在留カード番号 基礎年金番号
    診察券番号 障害者手帳の番号 生活保護のケース番号 ケースNO 被保険者番号 普通口座 精神手帳番号
    マイナンバー
    """
        )
    )
    size = 7 if word == "普通口座" else chance.choice((5, 6, 7, 8, 9))
    text = some(chance, size)
    if word != "普通口座" and chance.random() < 0.4:
        text = chance.choice((f"第{text}号", f"{text[:2]}-{text[2:]}", f"B{text}", f"{text[:4]} {text[4:]}"))
    text = chance.choice((as_is, as_is, broad, mixed, numerals, unseen))(chance, text)
    return chance.choice(("{} {}", "{}：{}", "{}は{}", "{}{}", "{}（{}）", "{}は、{}", "{}\n{}")).format(
        word, text
    )


def name(chance: Chance) -> str:
    surname, given = chance.choice(SURNAMES), chance.choice(GIVEN)
    reading = chance.choice(READINGS).split()
    forms = (
        f"{surname}さん",
        f"{surname}さん",
        f"{surname}様",
        f"{surname}氏",
        f"{surname}君",
        f"{surname}{given}さん",
        f"{surname}{given}様",
        f"{reading[0]}さん",
        f"{reading[0]}氏",
        f"{''.join(reading)}様",
        f"{chance.choice(words('結衣 陽菜 蒼 美月 大和 ゆい はると そら'))}ちゃん",
        f"{chance.choice(ABROAD[:9])}さん",
        f"氏名：{surname}{given}",
        f"お名前は{surname}様",
    )
    text = chance.choice((as_is, as_is, as_is, unseen))(chance, chance.choice(forms))
    frames = (
        "{}に電話",
        "{}が付きそい",
        "昨日{}と会った",
        "{}の希望",
        "窓口で{}と話す",
        "{}より",
        "（{}）",
        "{}",
    )
    return chance.choice(frames).format(text)


def firm(chance: Chance) -> str:
    return chance.choice(("{}を退職", "{}に応募", "いまは{}のパート", "{}の面接")).format(
        chance.choice(FIRMS)
    )


def school(chance: Chance) -> str:
    return chance.choice(("{}卒", "{}に在学中", "子が{}に入った", "出身は{}")).format(chance.choice(SCHOOLS))


def row(chance: Chance) -> str:
    surname, given, reading = chance.choice(SURNAMES), chance.choice(GIVEN), chance.choice(READINGS)
    written = surname + chance.choice(("", " ", "\u3000")) + given
    spoken = chance.choice((reading, reading.replace(" ", "\u3000"), reading.replace(" ", "")))
    cells = {
        "日": f"R8.{chance.randint(4, 11)}.{chance.randint(1, 28)}",
        "名": written,
        "読": spoken,
        "生": f"S{chance.randint(30, 63)}.{chance.randint(1, 12)}.{chance.randint(1, 28)}",
        "電": "-".join(groups(chance)),
        "事": chance.choice(("来所", "電話", "求人検索", "三者面談", "定着確認")),
        "数": str(chance.randint(1, 9)),
    }
    order = chance.choice(
        ("日名事", "名事数", "数名読", "日読事", "読数", "名生電", "読電事", "事数名", "日数読生")
    )
    line = "\t".join(cells[one] for one in order)
    return line if chance.random() < 0.7 else f"{line}\n" + "\t".join(cells[one] for one in order)


KINDS: dict[str, tuple[Make, int]] = {
    "phone": (phone, 520),
    "my_number": (my_number, 240),
    "email": (email, 220),
    "address": (address, 360),
    "birth_date": (birth, 320),
    "number": (number, 320),
    "name": (name, 340),
    "employer": (firm, 60),
    "school": (school, 60),
    "row": (row, 200),
}


def made_identities() -> list[tuple[str, str]]:
    """Return (kind, text) of identities, the same in each run, each text once."""
    made: dict[str, str] = {}
    for kind, (make, count) in KINDS.items():
        chance, wanted = Chance(f"{SEED}: {kind}"), len(made) + count
        while len(made) < wanted:
            text = make(chance)
            made.setdefault(text if kind == "row" else chance.choice(SENTENCES).format(text), kind)
    return [(kind, text) for text, kind in made.items()]
