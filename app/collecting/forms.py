"""Forms of the collection: what is done with a measure's results, a word beside a counted figure, a sheet."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField

from app.collecting.overview import CollectedLine
from app.plan.forms import LARGEST
from app.plan.submission_operations import LONGEST_REASON
from app.web.fields import MemoField, NumberField
from app.web.filters import locale
from app.web.forms import Form


class MoveForm(Form):
    act = HiddenField()
    seen = HiddenField()
    reason = MemoField(
        _l("差し戻す理由"), max_length=LONGEST_REASON, description=_l("所管課の画面に出ます。")
    )


class SheetForm(Form):
    """The file itself is taken from the request: this form brings the token and shows what is wrong."""


def correction_form(line: CollectedLine) -> Form:
    """Return the form of a word beside a counted figure."""
    kept, indicator = line.correction, line.cell.indicator
    fields: dict[str, Any] = {
        "value": NumberField(
            _l("正しいと考える数"),
            most=LARGEST,
            decimals=indicator.decimals,
            unit=indicator.unit.label(locale()),
            required=False,
            description=_l("空けて保存すると、補正を取り消します。"),
        ),
        "reason": MemoField(
            _l("理由"),
            max_length=LONGEST_REASON,
            description=_l("記録からの数字となぜちがうのかを、個人が分からないように書いてください。"),
        ),
        "seen": HiddenField(),
    }
    data = {
        "value": kept.value if kept else None,
        "reason": kept.reason if kept else "",
        "seen": str(kept.version if kept else 0),
    }
    form_class: type[Form] = type("CorrectionForm", (Form,), fields)
    return form_class(data=data)
