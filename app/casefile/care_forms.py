"""Small forms of the page of a case: who is in charge, when to get in touch, a note for oneself."""

from flask_babel import lazy_gettext as _l

from app.web.fields import Choice, DayField, MemoField
from app.web.forms import Form


class ChargeForm(Form):
    counsellor_id = Choice(_l("担当"), coerce=int, required=False)


class ContactForm(Form):
    next_contact_on = DayField(_l("次の連絡"), required=False, shortcuts=False, ahead=True)


class NoteForm(Form):
    text = MemoField(
        _l("自分用のメモ"),
        required=False,
        max_length=200,
        description=_l("ほかの人には見えません。氏名や連絡先は書かないでください"),
    )
