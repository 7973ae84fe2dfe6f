"""Forms of the directory."""

from flask_babel import lazy_gettext as _l

from app.situation.vocabulary import TargetGroup, Topic
from app.web.fields import DayField, EnumChoice, TextField, TickField
from app.web.forms import Filters, Form


class DirectoryFilters(Filters):
    search = TextField(_l("窓口をさがす（名前・かな・内容）"), required=False)
    need = EnumChoice(_l("相談"), Topic, kind="select", required=False)
    group = EnumChoice(_l("対象者"), TargetGroup, kind="select", required=False)
    open_now = TickField(_l("いま開いている"))
    unverified = TickField(_l("確認が必要"))
    ended = TickField(_l("終了した窓口も表示"))


class ClosedDayForm(Form):
    """A day on which the city is closed beside weekends, holidays and New Year."""

    day = DayField(_l("休業日"), shortcuts=False, ahead=True)
    reason = TextField(_l("理由"), max_length=60, description=_l("例：庁舎の停電、臨時閉庁"))
