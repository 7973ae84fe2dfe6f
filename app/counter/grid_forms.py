"""The form around the rows of the day grid."""

from flask_babel import lazy_gettext as _l

from app.situation.programme import Programme
from app.web.fields import DayField, EnumChoice
from app.web.forms import Form


class SheetForm(Form):
    held_on = DayField(_l("相談の日"), not_future=True)
    programme = EnumChoice(_l("事業"), Programme, shortcuts=False)
