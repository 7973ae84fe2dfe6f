"""Furigana on a whole page: readings above the words that have one reading only (ruby); pure.

The readings of paper are used, and those of the phrases that stand on these pages alone. Where a reading is
not certain there is none: a wrong one is worse.
"""

import re
from typing import Final

from app.printing.readings import KANA_END, KANJI, READINGS, Runs

OWN: Final[dict[str, str]] = {
    "何歳": "なんさい", "歳": "さい", "前は": "まえは", "長い": "ながい", "短い": "みじかい",
    "探す": "さがす", "探している": "さがしている", "取る": "とる", "取りたい": "とりたい",
    "話す": "はなす", "話せる": "はなせる", "育てて": "そだてて", "育てながら": "そだてながら",
    "受けている": "うけている", "受けていて": "うけていて", "受けられます": "うけられます",
    "受け付けて": "うけつけて", "答えると": "こたえると", "答えない": "こたえない", "答え": "こたえ",
    "会って": "あって", "選べます": "えらべます", "選ぶ": "えらぶ", "選んだ": "えらんだ",
    "質問": "しつもん", "合う": "あう", "合わない": "あわない", "聞きません": "ききません",
    "保存": "ほぞん", "何を": "なにを", "変える": "かえる", "見る": "みる", "消す": "けす",
    "開く": "ひらく", "迷ったら": "まよったら", "今回": "こんかい", "働きたい": "はたらきたい",
    "以上": "いじょう", "若くて": "わかくて", "場合": "ばあい", "使う": "つかう", "使える": "つかえる",
    "使えますか": "つかえますか", "使えるとき": "つかえるとき", "使えないとき": "つかえないとき",
    "困っている": "こまっている", "一緒に": "いっしょに", "考えます": "かんがえます",
    "決まりませんでした": "きまりませんでした", "終わりました": "おわりました",
    "始まります": "はじまります", "始まる": "はじまる", "次の": "つぎの", "近いもの": "ちかいもの",
    "開いて": "ひらいて", "書いて": "かいて", "運営": "うんえい", "確認した日": "かくにんしたひ",
    "個人情報": "こじんじょうほう", "内容": "ないよう", "未確認": "みかくにん", "番号": "ばんごう",
    "行く": "いく", "現在": "げんざい", "発行": "はっこう", "並べて": "ならべて", "並びます": "ならびます",
}  # fmt: skip
KNOWN: Final = {**READINGS, **OWN}
WORDS: Final = re.compile("|".join(sorted(map(re.escape, KNOWN), key=len, reverse=True)))
TAG: Final = re.compile(
    r"(<!--.*?-->|<(?:script|style|title)\b.*?</(?:script|style|title)>|<[^>]*>)", re.DOTALL
)
OWN_LINK: Final = re.compile(r'href="(/public/[^"?#]*)(#[^"]*)?"')
SWITCH: Final = "furigana=1"


def with_furigana(page: str) -> str:
    """Return a page with readings, and with links that lead on to pages with readings."""
    parts = TAG.split(page)
    said = [part if number % 2 else ruby(part) for number, part in enumerate(parts)]
    linked = OWN_LINK.sub(rf'href="\1?{SWITCH}\2"', "".join(said))
    # The link that takes the readings away is the one that must not bring them back.
    return re.sub(rf'(data-plain href="[^"?]*)\?{SWITCH}"', r'\1"', linked)


def ruby(text: str) -> str:
    """Return the text between two tags with readings; it is HTML already, so nothing is escaped."""
    return "".join(
        f"<ruby>{base}<rp>（</rp><rt>{reading}</rt><rp>）</rp></ruby>" if reading else base
        for base, reading in runs_of(text)
    )


def runs_of(text: str) -> Runs:
    """Return a text as pairs of words and readings; a pair without a reading is shown as it is."""
    runs: Runs = []
    place = 0
    for match in WORDS.finditer(text):
        runs += [[text[place : match.start()], ""], *read_word(match[0])]
        place = match.end()
    return [run for run in [*runs, [text[place:], ""]] if run[0]]


def read_word(word: str) -> Runs:
    """Return a word with its reading above its kanji only; kana that end it stand alone: 答|こた えない."""
    reading = KNOWN[word]
    match = KANA_END.match(word)
    end = match["end"] if match else ""
    if end and reading.endswith(end) and KANJI.search(word[: -len(end)]):
        return [[word[: -len(end)], reading[: -len(end)]], [end, ""]]
    return [[word, reading]]
