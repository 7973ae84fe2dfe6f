"""What Japanese names look like beyond every list: the characters that they are made of."""

import re
from typing import Final

from app.privacy.name_words import GIVEN_NAMES, NO_SURNAMES, SINGLE_GIVEN_NAMES, SINGLE_SURNAMES, SURNAMES

# Two characters, one of each row, make most of the surnames that no list holds: 高倉, 村瀬, 早坂.
_FIRST: Final = (
    "徳桐越仁板末室毛畠斉牧綿赤渥粟阿我鮎嵐五生泉糸犬色宇臼江恵蛯及鍵柿影笠柏粕蒲刈雁衣絹串郡小駒才犀猿猪"
    "塚津筒椿鶴手戸百兵平藤蛭辺保朴馬間的丸箕蓑名茂餅諸薮結米蕨青秋浅朝荒有安飯石磯伊井池市稲今岩上植内梅"
    "浦榎遠大岡沖荻奥尾落乙鬼海片勝金鎌神亀河川菊岸木北君清久草楠国窪熊倉栗黒桑児近紺斎坂桜笹佐沢塩重篠柴"
    "島下庄白新菅杉鈴関瀬千曽園高滝竹武田多谷玉辻土堤角寺天常冨富友豊鳥直中永長仲成西丹根野萩橋蓮畑服花浜"
    "早林原春東樋日肥広深福船古星細堀本前真正増町松三水溝皆南峰宮向村元望森門八矢柳山湯横吉若脇和鷲渡"
)
_SECOND: Final = (
    "智輪市込科入端国達会貫士渡井岩納針名仁平和気塩竹雲居鳥石伊佐瀧嵩条田川山本村野原島崎嶋﨑沢澤谷木口上"
    "下内尾岡倉橋藤森林瀬坂塚松宮浦水津江波根岸垣巻宅戸沼池浜堀部場間代子見家生賀出吉住好葉羽丸美城地渕淵"
    "盤我保屋持越枝辺馬満杉梨熊迫元中西東北南園里花海浪成梶柳形方神前久河永伯頭節矢寺脇光敷葛"
)
_TWO: Final = re.compile(rf"[{_FIRST}][{_SECOND}]")

_LAST_OF_GIVEN: Final = frozenset(
    "子美男夫雄郎也人太香恵代枝江奈菜花乃介助輔平治司樹斗翔翼蓮大健誠隆宏浩明彦実真里梨衣紀典志哉弥之行幸"
    "博史士仁智久朗吾悟一二三敏春秋夏冬穂歩帆音凛葵莉沙紗織絵希光摘月海空星輝雅和昭裕徳義信孝忠清茂豊稔勝"
    "武剛進勇猛亮涼聡哲徹学修保勉薫蘭桜梅加那良乙羅李亜唯結由紬萌芽王斎悠央敬亘佳啓恭祐佑洋陽晴憲謙賢利満"
    "直尚成正政宗文道郷巳津瑠玲羽来未於都登統斉"
)
_GIVEN_KANJI: Final = re.compile(r"[一-龥々\U00020000-\U0002ffff]{2,3}")
_NO_GIVEN: Final = re.compile(
    r"[0-9〇時月年週回件人名社円歳才分秒]|見学|進学|在学|大学|休学|入学|研修|実習|希望|参加|生活|保護|受給|求人|応募|面接|面談|相談"
    r"|紹介|就職|就労|採用|予定|確認|完了|終了|開始|中止|欠席|出席|来所|訪問|同行|連絡|不在|不明|清掃|調理|介護|事務|倉庫|工場|配達"
    r"|警備|保育|受付|勤務|通勤|駅|店|社|課|係|室|所|院|園|校|館|課題|合格|本人|家族|友人|夫婦|親子|息子|男子|女子|菓子|様子|調子|電子"
    r"|帽子|椅子|冊子|迷子|弟子|銀行|旅行|実行|進行|夜行|流行|平和|昭和|令和|大和|統一|唯一|第一|第二|第三|一二|二三|明治|政治|完治|退治"
    r"|会計|現実|事実|充実|果実|真実|写真|歴史|発行|通信|自信|返信|送信|最大|拡大|重大|成人|新人|個人|求人|老人|友人|主人|職人|知人"
    r"|大人|二人|三人|一人|法人|軍人|住人|商人|新規|多数|必勝|優勝|注意|同意|用意|決定|認定|安定|予算|日曜|休日|平日|本日|当日|毎日|良好|不良|優良|敬老|元気|健康|健診|成績|成功|作成|養成|育成|完成|助成|整備|準備|直前|正社|登録|登校|都合|来年|来月|未定|未来|道路|満了|不満|利用|有利|便利|権利|久しぶり"
)


def is_surname_like(text: str) -> bool:
    """Tell whether a text is a surname on the list or made like one."""
    if text in SURNAMES or text in SINGLE_SURNAMES:
        return True
    return len(text) == 2 and _TWO.fullmatch(text) is not None and text not in NO_SURNAMES


def is_partly_surname_like(text: str) -> bool:
    """Tell whether one of two characters is what surnames are made of: enough beside a certain given name."""
    return len(text) == 2 and text not in NO_SURNAMES and (text[0] in _FIRST or text[1] in _SECOND)


def is_given_like(text: str) -> bool:
    """Tell whether a text is a given name on the list, or two or three characters that end like one."""
    if text in GIVEN_NAMES or text in SINGLE_GIVEN_NAMES:
        return True
    return (
        _GIVEN_KANJI.fullmatch(text) is not None
        and text[-1] in _LAST_OF_GIVEN
        and _NO_GIVEN.search(text) is None
    )
