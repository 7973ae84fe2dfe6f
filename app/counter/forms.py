"""The form of the entry page."""

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_babel import lazy_pgettext
from wtforms import HiddenField

from app.cases.forms import ConsultationForm
from app.counter.vocabulary import Who
from app.guidance.forms import Questions
from app.referrals.vocabulary import Asked, ConsentForm
from app.situation.vocabulary import Gender
from app.web.fields import Choice, EnumChoice, TextField, TickField
from app.web.forms import Problem

WITHIN_REFERRAL = ("consent_form", "asked")


class EntryForm(Questions, ConsultationForm):
    # One person here; the menu has the same word for all of them.
    who = EnumChoice(lazy_pgettext("one person", "相談者"), Who, shortcuts=False)
    card_code = TextField(_l("カードの番号"), required=False, max_length=40, fold=True, width="card")
    case_number = HiddenField()
    gender = EnumChoice(_l("性別"), Gender, kind="select", required=False)
    number_unknown = TickField(_l("前に来たことがあるが、カードも番号も分からない（番号不明）"))
    confirmed = TickField(_l("それでも記録する（同じ日の別の相談です）"))
    window_id = Choice(_l("案内する窓口"), coerce=int, required=False)
    refer = TickField(_l("この窓口に紹介する"))
    asked = EnumChoice(_l("依頼の内容"), Asked, kind="select", required=False, asked_within=True)
    asked_other = TextField(_l("そのほかの依頼"), required=False, max_length=60)
    consent_form = EnumChoice(_l("本人同意"), ConsentForm, shortcuts=False, required=False, asked_within=True)

    @property
    def problems(self) -> list[Problem]:
        """Every error in the order of the page, on which the person stands first."""
        first = ("", self.who.anchor, self.card_code.anchor)
        return sorted(super().problems, key=lambda one: one.anchor not in first)

    def validate(self, extra_validators: Any = None) -> bool:
        """Ask for consent and request only where a referral is wished, and for a card where one is said."""
        sound = super().validate(extra_validators)
        if self.who.data is Who.CARD and not (self.card_code.data or self.case_number.data):
            self.card_code.errors = [_l("カードの番号を入力するか、読み取ってください。")]
            sound = False
        if self.refer.data:
            sound = self.validate_referral() and sound
        return bool(sound)

    def validate_referral(self) -> bool:
        """Return whether all that a referral needs is there."""
        sound = True
        if self.window_id.data is None:
            self.window_id.errors = [_l("紹介する窓口を選んでください。")]
            sound = False
        if self.who.data is Who.ONCE:
            self.refer.errors = [
                _l("紹介の返事を受けるには相談者の記録が要ります。「新しい方」を選んでください。")
            ]
            sound = False
        for name in WITHIN_REFERRAL:
            if self[name].data is None:
                label = self[name].label.text
                self[name].errors = [_l("紹介するときは、%(label)sを選んでください。", label=label)]
                sound = False
        return sound
