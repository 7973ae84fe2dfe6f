"""Ordinary notes made by rules from a fixed seed. See the package: not to be developed on."""

import random
from collections.abc import Callable

from tests.privacy.measuring.vocabulary import lines, words

SEED = "2026-11-22, the fourth"
Chance = random.Random
OFFICES = words("""
    ハローワーク立川 ハローワーク青梅 しごとセンター サポセン 社協 包括 就労支援センター 児童相談所 女性相談
    年金事務所 税務署 保健所 法テラス 労働相談情報センター 職業訓練校 就労移行 ひきこもり相談 市民課 保育課
    障害者福祉課
    """)
PEOPLE = words("""
    本人 母親 父親 長女 夫 上司 面接官の方 先生 大家さん 相談員さん 店長さん 支援員さん ケアマネさん
    看護師さん 職人さん 世話人さん 社会福祉士さん 保育士さん 医師 同僚 友人 民生委員さん 人事担当
    ヘルパーさん 利用者様 お子さん
    """)
WORKS = words("""
    検針 清掃 仕込み 品出し レジ 倉庫 介護 保育補助 調理 配送 事務 受付 警備 梱包 組立 園芸 点字印刷 洗い場
    リネン交換 巡回
    """)
STATES = lines("""
    少し緊張
    話がはずむ
    声が小さい
    眠そう
    意欲的
    落ちこみぎみ
    安心した様子
    質問が多い
    """)


def span(chance: Chance) -> str:
    start, end = chance.randint(7, 12), chance.randint(13, 20)
    forms = ("{}:30〜{}:00", "{}時-{}時半", "{}:15-{}:15", "{}時〜{}時", "{}：00〜{}：30", "{}:00～{}:00の間")
    return chance.choice(forms).format(start, end)


def day(chance: Chance) -> str:
    month, date = chance.randint(1, 12), chance.randint(1, 28)
    forms = (
        f"{month}月{date}日",
        f"{month}/{date}",
        f"{month}/{date}（{chance.choice('月火水木金')}）",
        f"2026年{month}月{date}日",
        f"2026/{month:02}/{date:02}",
        f"令和8年{month}月{date}日",
        f"R8.{month}.{date}",
        f"{month}月末",
    )
    return chance.choice(forms)


def visit(chance: Chance) -> str:
    return f"{day(chance)}{chance.choice(('', ' '))}{chance.randint(9, 17)}時、{chance.choice(OFFICES)}"


def opening(chance: Chance) -> str:
    return (
        f"{chance.choice(WORKS)} {span(chance)} 時給{chance.randint(1163, 1420):,}円 週{chance.randint(1, 5)}"
    )


def mood(chance: Chance) -> str:
    return (
        f"{chance.choice(STATES)}、{chance.choice(PEOPLE)}に{chance.choice(('報告', '相談', '確認', '感謝'))}"
    )


def sums(chance: Chance) -> str:
    forms = (
        "月{}万円+手当{}千円",
        "返済{}回、残り{}万円",
        "{}00円×{}日",
        "貯金{}万円、支出{}万円",
        "給与は{}日締め{}日払い",
    )
    return chance.choice(forms).format(chance.randint(2, 25), chance.randint(1, 9))


def tally(chance: Chance) -> str:
    forms = (
        "求人{}件中{}件に応募",
        "面接{}回、内定{}件",
        "{}名中{}名が修了",
        "{}点満点の{}点",
        "来所{}回、電話{}回",
    )
    return chance.choice(forms).format(chance.randint(5, 50), chance.randint(0, 5))


def travel(chance: Chance) -> str:
    forms = ("バス{}分、徒歩{}分", "{}駅先、定期{}千円", "自転車で{}分、坂が{}か所", "{}号線沿い、車で{}分")
    return chance.choice(forms).format(chance.randint(2, 40), chance.randint(2, 15))


def career(chance: Chance) -> str:
    year = chance.randint(2009, 2023)
    forms = (
        "{}年に入社、{}年勤務",
        "{}年4月から{}年間は無職",
        "{}年度に訓練{}か月",
        "{}年3月31日退職、勤続{}年",
    )
    return chance.choice(forms).format(year, chance.randint(1, 9))


def household(chance: Chance) -> str:
    forms = ("子{}人（上は{}歳）", "{}人世帯、就労者{}人", "{}階建ての{}階", "ひとり親、子は{}歳と{}歳")
    return chance.choice(forms).format(chance.randint(2, 14), chance.randint(1, 6))


def calls(chance: Chance) -> str:
    forms = ("電話{}分、次は{}日後", "{}日と{}日に電話", "メール{}通に返信{}通", "電話{}回目で{}分話せた")
    return chance.choice(forms).format(chance.randint(1, 28), chance.randint(1, 28))


def marks(chance: Chance) -> str:
    forms = (
        f"求人番号 13{chance.randint(100, 999)}-{chance.randint(10**7, 10**8 - 1)}",
        f"紹介番号 {chance.randint(1000, 9999)}-{chance.randint(10, 99)} 受理待ち",
        f"相談番号 {chance.randint(1000, 9999)}-{chance.randint(10, 99)}",
        f"第{chance.randint(1, 9)}会議室、{chance.randint(2, 5)}階",
        f"受付{chance.randint(1, 250)}番",
    )
    return chance.choice(forms)


PARTS: tuple[Callable[[Chance], str], ...] = (
    *(visit, opening, mood, sums, tally, travel, career, household, calls, marks),
)
JOINTS = ("。", "\n", "、", " ", "\n・", "／", "。\n", "; ", "\u3000", " | ")


def made_notes(count: int = 950) -> list[str]:
    """Return ordinary notes, the same in each run, each once."""
    chance = Chance(f"{SEED}: notes")
    made: dict[str, None] = {}
    while len(made) < count:
        parts = [part(chance) for part in chance.sample(PARTS, chance.choice((1, 2, 3, 3, 4)))]
        made[chance.choice(JOINTS).join(parts)[:200]] = None
    return list(made)
