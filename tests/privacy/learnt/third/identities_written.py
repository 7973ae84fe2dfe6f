"""Identities written by hand, as they slip into a note. Measured on once; since then developed on."""

from typing import Final

from tests.privacy.learnt.third.vocabulary import lines

IDENTITIES: Final = {
    "phone": lines("""
        夜勤明けは080-2299-4471に
        ０４２・３４４・７７１９ 兄の家
        新番号〇九〇ー四四一二ー九九三八
        連絡は070 3321 8876、朝は不可
        実家 0267-45-1182
        ゼロキューゼロ、ニーニーヨンゴー、サンサンハチイチ
        080/4419/2276（妻）
        会社の代表は03-5544-1287
        090。。2213。4478
        携帯電話：070（2284）9913
        """),
    "email": lines("""
        kanamori.e@gmail.com に求人票を送付
        メール ＝ asuka-55＠ｙａｈｏｏ．ｃｏ．ｊｐ
        t.naoyuki アット icloud ドット com
        LINE ID は shiho_0310
        saeko1979@docomo.ne.jp（返信は遅い）
        """),
    "address": lines("""
        日吉町1丁目40番地5に在住
        〒186-0002 から転居してきた
        小金井市緑町5の11の3
        サンコート泉 105号室
        高木町二丁目九番十二号
        国立市東3－15－8
        武蔵台1丁目26−4の母宅
        都営住宅2号棟の407
        """),
    "birth_date": lines("""
        S57.11.23生まれ
        平成11年5月30日生、27歳
        1968年2月14日生まれの方
        生年月日は昭和49年8月3日
        昭和六十年十二月二十四日
        Ｈ１２．７．７生
        誕生日1977-10-01
        三男 R4.9.15生
        """),
    "number": lines("""
        受給者番号は0045118
        ケース番号：R-22190
        口座番号 普通 3321187
        手帳番号、東京都第771820号
        基礎年金番号3381-220915
        在留カード番号 KJ55120988PA
        被保護者番号（44-1207）
        診察券No.51187
        """),
    "my_number": lines("""
        123456789018 をコピー
        個人番号 １２３４・５６７８・９０１８
        """),
    "name": lines("""
        綿貫さんから欠席の連絡
        桐山様と三者面談
        夫の毛利氏が反対
        畠山くん、初出勤
        ビシュヌさんの在留資格
        トリイさんに書類を渡す
        氏名：仁科明日香
        長女の真央ちゃんは小3
        越智さん親子で来所
        船木直之さんの紹介状
        """),
    "employer": lines("""
        ㈱多摩パッケージに内定
        有限会社堀川造園を退職
        みのり食品株式会社の面接
        """),
    "school": lines("""
        小川西高校を卒業
        国分寺市立第五小学校のPTA
        武蔵境高等学校の定時制
        """),
}


def written_identities() -> list[tuple[str, str]]:
    """Return (kind, text) of the identities written by hand."""
    return [(kind, text) for kind, texts in IDENTITIES.items() for text in texts]
