"""Forms of answers that the desk records for a window, and of what is closed with somebody's job."""

from collections.abc import Sequence

from flask_babel import lazy_gettext as _l

from app.followup.quick import QuickAnswer, read_answer
from app.referrals.forms import channel_of
from app.referrals.vocabulary import AnswerChannel, State
from app.web.fields import Checks, Choice, DayField, TextField
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


class CloseOthersForm(Form):
    references = Checks(_l("取り下げる紹介"))
