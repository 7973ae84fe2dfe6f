"""To what the dashboard is limited, and why somebody is left out of its list."""

from collections.abc import Sequence

from flask_babel import lazy_gettext as _l

from app.kpi.drilldown import Names
from app.kpi.long_support_metrics import LONG
from app.kpi.period import Scope
from app.kpi.vocabulary import LongSupportReason
from app.situation.programme import Programme
from app.situation.vocabulary import TargetGroup
from app.web.fields import Choice, DayField, EnumChoice, TextField
from app.web.filters import fiscal_year_label, locale
from app.web.forms import Filters, Form


class DashboardFilters(Filters):
    year = Choice(_l("期間"), coerce=int)
    until = DayField(_l("この日まで"), required=False)
    programme = EnumChoice(_l("事業"), Programme, kind="select")
    office = Choice(_l("課"), coerce=int, required=False)
    target_group = EnumChoice(_l("対象者"), TargetGroup, kind="select", required=False)
    long = Choice(_l("長い支援"), coerce=int)

    def offer(self, years: Sequence[int], names: Names) -> None:
        """Offer fiscal years, departments, and from how many months on support is long."""
        self.year.choices = [(year, fiscal_year_label(year)) for year in years]
        self.office.choices = [
            (key, text.label(locale())) for key, text in names.offices.items() if key in names.departments
        ]
        self.long.choices = [(months, _l("%(months)sか月以上", months=months)) for months in LONG]

    @property
    def scope(self) -> Scope:
        """Office and target group."""
        return Scope(office_id=self.office.data, target_group=self.target_group.data)


class SetAsideForm(Form):
    reason = EnumChoice(_l("理由"), LongSupportReason)
    reason_other = TextField(_l("そのほかの理由"), required=False, max_length=60)
    until_on = DayField(_l("いつまで"), description=_l("この日を過ぎると、また一覧に出ます。1年先までです。"))
