"""Names, towns and the like of the measuring part. Measured on once; since then developed on."""

from typing import Final


def words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


def lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.strip().splitlines() if line.strip())


SURNAMES: Final = words("""
    赤坂 石渡 泉 板倉 市原 岩間 牛島 江川 大城 大貫 岡林 小栗 加納 金森 神戸 川辺 北野 木内 桐山 国枝 栗山
    越智 小谷 小針 斉木 坂上 桜庭 佐竹 篠塚 島村 白田 末永 杉谷 関 高見沢 滝口 竹原 立花 田端 玉置 千野 筒井
    寺本 徳田 鳥居 中込 長坂 中根 名取 仁科 西澤 野坂 萩野 畠山 花村 林田 日野 平尾 広井 福士 船木 古市 細野
    堀川 牧田 町野 松永 丸尾 水上 宮入 三輪 村岡 室井 毛利 森岡 矢部 山際 横井 吉成 米山 和久井 渡会 綿貫
    """)
GIVEN: Final = words("""
    明日香 郁夫 栄子 和孝 賢治 紗江 志保 淳平 貴之 朋子 直之 信彦 晴子 光代 元気 康介 由佳 芳江 里佳 亘 真央
    英二 絵美 敬
    """)
READINGS: Final = lines("""
    イシワタ アスカ
    オオヌキ イクオ
    カナモリ エイコ
    キリヤマ カズタカ
    クリヤマ サエ
    コバリ シホ
    サクラバ ジュンペイ
    シノヅカ タカユキ
    タチバナ トモコ
    ツツイ ナオユキ
    トリイ ノブヒコ
    ナカネ ハルコ
    ハタケヤマ ミツヨ
    フルイチ コウスケ
    ホリカワ ユカ
    ミズカミ ヨシエ
    ムラオカ リカ
    モウリ ワタル
    ヨコイ マオ
    ワタヌキ エイジ
    """)
ABROAD: Final = words(
    "ドゥック タイン ビシュヌ マハルジャン フェルナンド ペレイラ アンデルソン キャロル モハメド チョウ"
)
TOWNS: Final = words("""
    国分寺市東戸倉 国分寺市日吉町 国分寺市東元町 国分寺市高木町 小平市小川西町 小金井市緑町 立川市富士見町
    府中市武蔵台 国立市東 日野市多摩平 昭島市玉川町 東村山市栄町 武蔵野市西久保 三鷹市下連雀
    八王子市大和田町 稲城市百村
    """)
HOUSES: Final = words(
    "コーポさくら 第一みのり荘 サンコート泉 エスポワールマンション"
    " 北町アパート ハイツ青空 西町団地 メゾンド緑"
)
FIRMS: Final = lines("""
    株式会社クリーン多摩
    北原精密有限会社
    ㈱ひまわりフーズ
    (株)武州建設
    株式会社エヌケイ警備
    合同会社みなと企画
    有限会社丸尾豆腐店
    平和タクシー株式会社
    """)
SCHOOLS: Final = lines("""
    国分寺市立第三小学校
    第二中学校
    小川西高校
    武蔵境高等学校
    富士見女子大学
    立川情報専門学校
    多摩中央特別支援学校
    桜ヶ丘短期大学
    """)
