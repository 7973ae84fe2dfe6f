"""Words of the consultation log: channel, source, kind, reasons."""

from typing import Final

from app.foundation.labels import LabelledEnum

NOBODY: Final = 0
"""As a counsellor in a choice: the persons of whom nobody at the office is in charge."""


class Channel(LabelledEnum):
    """対応方法."""

    VISIT = "visit", "来所面談", "In person"
    PHONE = "phone", "電話", "Phone"
    HOME_VISIT = "home_visit", "訪問", "Home visit"
    ACCOMPANIED = "accompanied", "同行", "Accompanied"
    ONLINE = "online", "オンライン", "Online"
    MAIL_FAX = "mail_fax", "メール・FAX", "E-mail, fax"
    MEETING = "meeting", "会議", "Meeting"


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


class RegistrationKind(LabelledEnum):
    """登録の種別."""

    NEW = "new", "新規登録", "New registration"
    RENEWAL = "renewal", "更新", "Renewal"


class SeenBy(LabelledEnum):
    """How an office came to see a case."""

    OPENING = "opening", "開設", "Opened the case"
    CARD = "card", "カードの提示", "Card was shown"


class VoidReason(LabelledEnum):
    """誤入力の理由: why a record leaves every count."""

    DUPLICATE = "duplicate", "二重入力", "Entered twice"
    WRONG_CASE = "wrong_case", "相談者の取り違え", "Wrong case"
    WRONG_RECORD = "wrong_record", "内容の誤り", "Wrong content"
    DID_NOT_HAPPEN = "did_not_happen", "実際には行われなかった", "Did not take place"


class ReissueReason(LabelledEnum):
    """再発行の理由: why a card is replaced; the old one is dead whatever the reason."""

    LOST = "lost", "なくした", "Lost"
    DAMAGED = "damaged", "読めなくなった", "No longer readable"
    SEEN = "seen", "ほかの人に見られた", "Seen by somebody else"
    NOT_HANDED_OVER = "not_handed_over", "渡せなかった・印刷できなかった", "Not handed over or not printed"


class MergeReason(LabelledEnum):
    """統合の理由: how it was found that two cases are one person."""

    CARD_FOUND = "card_found", "カードが見つかった", "The card was found"
    PAPER_FILE = "paper_file", "課の控えで確かめた", "Shown by the office's paper file"
    PERSON_SAID = "person_said", "本人の申し出", "The person said so"
    OPENED_TWICE = "opened_twice", "二重に開いた", "Opened twice by mistake"


class Dimension(LabelledEnum):
    """集団相談の内訳: what a group session may be counted by."""

    AGE_BAND = "age_band", "年代", "Age band"
    TARGET_GROUP = "target_group", "対象者", "Target group"
    ASSISTANCE = "assistance", "保護・手当", "Assistance"
    HOUSEHOLD = "household", "世帯", "Household"
    GENDER = "gender", "性別", "Gender"
