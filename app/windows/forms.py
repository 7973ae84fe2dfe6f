"""Forms of the directory."""

from flask_babel import lazy_gettext as _l

from app.situation.vocabulary import TargetGroup, Topic
from app.web.fields import EnumChoice, TextField, TickField
from app.web.forms import Filters


class DirectoryFilters(Filters):
    search = TextField(_l("窓口をさがす（名前・かな・内容）"), required=False)
    need = EnumChoice(_l("相談"), Topic, kind="select", required=False)
    group = EnumChoice(_l("対象者"), TargetGroup, kind="select", required=False)
    open_now = TickField(_l("いま開いている"))
    unverified = TickField(_l("確認が必要"))
    ended = TickField(_l("終了した窓口も表示"))
