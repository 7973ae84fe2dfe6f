"""Forms of cases, consultations and registrations."""

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.cases.vocabulary import (
    NOBODY,
    Channel,
    CloseReason,
    ConsultationKind,
    ReissueReason,
    Source,
    VoidReason,
)
from app.foundation.labels import LabelledEnum
from app.situation.programme import Programme
from app.situation.vocabulary import AgeBand, AssistanceStatus, Household, TargetGroup, Topic
from app.web.fields import (
    Choice,
    DayField,
    EnumChecks,
    EnumChoice,
    MemoField,
    MinutesField,
    NumberField,
    PrimaryChoice,
    TextField,
    TickField,
)
from app.web.forms import Filters, Form


class CaseState(LabelledEnum):
    OPEN = "open", "進行中", "Open"
    CLOSED = "closed", "終了", "Closed"
    NUMBER_UNKNOWN = "number_unknown", "番号不明", "Number unknown"
    ALL = "all", "すべて", "All"


class CaseFilters(Filters):
    state = EnumChoice(_l("状態"), CaseState, default=CaseState.OPEN)
    counsellor_id = Choice(_l("担当"), coerce=int, required=False)

    def offer(self, counsellors: Sequence[tuple[int, str]]) -> None:
        """Offer who works at the desk, and nobody."""
        self.counsellor_id.choices = [(NOBODY, _("担当なし")), *counsellors]

    def chosen(self) -> dict[str, Any]:
        """Return what the list is narrowed to; what an address says wrongly narrows nothing."""
        self.validate()
        counsellor_id = None if self.counsellor_id.errors else self.counsellor_id.data
        return {"state": str(self.state.data or CaseState.OPEN), "counsellor_id": counsellor_id}


class LogFilters(Filters):
    first = DayField(_l("初めの日"), required=False)
    last = DayField(_l("終わりの日"), required=False)


class LookUpForm(Form):
    card_code = TextField(_l("カードの番号"), required=False, max_length=40, fold=True, width="card")
    number = TextField(_l("相談番号"), required=False, max_length=20, fold=True, width="card")


class CloseForm(Form):
    closed_on = DayField(_l("終了した日"), not_future=True)
    reason = EnumChoice(_l("終了の理由"), CloseReason, kind="select")


class ReissueForm(Form):
    reason = EnumChoice(_l("再発行の理由"), ReissueReason, shortcuts=False)


class VoidForm(Form):
    reason = EnumChoice(_l("取り消す理由"), VoidReason)


class RegistrationForm(Form):
    starts_on = DayField(_l("登録の日"), not_future=True)


class RegistrationEndForm(Form):
    ends_on = DayField(_l("登録の終わりの日"))


class ConfirmForm(Form):
    """A step that only wants to be confirmed."""


class ConsultationForm(Form):
    held_on = DayField(_l("日付"), not_future=True)
    programme = EnumChoice(_l("事業"), Programme, kind="select")
    kind = EnumChoice(_l("種別"), ConsultationKind, shortcuts=False)
    channel = EnumChoice(_l("対応方法"), Channel)
    minutes = MinutesField(_l("時間"), buttons=(15, 20, 30, 45, 60, 90))
    headcount = NumberField(_l("人数"), least=1, most=500, unit=_l("人"))
    assistance = EnumChoice(_l("保護・手当"), AssistanceStatus)
    topics = EnumChecks(_l("相談内容"), Topic)
    topic = PrimaryChoice(_l("主な内容"), Topic, of="topics")
    topic_other = TextField(_l("そのほかの内容"), required=False, max_length=60)
    memo = MemoField(
        _l("メモ"), required=False, max_length=200, description=_l("氏名や連絡先は書かないでください")
    )
    target_groups = EnumChecks(_l("対象者"), TargetGroup)
    target_group = PrimaryChoice(_l("主な対象者"), TargetGroup, of="target_groups")
    single_parent = TickField(_l("ひとり親（母子・父子）"))
    age_band = EnumChoice(_l("年代"), AgeBand, kind="select")
    household = EnumChoice(_l("世帯"), Household, kind="select")
    household_other = TextField(_l("そのほかの世帯"), required=False, max_length=60)
    source = EnumChoice(_l("相談経路"), Source, kind="select")
    source_other = TextField(_l("そのほかの経路"), required=False, max_length=60)
