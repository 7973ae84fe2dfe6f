"""Ordinary notes made by rules from a fixed seed. Measured on once; since then developed on."""

import random
from collections.abc import Callable

from tests.privacy.learnt.third.vocabulary import lines, words

SEED = "2026-11-22, the third"
Chance = random.Random
PLACES = words("""
    ハローワーク立川 ハローワーク三鷹 しごとサポート窓口 社会福祉協議会 地域包括 就労支援センター
    子育て支援課 健康センター 若者就労相談 ひとり親相談 消費生活相談 障害福祉課 訓練施設 就労継続A型 作業所
    シルバー人材 労働基準監督署
    """)
PERSONS = words("""
    本人 父 母 配偶者 上司の方 面接官 社長さん 施設の方 先生 主任 課長さん 医師 薬剤師さん 訪問員
    相談支援員さん 友人 近所の方 ケアマネジャーさん 隣の方 人事の方 事務長さん 配属先のリーダー 生活支援員
    警備員さん 運転手さん 板前さん 通訳の方
    """)
TASKS = words("""
    書類整理 窓ふき 洗濯補助 盛付け 検査 梱包 封入 棚卸し 草刈り 給食補助 病院清掃 値札付け 電話番 見守り
    配送助手 受発注
    """)
MOODS = lines("""
    あせりが見える
    おだやかに話した
    自信がついてきた
    涙ぐむ場面あり
    冗談が出た
    疲れがたまっている
    納得した様子
    返事に迷う
    """)


def times(chance: Chance) -> str:
    start, end = chance.randint(6, 12), chance.randint(13, 21)
    forms = (
        "{}:20〜{}:40",
        "{}時半-{}時",
        "{}:00 - {}:00",
        "{}時〜翌{}時は不可",
        "{}：45～{}：15",
        "{}時台と{}時台",
    )
    return chance.choice(forms).format(start, end)


def when(chance: Chance) -> str:
    month, day, year = chance.randint(1, 12), chance.randint(1, 28), chance.randint(2025, 2027)
    forms = (
        f"{month}月{day}日午前",
        f"{month}/{day}午後",
        f"{year}/{month}/{day}",
        f"{year}-{month:02}-{day:02}",
        f"令和{year - 2018}年{month}月",
        f"R{year - 2018}/{month}/{day}",
        f"{month}月第{chance.randint(1, 4)}週",
        f"令和{year - 2018}年{month}月{day}日",
    )
    return chance.choice(forms)


def plan(chance: Chance) -> str:
    return f"{when(chance)}に{chance.choice(PLACES)}、{chance.choice(PERSONS)}も同席"


def post(chance: Chance) -> str:
    task, days = f"{chance.choice(TASKS)}（{times(chance)}", chance.randint(1, 5)
    return f"{task}、週{days}日、{chance.randint(1163, 1450)}円/h）"


def mood(chance: Chance) -> str:
    said = f"{chance.choice(MOODS)}。{chance.choice(PERSONS)}から"
    return f"{said}{chance.choice(('助言', '励まし', '連絡', '質問'))}あり"


def money(chance: Chance) -> str:
    forms = (
        "手取り{},{}00円",
        "滞納{}か月、合計{}万円",
        "交通費{}円×{}日",
        "月{}万円のうち食費{}万円",
        "賞与{}か月、昇給{}円",
    )
    return chance.choice(forms).format(chance.randint(1, 20), chance.randint(1, 9))


def amount(chance: Chance) -> str:
    forms = (
        "応募先{}社の一覧、返事は{}社",
        "参加{}名、欠席{}名",
        "{}回中{}回出席",
        "作業は1時間に{}個、前回より{}個増",
        "求人倍率1.{}倍、条件に合うのは{}件",
    )
    return chance.choice(forms).format(chance.randint(2, 30), chance.randint(1, 9))


def road(chance: Chance) -> str:
    forms = (
        "バス{}系統で{}分",
        "電車{}駅と徒歩{}分",
        "自転車{}km、{}分ほど",
        "乗り換え{}回、片道{}分",
        "{}番バス停から{}つ目",
    )
    return chance.choice(forms).format(chance.randint(1, 12), chance.randint(3, 55))


def before(chance: Chance) -> str:
    year = chance.randint(2009, 2023)
    forms = (
        "{}年に退職、ブランク{}年",
        "{}年春から{}年間は家業",
        "前職は{}年入社で{}年勤務",
        "{}年4月1日入社、在職{}年",
        "{}年ごろから通院{}年目",
    )
    return chance.choice(forms).format(year, chance.randint(1, 9))


def family(chance: Chance) -> str:
    forms = ("{}人きょうだいの{}番目", "子{}歳、{}年生", "高齢の親{}人、週{}回訪問", "世帯{}人、収入は{}人分")
    return chance.choice(forms).format(chance.randint(2, 9), chance.randint(1, 6))


def contact(chance: Chance) -> str:
    forms = (
        "電話{}回目で話せた（{}分）",
        "留守電{}回、折り返し{}回",
        "手紙を{}通、返信{}通",
        "電話は{}時から{}時まで",
        "メール{}往復、電話{}分",
    )
    return chance.choice(forms).format(chance.randint(1, 12), chance.randint(13, 20))


def label(chance: Chance) -> str:
    forms = (
        f"求人番号 13{chance.randint(100, 999)}-{chance.randint(10**6, 10**8 - 1):08}",
        f"紹介番号：{chance.randint(1000, 9999)}-{chance.randint(10, 99)}",
        f"相談番号は{chance.randint(1000, 9999)}-{chance.randint(10, 99)}",
        f"{chance.randint(1, 6)}階{chance.randint(1, 9)}番の窓口",
        f"資料{chance.randint(1, 9)}の{chance.randint(1, 30)}ページ",
        f"番号札{chance.randint(1, 199)}番",
    )
    return chance.choice(forms)


PARTS: tuple[Callable[[Chance], str], ...] = (
    *(plan, post, mood, money, amount, road, before, family, contact, label),
)
JOINTS = ("。", "\n", "、", " ", "\n－", " / ", "。\n", "；", "\u3000")


def made_notes(count: int = 950) -> list[str]:
    """Return ordinary notes, the same in each run, each once."""
    chance = Chance(f"{SEED}: notes")
    made: dict[str, None] = {}
    while len(made) < count:
        parts = [part(chance) for part in chance.sample(PARTS, chance.choice((1, 2, 3, 3, 4)))]
        made[chance.choice(JOINTS).join(parts)[:200]] = None
    return list(made)
