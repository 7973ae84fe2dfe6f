"""What the board is narrowed to, and under which title somebody keeps that."""

from collections.abc import Sequence

from flask_babel import lazy_gettext as _l

from app.followup.board import Chosen, Shown, shown_named
from app.followup.view_operations import LONGEST_TITLE
from app.referrals.vocabulary import AnswerChannel, State
from app.situation.programme import Programme
from app.web.fields import Choice, EnumChoice, TextField, TickField
from app.web.filters import label
from app.web.forms import Filters, Form

SHOWN_WORDS = {
    Shown.OPEN: _l("進行中のすべて"),
    Shown.OVERDUE: _l("期限を過ぎたもの"),
    Shown.WINDOW: _l("窓口の番"),
    Shown.OFFICE: _l("こちらの番"),
    Shown.CLOSED: _l("終わったもの"),
    Shown.ALL: _l("すべて"),
}
AGES = {
    7: _l("7日を超えるもの"),
    14: _l("14日を超えるもの"),
    30: _l("30日を超えるもの"),
    60: _l("60日を超えるもの"),
}


def shown_of(text: str) -> Shown | State:
    """Return the part of the board that a text names; ValueError when there is none."""
    named = shown_named(text)
    if named is None:
        raise ValueError(text)
    return named


class ChasedForm(Form):
    channel = EnumChoice(_l("催促の方法"), AnswerChannel)


class ReferralFilters(Filters):
    shown = Choice(_l("表示"), coerce=shown_of, default=Shown.OPEN)
    agency_id = Choice(_l("紹介先の機関"), coerce=int, required=False)
    window_id = Choice(_l("窓口"), coerce=int, required=False)
    counsellor_id = Choice(_l("担当"), coerce=int, required=False)
    programme = EnumChoice(_l("事業"), Programme, kind="select", required=False)
    older_than = Choice(_l("いまの状態になってから"), coerce=int, required=False)

    def offer(
        self,
        agencies: Sequence[tuple[int, str]],
        windows: Sequence[tuple[int, str]],
        counsellors: Sequence[tuple[int, str]],
    ) -> None:
        """Offer the parts of the board, the states, and who and what occurs in it."""
        states = [(state, label(state)) for state in State]
        self.shown.choices = [*SHOWN_WORDS.items(), *states]
        self.agency_id.choices = list(agencies)
        self.window_id.choices = list(windows)
        self.counsellor_id.choices = list(counsellors)
        self.older_than.choices = list(AGES.items())

    def chosen(self) -> Chosen:
        """Return what the board is narrowed to; an address that says it wrongly narrows nothing."""
        if not self.validate():
            return Chosen()
        return Chosen(
            shown=self.shown.data,
            agency_id=self.agency_id.data,
            window_id=self.window_id.data,
            counsellor_id=self.counsellor_id.data,
            programme=self.programme.data,
            older_than=self.older_than.data,
        )


class ViewForm(Form):
    title = TextField(_l("表示の名前"), max_length=LONGEST_TITLE)
    is_default = TickField(_l("紹介のページを開いたときに、この表示にする"))
