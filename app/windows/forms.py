"""Forms of the directory."""

from flask_babel import lazy_gettext as _l

from app.web.fields import TextField, TickField
from app.web.forms import Filters


class DirectoryFilters(Filters):
    search = TextField(_l("窓口をさがす（名前・かな・内容）"), required=False)
    ended = TickField(_l("終了した窓口も表示"))
