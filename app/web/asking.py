"""What every field does alike: required or optional, the words when nothing was given, where errors point."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from flask_babel import gettext as _
from wtforms import Field
from wtforms.validators import StopValidation

from app.foundation.errors import N_

UNUSABLE: Final = N_(
    "%(label)sに、保存できない文字が入っていました。取りのぞきましたので、確かめてからもう一度保存してください。"
)
NOT_OFFERED: Final = N_("%(label)sに、選択肢にない値が送られました。選びなおしてください。")


@dataclass(frozen=True, kw_only=True)
class Option:
    """One choice as a page shows it."""

    value: str
    text: str
    chosen: bool


class Asked(Field):
    """A question with an answer, required unless said otherwise.

    ``look`` names the control that the page draws (see templates/components/fields.html). ``asked_within``:
    shown only where another answer calls for it, and needed there: marked as required, checked by the form.
    """

    data: Any  # what it is depends on the field; after validation a required one is never None
    look = "text"
    nothing = N_("%(label)sを入力してください。")

    def __init__(
        self,
        label: object = None,
        *,
        required: bool = True,
        asked_within: bool = False,
        autofocus: bool = False,
        validators: Sequence[Callable[..., Any]] = (),
        **options: Any,
    ) -> None:
        super().__init__(label, validators=tuple(validators), **options)
        self.required = required
        self.marked = required or asked_within
        self.autofocus = autofocus  # for a page on which everybody begins with this field

    @property
    def names(self) -> tuple[str, ...]:
        """Names under which a page sends this field."""
        return (self.name,)

    @property
    def anchor(self) -> str:
        """The id that the summary of errors links to."""
        return str(self.id)

    @property
    def help_id(self) -> str:
        """The id of the help line."""
        return f"{self.id}-help"

    @property
    def error_id(self) -> str:
        """The id of the error line."""
        return f"{self.id}-error"

    def is_empty(self) -> bool:
        """Tell whether nothing was answered."""
        return self.data in (None, "", ())

    def pre_validate(self, form: Any) -> None:
        """Stop at what could not be read or is missing, else check the answer."""
        if self.process_errors:
            raise StopValidation()
        if not self.is_empty():
            self.check(form)
        elif self.required:
            raise StopValidation(_(self.nothing, label=self.label.text))

    def check(self, form: Any) -> None:
        """Raise StopValidation with a sentence when the answer given cannot be taken."""

    def refusal(self, sentence: str, **params: object) -> StopValidation:
        """Return the error to raise from ``check``; the sentence may name %(label)s."""
        return StopValidation(self.sentence(sentence, **params))

    def sentence(self, sentence: str, **params: object) -> str:
        """Return a catalogue sentence about this field in the language of the page."""
        return str(_(sentence, label=self.label.text, **params))


def without_control_characters(text: str, keep: str = "") -> str:
    """Return the text without control characters and writing-direction marks, except those of ``keep``."""
    return "".join(one for one in text if one in keep or not is_control(one))


def is_control(character: str) -> bool:
    """Tell whether a character steers a machine or the direction of writing instead of being read."""
    code = ord(character)
    return code < 0x20 or 0x7F <= code < 0xA0 or 0x202A <= code <= 0x202E or 0x2066 <= code <= 0x2069
