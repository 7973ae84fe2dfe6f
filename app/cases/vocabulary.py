"""Words of the consultation log: channel, source, programme, reasons."""

from typing import Final

from app.foundation.labels import LabelledEnum


class Channel(LabelledEnum):
    """対応方法."""

    VISIT = "visit", "来所面談", "Interview at the counter"
    PHONE = "phone", "電話", "Telephone"
    HOME_VISIT = "home_visit", "訪問", "Visit to the person"
    ACCOMPANIED = "accompanied", "同行", "Accompanied the person"
    ONLINE = "online", "オンライン", "Online"
    MAIL_FAX = "mail_fax", "メール・FAX", "E-mail or fax"
    MEETING = "meeting", "会議", "Case meeting"


class Source(LabelledEnum):
    """相談経路."""

    SELF = "self", "本人", "The person"
    FAMILY = "family", "家族・知人", "Family or friends"
    CITY = "city", "庁内他課", "Another city department"
    AGENCY = "agency", "関係機関", "Partner agency"
    OUTREACH = "outreach", "アウトリーチ", "Outreach"
    OTHER = "other", "その他", "Other"


class ConsultationKind(LabelledEnum):
    """相談の種別: retention contacts are counted apart from consultations, never twice."""

    CONSULTATION = "consultation", "相談", "Consultation"
    RETENTION = "retention", "定着支援", "Retention support"


class CloseReason(LabelledEnum):
    """終了理由."""

    EMPLOYED = "employed", "就職", "Found work"
    SETTLED = "settled", "困りごとの解決", "Need resolved"
    MOVED_AWAY = "moved_away", "転居", "Moved away"
    OWN_WISH = "own_wish", "本人希望", "At the person's own wish"
    HANDED_OVER = "handed_over", "他機関へ引継ぎ", "Handed over to another agency"
    OUT_OF_CONTACT = "out_of_contact", "連絡不能", "Could not be reached"
    DECEASED = "deceased", "逝去", "Passed away"
    OTHER = "other", "その他", "Other"


class Programme(LabelledEnum):
    """事業: which of the plan's measures a record counts for."""

    GUIDANCE = "guidance", "窓口案内", "Guidance to windows"
    ASSISTANCE = (
        "assistance",
        "生活保護被保護者等就労促進",
        "Employment promotion for people on public assistance",
    )
    CENTRE = "centre", "障害者就労支援センター", "Employment support centre for disabled people"

    @property
    def measure_number(self) -> int:
        """Number of the measure (事業番号) in the plan."""
        return MEASURE_NUMBER[self]


MEASURE_NUMBER: Final = {Programme.GUIDANCE: 5, Programme.ASSISTANCE: 6, Programme.CENTRE: 4}
