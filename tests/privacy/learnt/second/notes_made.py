"""Ordinary notes made by rules from a fixed seed. Measured on once; since then developed on."""

import random
from collections.abc import Callable

from tests.privacy.learnt.second.vocabulary import lines, words

SEED = "2026-11-22, the second"
Chance = random.Random
WHERE = words(
    """
    ハローワーク府中 ハローワーク八王子 しごとセンター多摩 社協 包括支援センター 障害者センター 子育て相談室
    保健所 サポステ 法テラス立川 生活福祉課 市民相談室 訓練校 就労移行の事業所 B型事業所
    シルバー人材センター 若者サポート窓口
    """
)
WHO = words(
    """
    本人 ご本人 ご家族 お母さん お父さん 弟さん 妹さん 奥様 ご主人 世話人さん 支援員さん 訪問看護師さん
    職場の上司 人事担当者様 リーダーの方 工場長さん 店長 主任さん 通訳さん 管理人さん 後見人
    相談支援専門員さん 民生委員さん
    """
)
WORK = words(
    """
    ビル清掃 食品工場 スーパーの品出し 介護助手 図書館の配架 駐車場の誘導 コールセンター 経理補助
    ホテルの客室清掃 学校給食 弁当の盛付け 新聞配達 園芸 ピッキング 仕分け 電話受付 部品の組立て 洗車
    在宅入力 保育の補助 運転手
    """
)
FEEL = lines(
    """
    落ち着いて話せた
    緊張して言葉が出ない
    先週より元気
    眠れていない様子
    少し前向きになった
    朝起きられるようになった
    迷いがある
    家族の反対で悩む
    早く働きたいと話す
    """
)
LINES = words("中央線 武蔵野線 西武国分寺線 西武多摩湖線 京王線 南武線 青梅線 多摩モノレール")


def hours(chance: Chance) -> str:
    start, length = chance.randint(6, 14), chance.randint(3, 8)
    forms = ("{}:00〜{}:00", "{}:15-{}:45", "{}時〜{}時", "{}時から{}時まで", "{}：30ー{}：30", "{}:00~{}:30")
    return chance.choice(forms).format(start, start + length)


def date(chance: Chance) -> str:
    month, day = chance.randint(1, 12), chance.randint(1, 28)
    year = chance.choice((7, 8, 9))
    forms = (
        f"{month}/{day}",
        f"{month}月{day}日",
        f"{month}/{day}({chance.choice('月火水木金')})",
        f"令和{year}年{month}月{day}日",
        f"R{year}.{month}.{day}",
        f"{2018 + year}.{month:02}.{day:02}",
        f"{2018 + year}年{month}月",
        f"次の{chance.choice('月火水木金')}曜",
    )
    return chance.choice(forms)


def visit(chance: Chance) -> str:
    when = f"{date(chance)} {chance.randint(9, 17)}:{chance.choice(('00', '15', '30'))}"
    return f"{when} に{chance.choice(WHERE)}へ"


def job(chance: Chance) -> str:
    return f"{chance.choice(WORK)}、{hours(chance)}、時給{chance.randint(1163, 1500):,}円"


def pay(chance: Chance) -> str:
    forms = ("手取り{}万円", "月{}万{}千円", "家計は月{}万円の赤字", "返済は月{}千円", "給料日は{}日")
    return chance.choice(forms).format(chance.randint(2, 18), chance.randint(1, 9))


def feeling(chance: Chance) -> str:
    return f"{chance.choice(FEEL)}。{chance.choice(WHO)}も同じ意見"


def numbers(chance: Chance) -> str:
    forms = (
        "応募{}件・面接{}件・採用0件",
        "求人{}件を見て{}件に絞る",
        "通算{}回目、今月{}回目の来所",
        "定員{}名のところ{}名が参加",
        "{}問中{}問できた",
    )
    first = chance.randint(5, 40)
    return chance.choice(forms).format(first, chance.randint(1, first))


def way(chance: Chance) -> str:
    forms = (
        f"{chance.choice(LINES)}で{chance.randint(5, 50)}分",
        f"{chance.choice(LINES)}の沿線を希望",
        f"駅から徒歩{chance.randint(3, 25)}分、バスなら{chance.randint(3, 12)}分",
        f"定期代は月{chance.randint(3, 15)},{chance.choice(('200', '480', '960'))}円",
        f"バス停{chance.randint(2, 9)}つ分を歩いた",
    )
    return chance.choice(forms)


def past(chance: Chance) -> str:
    year = chance.randint(2008, 2022)
    forms = (
        "{}年から{}を{}年",
        "{}年3月に{}を退職、在職{}年",
        "{}年度に{}の訓練を修了、{}か月",
        "平成{}年ごろは{}、{}年ほど続いた",
    )
    chosen = chance.choice(forms)
    return chosen.format(
        year - 1988 if chosen.startswith("平成") else year, chance.choice(WORK), chance.randint(1, 9)
    )


def home(chance: Chance) -> str:
    forms = (
        "{}人暮らし、家賃{}万円",
        "子{}人、末は{}歳",
        "母{}0代、父は{}年前に他界",
        "部屋は{}階、{}畳",
        "同居は{}人、うち{}人が就学中",
    )
    return chance.choice(forms).format(chance.randint(2, 8), chance.randint(1, 6))


def call(chance: Chance) -> str:
    forms = (
        "電話{}回、{}時台につながった",
        "{}日と{}日に電話、どちらも不在",
        "電話相談{}分。来月{}日に来所の約束",
        "メールは{}通、電話は{}回",
    )
    return chance.choice(forms).format(chance.randint(1, 20), chance.randint(10, 28))


def code(chance: Chance) -> str:
    forms = (
        f"紹介番号{chance.randint(1000, 9999)}-{chance.randint(10, 99)}は受理",
        f"求人番号 {chance.choice(('13080', '13230', '13150'))}-{chance.randint(10**7, 10**8 - 1)} を印刷",
        f"相談番号{chance.randint(1000, 9999)}-{chance.randint(10, 99)}と同席",
        f"窓口は{chance.randint(1, 4)}階の{chance.randint(1, 20)}番",
        f"受付番号{chance.randint(1, 300)}番で呼ばれた",
    )
    return chance.choice(forms)


PARTS: tuple[Callable[[Chance], str], ...] = (
    *(visit, job, pay, feeling, numbers, way, past, home, call, code),
)


def made_notes(count: int = 950) -> list[str]:
    """Return ordinary notes, the same in each run, each once."""
    chance = Chance(f"{SEED}: notes")
    made: dict[str, None] = {}
    while len(made) < count:
        parts = [part(chance) for part in chance.sample(PARTS, chance.choice((1, 2, 2, 3, 4)))]
        joint = chance.choice(("。", "\n", "、", " ", "\n・", "／", "。 ", "\u3000"))
        made[joint.join(parts)[:200]] = None
    return list(made)
