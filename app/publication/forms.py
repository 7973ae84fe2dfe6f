"""Forms of releasing a year and of proposing that a figure leaves exactly."""

from collections.abc import Sequence

from flask_babel import lazy_gettext as _l

from app.web.fields import Choice, MemoField
from app.web.filters import locale
from app.web.forms import Form

LONGEST_REASON = 200


class ExactForm(Form):
    indicator = Choice(_l("指標"))
    reason = MemoField(
        _l("正確な数を公表する理由"),
        max_length=LONGEST_REASON,
        required=True,
        description=_l("たとえば、計画書に年間の合計を印刷するため。"),
    )

    def offer(self, candidates: Sequence[tuple[str, str, str]]) -> None:
        """Offer the indicators of people that have no exception yet."""
        english = locale() == "en"
        self.indicator.choices = [(key, en if english and en else ja) for key, ja, en in candidates]
