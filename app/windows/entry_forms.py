"""Forms with which the plan desk keeps the directory."""

from collections.abc import Callable
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.foundation import clock
from app.foundation.errors import DomainError
from app.situation.situation import Language
from app.situation.vocabulary import TargetGroup, Topic
from app.web.fields import (
    Checks,
    Choice,
    DayField,
    EnumChecks,
    EnumChoice,
    MemoField,
    NumberField,
    TextField,
    TickField,
)
from app.web.forms import Form
from app.windows.facts import UPSIDE_DOWN_AGES, UPSIDE_DOWN_DAYS
from app.windows.hours import Closing, HolidayRule, Weekday, read_spans
from app.windows.typed import closings_from
from app.windows.vocabulary import MOST_GRACE_DAYS, MOST_RESPONSE_DAYS, Appointment, Revision

PARAGRAPH = 500
LARGEST_AGE = 120


class FactsForm(Form):
    """What one version says; whatever nobody knows stays empty."""

    examines_texts = False  # the address and the telephone of a window are what the directory is for

    name = TextField(_l("窓口の名前"), max_length=80)
    name_en = TextField(_l("名前（英語）"), required=False, max_length=120)
    kana = TextField(_l("よみがな"), required=False, max_length=160, description=_l("検索に使います。"))
    former_names = TextField(_l("旧称"), required=False, max_length=200)
    services = MemoField(_l("相談・支援の内容"), max_length=PARAGRAPH)
    services_en = MemoField(_l("相談・支援の内容（英語）"), max_length=PARAGRAPH)
    needs = EnumChecks(_l("応じる相談"), Topic, required=False)
    serves = EnumChecks(
        _l("対象者"),
        TargetGroup,
        required=False,
        description=_l("マップの欄と検索に使います。選んでいない方にも、案内することがあります。"),
    )
    target_groups = EnumChecks(
        _l("この方だけ"),
        TargetGroup,
        required=False,
        description=_l("ほかの方は使えないときだけ選びます。当てはまらない方には案内しません。"),
    )
    eligibility = MemoField(_l("対象の説明"), max_length=PARAGRAPH)
    eligibility_en = MemoField(_l("対象の説明（英語）"), max_length=PARAGRAPH)
    minimum_age = NumberField(_l("年齢の下限"), required=False, most=LARGEST_AGE, unit=_l("歳"))
    maximum_age = NumberField(_l("年齢の上限"), required=False, most=LARGEST_AGE, unit=_l("歳"))
    address = TextField(_l("所在地"), required=False, max_length=160)
    access = MemoField(_l("行き方"), max_length=PARAGRAPH)
    access_en = MemoField(_l("行き方（英語）"), max_length=PARAGRAPH)
    telephone = TextField(_l("電話"), required=False, max_length=40, fold=True, inputmode="tel")
    url = TextField(_l("ウェブページ"), required=False, max_length=300, inputmode="url")
    mon = TextField(_l("月曜日"), required=False)
    tue = TextField(_l("火曜日"), required=False)
    wed = TextField(_l("水曜日"), required=False)
    thu = TextField(_l("木曜日"), required=False)
    fri = TextField(_l("金曜日"), required=False)
    sat = TextField(_l("土曜日"), required=False)
    sun = TextField(_l("日曜日"), required=False)
    holidays = EnumChoice(
        _l("祝日・年末年始"),
        HolidayRule,
        default=HolidayRule.UNKNOWN,
        shortcuts=False,
        description=_l("受付時間を入れたときに残ります。"),
    )
    closings = MemoField(
        _l("ほかに休む日"),
        max_length=2_000,
        description=_l("1行に一つ。例：2027/2/1～2027/2/3 館内工事"),
    )
    appointment = EnumChoice(_l("予約"), Appointment, default=Appointment.UNKNOWN, shortcuts=False)
    referral_from = MemoField(
        _l("紹介のしかた"), max_length=PARAGRAPH, description=_l("だれが、どのように紹介できるか")
    )
    referral_from_en = MemoField(_l("紹介のしかた（英語）"), max_length=PARAGRAPH)
    documents = MemoField(_l("持ち物・書類"), max_length=PARAGRAPH)
    documents_en = MemoField(_l("持ち物・書類（英語）"), max_length=PARAGRAPH)
    languages = EnumChecks(_l("通じることば"), Language, required=False)
    fee = TextField(_l("費用"), required=False, max_length=200)
    fee_en = TextField(_l("費用（英語）"), required=False, max_length=200)
    response_days = NumberField(_l("回答の目安"), least=1, most=MOST_RESPONSE_DAYS, unit=_l("開庁日"))
    grace_days = NumberField(_l("回答を待つ猶予"), most=MOST_GRACE_DAYS, unit=_l("開庁日"))
    note = MemoField(_l("注記"), max_length=PARAGRAPH)
    note_en = MemoField(_l("注記（英語）"), max_length=PARAGRAPH)
    source = MemoField(_l("出典"), max_length=PARAGRAPH)
    valid_from = DayField(_l("始まった日"), required=False, shortcuts=False)
    valid_to = DayField(_l("終わる日"), required=False, shortcuts=False)
    verified = TickField(
        _l("この内容を窓口に確認した"),
        description=_l("印がないと「未確認」になります。きょうの日付とあなたの名前が残ります。"),
    )

    @property
    def weekdays(self) -> list[Any]:
        """The fields of the seven days."""
        return [self[weekday.value] for weekday in Weekday]

    def recorded_fields(self) -> list[Any]:
        """Leave out holidays where no hours stand: then nothing is recorded of them, and none can differ."""
        known = any(one.data or one.object_data for one in self.weekdays)
        return [one for one in super().recorded_fields() if known or one is not self.holidays]

    def validate(self, extra_validators: Any = None) -> bool:
        """Read hours and closings too, each at its field."""
        sound = super().validate(extra_validators)
        read = [self.readable(field, read_spans) for field in self.weekdays]
        ordered = [self.in_order("minimum_age", "maximum_age"), self.in_order("valid_from", "valid_to")]
        return sound and all([*read, self.readable(self.closings, closings_of), *ordered])

    def in_order(self, lower: str, upper: str) -> bool:
        """Tell whether two ends stand the right way up; else say so at the upper one."""
        low, high = self[lower].data, self[upper].data
        if low is None or high is None or self[lower].errors or self[upper].errors or low <= high:
            return True
        words = UPSIDE_DOWN_AGES if upper == "maximum_age" else UPSIDE_DOWN_DAYS
        self[upper].errors = [*self[upper].errors, _(words)]
        return False

    def readable(self, field: Any, read: Callable[[str], object]) -> bool:
        """Tell whether what was typed can be read; else say so at the field."""
        try:
            read(field.data)
        except DomainError as error:
            field.errors = [*field.errors, error.text(_)]
            return False
        return True


def closings_of(text: str) -> tuple[Closing, ...]:
    """Read closings typed today."""
    return closings_from(text, today=clock.today())


class NewWindowForm(FactsForm):
    """A window that was not in the directory."""

    key = TextField(
        _l("識別名"),
        max_length=40,
        fold=True,
        description=_l(
            "ページの番地と公開データに使います。例：hello_work_tachikawa（あとで変えられません）"
        ),
    )
    office_id = Choice(_l("運営する課・機関"), kind="select", coerce=int)
    agency = TextField(_l("新しい機関の名前"), required=False, max_length=80)
    agency_en = TextField(_l("新しい機関の名前（英語）"), required=False, max_length=120)


class RevisionForm(FactsForm):
    """A new version of an entry."""

    beside_record = frozenset({"revision"})
    revision = EnumChoice(_l("直す理由"), Revision, shortcuts=False)
    changed_on = DayField(_l("変わった日"), required=False, shortcuts=False)


class EndForm(Form):
    """The end of a window."""

    last_day = DayField(_l("最後の日"), shortcuts=False, description=_l("この日までご案内できます。"))
    successor_id = Choice(_l("引き継ぐ窓口"), kind="select", coerce=int, required=False)


class RoundForm(Form):
    """Several entries that are right as they stand."""

    seen = Checks(_l("変わりのない窓口"), coerce=str)


class ConfirmForm(Form):
    """One entry that is right as it stands."""
