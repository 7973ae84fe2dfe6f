"""Forms of the next plan and of how its measures go on."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField

from app.foundation import fiscal_year as years
from app.plan.cycle import MeasureName
from app.plan.forms import YearForm, seen_field
from app.plan.register import Words
from app.plan.vocabulary import TargetSense
from app.web.fields import Checks, Choice, EnumChoice, TextField
from app.web.filters import locale
from app.web.forms import Form


class PlanForm(Form):
    examines_texts = False
    title = TextField(_l("計画の名前"), max_length=120)
    title_en = TextField(_l("英語の名前"), max_length=160, required=False)
    first = Choice(_l("最初の年度"), coerce=int)
    last = Choice(_l("最後の年度"), coerce=int)

    def offer(self, earliest: int) -> None:
        """Offer the years in which the next plan may begin and end."""
        self.first.choices = [(year, years.label(year, locale())) for year in range(earliest, earliest + 6)]
        self.last.choices = [(year, years.label(year, locale())) for year in range(earliest, earliest + 16)]


class MergeForm(Form):
    into = Choice(_l("合わせる先の事業"))

    def offer(self, names: Sequence[MeasureName], code: str) -> None:
        """Offer every other measure with figures of its own."""
        self.into.choices = [
            (one.code, f"{one.code}　{one.title.label(locale())}")
            for one in names
            if one.code != code and not one.repeats
        ]


class SplitForm(Form):
    examines_texts = False
    title = TextField(_l("新しい事業の名前"), max_length=120)
    title_en = TextField(_l("英語の名前"), max_length=160, required=False)
    indicators = Checks(_l("新しい事業に移す指標"))

    def offer(self, indicators: Sequence[tuple[str, Words]]) -> None:
        """Offer the measure's indicators."""
        self.indicators.choices = [(key, label.label(locale())) for key, label in indicators]


def senses_form(labels: Mapping[str, Words], senses: Mapping[str, TargetSense]) -> Form:
    """Return the form of how the targets of a measure are to be read."""
    fields: dict[str, Any] = {}
    data: dict[str, Any] = {}
    for key, sense in senses.items():
        fields[key] = EnumChoice(labels[key].label(locale()), TargetSense, shortcuts=False)
        fields[seen_field(key)] = HiddenField()
        data |= {key: sense, seen_field(key): sense.value}
    form_class: type[Form] = type("SensesForm", (YearForm,), fields)
    return form_class(data=data, of={key: ("indicator", key) for key in senses})


def senses_seen(form: Form, keys: Iterable[str]) -> dict[str, TargetSense | None]:
    """Return what the page had shown."""
    return {key: TargetSense.find(form[seen_field(key)].data) for key in keys}
