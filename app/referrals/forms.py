"""Forms of referrals."""

from collections.abc import Sequence

from flask_babel import lazy_gettext as _l

from app.foundation.labels import LabelledEnum
from app.referrals.entries import LONGEST_OTHER
from app.referrals.vocabulary import (
    AnswerChannel,
    Asked,
    ConsentForm,
    CorrectionCode,
    DeclineCode,
    EndCode,
    ExtensionReason,
    State,
    VoidCode,
    WithdrawCode,
)
from app.web.fields import Choice, DayField, EnumChoice, TextField
from app.web.filters import label
from app.web.forms import Filters, Form

OTHER_HELP = _l("氏名や連絡先は書かないでください。")
STILL_OPEN = "open"


def state_of(text: str) -> State:
    """Return the state that a text names; ValueError when there is none."""
    member = State.find(text)
    if member is None:
        raise ValueError(text)
    return member


def channel_of(text: str) -> AnswerChannel:
    """Return the channel that a text names; ValueError when there is none."""
    member = AnswerChannel.find(text)
    if member is None:
        raise ValueError(text)
    return member


class ReferralForm(Form):
    window_id = Choice(_l("窓口"), kind="select", coerce=int)
    asked = EnumChoice(_l("依頼の内容"), Asked)
    asked_other = TextField(
        _l("その他の内容"), required=False, max_length=LONGEST_OTHER, description=OTHER_HELP
    )
    sent_on = DayField(_l("送った日"), not_future=True)
    consent_on = DayField(
        _l("本人同意の日"),
        not_future=True,
        description=_l("紹介することと、返事を受けることへの同意です。"),
    )
    consent_form = EnumChoice(_l("同意の方法"), ConsentForm)


class AnswerForm(Form):
    """What every move says; ``version`` is the number of the newest move that the page showed."""

    to = Choice(_l("新しい状態"), kind="seg", coerce=state_of)
    happened_on = DayField(_l("あった日"), not_future=True)
    declined_code = EnumChoice(_l("不受理の理由"), DeclineCode, required=False, asked_within=True)
    ended_code = EnumChoice(_l("終了の理由"), EndCode, required=False, asked_within=True)
    code_other = TextField(_l("理由の補足"), required=False, max_length=LONGEST_OTHER, description=OTHER_HELP)

    def offer(self, states: Sequence[State]) -> None:
        """Offer these states and no other."""
        self.to.choices = [(state, label(state)) for state in states]

    def code(self) -> LabelledEnum | None:
        """Return the reason that belongs to the state chosen."""
        name = f"{self.to.data}_code"
        return self[name].data if name in self else None


class MoveForm(AnswerForm):
    channel = Choice(
        _l("返事の方法"),
        kind="seg",
        required=False,
        coerce=channel_of,
    )
    withdrawn_code = EnumChoice(_l("取下げの理由"), WithdrawCode, required=False, asked_within=True)

    def offer(self, states: Sequence[State]) -> None:
        """Offer these states; an answer in Shirube itself is the window's own."""
        super().offer(states)
        self.channel.choices = [
            (one, label(one)) for one in AnswerChannel.current() if one is not AnswerChannel.SYSTEM
        ]


class ConsentWithdrawalForm(Form):
    withdrawn_on = DayField(_l("同意を撤回した日"), not_future=True)


class CorrectionForm(Form):
    code = EnumChoice(_l("訂正の理由"), CorrectionCode)
    code_other = TextField(_l("理由の補足"), required=False, max_length=LONGEST_OTHER, description=OTHER_HELP)


class ExtensionForm(Form):
    due_on = DayField(_l("新しい期限"), shortcuts=False, ahead=True)
    reason = EnumChoice(_l("延ばす理由"), ExtensionReason)
    reason_other = TextField(
        _l("理由の補足"), required=False, max_length=LONGEST_OTHER, description=OTHER_HELP
    )


class LetterForm(Form):
    document_number = TextField(
        _l("文書番号"),
        required=False,
        max_length=40,
        description=_l("例：国生福発第123号。なければ空のまま。"),
    )
    dated_on = DayField(_l("日付"), shortcuts=False)


class ReferralVoidForm(Form):
    void_code = EnumChoice(_l("誤入力の理由"), VoidCode)


class ReceivedFilters(Filters):
    shown = Choice(
        _l("表示"),
        default=STILL_OPEN,
        choices=[(STILL_OPEN, _l("進行中のもの")), ("all", _l("すべて"))],
    )
