"""Forms of merging: which other case, and why."""

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField

from app.cases.vocabulary import MergeReason
from app.web.fields import EnumChoice, TextField
from app.web.forms import Form


class FindForm(Form):
    """The other case, by number or by a card that was found."""

    number = TextField(
        _l("もう一つの相談番号"),
        required=False,
        max_length=20,
        fold=True,
        width="card",
        description=_l("課の控えにある番号です。"),
    )
    card_code = TextField(
        _l("またはカードの番号"),
        required=False,
        max_length=40,
        fold=True,
        width="card",
        description=_l("見つかったカードを入力するか、読み取ってください。"),
    )


class MergeForm(Form):
    """Both cases were seen; ``target`` is the number of the one that was found, never a card's code."""

    target = HiddenField()
    reason = EnumChoice(_l("統合の理由"), MergeReason, shortcuts=False)
