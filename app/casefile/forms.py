"""The form with which a consultation is corrected."""

from flask_babel import lazy_gettext as _l

from app.cases.forms import ConsultationForm
from app.web.fields import Choice


class CorrectionForm(ConsultationForm):
    # Whose consultation it is; nothing that a page asks.
    case_id: int | None = None
    window_id = Choice(_l("案内した窓口"), coerce=int, required=False)
