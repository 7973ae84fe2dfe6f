"""Which month is looked at, and what a supervisor writes beside its figures."""

from collections.abc import Iterable, Sequence

from flask_babel import lazy_gettext as _l

from app.web.fields import Choice, MemoField, TextField
from app.web.filters import fiscal_year_label
from app.web.forms import Filters, Form


class MonthFilters(Filters):
    office = Choice(_l("課"), coerce=int)
    year = Choice(_l("年度"), coerce=int)

    def offer(self, offices: Iterable[tuple[int, str]], years: Sequence[int]) -> None:
        """Offer the offices that report and the fiscal years."""
        self.office.choices = list(offices)
        self.year.choices = [(year, fiscal_year_label(year)) for year in years]


class MonthForm(Form):
    document_number = TextField(
        _l("文書番号"),
        required=False,
        max_length=60,
        examined=False,
        description=_l("印刷する月報の右上に出ます。"),
    )
    note = MemoField(
        _l("特記事項"),
        required=False,
        max_length=400,
        description=_l("月報の下に印刷します。相談者が分かることは書かないでください。"),
    )


class CloseForm(Form):
    """Nothing but the button."""
