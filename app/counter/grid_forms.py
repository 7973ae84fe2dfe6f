"""The form around the rows of the day grid."""

from flask_babel import lazy_gettext as _l

from app.situation.programme import Programme
from app.web.fields import DayField, EnumChoice, TickField
from app.web.forms import Form


class SheetForm(Form):
    held_on = DayField(_l("相談の日"), not_future=True)
    programme = EnumChoice(_l("事業"), Programme, shortcuts=False)
    confirmed = TickField(_l("それでも記録する（同じ日の別の相談です）"))
