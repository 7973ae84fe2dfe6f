"""What the pages of figures can be limited to."""

from collections.abc import Callable, Sequence
from typing import Any

from flask_babel import lazy_gettext as _l

from app.foundation import fiscal_year as years
from app.kpi.drilldown import Names
from app.kpi.metric import Metric
from app.kpi.period import NOT_RECORDED, Period, Scope
from app.kpi.vocabulary import By
from app.kpi.wording import MONTHS, NO_ENTRY
from app.situation.programme import Programme
from app.situation.vocabulary import TargetGroup
from app.web.fields import Choice, DayField, EnumChoice
from app.web.filters import fiscal_year_label, locale
from app.web.forms import Filters


def entry(read: Callable[..., Any]) -> Callable[[str], Any]:
    """Return what reads a value of an address, or that rows without an entry are asked for."""
    return lambda sent: NOT_RECORDED if sent == NOT_RECORDED else read(sent)


class FigureFilters(Filters):
    year = Choice(_l("期間"), coerce=int)
    programme = EnumChoice(_l("事業"), Programme, kind="select", required=False)
    office = Choice(_l("課"), coerce=int, required=False)
    target_group = EnumChoice(_l("対象者"), TargetGroup, kind="select", required=False)

    def offer(self, years: Sequence[int], names: Names) -> None:
        """Offer fiscal years and departments."""
        self.year.choices = [(year, fiscal_year_label(year)) for year in years]
        self.office.choices = [
            (key, text.label(locale())) for key, text in names.offices.items() if key in names.departments
        ]

    @property
    def scope(self) -> Scope:
        """What the page is limited to."""
        return Scope(
            office_id=self.office.data,
            programme=self.programme.data,
            target_group=self.target_group.data,
        )


class MetricFilters(Filters):
    since = DayField(_l("この日から"), required=False)
    until = DayField(_l("この日まで"), required=False)
    part = Choice(_l("内訳"), required=False)
    month = Choice(_l("月"), coerce=int, required=False)
    programme = Choice(_l("事業"), coerce=entry(Programme), required=False)
    office = Choice(_l("課"), coerce=entry(int), required=False)
    agency = Choice(_l("関係機関"), coerce=entry(int), required=False)
    window = Choice(_l("窓口"), coerce=entry(int), required=False)
    target_group = Choice(_l("対象者"), coerce=entry(TargetGroup), required=False)

    def offer(self, metric: Metric, names: Names) -> None:
        """Offer what this metric can be broken down by."""
        lang = locale()
        self.part.choices = [(one.value, one.label(lang)) for one in metric.parts or ()]
        self.month.choices = [(key, words.label(lang)) for key, words in MONTHS.items()]
        self.programme.choices = [(one, one.label(lang)) for one in Programme]
        self.target_group.choices = [(one, one.label(lang)) for one in TargetGroup]
        offices = [(key, words.label(lang)) for key, words in names.offices.items()]
        self.agency.choices = [*offices]
        self.office.choices = [one for one in offices if one[0] in names.departments]
        self.window.choices = [(key, words.label(lang)) for key, words in names.windows.items()]
        if By.AGENCY not in metric.by:  # what is asked of an agency is asked of the last twelve months, too
            del self.since
        for by in By:
            if by not in metric.by:
                del self[by.value]
            elif self[by.value].data == NOT_RECORDED:
                # Most figures have no row without an entry: offered where a link asked for it.
                self[by.value].choices.append((NOT_RECORDED, NO_ENTRY.label(lang)))

    @property
    def days(self) -> dict[str, str]:
        """What an address says of the days, beside the fiscal year."""
        found = {name: self[name].data for name in ("since", "until") if name in self}
        return {name: day.isoformat() for name, day in found.items() if day is not None}

    def period(self, year: Period) -> Period:
        """Return the days of a fiscal year that are asked for, from an earlier day on where that is said."""
        since = self.since.data if "since" in self else None
        if since is not None and years.fiscal_year_of(since) >= years.EARLIEST and since <= year.last:
            year = year.beginning(since)
        until = self.until.data
        return year.up_to(until) if until is not None and until >= year.first else year

    @property
    def scope(self) -> Scope:
        """What the rows are limited to, beside the days."""
        data = {name: field.data for name, field in self._fields.items()}
        return Scope(
            part=data.get("part"),
            month=data.get("month"),
            programme=data.get("programme"),
            office_id=data.get("office"),
            agency_id=data.get("agency"),
            window_id=data.get("window"),
            target_group=data.get("target_group"),
        )


class AgencyFilters(Filters):
    target_group = EnumChoice(_l("対象者"), TargetGroup, kind="select", required=False)
    office = Choice(_l("課"), coerce=int, required=False)

    def offer(self, names: Names) -> None:
        """Offer departments."""
        self.office.choices = [
            (key, text.label(locale())) for key, text in names.offices.items() if key in names.departments
        ]

    @property
    def scope(self) -> Scope:
        """What the page is limited to."""
        return Scope(target_group=self.target_group.data, office_id=self.office.data)


class GuidanceFilters(Filters):
    target_group = EnumChoice(_l("対象者"), TargetGroup, kind="select", required=False)
    month = Choice(_l("月"), coerce=int, required=False)
    office = Choice(_l("課"), coerce=int, required=False)

    def offer(self, names: Names) -> None:
        """Offer months and departments."""
        self.month.choices = [(key, words.label(locale())) for key, words in MONTHS.items()]
        self.office.choices = [
            (key, text.label(locale())) for key, text in names.offices.items() if key in names.departments
        ]

    @property
    def scope(self) -> Scope:
        """What the page is limited to."""
        return Scope(target_group=self.target_group.data, month=self.month.data, office_id=self.office.data)
