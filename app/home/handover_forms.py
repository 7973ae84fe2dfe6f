"""The form of a hand-over: in which way, and to whom."""

from collections.abc import Sequence

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.home.handover_sharing import Sharing
from app.web.fields import Checks, Choice, EnumChoice
from app.web.forms import Form


class ShareForm(Form):
    how = EnumChoice(_l("分け方"), Sharing, shortcuts=False)
    receiver = Choice(_l("引き継ぐ人"), kind="select", coerce=int)
    receivers = Checks(_l("引き継ぐ人たち"), coerce=int)

    def offer(self, colleagues: Sequence[tuple[int, str, int]]) -> None:
        """Offer colleagues, given as (id, label, cases in charge); ask only for what the way chosen needs."""
        choices = [
            (account_id, _("%(who)s（いま%(count)s人を担当）", who=label, count=count))
            for account_id, label, count in colleagues
        ]
        self.receiver.choices = list(choices)
        self.receivers.choices = list(choices)
        self.receiver.required = self.how.data in (None, Sharing.ONE)
        self.receivers.required = self.how.data in (None, Sharing.EVEN)
