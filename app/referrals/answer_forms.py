"""Forms of answers that are recorded for a window: at the desk, from a slip, by a link, at its counter."""

from collections.abc import Sequence

from flask_babel import lazy_gettext as _l

from app.referrals.forms import AnswerForm, channel_of, state_of
from app.referrals.quick import QuickAnswer, read_answer
from app.referrals.vocabulary import AnswerChannel, DeclineCode, EndCode, State
from app.web.fields import Checks, Choice, DayField, EnumChoice, TextField
from app.web.filters import label
from app.web.forms import Form


class QuickForm(Form):
    """Channel and day are chosen already; each answer is a button that saves."""

    answer = Choice(_l("返事"), kind="seg", coerce=read_answer)
    channel = Choice(_l("返事の方法"), kind="seg", coerce=channel_of)
    happened_on = DayField(_l("あった日"), not_future=True)

    def offer(self, answers: Sequence[QuickAnswer]) -> None:
        """Offer these answers, and every channel but the window's own."""
        self.answer.choices = [(one, label(one.to if one.code is None else one.code)) for one in answers]
        self.channel.choices = [
            (one, label(one)) for one in AnswerChannel.current() if one is not AnswerChannel.SYSTEM
        ]

    def groups(self) -> list[tuple[State | None, list[tuple[QuickAnswer, str]]]]:
        """Return the buttons: those without a code (None), then those with one by the state they lead to."""
        found: dict[State | None, list[tuple[QuickAnswer, str]]] = {}
        for one, words in self.answer.choices:
            found.setdefault(one.to if one.code is not None else None, []).append((one, str(words)))
        return list(found.items())


class ReferenceForm(Form):
    """A slip that came back, typed or scanned by its reference."""

    reference = TextField(_l("紹介番号"), max_length=40, fold=True, width="card")


class CheckInForm(Form):
    """Who has come: the card or the slip that the person shows."""

    code = TextField(_l("カードの番号か紹介番号"), max_length=40, fold=True, width="card")


class MetForm(Form):
    """One tap; ``version`` is the number of the newest move that the page showed."""


class CloseOthersForm(Form):
    references = Checks(_l("取り下げる紹介"))


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
    declined_code = EnumChoice(_l("不受理の理由"), DeclineCode, required=False, shortcuts=False)
    ended_code = EnumChoice(_l("終了の理由"), EndCode, required=False, shortcuts=False)
    code_other = None  # type: ignore[assignment]  # a free text could say who somebody is
