"""The filter of the trail."""

from flask_babel import lazy_gettext as _l

from app.web.fields import Choice, DayField, TextField
from app.web.forms import Filters


class AuditFilters(Filters):
    since = DayField(_l("この日から"), required=False)
    until = DayField(_l("この日まで"), required=False)
    actor = TextField(_l("操作した人"), required=False, max_length=120)
    action = Choice(_l("操作"), required=False)
    subject = Choice(_l("記録の種類"), required=False)
    number = TextField(_l("記録の内部番号"), required=False, max_length=40, fold=True, width="card")
