"""Furigana: readings of words that have one reading only, for plain Japanese on paper.

A word whose reading depends on what stands around it (人, 日, 市) is not here alone: no furigana is better
than a wrong one. The longest word wins.
"""

import re
from typing import Final

Runs = list[list[str]]

WRITTEN: Final = """
案内票=あんないひょう 案内=あんない 窓口=まどぐち 理由=りゆう 時間=じかん 受付時間=うけつけじかん
受付=うけつけ 行き方=いきかた 行く前=いくまえ 持っていく物=もっていくもの 持って=もって
気をつけること=きをつけること 電話=でんわ 電話番号=でんわばんごう 住所=じゅうしょ 予約=よやく
必要=ひつよう 確かめて=たしかめて 聞いて=きいて 登録=とうろく 登録されて=とうろくされて 相談=そうだん
仕事=しごと 働く=はたらく 働いて=はたらいて 働いた=はたらいた 離職=りしょく 就職=しゅうしょく
就労=しゅうろう 支援=しえん 生活=せいかつ 生活保護=せいかつほご 生活困窮=せいかつこんきゅう
障害=しょうがい 障害者=しょうがいしゃ 手帳=てちょう 子育て=こそだて 子ども=こども 女性=じょせい
若者=わかもの 若年者=じゃくねんしゃ 中高年者=ちゅうこうねんしゃ 高齢者=こうれいしゃ 年齢=ねんれい
対象=たいしょう 条件=じょうけん 資格=しかく 訓練=くんれん 職業訓練=しょくぎょうくんれん 職業=しょくぎょう
求人=きゅうじん 紹介=しょうかい 面接=めんせつ 書類=しょるい 応募=おうぼ 応募書類=おうぼしょるい
履歴書=りれきしょ 適性=てきせい 職場=しょくば 悩み=なやみ 困って=こまって 定着=ていちゃく 病気=びょうき
生活費=せいかつひ 住まい=すまい 家賃=やちん 債務=さいむ 借金=しゃっきん 保育=ほいく 介護=かいご
家族=かぞく 在学中=ざいがくちゅう 新卒=しんそつ 希望=きぼう 短い時間=みじかいじかん 準備=じゅんび
続けたい=つづけたい 国分寺市=こくぶんじし 国分寺=こくぶんじ 立川=たちかわ 東京=とうきょう 多摩=たま
経済課=けいざいか 生活福祉課=せいかつふくしか 福祉=ふくし 手当=てあて 児童扶養手当=じどうふようてあて
給付金=きゅうふきん 無料=むりょう 有料=ゆうりょう 費用=ひよう 日本語=にほんご 英語=えいご
中国語=ちゅうごくご 言葉=ことば 祝日=しゅくじつ 年末年始=ねんまつねんし 休み=やすみ 月曜日=げつようび
火曜日=かようび 水曜日=すいようび 木曜日=もくようび 金曜日=きんようび 土曜日=どようび 日曜日=にちようび
今日=きょう 次は=つぎは 閉まって=しまって 開いて=あいて 専門=せんもん 手続き=てつづき 申請=しんせい
利用=りよう 説明=せつめい 同意=どうい 本人=ほんにん 担当=たんとう 情報=じょうほう 地図=ちず 駅=えき
徒歩=とほ 最新=さいしん 作成=さくせい 見せて=みせて 紙=かみ 名前=なまえ 分からない=わからない
雇用保険=こようほけん 高松駅=たかまつえき 作られ=つくられ
"""
READINGS: Final = {word: reading for word, _, reading in (one.partition("=") for one in WRITTEN.split())}
WORDS: Final = re.compile("|".join(sorted(map(re.escape, READINGS), key=len, reverse=True)))
KANJI: Final = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]")
KANA_END: Final = re.compile(r"^(?P<stem>.*?)(?P<end>[ぁ-ゖ]*)$")


def runs_of(text: str, *, furigana: bool) -> Runs:
    """Return a text as pairs of words and readings; a pair without a reading is printed as it is."""
    if not furigana:
        return [[text, ""]]
    runs: Runs = []
    place = 0
    for match in WORDS.finditer(text):
        if match.start() > place:
            runs.append([text[place : match.start()], ""])
        runs += read_word(match[0])
        place = match.end()
    if place < len(text):
        runs.append([text[place:], ""])
    return runs


def read_word(word: str) -> Runs:
    """Return a word with its reading above its kanji only; kana that end it stand alone: 確|たし かめて."""
    reading = READINGS[word]
    match = KANA_END.match(word)
    end = match["end"] if match else ""
    if KANJI.search(word[: len(word) - len(end)]) and end and reading.endswith(end):
        return [[word[: -len(end)], reading[: -len(end)]], [end, ""]]
    return [[word, reading]]


def unread(text: str) -> list[str]:
    """Return the parts of a text that hold kanji without a reading, for checking our own phrases."""
    return [base for base, reading in runs_of(text, furigana=True) if not reading and KANJI.search(base)]
