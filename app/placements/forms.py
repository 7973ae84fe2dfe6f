"""Forms of placements and retention checks."""

from collections.abc import Sequence
from typing import Any

from flask_babel import lazy_gettext as _l

from app.cases.entries import LONGEST_OTHER
from app.cases.vocabulary import Channel, VoidReason
from app.foundation import clock
from app.foundation.fiscal_year import fiscal_year_of
from app.placements.due_scope import Due, Whose
from app.placements.standards import Industry, Occupation, WageBand, WeeklyHours
from app.placements.vocabulary import (
    CheckOutcome,
    Contract,
    DueReason,
    Hours,
    LeftReason,
    NearReason,
    PlacementKind,
    Posting,
)
from app.situation.programme import Programme
from app.situation.vocabulary import AssistanceStatus, TargetGroup
from app.web.fields import Choice, DayField, EnumChoice, TextField, TickField
from app.web.filters import fiscal_year_label
from app.web.forms import Filters, Form


class PlacementForm(Form):
    beside_record = frozenset({"confirmed"})
    kind = EnumChoice(
        _l("種別"),
        PlacementKind,
        description=_l("就職の件数に入るのは新規就職だけです。ほかは記録だけします。"),
    )
    started_on = DayField(
        _l("就労開始日"),
        not_future=True,
        description=_l("実際に働きはじめた日です。この日の年度に数えます。"),
    )
    offered_on = DayField(_l("採用が決まった日"), not_future=True, required=False, shortcuts=False)
    reported_on = DayField(_l("報告を受けた日"), not_future=True)
    programme = EnumChoice(_l("事業"), Programme)
    assistance = EnumChoice(
        _l("当時の支援の状況"),
        AssistanceStatus,
        description=_l(
            "二つ以上あてはまるときは、生活保護受給、児童扶養手当受給、要保護の順で、先のものを選んでください。"
        ),
    )
    target_group = EnumChoice(_l("対象者"), TargetGroup)
    hours = EnumChoice(_l("労働時間"), Hours)
    contract = EnumChoice(_l("雇用形態"), Contract)
    contract_other = TextField(
        _l("その他の雇用形態"),
        required=False,
        max_length=LONGEST_OTHER,
        description=_l("会社名や氏名は書かないでください。"),
    )
    posting = EnumChoice(_l("求人の種別"), Posting)
    occupation = EnumChoice(
        _l("職業"), Occupation, kind="select", description=_l("日本標準職業分類の大分類です。")
    )
    industry = EnumChoice(
        _l("産業"),
        Industry,
        kind="select",
        description=_l("日本標準産業分類の大分類です。勤め先の名前は書きません。"),
    )
    weekly_hours = EnumChoice(_l("週の労働時間"), WeeklyHours)
    wage_band = EnumChoice(_l("賃金の月額"), WageBand, kind="select", required=False)
    referral_id = Choice(
        _l("就職につながった紹介"),
        coerce=int,
        required=False,
        description=_l("選ぶと、その紹介が「就職」になります。"),
    )
    confirmed = TickField(_l("それでも記録する（前のものとは別の就職です）"))
    why_separate = EnumChoice(
        _l("別の就職とする理由"),
        NearReason,
        required=False,
        asked_within=True,
        description=_l("印をつけたときは、選んでください。"),
    )


class PlacementVoidForm(Form):
    reason = EnumChoice(_l("取り消す理由"), VoidReason)


class CheckForm(Form):
    outcome = EnumChoice(_l("結果"), CheckOutcome)
    checked_on = DayField(_l("確認した日"), not_future=True)
    channel = EnumChoice(_l("確認の方法"), Channel)
    left_reason = EnumChoice(
        _l("離職の理由"),
        LeftReason,
        kind="select",
        required=False,
        asked_within=True,
        description=_l("離職のときは選んでください。分からないときは「不明」にします。"),
    )
    left_other = TextField(
        _l("その他の理由"),
        required=False,
        max_length=LONGEST_OTHER,
        description=_l("会社名や氏名は書かないでください。"),
    )

    def validate(self, extra_validators: Any = None) -> bool:
        """Forget why somebody left where they did not: such fields are hidden, and stored by nobody."""
        if self.outcome.data is not CheckOutcome.LEFT:
            self.left_reason.data = None
        if self.left_reason.data is not LeftReason.OTHER:
            self.left_other.data = ""
        return super().validate(extra_validators)


class DueForm(Form):
    due_on = DayField(
        _l("新しい期日"),
        shortcuts=False,
        ahead=True,
        description=_l("市の休みの日にあたるときは、次の開庁日になります。"),
    )
    due_reason = EnumChoice(_l("期日を変える理由"), DueReason)
    due_other = TextField(_l("その他の理由"), required=False, max_length=LONGEST_OTHER)


class DueFilters(Filters):
    whose = EnumChoice(_l("担当"), Whose, default=Whose.OFFICE)
    due = EnumChoice(_l("期日"), Due, default=Due.TODAY)


class PlacementFilters(Filters):
    fiscal_year = Choice(_l("年度"), coerce=int, required=False)
    programme = EnumChoice(_l("事業"), Programme, kind="select", required=False)
    kind = EnumChoice(_l("種別"), PlacementKind, kind="select", required=False)
    counted = TickField(_l("計画の件数に入るものだけ"))

    def offer(self, years: Sequence[int]) -> None:
        """Offer the fiscal years in which there are placements, and the running one."""
        self.fiscal_year.choices = [
            (year, fiscal_year_label(year))
            for year in sorted({*years, fiscal_year_of(clock.today())}, reverse=True)
        ]
