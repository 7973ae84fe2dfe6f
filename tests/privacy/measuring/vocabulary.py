"""Names, towns and the like of the measuring part. See the package: not to be developed on."""

from typing import Final


def words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


def lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.strip().splitlines() if line.strip())


# Frequent ones and rarer ones, about half each.
SURNAMES: Final = words("""
    佐藤 鈴木 高橋 田中 伊藤 渡辺 山本 中村 小林 加藤 吉田 山田 佐々木 山口 松本 井上 木村 林 斎藤 清水 山崎
    森 池田 橋本 阿部 石川 山下 中島 石井 小川 前田 岡田 長谷川 藤田 後藤 近藤 村上 遠藤 青木 坂本 長嶺
    大谷地 鎌田 小暮 相川 蒲田 岩切 宇野 江原 押田 柿沼 兼子 菅沼 木暮 越川 佐竹 沢井 塩谷 下村 須永 高梨
    武内 田原 寺島 戸田 友田 長浜 名倉 丹野 根津 野間 芳賀 原口 日比野 吹田 藤巻 古川 北条 増山 三上 本橋
    柳田 大和田 湯本 吉原
    """)
GIVEN: Final = words("""
    翔太 美穂 健司 洋子 拓也 恵子 大樹 由美 和夫 幸恵 裕介 直美 雄大 千代 修司 麻衣 義明 彩乃 光男 奈々 俊輔
    久恵 一平 芳子 健吾
    """)
READINGS: Final = lines("""
    サトウ ミホ
    スズキ ケンジ
    タカハシ ヨウコ
    タナカ タクヤ
    ワタナベ ケイコ
    ヤマモト ダイキ
    コバヤシ ユミ
    カトウ カズオ
    ササキ サチエ
    マツモト ユウスケ
    シミズ ナオミ
    ナガミネ ユウダイ
    カキヌマ チヨ
    スガヌマ マイ
    タカナシ ヨシアキ
    テラシマ アヤノ
    ヒビノ シュンスケ
    モトハシ ヒサエ
    ヤナギダ ショウタ
    ユモト ケンゴ
    """)
ABROAD: Final = words("ミン クマール グルン サマン デラクルス ゴンザレス エマ ムハンマド パティル アウン")
TOWNS: Final = words("""
    国分寺市戸倉 国分寺市北町 国分寺市並木町 国分寺市西元町 国分寺市富士本 国分寺市南町 小平市鈴木町
    小金井市東町 立川市栄町 府中市新町 国立市富士見台 日野市豊田 東大和市清水 武蔵野市吉祥寺北町
    八王子市千人町 所沢市若狭
    """)
HOUSES: Final = words(
    "ハイツさつき コーポ大谷 メゾンドール 第五若葉荘"
    " グランドマンション南 けやき団地 パークコート並木 みどりアパート"
)
FIRMS: Final = lines("""
    株式会社多摩清掃社
    西東京食品株式会社
    ㈱オオタニ運送
    有限会社小暮商店
    株式会社ケアリンク
    (株)武蔵野警備保障
    合同会社あすなろ
    (有)増山鉄工所
    """)
SCHOOLS: Final = lines("""
    国分寺市立第五中学校
    第八小学校
    戸倉北高校
    小平南高等学校
    多摩文化大学
    城西福祉専門学校
    けやき特別支援学校
    武蔵短期大学
    """)
