"""Words of a referral: states, what is asked, consent, channels and codes of answers."""

from app.foundation.labels import LabelledEnum


class State(LabelledEnum):
    """紹介の状態 (domain: life cycle of a referral)."""

    SENT = "sent", "送付", "Sent"
    ACCEPTED = "accepted", "受理", "Accepted"
    DECLINED = "declined", "不受理", "Declined"
    NO_RESPONSE = "no_response", "応答なし", "No response"
    MET = "met", "面談済", "Met"
    SUPPORTING = "supporting", "支援中", "Being supported"
    PLACED = "placed", "就職", "Placed"
    ENDED = "ended", "終了", "Ended"
    WITHDRAWN = "withdrawn", "取下げ", "Withdrawn"
    VOID = "void", "誤入力", "Entered in error"


class Asked(LabelledEnum):
    """依頼の内容: what the sending office asks of the window."""

    JOB_SEARCH = "job_search", "求職の相談・職業紹介", "Advice and job placement"
    COUNSELLING = "counselling", "専門の相談", "Specialist advice"
    REGISTRATION = "registration", "登録", "Registration"
    TRAINING = "training", "訓練・講座・給付の相談", "Training, courses and benefits"
    LIVING = "living", "生活・住まいの相談", "Advice on living costs and housing"
    OTHER = "other", "その他", "Other"


class ConsentForm(LabelledEnum):
    """同意の方法."""

    ORAL = "oral", "口頭", "Oral"
    WRITTEN = "written", "書面", "Written"


class AnswerChannel(LabelledEnum):
    """返事の方法."""

    PHONE = "phone", "電話", "Telephone"
    FAX = "fax", "ファクス", "Fax"
    MAIL = "mail", "郵便・メール", "Letter or e-mail"
    IN_PERSON = "in_person", "対面", "In person"
    SYSTEM = "system", "しるべ上", "In Shirube"


class DeclineCode(LabelledEnum):
    """不受理の理由; 窓口違い measures how often the guidance was wrong."""

    NOT_ELIGIBLE = "not_eligible", "対象外", "Not eligible"
    FULL = "full", "定員", "No capacity"
    OUT_OF_CONTACT = "out_of_contact", "連絡不能", "Could not be reached"
    PERSON_DECLINED = "person_declined", "本人辞退", "The person declined"
    WRONG_WINDOW = "wrong_window", "窓口違い", "Wrong window"
    HELPED_ELSEWHERE = "helped_elsewhere", "他機関で対応", "Helped elsewhere"
    OTHER = "other", "その他", "Other"


class EndCode(LabelledEnum):
    """終了の理由."""

    SUPPORT_COMPLETE = "support_complete", "支援の完了", "Support completed"
    DID_NOT_COME = "did_not_come", "来所なし", "The person never came"
    HELPED_ELSEWHERE = "helped_elsewhere", "他機関で対応", "Helped elsewhere"
    MOVED_AWAY = "moved_away", "転居", "Moved away"
    OUT_OF_CONTACT = "out_of_contact", "連絡不能", "Could not be reached"
    PERSON_DECLINED = "person_declined", "本人辞退", "The person declined"
    OTHER = "other", "その他", "Other"


class WithdrawCode(LabelledEnum):
    """取下げの理由."""

    PERSON_WISH = "person_wish", "本人の希望", "The person's wish"
    CONSENT_WITHDRAWN = "consent_withdrawn", "同意の撤回", "Consent withdrawn"
    PLACED_ELSEWHERE = "placed_elsewhere", "ほかの窓口で就職", "Placed through another window"
    SITUATION_CHANGED = "situation_changed", "状況の変化", "Situation changed"
    # Out of the loop without any answer of the window: each leaves the overdue list.
    DID_NOT_COME = "did_not_come", "来所なし", "The person never came"
    HELPED_ELSEWHERE = "helped_elsewhere", "他機関で対応", "Helped elsewhere"
    MOVED_AWAY = "moved_away", "転居", "Moved away"
    OUT_OF_CONTACT = "out_of_contact", "連絡不能", "Could not be reached"
    OTHER = "other", "その他", "Other"


class VoidCode(LabelledEnum):
    """誤入力の理由."""

    DUPLICATE = "duplicate", "二重入力", "Entered twice"
    WRONG_CASE = "wrong_case", "相談者の取り違え", "Wrong case"
    WRONG_WINDOW = "wrong_window", "窓口の選び違い", "Wrong window chosen"
    NOT_SENT = "not_sent", "実際には送っていない", "Was not sent"


class CorrectionCode(LabelledEnum):
    """訂正の理由: why a move is taken back."""

    WRONG_STATE = "wrong_state", "状態の選び違い", "Wrong state chosen"
    WRONG_DAY = "wrong_day", "日付の誤り", "Wrong day"
    WRONG_REFERRAL = "wrong_referral", "紹介の取り違え", "Wrong referral"
    TAKEN_BACK = "taken_back", "窓口が返事を取り消した", "The window took its answer back"
    OTHER = "other", "その他", "Other"


class ExtensionReason(LabelledEnum):
    """期限を延ばす理由."""

    WINDOW_ASKED = "window_asked", "窓口からの申し出", "The window asked for it"
    PERSON_ASKED = "person_asked", "本人の都合", "The person asked for it"
    APPOINTMENT = "appointment", "面談日が決まっている", "An appointment is set"
    OTHER = "other", "その他", "Other"


class PaperKind(LabelledEnum):
    """紹介に添える紙."""

    SLIP = "slip", "紹介票", "Referral slip"
    LETTER = "letter", "送付文", "Covering letter"


class LinkState(LabelledEnum):
    """Whether a one-time answer link can be used."""

    OPEN = "open", "使える", "Can be used"
    USED = "used", "回答ずみ", "Answered"
    EXPIRED = "expired", "期限切れ", "Expired"
    REVOKED = "revoked", "無効", "No longer valid"


class Turn(LabelledEnum):
    """Who has the next move of an open referral."""

    WINDOW = "window", "窓口の番", "The window's turn"
    OFFICE = "office", "こちらの番", "Our turn"


class BulkKind(LabelledEnum):
    """What can be done with several referrals at once."""

    PRINT = "print", "紹介票をまとめて印刷する", "Print the slips"
    SILENT = "silent", "応答なしにする", "Note no response"
    EXTEND = "extend", "期限を延ばす", "Extend the deadline"
    ASSIGN = "assign", "担当を変える", "Change who is in charge"
    WITHDRAW = "withdraw", "取り下げる", "Withdraw"
