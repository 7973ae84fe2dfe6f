"""Identities written by hand, as they slip into a note. See the package: not to be developed on."""

from typing import Final

from tests.privacy.measuring.vocabulary import lines

IDENTITIES: Final = {
    "phone": lines("""
        080-4471-2293が本人の番号
        家電は０４２ー３２１ー５５７８
        緊急連絡先 070 8812 3349（母）
        〇八〇・二二九一・四四七〇
        夜は090（4418）7723へ
        会社03-6228-4471、昼休みのみ
        TEL 0428 22 9917
        携帯０９０３３４４８８１２に変わった
        ゼロナナゼロ、ハチハチイチニ、サンサンヨンロク
        """),
    "email": lines("""
        履歴書は miho.sato@example.com へ
        suzu_ken85＠docomo．ne．jp
        yoko アットマーク yahoo ドット co ドット jp
        LINEのID takuya0422
        """),
    "address": lines("""
        戸倉3丁目8番地14に引っ越し
        〒185-0014 東恋ヶ窪のあたり
        並木町2-27-6のアパート
        ハイツさつき203号室
        北町五丁目十六番二号
        西元町1の14の9に下宿
        """),
    "birth_date": lines("""
        昭和51年8月19日生
        S63.4.2生まれ
        1980年12月7日生まれの男性
        平成8年2月29日
        生年月日：1959/7/23
        娘は令和元年11月8日生まれ
        """),
    "number": lines("""
        ケース番号 22-4410
        受給者番号は8800213
        口座は普通預金4471022
        障害者手帳 第118822号
        被保護者番号：0098112
        在留カード番号ST44018827BC
        """),
    "my_number": lines("""
        マイナンバーの控え 1234-5678-9018
        """),
    "name": lines("""
        田中さんの件で電話
        須永様が来所された
        夫の根津氏と同席
        芳賀君は今週から実習
        グルンさんの通訳を手配
        ヒビノさんに案内票を渡す
        氏名：寺島彩乃
        次女の奈々ちゃんが入院
        高梨修司さんの紹介
        """),
    "employer": lines("""
        株式会社むさし野物流に就職
        ㈲丹野製麺で働く
        """),
    "school": lines("""
        国分寺市立第四小学校の近く
        小平南高等学校を卒業
        """),
}


def written_identities() -> list[tuple[str, str]]:
    """Return (kind, text) of the identities written by hand."""
    return [(kind, text) for kind, texts in IDENTITIES.items() for text in texts]
