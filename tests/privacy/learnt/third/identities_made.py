"""Identities made by rules from a fixed seed. Measured on once; since then developed on."""

from tests.privacy.learnt.second.identities_made import (
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
from tests.privacy.learnt.third.vocabulary import (
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

SEED = "2026-11-22, the third"
SENTENCES = (
    "{}",
    "{} とのこと",
    "体験は無事終了。{}",
    "{}\n※次回までに履歴書",
    "窓口で確認（{}）。不安は減った",
    "求人票2枚を渡す／{}／来週また",
    "【連絡】{}",
    "午前は眠い、午後から動ける。\n・{}",
    "実習は12/7〜12/11、9:15-15:45。{}。昼食は持参",
    "本人メモ「{}」を写した",
)
VOICES = (
    words("ゼロ イチ ニー サン ヨン ゴー ロク ナナ ハチ キュー"),
    words("ぜろ いち に さん よん ご ろく なな はち きゅう"),
    words("レイ イチ ニ サン ヨン ゴ ロク シチ ハチ ク"),
    words("ｾﾞﾛ ｲﾁ ﾆ ｻﾝ ﾖﾝ ｺﾞ ﾛｸ ﾅﾅ ﾊﾁ ｷｭｰ"),
)


def groups(chance: Chance) -> tuple[str, str, str]:
    lead, middle = chance.choice(
        (
            ("090", 4),
            ("080", 4),
            ("070", 4),
            ("03", 4),
            ("042", 3),
            ("0422", 2),
            ("0426", 2),
            ("049", 3),
            ("0267", 2),
        )
    )
    return lead, chance.choice("2345678") + some(chance, middle - 1), some(chance, 4)


def phone(chance: Chance) -> str:
    one, two, three = groups(chance)
    if chance.random() < 0.1:
        voice, between = chance.choice(VOICES), chance.choice(("", " ", "、", "の"))
        return between.join("".join(voice[int(digit)] for digit in part) for part in (one, two, three))
    mark = chance.choice(("-", "-", "－", "‑", "—", "ｰ", " ", "\u3000", "・", "の", ".", "/", "=", "、", "…"))
    text = chance.choice(
        (
            mark.join((one, two, three)),
            mark.join((one, two, three)),
            mark.join((one, two, three)),
            one + two + three,
            f"（{one}）{two}-{three}",
            f"{one}（{two}）{three}",
            f"{one} {two}{three}",
            f"{one}-{two}-\n{three}",
            f"{one} {two}\n{three}",
            "・".join(one + two + three),
            "\u3000".join(one + two + three),
            f"+81 {one[1:]} {two} {three}",
        )
    )
    text = chance.choice((as_is, as_is, broad, mixed, numerals, unseen))(chance, text)
    frames = ("{}", "{}", "携帯 {}", "☎{}", "Tel. {}", "本人携帯：{}", "折り返し先は{}", "{}に夜かける")
    return chance.choice(frames).format(text)


def my_number(chance: Chance) -> str:
    body = chance.choice("3456789") + some(chance, 10)
    rest = sum(int(one) * by for one, by in zip(body, (6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2), strict=True)) % 11
    whole = body + str(0 if rest <= 1 else 11 - rest)
    size = chance.choice((4, 4, 4, 12, 6, 3, 1))
    parts = [whole[at : at + size] for at in range(0, 12, size)]
    text = chance.choice(("-", "－", " ", "．", "の", "―", "\u3000", "\n")).join(parts)
    text = chance.choice((as_is, broad, mixed, numerals, unseen))(chance, text)
    return chance.choice(("{}", "個人番号：{}", "マイナンバーカード {}", "手続きに{}", "番号は{}")).format(
        text
    )


def email(chance: Chance) -> str:
    user = chance.choice(
        words("asuka.i o_nuki kanamori77 kiri-yama s.shiho jp1985 tachi.t n_tsutsui torii33 love.cat")
    )
    host = chance.choice(
        words("gmail.com i.softbank.jp yahoo.ne.jp live.jp example.net docomo.ne.jp uqmobile.jp")
    )
    at = chance.choice(
        ("@", "@", "＠", "@ ", " @", "(at)", "<at>", "(アット)", "アットマーク", "あっとまーく", " at ")
    )
    dot = chance.choice((".", ".", ".", "．", "ドット", " ドット ", "[dot]", ". "))
    text = user + at + host.replace(".", dot)
    text = chance.choice((as_is, as_is, broad, mixed, unseen))(chance, text)
    return chance.choice(("{}", "E-mail {}", "メアド→{}", "{}あてに送信", "スマホのメール {}")).format(text)


def address(chance: Chance) -> str:
    town, house = chance.choice(TOWNS), chance.choice(HOUSES)
    short = town[town.index("市") + 1 :]
    one, two, three = chance.randint(1, 6), chance.randint(1, 45), chance.randint(1, 29)
    postal, room = (
        chance.choice(("185", "184", "186", "191", "204")),
        f"{chance.randint(1, 9)}0{chance.randint(1, 9)}",
    )
    text = chance.choice(
        (
            f"{town}{one}丁目{two}番{three}号",
            f"{town}{one}丁目{two}番地の{three}",
            f"{town}{one}丁目{two}−{three}",
            f"{town} {one}-{two}-{three}",
            f"{town}{one}－{two}－{three}",
            f"{town}{one}の{two}の{three}",
            f"{short}{one}丁目{two}-{three}",
            f"{short}{counted(one)}丁目{counted(two)}番{counted(three)}号",
            f"{town}{counted(one)}ー{counted(two)}ー{counted(three)}",
            f"{town}{two}番地",
            f"〒{postal}-{some(chance, 4)}",
            f"〒 {postal}－{some(chance, 4)} {short}",
            f"郵便番号は{postal}-{some(chance, 4)}",
            f"{house}{room}号室",
            f"{house}の{room}号室",
            f"{town}{one}-{two}-{three} {house}{room}",
            f"{town}{one}丁目\n{two}-{three}",
        )
    )
    text = chance.choice((as_is, as_is, broad, mixed, unseen))(chance, text)
    frames = ("{}", "現住所 {}", "{}の実家", "住まい：{}", "{}に引っ越した", "{}在住", "配達先は{}")
    return chance.choice(frames).format(text)


def birth(chance: Chance) -> str:
    era, letter, base, low, high = chance.choice(
        (("昭和", "S", 1925, 22, 63), ("昭和", "S", 1925, 22, 63), ("平成", "H", 1988, 3, 17))
    )
    count, month, day = chance.randint(low, high), chance.randint(1, 12), chance.randint(1, 28)
    year, mark = base + count, chance.choice(("/", ".", "-", "．", "・"))
    shapes = (
        f"{era}{count}年{month}月{day}日",
        f"{era}{count:02}年{month:02}月{day:02}日",
        f"{letter}{count}{mark}{month}{mark}{day}",
        f"{letter}{count}{mark}{month:02}{mark}{day:02}",
        f"{letter}{count}年 {month}月 {day}日",
        f"{era}{counted(count)}年{counted(month)}月{counted(day)}日",
        f"{year}年{month}月{day}日",
        f"{year}{mark}{month}{mark}{day}",
        f"{year}{month:02}{day:02}",
        f"{era[0]}{count}年{month}月{day}日",
        f"{era}\n{count}年{month}月{day}日",
        f"{era}{count}/{month}/{day}",
    )
    text = chance.choice((as_is, as_is, broad, mixed, unseen))(chance, chance.choice(shapes))
    frames = (
        "{}生",
        "{}生まれ",
        "{} 生まれ",
        "生年月日:{}",
        "生年月日／{}",
        "お誕生日は{}",
        "{}",
        "{}、男性",
    )
    return chance.choice(frames).format(text)


def number(chance: Chance) -> str:
    word = chance.choice(
        words("""
    被保護者番号 受給者番号 ケース番号 手帳番号 口座番号 福祉サービス受給者証番号 被保険者証番号
    基礎年金番号 在留カード番号 診察券の番号 療育手帳番号 生活保護受給者番号 ケースナンバー
    雇用保険の被保険者番号 患者番号 免許証番号 個人番号
    """)
    )
    text = some(chance, chance.choice((5, 6, 7, 8)))
    text = chance.choice(
        (text, text, text, f"第{text}号", f"{text[:3]}-{text[3:]}", f"C-{text}", f"{text[:3]} {text[3:]}")
    )
    text = chance.choice((as_is, as_is, broad, mixed, numerals, unseen))(chance, text)
    frames = ("{} {}", "{}：{}", "{}は{}", "{}が{}", "{}「{}」", "{}→{}", "{}:\n{}", "{} = {}")
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
            f"{surname}くん",
            f"{surname}{given}さん",
            f"{surname} {given}さん",
            f"{given}ちゃん",
            f"{family}さん",
            f"{family}様",
            f"{family} {first}さん",
            f"{chance.choice(ABROAD)}さん",
            f"氏名：{surname} {given}",
            f"氏名 {surname}{given}",
        )
    )
    text = chance.choice((as_is, as_is, as_is, unseen))(chance, text)
    frames = (
        "{}来所",
        "{}の件",
        "今朝{}と電話した",
        "{}によると順調",
        "同行：{}",
        "{}、欠勤",
        "隣の席の{}",
        "{}",
    )
    return chance.choice(frames).format(text)


def firm(chance: Chance) -> str:
    return chance.choice(("{}勤務", "{}を辞めた", "{}に採用", "{}まで徒歩")).format(chance.choice(FIRMS))


def school(chance: Chance) -> str:
    return chance.choice(("{}を出た", "{}の保護者会", "娘が{}に合格", "{}の同級生")).format(
        chance.choice(SCHOOLS)
    )


def row(chance: Chance) -> str:
    surname, given, reading = chance.choice(SURNAMES), chance.choice(GIVEN), chance.choice(READINGS)
    cells = {
        "日": chance.choice(("11月5日", "2026-11-05", "R8/11/5", "11/5")),
        "名": surname + chance.choice(("", " ", "\u3000")) + given,
        "読": reading.replace(" ", chance.choice((" ", "\u3000", ""))),
        "生": f"平成{chance.randint(2, 17)}年{chance.randint(1, 12)}月{chance.randint(1, 28)}日",
        "電": "".join(groups(chance)),
        "事": chance.choice(("面談", "応募支援", "職場訪問", "電話連絡", "セミナー", "書類作成")),
        "時": chance.choice(("10:00", "13:30", "45分", "60")),
    }
    order = chance.choice(
        ("日名事", "名事時", "時名", "読事", "日時読", "名読生電", "読電", "事時名日", "名日")
    )
    line = "\t".join(cells[one] for one in order)
    heads = {
        "日": "日付",
        "名": "氏名",
        "読": "フリガナ",
        "生": "生年月日",
        "電": "電話番号",
        "事": "内容",
        "時": "時間",
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
