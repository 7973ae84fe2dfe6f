"""Identities made by rules from a fixed seed. See the package: not to be developed on."""

from tests.privacy.measuring.masks import (
    Chance,
    Make,
    as_is,
    broad,
    counted,
    mixed,
    numerals,
    some,
    unseen,
)
from tests.privacy.measuring.vocabulary import (
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

SEED = "2026-11-22, the fourth"
SENTENCES = (
    "{}",
    "{}。以上",
    "訪問記録：{}、玄関先で10分",
    "応募は順調。{}。次は模擬面接",
    "{}　体調は安定",
    "きょうの来所は2回目\n{}",
    "確認したこと→{}\n宿題は職務経歴書",
    "週4日勤務で調整中、{}、給与は25日払い",
    "〔{}〕",
    "説明会(11/27 14:00)を予約。{}",
)
VOICES = (
    words("ゼロ イチ ニ サン ヨン ゴ ロク ナナ ハチ キュー"),
    words("ぜろ いち にー さん よん ごー ろく なな はち きゅう"),
    words("マル イチ ニ サン ヨン ゴ ロク ナナ ハチ キュウ"),
    words("ｾﾞﾛ ｲﾁ ﾆｰ ｻﾝ ﾖﾝ ｺﾞｰ ﾛｸ ﾅﾅ ﾊﾁ ｷｭｰ"),
)


def groups(chance: Chance) -> tuple[str, str, str]:
    lead, middle = chance.choice(
        (
            ("080", 4),
            ("090", 4),
            ("070", 4),
            ("042", 3),
            ("03", 4),
            ("0428", 2),
            ("0424", 2),
            ("047", 3),
            ("06", 4),
        )
    )
    return lead, chance.choice("2345678") + some(chance, middle - 1), some(chance, 4)


def phone(chance: Chance) -> str:
    one, two, three = groups(chance)
    if chance.random() < 0.08:
        voice, between = chance.choice(VOICES), chance.choice(("", " ", "・", "の"))
        return between.join("".join(voice[int(digit)] for digit in part) for part in (one, two, three))
    mark = chance.choice(("-", "-", "－", "ー", "―", " ", "\u3000", "・", "の", "．", "、", "|", "~", "*"))
    text = chance.choice(
        (
            mark.join((one, two, three)),
            mark.join((one, two, three)),
            mark.join((one, two, three)),
            f"{one}{two}{three}",
            f"({one}) {two}-{three}",
            f"{one}-{two}{three}",
            f"{one}\n-{two}-{three}",
            f"{one}-{two}\n{three}",
            " ".join(one + two + three),
            f"{one}({two}){three}",
            f"＋81-{one[1:]}-{two}-{three}",
        )
    )
    text = chance.choice((as_is, as_is, broad, mixed, numerals, unseen))(chance, text)
    frames = (
        "{}",
        "{}",
        "けいたい {}",
        "電話：{}",
        "TEL{}",
        "家の電話 {}",
        "留守番電話あり {}",
        "{}へ折り返す",
    )
    return chance.choice(frames).format(text)


def my_number(chance: Chance) -> str:
    body = chance.choice("3456789") + some(chance, 10)
    rest = sum(int(one) * by for one, by in zip(body, (6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2), strict=True)) % 11
    whole = body + str(0 if rest <= 1 else 11 - rest)
    size = chance.choice((4, 4, 4, 4, 12, 6, 3, 1))
    parts = [whole[at : at + size] for at in range(0, 12, size)]
    text = chance.choice(("-", "ー", " ", "・", ".", "\u3000", "−", "/")).join(parts)
    text = chance.choice((as_is, broad, mixed, numerals, unseen))(chance, text)
    return chance.choice(("{}", "マイナンバーは{}", "個人番号…{}", "カード番号{}", "年末調整用 {}")).format(
        text
    )


def email(chance: Chance) -> str:
    user = chance.choice(
        words("miho-s k.takuya yoko88 dai_ki.y yumi.k kazuo1961 sachie_ yusuke-m nao.smz a2b3c4 mai")
    )
    host = chance.choice(
        words("gmail.com au.com yahoo.co.jp icloud.com example.co.jp ymobile.ne.jp outlook.com")
    )
    at = chance.choice(
        ("@", "@", "＠", " @ ", "＠ ", "(at)", "[at]", "（アット）", "アット", "あっとマーク", " at ")
    )
    if at == "あっとマーク":
        at = "あっとまーく"
    dot = chance.choice((".", ".", ".", "．", "ドット", "(dot)", " . ", "どっと"))
    text = user + at + host.replace(".", dot)
    text = chance.choice((as_is, as_is, broad, mixed, unseen))(chance, text)
    return chance.choice(("{}", "メール先 {}", "アドレス＝{}", "{}に添付", "PCメール：{}")).format(text)


def address(chance: Chance) -> str:
    town, house = chance.choice(TOWNS), chance.choice(HOUSES)
    short = town[town.index("市") + 1 :]
    one, two, three = chance.randint(1, 7), chance.randint(1, 44), chance.randint(1, 33)
    postal, room = (
        chance.choice(("185", "187", "190", "183", "359")),
        f"{chance.randint(1, 6)}0{chance.randint(1, 8)}",
    )
    text = chance.choice(
        (
            f"{town}{one}丁目{two}番地{three}号",
            f"{town}{one}丁目{two}番{three}",
            f"{town}{one}-{two}-{three}",
            f"{town} {one}－{two}－{three}",
            f"{town}{one}丁目{two}の{three}",
            f"{short}{one}丁目{two}番地",
            f"{short}{counted(one)}丁目{counted(two)}の{counted(three)}",
            f"{town}{counted(one)}-{counted(two)}-{counted(three)}",
            f"{town}{two}番地の{three}",
            f"〒{postal}-{some(chance, 4)}",
            f"〒{postal}‐{some(chance, 4)}\n{town}",
            f"〒{some(chance, 7)}",
            f"{house}{room}号室",
            f"{house} {room}号室",
            f"{town}{one}-{two}-{three}-{room}",
            f"{town}{one}丁目{two}-{three} {house}",
            f"{town}\n{one}-{two}-{three}",
        )
    )
    text = chance.choice((as_is, as_is, broad, mixed, unseen))(chance, text)
    frames = ("{}", "住所 {}", "{}に住んでいる", "下宿先は{}", "{}へ郵送", "自宅：{}", "引越し先 {}")
    return chance.choice(frames).format(text)


def birth(chance: Chance) -> str:
    era, letter, base, low, high = chance.choice(
        (("昭和", "S", 1925, 21, 63), ("昭和", "S", 1925, 21, 63), ("平成", "H", 1988, 2, 18))
    )
    count, month, day = chance.randint(low, high), chance.randint(1, 12), chance.randint(1, 28)
    year, mark = base + count, chance.choice(("/", ".", "-", "・", "．"))
    shapes = (
        f"{era}{count}年{month}月{day}日",
        f"{letter}{count}{mark}{month}{mark}{day}",
        f"{letter} {count}.{month}.{day}",
        f"{letter}{count:02}年{month:02}月{day:02}日",
        f"{era}{counted(count)}年{counted(month)}月{counted(day)}日",
        f"{year}年{month}月{day}日",
        f"{year}{mark}{month:02}{mark}{day:02}",
        f"{year}{month:02}{day:02}",
        f"{era}{count}{mark}{month}{mark}{day}",
        f"{year}年\n{month}月{day}日",
        f"{era} {count} 年 {month} 月 {day} 日",
    )
    text = chance.choice((as_is, as_is, broad, mixed, unseen))(chance, chance.choice(shapes))
    frames = ("{}生", "{}生まれ", "{}生の女性", "生年月日 {}", "生年月日は {}", "誕生日…{}", "{}", "{} 女")
    return chance.choice(frames).format(text)


def number(chance: Chance) -> str:
    word = chance.choice(
        words("""
    被保護者番号 受給者番号 ケース番号 手帳番号 口座番号 受給者証番号 被保険者番号 基礎年金番号
    在留カード番号 診察券番号 障害者手帳番号 愛の手帳の番号 生活保護ケース番号 ケースNo 国保の被保険者番号
    患者番号 保険証の番号
    """)
    )
    text = some(chance, chance.choice((5, 6, 7, 8)))
    text = chance.choice(
        (text, text, text, f"第{text}号", f"{text[:2]}-{text[2:]}", f"D{text}", f"{text[:4]}－{text[4:]}")
    )
    text = chance.choice((as_is, as_is, broad, mixed, numerals, unseen))(chance, text)
    frames = ("{} {}", "{}：{}", "{}は{}", "{}{}", "{}（{}）", "{}＝{}", "{}、{}", "{}\n{}")
    return chance.choice(frames).format(word, text)


def name(chance: Chance) -> str:
    surname, given = chance.choice(SURNAMES), chance.choice(GIVEN)
    family, first = chance.choice(READINGS).split()
    text = chance.choice(
        (
            f"{surname}さん",
            f"{surname}さん",
            f"{surname}様",
            f"{surname}氏",
            f"{surname}君",
            f"{surname}{given}さん",
            f"{surname}\u3000{given}様",
            f"{given}さん",
            f"{given}ちゃん",
            f"{family}さん",
            f"{family}君",
            f"{family}・{first}様",
            f"{chance.choice(ABROAD)}さん",
            f"氏名：{surname}{given}",
            f"氏名 {surname} {given}",
        )
    )
    text = chance.choice((as_is, as_is, as_is, unseen))(chance, text)
    frames = (
        "{}と話す",
        "{}が欠席",
        "先日の{}の件",
        "{}へ連絡済み",
        "付きそいは{}",
        "{}、面接へ",
        "{}いわく順調",
        "{}",
    )
    return chance.choice(frames).format(text)


def firm(chance: Chance) -> str:
    return chance.choice(("{}に入社", "{}で研修", "前職 {}", "{}から内定")).format(chance.choice(FIRMS))


def school(chance: Chance) -> str:
    return chance.choice(("{}出身", "{}を中退", "子の通う{}", "{}の先生")).format(chance.choice(SCHOOLS))


def row(chance: Chance) -> str:
    surname, given, reading = chance.choice(SURNAMES), chance.choice(GIVEN), chance.choice(READINGS)
    cells = {
        "日": chance.choice(("11月12日", "2026/11/12", "令和8年11月12日", "11/12")),
        "名": surname + chance.choice(("", " ", "\u3000")) + given,
        "読": reading.replace(" ", chance.choice((" ", "\u3000", ""))),
        "生": f"昭和{chance.randint(30, 63)}年{chance.randint(1, 12)}月{chance.randint(1, 28)}日",
        "電": "-".join(groups(chance)),
        "事": chance.choice(("来所相談", "電話", "同行", "求人紹介", "生活相談", "面接練習")),
        "分": chance.choice(("15", "30分", "60", "90分")),
    }
    order = chance.choice(
        ("日名事分", "名事", "分名", "読事分", "日読", "名読生電", "名電", "事日名", "分読事")
    )
    line = "\t".join(cells[one] for one in order)
    heads = {
        "日": "相談日",
        "名": "相談者氏名",
        "読": "ふりがな",
        "生": "生年月日",
        "電": "電話",
        "事": "内容",
        "分": "時間",
    }
    return line if chance.random() < 0.75 else "\t".join(heads[one] for one in order) + "\n" + line


KINDS: dict[str, tuple[Make, int]] = {
    "phone": (phone, 540),
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
