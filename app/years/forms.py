"""What the page of the plan's table can be limited to."""

from collections.abc import Sequence

from flask_babel import lazy_gettext as _l

from app.kpi.vocabulary import TableSource
from app.web.fields import Choice
from app.web.filters import fiscal_year_label, locale
from app.web.forms import Filters


class TableFilters(Filters):
    year = Choice(_l("年度"), coerce=int)
    source = Choice(_l("実績"), coerce=TableSource.find, required=False)

    def offer(self, years: Sequence[int], sources: Sequence[TableSource]) -> None:
        """Offer fiscal years, and figures published or frozen where there are any."""
        self.year.choices = [(year, fiscal_year_label(year)) for year in years]
        self.source.choices = [(one.value, one.label(locale())) for one in sources]
        if len(sources) == 1:
            del self.source
