"""Forms of a year's calendar, of its freeze and of a restatement."""

from collections.abc import Sequence

from flask_babel import lazy_gettext as _l

from app.kpi import notation
from app.web.fields import Checks, DayField, MemoField, TickField
from app.web.filters import locale
from app.web.forms import Form
from app.years.freezing_changes import Change
from app.years.freezing_restatements import Difference

LONGEST_REASON = 200


class DaysForm(Form):
    entry_deadline = DayField(
        _l("記録の入力の期限"), ahead=True, description=_l("この日までに、その年度の相談や就職を記録します。")
    )
    submission_deadline = DayField(
        _l("実績の提出の期限"), ahead=True, description=_l("所管課が実績を提出する最後の日です。")
    )
    freeze_on = DayField(
        _l("確定日"),
        ahead=True,
        description=_l("この日から実績を確定できます。確定までに入力した記録は、出来事の日で数えます。"),
    )


class FreezeForm(Form):
    with_missing = TickField(_l("報告のないまま確定する"), required=False)

    def fit(self, missing: int) -> None:
        """Ask of missing reports only where there are any."""
        if not missing:
            del self.with_missing


class RestatementForm(Form):
    chosen = Checks(_l("訂正するもの"))
    reason = MemoField(_l("訂正の理由"), max_length=LONGEST_REASON, required=True)

    def offer(self, changes: Sequence[Difference]) -> None:
        """Offer each indicator and text that reads otherwise now, once however many measures show it."""
        lang = locale()
        offered: dict[str, str] = {}
        for one in changes:
            if not isinstance(one, Change):
                was, now = (notation.in_line(words, lang) for words in (one.before, one.now))
                words = str(_l("実績のことば：%(before)s → %(now)s", before=was, now=now))
                offered[one.key] = f"{one.measure.code}　{words}"
                continue
            was = notation.line(one.before, lang)
            words = f"{was} → {notation.figure_words(one.now, lang)}"
            if one.same_figures:
                words = str(_l("%(figure)s（数えた記録だけが変わった）", figure=was))
            codes = offered.get(one.key, "").partition("　")[0]
            offered[one.key] = f"{codes + '・' if codes else ''}{one.measure.code}　{words}"
        self.chosen.choices = list(offered.items())
