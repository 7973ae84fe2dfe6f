"""What a draft is for, in words: the endpoint of its form names it."""

from typing import Final

from app.foundation.labels import LabelledEnum


class Purpose(LabelledEnum):
    """Forms of which drafts are kept; a form that stands here has a name of its own in the list."""

    CONSULTATION = "counter.record", "相談の記録", "Consultation"
    GRID = "grid.day", "日計表", "Sheet of a day"
    GROUP = "group.record", "集団での相談", "Group session"
    EDITED_CONSULTATION = "casefile.edit_consultation", "相談の記録の直し", "Correction of a consultation"
    NOTE = "casefile.note", "自分用のメモ", "Own note"
    REFERRAL = "referrals.new", "紹介", "Referral"
    MOVE = "referrals.move", "紹介の経過", "Progress of a referral"
    ANSWER = "referrals.answer", "届いた紹介への返事", "Answer to a referral"
    PLACEMENT = "placements.new", "就職の記録", "Job found"
    EDITED_PLACEMENT = "placements.edit", "就職の記録の直し", "Correction of a job found"
    CHECK = "placements.check", "定着確認", "Retention check"
    REGISTRATION = "cases.register", "登録", "Registration"
    NEW_WINDOW = "entries.new", "新しい窓口", "New window"
    WINDOW = "entries.edit", "窓口の情報の直し", "Change of a window"
    RESULTS = "plan.results", "計画の実績", "Results of the plan"
    OTHER = "other", "記入の途中", "Form not finished"


LONGEST_PURPOSE: Final = 40


def purpose_of(endpoint: str) -> Purpose:
    """Return what a draft is for; a form without a name of its own is one not finished."""
    return Purpose.find(endpoint) or Purpose.OTHER
