"""Identities made by rules from a fixed seed. Measured on once; since then developed on."""

import random
from collections.abc import Callable

from tests.privacy.learnt.first.words import (
    BUILDINGS,
    CITIES,
    EMPLOYERS,
    FOREIGN,
    GIVEN,
    KANA_NAMES,
    SCHOOLS,
    SURNAMES,
    TOWNS,
    words,
)

SEED = 20261122
INVISIBLE = ("\u200b", "\u200c", "\u200d", "\u2060", "\ufeff", "\u00ad")
WIDE = str.maketrans("0123456789-@.:() ", "０１２３４５６７８９－＠．：（）　")
KANJI = str.maketrans("0123456789", "〇一二三四五六七八九")
CIRCLED = str.maketrans("0123456789", "⓪①②③④⑤⑥⑦⑧⑨")
HIRAGANA = words("""
    ぜろ いち に さん よん ご ろく なな はち きゅう
    """)
KATAKANA = words("""
    ゼロ イチ ニー サン ヨン ゴー ロク ナナ ハチ キュー
    """)
HALFWIDTH = words("""
    ｾﾞﾛ ｲﾁ ﾆ ｻﾝ ﾖﾝ ｺﾞ ﾛｸ ﾅﾅ ﾊﾁ ｷｭｳ
    """)
FRAMES = (
    "{}",
    "本人より申し出あり。{}とのこと。",
    "今日の面談で聞いた（{}）。",
    "{}\n次の面談は来週の火曜",
    "求人3件を渡した。{}。午後なら話せる",
    "・体調よい\n・{}\n・応募は月末から",
    "希望は週4日。「{}」とメモをもらう",
    "時給1,250円の求人に応募、{}、結果は12月中旬",
)
Rand = random.Random


def invisible(rand: Rand, text: str) -> str:
    for _ in range(rand.randint(1, 4)):
        at = rand.randint(1, max(1, len(text) - 1))
        text = text[:at] + rand.choice(INVISIBLE) + text[at:]
    return text


def wide(_rand: Rand, text: str) -> str:
    return text.translate(WIDE)


def partly_wide(rand: Rand, text: str) -> str:
    return "".join(one.translate(WIDE) if rand.random() < 0.5 else one for one in text)


def kanji(_rand: Rand, text: str) -> str:
    return text.translate(KANJI)


def plain(_rand: Rand, text: str) -> str:
    return text


def framed(rand: Rand, text: str) -> str:
    return rand.choice(FRAMES).format(text)


def digits(rand: Rand, count: int) -> str:
    return "".join(rand.choice("0123456789") for _ in range(count))


def small_kanji(number: int) -> str:
    """Write a number from 1 to 99 as 二十三."""
    tens, ones = divmod(number, 10)
    head = "" if tens == 0 else "十" if tens == 1 else f"{'〇一二三四五六七八九'[tens]}十"
    return head + ("〇一二三四五六七八九"[ones] if ones else "")


# ---- telephone ----------------------------------------------------------------------------------


def phone_groups(rand: Rand) -> list[str]:
    lead = rand.choice(("090", "080", "070", "090", "080", "042", "03", "0422", "0428", "045", "050"))
    shape = {2: (4, 4), 3: (3, 4), 4: (2, 4)}[len(lead)]
    if lead in {"090", "080", "070", "050"}:
        shape = (4, 4)
    return [lead, rand.choice("23456789") + digits(rand, shape[0] - 1), digits(rand, shape[1])]


def joined_phone(rand: Rand) -> str:
    groups = phone_groups(rand)
    mark = rand.choice(("-", "－", "ー", "‐", "―", " ", "　", ".", "・", "の", "/", "_", "、", "→", "ｰ", "−"))
    return mark.join(groups)


def phone_with_brackets(rand: Rand) -> str:
    lead, middle, tail = phone_groups(rand)
    return rand.choice(("({})-{}-{}", "（{}）{}－{}", "{}({}){}", "{} ({}) {}")).format(lead, middle, tail)


def phone_in_one(rand: Rand) -> str:
    return "".join(phone_groups(rand))


def phone_broken(rand: Rand) -> str:
    groups = phone_groups(rand)
    return rand.choice(("{}-{}-\n{}", "{}-\n{}-{}", "{}\n{}\n{}", "{} {}\n{}", "{}－{}\n－{}")).format(
        *groups
    )


def phone_one_by_one(rand: Rand) -> str:
    return rand.choice(("-", " ", "・", "、", "　", ".")).join("".join(phone_groups(rand)))


def phone_spoken(rand: Rand) -> str:
    words = rand.choice((HIRAGANA, KATAKANA, HALFWIDTH))
    between = rand.choice(("", "、", "の", " "))
    return between.join("".join(words[int(one)] for one in group) for group in phone_groups(rand))


def phone_abroad(rand: Rand) -> str:
    lead, middle, tail = phone_groups(rand)
    return rand.choice(("+81-{}-{}-{}", "＋81 {} {} {}", "+81{}{}{}")).format(lead[1:], middle, tail)


def phone_circled(rand: Rand) -> str:
    return "-".join(phone_groups(rand)).translate(CIRCLED)


def phone(rand: Rand) -> str:
    base = rand.choice(
        (joined_phone,) * 5
        + (phone_in_one,) * 2
        + (phone_with_brackets, phone_broken, phone_one_by_one, phone_spoken, phone_abroad, phone_circled)
    )(rand)
    disguised = rand.choice((plain, plain, wide, partly_wide, kanji, invisible))(rand, base)
    return rand.choice(("{}", "携帯{}", "電話は{}", "TEL:{}", "連絡先 {}", "母の番号{}")).format(disguised)


# ---- My Number ----------------------------------------------------------------------------------


def my_number(rand: Rand) -> str:
    body = digits(rand, 11)
    total = sum(
        int(one) * weight for one, weight in zip(body, (6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2), strict=True)
    )
    rest = total % 11
    whole = body + str(0 if rest <= 1 else 11 - rest)
    if whole[:2] in {"19", "20"}:
        return my_number(rand)
    shape = rand.choice(((4, 4, 4), (12,), (4, 4, 4), (3, 3, 3, 3), (6, 6), (4, 8), (1,) * 12))
    groups, at = [], 0
    for length in shape:
        groups.append(whole[at : at + length])
        at += length
    text = rand.choice(("-", " ", "　", "－", "・", "ー", ".", "\n", "、")).join(groups)
    text = rand.choice((plain, wide, partly_wide, kanji, invisible))(rand, text)
    return rand.choice(("{}", "マイナンバー {}", "個人番号は{}", "カードの裏 {}", "申請に使う{}")).format(
        text
    )


# ---- e-mail -------------------------------------------------------------------------------------


def email(rand: Rand) -> str:
    user = rand.choice(
        ("k.sato", "yumi_77", "hoshino-t", "m1984", "taku.umi", "a_kuroki", "sakura2525", "ryo")
    )
    host = rand.choice(("gmail.com", "docomo.ne.jp", "yahoo.co.jp", "mail.example.org", "ezweb.ne.jp"))
    marks = (
        "@",
        "@",
        "＠",
        " @ ",
        "(at)",
        "[at]",
        " at ",
        "アット",
        "アットマーク",
        "あっと",
        "（アット）",
        "＠",
    )
    at = rand.choice(marks)
    dot = rand.choice((".",) * 5 + ("．", " . ", "ドット", "(dot)", " dot "))
    text = f"{user}{at}{host.replace('.', dot)}"
    text = rand.choice((plain, plain, wide, invisible, partly_wide))(rand, text)
    return rand.choice(("{}", "メール {}", "メアドは{}", "連絡は{}へ", "書類の送り先：{}")).format(text)


# ---- address ------------------------------------------------------------------------------------


def address(rand: Rand) -> str:
    town = rand.choice(TOWNS + CITIES)
    one, two, three = rand.randint(1, 8), rand.randint(1, 39), rand.randint(1, 30)
    forms: tuple[Callable[[], str], ...] = (
        lambda: f"{town}{one}丁目{two}番地{three}号",
        lambda: f"{town}{one}丁目{two}番{three}号",
        lambda: f"{town}{one}-{two}-{three}",
        lambda: f"{town}{one}丁目{two}-{three}",
        lambda: f"{town}{one}の{two}の{three}",
        lambda: f"{town}{small_kanji(one)}丁目{small_kanji(two)}番{small_kanji(three)}号",
        lambda: f"{town}{small_kanji(one)}ノ{small_kanji(two)}ノ{small_kanji(three)}",
        lambda: f"{town}{one}丁目\n{two}番{three}号",
        lambda: f"{town} {one} - {two} - {three}",
        lambda: f"{town}{two}番地の{three}",
        lambda: f"〒{rand.choice(('185', '187', '184', '190', '183'))}-{digits(rand, 4)}",
        lambda: f"〒{rand.choice(('185', '187', '184', '190', '183'))}{digits(rand, 4)} {town}",
        lambda: f"{rand.choice(BUILDINGS)}{rand.randint(1, 5)}0{rand.randint(1, 9)}号室",
        lambda: (
            f"{town}{one}-{two}-{three} {rand.choice(BUILDINGS)}{rand.randint(1, 3)}0{rand.randint(1, 9)}"
        ),
        lambda: f"{town}{one}―{two}―{three}",
    )
    text = rand.choice(forms)()
    text = rand.choice((plain, plain, wide, partly_wide, invisible))(rand, text)
    return rand.choice(("{}", "住まいは{}", "{}に住む", "住所 {}", "引っ越し先：{}", "{}へ転居")).format(text)


# ---- birth --------------------------------------------------------------------------------------


def birth_date(rand: Rand) -> str:
    era, short, first, most = rand.choice(
        (("昭和", "S", 1925, 63), ("平成", "H", 1988, 17), ("昭和", "S", 1925, 63))
    )
    count = rand.randint(22 if era == "昭和" else 1, most)
    year, month, day = first + count, rand.randint(1, 12), rand.randint(1, 28)
    mark = rand.choice((".", "/", "-", "・", "．", "／"))
    forms = (
        f"{era}{count}年{month}月{day}日",
        f"{short}{count}{mark}{month}{mark}{day}",
        f"{short}{count}年{month}月{day}日",
        f"{era}{small_kanji(count)}年{small_kanji(month)}月{small_kanji(day)}日",
        f"{year}年{month}月{day}日",
        f"{year}{mark}{month}{mark}{day}",
        f"{year}{month:02}{day:02}",
        f"{short}{count:02}{month:02}{day:02}",
        f"{era[0]}{count}{mark}{month}{mark}{day}",
        f"{era} {count}年 {month}月 {day}日",
        f"{era}{count}年\n{month}月{day}日",
        f"{str(year).translate(KANJI)}年{small_kanji(month)}月{small_kanji(day)}日",
    )
    text = rand.choice((plain, plain, wide, partly_wide, invisible))(rand, rand.choice(forms))
    frame = rand.choice(
        ("{}生", "{}生まれ", "生年月日 {}", "誕生日は{}", "{}", "本人（{}生）", "生年月日：{}")
    )
    return frame.format(text)


# ---- numbers ------------------------------------------------------------------------------------


def personal_number(rand: Rand) -> str:
    word = rand.choice(
        words("""
    被保護者番号 受給者番号 受給者証番号 ケース番号 手帳番号 療育手帳の番号 口座番号 保険証の番号
    基礎年金番号 在留カード番号 診察券番号 ケースNo. 障害者手帳番号 被保険者番号 生活保護の受給者番号
    ケース№ 患者番号
    """)
    )
    number = rand.choice((digits(rand, 5), digits(rand, 6), digits(rand, 7), digits(rand, 8)))
    shape = rand.choice(("{}", "{}", "{}-", "第{}号", "{} ", "A{}"))
    if shape.endswith("-"):
        number = f"{number[:3]}-{number[3:]}"
        shape = "{}"
    text = shape.format(number).strip()
    text = rand.choice((plain, wide, kanji, invisible, partly_wide))(rand, text)
    return rand.choice(("{}{}", "{}は{}", "{}：{}", "{} {}", "{}（{}）", "{}\n{}", "{}＝{}")).format(
        word, text
    )


# ---- names, employers, schools ------------------------------------------------------------------


def name(rand: Rand) -> str:
    surname = rand.choice(SURNAMES)
    kana = rand.choice(KANA_NAMES).split()[0]
    forms = (
        f"{surname}さん",
        f"{surname}様",
        f"{surname}氏",
        f"{surname}君",
        f"{surname}{rand.choice(GIVEN)}さん",
        f"{surname} {rand.choice(GIVEN)}様",
        f"{kana}さん",
        f"{kana}様",
        f"{rand.choice(FOREIGN)}さん",
        f"{rand.choice(GIVEN)}ちゃん",
        f"{surname}　さん",
        f"氏名 {surname}{rand.choice(GIVEN)}",
        f"氏名：{surname}{rand.choice(GIVEN)}",
    )
    text = rand.choice((plain, plain, plain, invisible))(rand, rand.choice(forms))
    frame = rand.choice(
        ("{}と面談", "{}から相談", "本日、{}が来所", "紹介したのは{}", "同席は{}。", "「{}」宛て", "{}")
    )
    return frame.format(text)


def employer(rand: Rand) -> str:
    frame = rand.choice(("{}に内定", "前職は{}", "{}で5年働いた", "{}の面接を受けた", "勤め先：{}"))
    return frame.format(rand.choice(EMPLOYERS))


def school(rand: Rand) -> str:
    frame = rand.choice(("{}を卒業", "子は{}に通う", "{}の2年生", "長男が{}へ入学", "母校は{}"))
    return frame.format(rand.choice(SCHOOLS))


# ---- rows of a spreadsheet ----------------------------------------------------------------------


def cell_name(rand: Rand) -> str:
    between = rand.choice(("", " ", "　"))
    return rand.choice(SURNAMES[:100]) + between + rand.choice(GIVEN)


def cell_kana(rand: Rand) -> str:
    return rand.choice(KANA_NAMES).replace(" ", rand.choice((" ", "　", "")))


def row(rand: Rand) -> str:
    day = f"2026/{rand.randint(4, 11)}/{rand.randint(1, 28)}"
    kinds: dict[str, Callable[[], str]] = {
        "日付": lambda: day,
        "氏名": lambda: cell_name(rand),
        "フリガナ": lambda: cell_kana(rand),
        "生年月日": lambda: f"{rand.randint(1955, 2003)}/{rand.randint(1, 12)}/{rand.randint(1, 28)}",
        "電話": lambda: "-".join(phone_groups(rand)),
        "内容": lambda: rand.choice(("仕事探し", "生活の相談", "応募書類", "面接の練習")),
        "分": lambda: str(rand.choice((15, 30, 45, 60))),
    }
    columns = rand.choice(
        (
            ("氏名", "内容", "分"),
            ("日付", "氏名", "内容"),
            ("フリガナ", "内容"),
            ("日付", "フリガナ", "分"),
            ("氏名", "フリガナ", "生年月日", "電話"),
            ("氏名", "電話"),
            ("フリガナ", "生年月日"),
            ("分", "内容", "氏名"),
        )
    )
    body = "\t".join(kinds[column]() for column in columns)
    return "\t".join(columns) + "\n" + body if rand.random() < 0.25 else body


KINDS: dict[str, tuple[Callable[[Rand], str], int]] = {
    "phone": (phone, 560),
    "my_number": (my_number, 240),
    "email": (email, 220),
    "address": (address, 360),
    "birth_date": (birth_date, 320),
    "number": (personal_number, 320),
    "name": (name, 340),
    "employer": (employer, 50),
    "school": (school, 50),
    "row": (row, 160),
}


def made_identities() -> list[tuple[str, str]]:
    """Return (kind, text) of identities, the same in each run, each text once."""
    made: dict[str, str] = {}
    for kind, (make, count) in KINDS.items():
        rand = random.Random(f"{SEED} {kind}")
        wanted = len(made) + count
        while len(made) < wanted:
            text = make(rand)
            made.setdefault(text if kind == "row" else framed(rand, text), kind)
    return [(kind, text) for text, kind in made.items()]
