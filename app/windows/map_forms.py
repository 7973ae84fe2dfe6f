"""Forms of the map register."""

from collections.abc import Sequence
from typing import Any

from flask_babel import lazy_gettext as _l

from app.web.fields import Choice, DayField, EnumChoice, MemoField, NumberField, TextField
from app.web.forms import Form
from app.windows.map_views import CounterView
from app.windows.map_vocabulary import MapReason
from app.windows.views import OfficeView
from app.windows.vocabulary import PrintRun

NEW_PLACE = 0
"""Choice of a counter that is not in the list yet."""


class EditionForm(Form):
    examines_texts = False  # what changed in the directory: addresses and telephone numbers of windows
    published_on = DayField(
        _l("発行日"), description=_l("この日に利用できる窓口が載ります。先の日付でも下書きを作れます。")
    )
    changes = MemoField(
        _l("変わったところ"),
        required=True,
        max_length=1_000,
        description=_l("前の号から更新した窓口や内容を書きます。公開されます。"),
    )


class PrintingForm(Form):
    run = EnumChoice(
        _l("刷り"), PrintRun, description=_l("初刷は一つの号に一回だけです。そのあとの印刷が増冊です。")
    )
    printed_on = DayField(_l("印刷した日"), not_future=True)
    copies = NumberField(_l("部数"), least=1, most=1_000_000, unit=_l("部"))


class DistributionForm(Form):
    examines_texts = False  # where a map lies: a counter, a hall
    edition = Choice(_l("マップの号"), coerce=int)
    counter_id = Choice(_l("配架先"), coerce=int, description=_l("窓口や施設など、マップを置いた場所です。"))
    place = TextField(_l("新しい配架先"), max_length=80, required=False)
    laid_on = DayField(_l("置いた日"), not_future=True)
    copies = NumberField(
        _l("部数"),
        least=0,
        most=1_000_000,
        unit=_l("部"),
        description=_l("残りがないことを確かめたときは0にします。"),
    )

    def offer(self, editions: Sequence[int], counters: Sequence[CounterView]) -> None:
        """Offer the editions that are out, the counters that are known, and a new one."""
        self.edition.choices = [(number, _l("第%(number)s号", number=number)) for number in editions]
        self.counter_id.choices = [
            *((one.id, one.place) for one in counters),
            (NEW_PLACE, _l("新しい配架先（下に入力）")),
        ]

    def facts(self) -> dict[str, Any]:
        """Return what was entered; a new place stands in a field of its own."""
        chosen = self.counter_id.data
        return {
            "edition_number": self.edition.data,
            "place": self.place.data if chosen == NEW_PLACE else dict(self.counter_id.choices)[chosen],
            "laid_on": self.laid_on.data,
            "copies": self.copies.data,
        }


class BriefingForm(Form):
    office_id = Choice(_l("所管課"), coerce=int)
    held_on = DayField(_l("周知した日"), not_future=True)
    headcount = NumberField(_l("人数"), least=1, most=10_000, unit=_l("人"))

    def offer(self, departments: Sequence[OfficeView], locale: str) -> None:
        """Offer the city's departments."""
        self.office_id.choices = [(one.id, one.name_in(locale)) for one in departments]


class VoidForm(Form):
    reason = EnumChoice(_l("取り消す理由"), MapReason)


class PrintingCorrection(PrintingForm):
    reason = EnumChoice(_l("訂正の理由"), MapReason)


class DistributionCorrection(DistributionForm):
    reason = EnumChoice(_l("訂正の理由"), MapReason)


class BriefingCorrection(BriefingForm):
    reason = EnumChoice(_l("訂正の理由"), MapReason)
