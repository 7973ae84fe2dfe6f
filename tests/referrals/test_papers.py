"""紹介票 and 送付文: with consent only, nothing of the person, the same when printed again."""

import io
import re
from datetime import date

import pytest
import time_machine
from pypdf import PdfReader

from app.printing.referral_papers import ReferralPaper, covering_letter, referral_slip
from app.referrals.operations import void_referral, withdraw_consent
from app.referrals.paper_operations import print_paper
from app.referrals.vocabulary import PaperKind, VoidCode
from tests import factories
from tests.factories import sign_in
from tests.factories.world import TODAY

A4 = (595.28, 841.89)


@pytest.fixture
def referral(world, db_session):
    consultation = factories.make_consultation(world.case, memo="緑の上着で来所")
    made = factories.make_referral(
        world.case, world.version, sent_on=date(2025, 7, 1), office=world.office, consultation=consultation
    )
    db_session.commit()
    return made


def text_of(made):
    reader = PdfReader(io.BytesIO(made))
    assert len(reader.pages) == 1
    assert tuple(float(side) for side in reader.pages[0].mediabox[2:]) == pytest.approx(A4, abs=0.5)
    return re.sub(r"\s", "", reader.pages[0].extract_text())


def test_the_slip_bears_the_reference_twice_and_nothing_of_the_person(client, world, referral):
    sign_in(client, office=world.office)
    answer = client.post(f"/referrals/{referral.reference}/slip")
    assert answer.content_type == "application/pdf"
    text = text_of(answer.data)
    assert text.count(referral.reference) == 2
    assert "7月15日（火）まで" in text
    assert world.case.number not in text
    assert "緑の上着" not in text
    for word in ("受理", "不受理", "窓口違い", "ファクス", "回答票", "ハローワーク立川専門援助"):
        assert word in text
    # A referral that was sent takes neither; a tick there could not be keyed in.
    assert "支援中" not in text
    assert "終了" not in text


def test_the_slip_offers_the_telephone_only_with_the_offices_number(client, world, referral, db_session):
    sign_in(client, office=world.office)
    address = f"/referrals/{referral.reference}/slip"
    assert "電話" not in text_of(client.post(address).data).replace("電話番号は書かないで", "")
    factories.make_window(world.office, telephone="042-000-0000")
    db_session.commit()
    assert "電話（042-000-0000）でも承ります" in text_of(client.post(address).data)


def test_the_letter_asks_for_its_number_once_and_is_the_same_when_printed_again(client, world, referral):
    sign_in(client, office=world.office)
    address = f"/referrals/{referral.reference}/letter"
    first = client.post(address, data={"document_number": "国生福発第123号", "dated_on": "2025-07-02"})
    text = text_of(first.data)
    assert "国生福発第123号" in text
    assert "令和7年7月2日" in text
    assert "国生福発第123号" in client.get(address).text
    with time_machine.travel("2025-09-01T01:00:00+00:00", tick=False):
        sign_in(client, office=world.office)
        again = client.post(address, data={"document_number": "別の番号", "dated_on": "2025-09-01"})
    assert text_of(again.data) == text


@pytest.mark.parametrize("kind", PaperKind)
def test_without_consent_nothing_is_printed(world, referral, kind):
    withdraw_consent(actor=world.desk, reference=referral.reference, withdrawn_on=TODAY)
    with pytest.raises(Exception, match="同意"):
        print_paper(actor=world.desk, reference=referral.reference, kind=kind)


def test_the_page_offers_no_paper_of_what_was_entered_in_error(client, world, referral, db_session):
    sign_in(client, office=world.office)
    address = f"/referrals/{referral.reference}"
    assert "紹介票を印刷する" in client.get(address).text
    void_referral(actor=world.desk, reference=referral.reference, code=VoidCode.DUPLICATE)
    db_session.commit()
    assert "紹介票を印刷する" not in client.get(address).text
    assert client.post(f"{address}/slip").status_code == 422


def test_long_names_stay_on_one_page():
    long = ReferralPaper(
        reference="48K-2071",
        window="東京都立" + "とても長い名前の" * 8 + "窓口",
        agency="公益財団法人" + "長い名前の" * 8,
        sender="健康福祉部生活福祉課就労支援担当",
        dated_on=date(2026, 3, 31),
        asked="その他（" + "あ" * 60 + "）",
        consent="令和8年3月31日・書面",
        answer_by=date(2026, 4, 14),
        answers=("受理", "面談済", "支援中", "不受理", "終了"),
        refusals=("対象外", "定員", "連絡不能", "本人辞退", "窓口違い", "他機関で対応", "その他"),
        channels=("ファクス", "郵便・メール", "対面"),
        document_number="国生福発第1234567890号",
    )
    assert "48K-2071" in text_of(referral_slip(long))
    assert "48K-2071" in text_of(covering_letter(long))
