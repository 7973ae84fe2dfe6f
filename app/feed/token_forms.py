"""The form with which a token of the feed is issued."""

from flask_babel import lazy_gettext as _l

from app.feed.tokens import FeedScope
from app.web.fields import DayField, EnumChoice, TextField
from app.web.forms import Form


class TokenForm(Form):
    examines_texts = False  # how a program is called
    label = TextField(
        _l("使うシステム"), max_length=60, description=_l("どの課の何が読むのか。例：政策経営課の集計表")
    )
    scope = EnumChoice(_l("読める範囲"), FeedScope, kind="seg")
    expires_on = DayField(
        _l("期限"), ahead=True, description=_l("この日の終わりまで使えます。長くても1年です。")
    )
