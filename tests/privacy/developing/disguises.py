"""Identities of the developing part, each in several disguises, in sentences and in rows of a spreadsheet."""

import random
from collections.abc import Callable

from tests.privacy.pii_identities import IDENTITIES, NAMES

Rand = random.Random


def words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


INVISIBLE = ("\u200b", "\u200d", "\u2060", "\ufeff", "\u00ad", "\u200c")
WIDE = str.maketrans({one: chr(ord(one) + 0xFEE0) for one in map(chr, range(0x21, 0x7F))} | {" ": "\u3000"})
KANJI = str.maketrans("0123456789", "〇一二三四五六七八九")
FRAMES = (
    "{}",
    "本日は元気に来所。{}。次回は11月30日10時から。",
    "{}\n面接は12/3 14:00",
    "時給1,200円で応募中、{}",
    "連絡のこと：{}（本人の話）",
    "9時から17時まで。\n{}",
)
ROW_NAMES = words("""
    山田太郎 山田_花子 佐々木健 小鳥遊_六花 高橋_みなみ 五十嵐_翼 林_由美 久保田誠 御手洗_宏
    渡邊さゆり 森_陽一 北村_健 花子
    """)
ROW_KANA = words("""
    ヤマダタロウ ヤマダ_ハナコ ささき_けん ﾀｶﾊｼ_ﾐﾅﾐ スズキ_イチロウ ﾜﾀﾅﾍﾞｻﾕﾘ
    もり_よういち オオクボ_マコト キタムラ_ケン イチロウ
    """)
WORK = (
    "仕事探し",
    "面談",
    "応募書類の添削",
    "電話",
    "30",
    "45分",
    "2026/11/20",
    "11/20",
    "ハローワークに同行",
    "",
)


def plain(_rand: Rand, text: str) -> str:
    return text


def wide(_rand: Rand, text: str) -> str:
    return text.translate(WIDE)


def partly_wide(rand: Rand, text: str) -> str:
    return "".join(one.translate(WIDE) if rand.random() < 0.4 else one for one in text)


def kanji(_rand: Rand, text: str) -> str:
    return text.translate(KANJI)


def invisible(rand: Rand, text: str) -> str:
    for _ in range(3):
        at = rand.randint(1, max(1, len(text) - 1))
        text = text[:at] + rand.choice(INVISIBLE) + text[at:]
    return text


def broken(_rand: Rand, text: str) -> str:
    """Break the line after a hyphen or a blank, where a long number is broken by whoever types it."""
    for mark in ("-", "－", " ", "の"):
        head, found, tail = text.rpartition(mark)
        if found and head[-1:].isdigit() and tail[:1].isdigit():
            return f"{head}{found}\n{tail}"
    return text


DISGUISES: tuple[Callable[[Rand, str], str], ...] = (plain, wide, partly_wide, kanji, invisible, broken)


def disguised() -> list[tuple[str, str]]:
    """Return (kind, text): every identity written by hand, once in each disguise, in a sentence."""
    rand = random.Random("developing")
    made: dict[str, str] = {}
    pairs = [(kind, text) for kind, texts in IDENTITIES.items() for text in texts]
    for kind, text in [*pairs, *(("name", text) for text in NAMES)]:
        for disguise in DISGUISES:
            made.setdefault(rand.choice(FRAMES).format(disguise(rand, text)), kind)
    return [(kind, text) for text, kind in made.items()]


def rows() -> list[str]:
    """Return rows of a spreadsheet in which one cell is somebody's name."""
    rand = random.Random("rows")
    made: dict[str, None] = {}
    for name in (*ROW_NAMES, *ROW_KANA):
        for at in range(4):
            cells = rand.sample(WORK, 3)
            cells.insert(at, name.replace("_", rand.choice((" ", "\u3000"))))
            made["\t".join(cells)] = None
        made[f"日付\t氏名\t内容\n11/20\t{name.replace('_', ' ')}\t面談"] = None
    return list(made)


ROWS_WITHOUT_NAME = (
    "11/20\t面談\t30",
    "2026/11/20\t来所\t45分\t仕事探し",
    "立川\tハローワーク\t3件",
    "千葉\t倉庫\t1,200円",
    "清掃\t週3日\t9:00-12:00\n調理補助\t週4日\t10:00-14:00",
    "日付\t内容\t分\n11/20\t電話\t15",
    "北口 バス\t15分",
    "面談 予定\t11/30",
    "応募 済み\t3社\t結果待ち",
    "スーパー\tレジ\t時給1,200円",
    "アルバイト\tパート\t派遣",
    "セミナー\t20名\t12/4",
    "第1希望\t事務\t国分寺駅\n第2希望\t清掃\t立川駅",
    "生活 保護\t受給中",
    "こころ\tからだ\tくらし",
    "マナー 研修\t10:00",
    "子育て 支援\t9:00",
    "北口\t清掃",
    "小平\t倉庫\t時給1,200円",
    "清瀬\t病院の清掃",
    "アルバイト\tコンビニ\t3年",
    "トライアル\t3か月",
    "ボランティア\t月2回",
    "立川 駅前\t9:00",
    "上野 公園\t清掃",
    "応募 多数\t5名",
    "採用 決定\t12/1",
    "生活 リズム\t改善",
    "平和 通り\tスーパー",
    "リハビリ\t月1",
    "カリキュラム\t10回",
    "第一 希望\t事務",
    "田無\t保谷",
    "フード バンク\t水曜",
    "さくら 号\t15分",
    "本多 公民館\tサロン",
    "前田橋\tバス停",
    "平日 夜間\t可",
    "木工 教室\t金曜",
    "日時\t内容\t備考",
    "上司 先輩\t同僚",
    "野菜 果実\t加工",
    "土木 作業\t日払い",
    "金属 加工\t経験",
    "梅田 転勤\tなし",
)
