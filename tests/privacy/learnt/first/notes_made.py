"""Ordinary notes made by rules from a fixed seed. Measured on once; since then developed on."""

import random
from collections.abc import Callable

from tests.privacy.learnt.first.words import words

SEED = 20261122
Rand = random.Random
AGENCIES = words("""
    ハローワーク立川 ハローワーク府中 社会福祉協議会 自立生活サポートセンターこくぶんじ
    障害者就労支援センター 若者サポートステーション シルバー人材センター 地域包括支援センター
    東京しごとセンター多摩 法テラス 消費生活センター 子ども家庭支援センター 保健センター 年金事務所
    職業訓練校 就労移行支援事業所 生活福祉課 市役所の窓口
    """)
PEOPLE = words("""
    相談員さん ケースワーカーさん 担当者様 支援員さん 保健師さん 大家さん 店長さん お母さん 息子さん
    娘さん 皆さん 利用者さん 主治医 就労支援員 上司の方 職場の先輩 ご家族 民生委員さん 看護師さん
    施設長さん 係長 採用担当の方
    """)
JOBS = words("""
    清掃 品出し 調理補助 介護補助 倉庫内作業 事務 警備 レジ 検品 送迎 配達 受付 保育補助 洗い場
    データ入力 農作業 工場
    """)
PLACES = words("""
    国分寺駅 西国分寺駅 国立駅 立川駅 府中駅 小平駅 三鷹駅 北口 南口 本町 泉町 光町 市内 近隣の市 自宅
    中央線沿線
    """)
STATES = words("""
    体調はよい 疲れが見える 表情が明るい 不安が強い 前向きになった 眠れている 食欲がない 遅刻が減った
    迷っている 意欲がある 緊張していた 落ちついて話せた
    """)


def clock(rand: Rand) -> str:
    hour, minute = rand.randint(8, 19), rand.choice((0, 15, 30, 45))
    return rand.choice((f"{hour}:{minute:02}", f"{hour}時", f"{hour}時{minute:02}分", f"{hour}：{minute:02}"))


def span(rand: Rand) -> str:
    start = rand.randint(8, 13)
    form = rand.choice(("{}:30〜{}:00", "{}:00-{}:30", "{}時から{}時", "{}時半～{}時", "{}：00～{}：00"))
    return form.format(start, start + rand.randint(2, 8))


def day(rand: Rand) -> str:
    month, date = rand.randint(1, 12), rand.randint(1, 28)
    return rand.choice(
        (
            f"{month}月{date}日",
            f"{month}/{date}",
            f"令和8年{month}月{date}日",
            f"R8.{month}.{date}",
            f"2026年{month}月{date}日",
            f"2026/{month:02}/{date:02}",
            f"{month}月{date}日（{rand.choice('月火水木金')}）",
            f"来月{date}日",
        )
    )


def money(rand: Rand) -> str:
    return rand.choice(
        (
            f"時給{rand.randint(1163, 1600):,}円",
            f"時給{rand.randint(1163, 1600)}円",
            f"月{rand.randint(6, 24)}万円",
            f"月給{rand.randint(150, 260) * 1000:,}円",
            f"日給{rand.randint(80, 130) * 100}円",
            f"家賃{rand.randint(35, 65) * 1000:,}円",
        )
    )


def situation(rand: Rand) -> str:
    return f"{rand.choice(STATES)}。{rand.choice(PEOPLE)}も知っている"


def plan_of_visit(rand: Rand) -> str:
    return f"次回は{day(rand)} {clock(rand)}、{rand.choice(AGENCIES)}に同行"


def wish(rand: Rand) -> str:
    return f"{rand.choice(JOBS)}を希望、週{rand.randint(2, 5)}日、{span(rand)}、{rand.choice(PLACES)}まで"


def offer(rand: Rand) -> str:
    what = f"{rand.choice(JOBS)}の求人{rand.randint(1, 9)}件、{money(rand)}"
    return f"{what}、{rand.choice(PLACES)}から徒歩{rand.randint(3, 20)}分"


def history(rand: Rand) -> str:
    start = rand.randint(2005, 2022)
    form = rand.choice(("{}年から{}年まで{}", "{}年4月入社、{}年3月退職（{}）", "{}年度から{}年度は{}の仕事"))
    return form.format(start, start + rand.randint(1, 4), rand.choice(JOBS))


def counts(rand: Rand) -> str:
    sent, met = rand.randint(3, 30), rand.randint(0, 3)
    return f"応募{sent}社、面接{met}社、{rand.choice(PEOPLE)}に報告"


def contact(rand: Rand) -> str:
    way = rand.choice(
        ("電話で連絡", "電話{}回、不在", "手紙で連絡", "メールで日程を確認", "電話は{}時以降がよい")
    )
    return f"{way.format(rand.randint(1, 18))}。{rand.choice(AGENCIES)}へつなぐ"


def family(rand: Rand) -> str:
    form = rand.choice(
        ("子は{}歳と{}歳", "{}歳の母と同居、子は{}歳", "長男{}歳、次女{}歳", "{}人家族、末子は{}歳")
    )
    return form.format(rand.randint(2, 15), rand.randint(1, 14))


def health(rand: Rand) -> str:
    form = rand.choice(
        (
            "通院は月{}回、薬は1日{}回",
            "血圧1{}0-{}0",
            "睡眠{}時間、散歩{}分",
            "立ち仕事は{}時間、座れば{}時間",
        )
    )
    return form.format(rand.randint(1, 5), rand.randint(2, 9))


def transport(rand: Rand) -> str:
    return rand.choice(
        (
            f"バス{rand.randint(10, 40)}分、{rand.choice(PLACES)}下車",
            f"国{rand.randint(10, 29)}系統のバスで{rand.randint(10, 40)}分",
            f"{rand.choice(PLACES)}から{rand.randint(2, 7)}駅、定期代{rand.randint(4, 12) * 1000:,}円",
            f"自転車で{rand.randint(5, 30)}分、{rand.choice(PLACES)}のあたり",
        )
    )


def reference(rand: Rand) -> str:
    return rand.choice(
        (
            f"紹介番号 {rand.randint(1000, 9999)}-{rand.randint(10, 99)} の件",
            f"求人番号 13080-{rand.randint(10**7, 10**8 - 1)}",
            f"相談番号 {rand.randint(1000, 9999)}-{rand.randint(10, 99)} とは別の方",
            f"求人票{rand.randint(1, 40)}番に応募",
            f"{rand.randint(1, 5)}階{rand.randint(1, 30)}番窓口",
        )
    )


PARTS: tuple[Callable[[Rand], str], ...] = (
    *(situation, plan_of_visit, wish, offer, history, counts, contact, family, health, transport, reference),
)
JOINTS = ("。", "\n", "、", "　", " / ", "。\n・", "；")


def made_notes(count: int = 900) -> list[str]:
    """Return ordinary notes, the same in each run, each once."""
    rand = random.Random(f"{SEED} notes")
    made: dict[str, None] = {}
    while len(made) < count:
        parts = [part(rand) for part in rand.sample(PARTS, rand.choice((1, 2, 2, 3)))]
        made[rand.choice(JOINTS).join(parts)[:200]] = None
    return list(made)
