"""What is asked before one thing is done with many referrals; each kind asks for its own."""

from collections.abc import Sequence

from flask_babel import lazy_gettext as _l

from app.followup.bulk import Wanted
from app.foundation import clock
from app.referrals.correction_operations import Extension
from app.referrals.entries import LONGEST_OTHER
from app.referrals.forms import OTHER_HELP, ExtensionForm
from app.referrals.vocabulary import BulkKind, WithdrawCode
from app.web.fields import Choice, DayField, TextField
from app.web.filters import label
from app.web.forms import Form


class PlainForm(Form):
    """Asks for nothing more."""


class WithdrawForm(Form):
    happened_on = DayField(_l("取り下げた日"), not_future=True)
    withdrawn_code = Choice(_l("取下げの理由"), kind="seg", coerce=WithdrawCode.find)
    code_other = TextField(_l("理由の補足"), required=False, max_length=LONGEST_OTHER, description=OTHER_HELP)

    def offer(self) -> None:
        """Offer every reason but the withdrawal of consent: that is recorded person by person."""
        codes = [one for one in WithdrawCode.current() if one is not WithdrawCode.CONSENT_WITHDRAWN]
        self.withdrawn_code.choices = [(one, label(one)) for one in codes]


class AssignForm(Form):
    counsellor_id = Choice(_l("新しい担当"), kind="select", coerce=int)

    def offer(self, colleagues: Sequence[tuple[int, str]]) -> None:
        """Offer who works at this desk."""
        self.counsellor_id.choices = list(colleagues)


FORMS: dict[BulkKind, type[Form]] = {
    BulkKind.PRINT: PlainForm,
    BulkKind.SILENT: PlainForm,
    BulkKind.WITHDRAW: WithdrawForm,
    BulkKind.EXTEND: ExtensionForm,
    BulkKind.ASSIGN: AssignForm,
}


def wanted_of(kind: BulkKind, form: Form) -> Wanted:
    """Return what a form asks to be done with each; what is not chosen yet is left out."""
    said = {name: field.data for name, field in form._fields.items()}
    return Wanted(
        kind=kind,
        today=clock.today(),
        happened_on=said.get("happened_on"),
        code=said.get("withdrawn_code"),
        code_other=said.get("code_other") or "",
        counsellor_id=said.get("counsellor_id"),
    )


def extension_of(kind: BulkKind, form: Form) -> Extension | None:
    """Return the extension that a form asks for, None while it is not wholly said."""
    if kind is not BulkKind.EXTEND or form["due_on"].data is None or form["reason"].data is None:
        return None
    return Extension(
        due_on=form["due_on"].data, reason=form["reason"].data, reason_other=form["reason_other"].data or ""
    )
