"""Forms with a field for each figure and text of a year."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from unicodedata import normalize

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import Field, HiddenField

from app.foundation import fiscal_year as years
from app.plan.results import (
    ResultEntry,
    TargetEntry,
    TextEntry,
    figure_field,
    seen_figure,
    seen_text,
    source_field,
    text_field,
)
from app.plan.sheets import Line, Sheet
from app.plan.texts import LONGEST
from app.plan.vocabulary import PrintedWord
from app.plan.wording import result_words, target_words
from app.web.conflicts import Of
from app.web.fields import Choice, MemoField, NumberField
from app.web.filters import locale
from app.web.forms import Form

LARGEST = 9_999_999_999
SEEN = "seen_"


@dataclass(frozen=True, kw_only=True)
class Figure:
    """A figure as it stands: the value and the word printed instead of it."""

    value: Decimal | None
    printed: str = ""


class YearForm(Form):
    """Many figures of one year, each with what its page had shown, so that only what changed is asked."""

    def seen_names(self) -> list[str]:
        """Return the hidden fields that keep what the page had shown."""
        return [name for name in self._fields if name.startswith(SEEN)]

    def is_outdated(self) -> bool:
        """Tell whether somebody saved one of the figures since this page was opened."""
        return any(self[name].data != self[name].object_data for name in self.seen_names())

    def recorded_fields(self) -> list[Field]:
        """Return the figures and texts that somebody else saved meanwhile."""
        changed = [name for name in self.seen_names() if self[name].data != self[name].object_data]
        names = [name.removeprefix(SEEN) for name in changed] or [*self.recorded]
        return [one for one in super().recorded_fields() if one.name in names]

    def catch_up(self) -> None:
        """Let what is sent next count as said in knowledge of the figures as they stand."""
        for name in self.seen_names():
            self[name].data = self[name].object_data


class FigureField(NumberField):
    """A figure, or one of the plan's words for none: なし, 開催なし; ``data`` is None or the value."""

    printed = ""

    def both(self) -> tuple[str, str]:
        """Return the figure typed and the stored one, as they are written."""
        typed = Figure(value=_decimal(self.data), printed=self.printed)
        return self.written(typed), self.written(self.object_data)

    def written(self, figure: Figure | None) -> str:
        """Return a figure as the plan prints it, "" for none."""
        if figure is None:
            return ""
        word = PrintedWord.find(figure.printed)
        if figure.printed or figure.value is None:
            return word.label(locale()) if word else figure.printed
        return f"{figure.value:,.{self.decimals}f}"

    def process_data(self, value: Figure | None) -> None:
        """Take a stored figure."""
        stored = value or Figure(value=None)
        self.printed = stored.printed
        self.data = stored.value
        self.typed = self.written(stored)

    def read(self, typed: str) -> int | Decimal | None:
        """Return the value of what was typed; a word is a zero that is printed as the word."""
        word = _printed_word(typed)
        self.printed = word.value if word else ""
        return Decimal(0) if word else super().read(typed)


def _printed_word(typed: str) -> PrintedWord | None:
    """Return the word that somebody typed instead of a figure, in either language."""
    text = normalize("NFKC", typed[:20]).strip().casefold()
    return next((one for one in PrintedWord if text in (one.value, one.en.casefold())), None)


def seen_field(field: str) -> str:
    """Return the name of the hidden field that keeps what the page had shown."""
    return f"{SEEN}{field}"


def results_form(sheets: Sequence[Sheet], **instead: Any) -> Form:
    """Return the form of a year's results for the measures of these sheets.

    With ``formdata`` that is read instead of what the request posted; None shows what is stored.
    """
    fields: dict[str, Any] = {}
    data: dict[str, Any] = {}
    of: dict[str, Of] = {}
    for sheet in sheets:
        of[text_field(sheet.measure.code)] = ("measure", sheet.measure.code)
        for line in sheet.lines:
            name = figure_field(line.indicator.key, line.part)
            actual = line.actual
            stored = Figure(value=actual.value, printed=str(actual.printed)) if actual else None
            fields[name] = _figure(line, _before_and_target(line))
            of[name] = ("indicator", line.indicator.key)
            data[name] = stored
            _remember(fields, data, name, seen_figure(stored.value, stored.printed) if stored else "")
        _text(fields, data, text_field(sheet.measure.code), _l("実績のことば"), sheet.actual_text.ja)
        if sheet.lines:
            of[source_field(sheet.measure.code)] = ("measure", sheet.measure.code)
            _text(fields, data, source_field(sheet.measure.code), _l("数字の出どころ"), sheet.source_text.ja)
    return _form("ResultsForm", fields, data, of, **instead)


def targets_form(sheets: Sequence[Sheet], fiscal_year: int) -> Form:
    """Return the form of a year's targets."""
    until = [(year, years.label(year, locale())) for year in (fiscal_year, fiscal_year + 1)]
    fields: dict[str, Any] = {
        "last": Choice(
            _l("どの年度まで"),
            choices=until,
            coerce=int,
            kind="seg",
            description=_l("計画書のように、二つの年度に同じ目標を決めることもできます。"),
        )
    }
    data: dict[str, Any] = {"last": fiscal_year}
    of: dict[str, Of] = {}
    for sheet in sheets:
        of[text_field(sheet.measure.code)] = ("measure", sheet.measure.code)
        for line in sheet.lines:
            if line.part:
                continue
            name = figure_field(line.indicator.key, measure=sheet.measure.code)
            value = line.target.value if line.target else None
            fields[name] = _target(line)
            of[name] = ("indicator", line.indicator.key)
            data[name] = None if value is None else _plain(value, line.indicator.decimals)
            _remember(fields, data, name, seen_figure(value))
        _text(fields, data, text_field(sheet.measure.code), _l("目標のことば"), sheet.target_text.ja)
    return _form("TargetsForm", fields, data, of)


def result_entries(form: Form, sheets: Sequence[Sheet]) -> list[ResultEntry]:
    """Return what was typed for the figures."""
    entries = []
    for line in (line for sheet in sheets for line in sheet.lines):
        name = figure_field(line.indicator.key, line.part)
        field = form[name]
        entries.append(
            ResultEntry(
                indicator=line.indicator.key,
                part=line.part,
                value=_decimal(field.data),
                printed=field.printed,
                seen=form[seen_field(name)].data or "",
            )
        )
    return entries


def target_entries(form: Form, sheets: Sequence[Sheet]) -> list[TargetEntry]:
    """Return the targets typed; an indicator that had none and got none is left out, in every year."""
    entries = []
    for sheet in sheets:
        for line in (line for line in sheet.lines if not line.part):
            name = figure_field(line.indicator.key, measure=sheet.measure.code)
            value, seen = _decimal(form[name].data), form[seen_field(name)].data or ""
            if value is not None or seen:
                entries.append(
                    TargetEntry(
                        measure=sheet.measure.code, indicator=line.indicator.key, value=value, seen=seen
                    )
                )
    return entries


def text_entries(form: Form, sheets: Sequence[Sheet]) -> list[TextEntry]:
    """Return the texts typed; one that was empty and stays empty is left out."""
    entries = []
    for sheet in sheets:
        code = sheet.measure.code
        for name in (text_field(code), source_field(code)):
            if name not in form:
                continue
            text, seen = form[name].data, form[seen_field(name)].data or ""
            if text or seen:
                is_source = name == source_field(code)
                entries.append(TextEntry(measure=code, text=text, seen=seen, is_source=is_source))
    return entries


def _form(name: str, fields: dict[str, Any], data: dict[str, Any], of: dict[str, Of], **more: Any) -> Form:
    form_class: type[Form] = type(name, (YearForm,), fields)
    return form_class(data=data, of=of, **more)


def _figure(line: Line, help_line: str) -> FigureField:
    return FigureField(
        line.label.label(locale()),
        most=LARGEST,
        decimals=line.indicator.decimals,
        unit=line.indicator.unit.label(locale()),
        required=False,
        description=help_line,
    )


def _target(line: Line) -> NumberField:
    before = line.target_before
    words = target_words(before, line.indicator, locale()) if before else _("なし")
    return NumberField(
        line.label.label(locale()),
        most=LARGEST,
        decimals=line.indicator.decimals,
        unit=line.indicator.unit.label(locale()),
        required=False,
        description=_("前の年度の目標 %(target)s", target=words),
    )


def _text(fields: dict[str, Any], data: dict[str, Any], name: str, label: object, text: str) -> None:
    fields[name] = MemoField(label, max_length=LONGEST)
    data[name] = text
    _remember(fields, data, name, seen_text(text))


def _remember(fields: dict[str, Any], data: dict[str, Any], name: str, seen: str) -> None:
    fields[seen_field(name)] = HiddenField()
    data[seen_field(name)] = seen


def _before_and_target(line: Line) -> str:
    before = result_words(line.before, line.indicator, locale()) if line.before else _("記録なし")
    if line.part:
        return _("前の年度 %(before)s", before=before)
    target = target_words(line.target, line.indicator, locale()) if line.target else _("なし")
    return _("前の年度 %(before)s　／　目標 %(target)s", before=before, target=target)


def _decimal(value: int | Decimal | None) -> Decimal | None:
    return None if value is None else Decimal(value)


def _plain(value: Decimal, decimals: int) -> int | Decimal:
    return value.normalize() if decimals else int(value)
