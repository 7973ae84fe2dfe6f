"""Forms of answers that a window gives itself: by a link, and at its counter."""

from flask_babel import lazy_gettext as _l

from app.referrals.forms import AnswerForm, state_of
from app.referrals.vocabulary import DeclineCode, EndCode
from app.web.fields import Choice, DayField, EnumChoice, TextField
from app.web.forms import Form


class CheckInForm(Form):
    """Who has come: the card or the slip that the person shows."""

    code = TextField(_l("カードの番号か紹介番号"), max_length=40, fold=True, width="card")


class MetForm(Form):
    """One tap; ``version`` is the number of the newest move that the page showed."""


class LinkAnswerForm(AnswerForm):
    """What a one-time link asks for; nothing else can be said.

    No CSRF token: the page needs no session and no cookie, and whoever could forge the post would have to
    know the link, which is all that it takes to answer.
    """

    class Meta(AnswerForm.Meta):
        """Without a token."""

        csrf = False

    to = Choice(_l("お返事"), kind="seg", coerce=state_of, shortcuts=False)
    happened_on = DayField(_l("あった日"), not_future=True)
    declined_code = EnumChoice(
        _l("不受理の理由"), DeclineCode, required=False, asked_within=True, shortcuts=False
    )
    ended_code = EnumChoice(_l("終了の理由"), EndCode, required=False, asked_within=True, shortcuts=False)
    code_other = None  # type: ignore[assignment]  # a free text could say who somebody is
