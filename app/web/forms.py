"""The base of every form: CSRF, one key per rendering, errors in words at the place where they belong."""

import re
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from flask import render_template, request
from flask_babel import get_locale
from flask_babel import gettext as _
from flask_wtf import FlaskForm
from wtforms import Field, HiddenField
from wtforms.utils import unset_value

from app.foundation.errors import N_, Conflict, DomainError
from app.foundation.fiscal_year import day_label
from app.web.conflicts import (
    CHOOSE,
    SAME,
    STORED,
    Choices,
    Difference,
    Of,
    Overtaken,
    choices_sent,
    differences,
    may_look_again,
)
from app.web.resuming import resumed

KEY: Final = re.compile(r"[0-9a-f]{32}")
STALE: Final = N_("このページは古くなっています。開きなおしてから、もう一度入力してください。")


@dataclass(frozen=True, kw_only=True)
class Problem:
    """One error of the summary: the sentence, and the id of the control that it is about ("" for none)."""

    anchor: str
    text: str


class SubmissionKey(HiddenField):
    """A random key made with the page and kept when it is shown again, so that one entry is one record."""

    def process_data(self, value: Any) -> None:
        """Make a key."""
        self.data = uuid.uuid4().hex

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        """Keep the key of the page that was sent."""
        if valuelist and KEY.fullmatch(valuelist[0]):
            self.data = valuelist[0]


class VersionField(HiddenField):
    """The version of the record that the page showed; None when a record is being made."""

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        """Read the version; ValueError when it is no number."""
        self.data = None  # not the record's own: a page that showed none must not overwrite one made since
        sent = valuelist[0] if valuelist else ""
        if not sent:
            return
        if not (sent.isascii() and sent.isdigit() and len(sent) <= 9):
            raise ValueError(_(STALE))
        self.data = int(sent)


def in_words(part: object) -> object:
    """Return a part of a sentence as it is said in the language of the page: a day is written in full."""
    return day_label(part, str(get_locale() or "ja")) if isinstance(part, date) else part


class Form(FlaskForm):
    """A form that changes something."""

    class Meta(FlaskForm.Meta):
        """Take what was posted as it is: an empty post is empty, it is not the defaults."""

        def wrap_formdata(self, form: "Form", formdata: Any) -> Any:
            """Read form posts only (a JSON body is no form), and the draft with which a page is opened."""
            plain = formdata is None or hasattr(formdata, "getlist")
            if plain or request.method not in {"POST", "PUT", "PATCH", "DELETE"}:
                return formdata if plain else resumed()
            return super().wrap_formdata(form, formdata) if request.files else request.form

    # False where no text can be about a person: what a window offers, how an account is called.
    examines_texts = True
    # Fields that have a first value and yet are no part of the record.
    beside_record: frozenset[str] = frozenset()
    conflict: Sequence[Difference] = ()
    submission_key = SubmissionKey()
    version = VersionField()

    def process(
        self,
        formdata: Any = None,
        obj: Any = None,
        data: Any = None,
        of: Of | Mapping[str, Of] | None = None,
        **kwargs: Any,
    ) -> None:
        """Read the record and what was sent, and apply the choices made between two versions.

        A form that corrects a record names it with ``of`` (kind and id, as the trail calls them; by field
        where it corrects several): when somebody was faster, both versions are shown.
        """
        known = {name for name in self._fields if hasattr(obj, name)} | {*(data or {}), *kwargs}
        self.recorded = known - self.beside_record
        self.of = of
        self.conflict = []
        super().process(formdata, obj, data=data, **kwargs)
        self.settle(choices_sent(self._fields))

    def is_outdated(self) -> bool:
        """Tell whether somebody saved the record since this page was opened."""
        return bool(self.version.data != self.version.object_data)

    def recorded_fields(self) -> list[Field]:
        """Return the fields that may differ from the record."""
        return [one for one in self if one.name in self.recorded and not isinstance(one, HiddenField)]

    def settle(self, choices: Choices) -> None:
        """Take the stored version of a field where that was chosen; ask again while a choice is missing."""
        if not choices.asked or self.is_outdated():
            return
        if not choices.is_whole:
            self.ask([one for one in self.recorded_fields() if one.name in choices.asked], choices.picked)
            return
        for one in self.recorded_fields():
            if choices.picked.get(getattr(one, "of", one.name)) == STORED:
                one.process(None, one.object_data)

    def ask(self, fields: Sequence[Field], picked: Mapping[str, str]) -> None:
        """Show both versions of the fields that differ."""
        primaries = [one for one in self if hasattr(one, "of")]
        self.conflict = differences(fields, primaries=primaries, of=self.of or ("", ""), picked=picked)
        self.form_errors.append(_(CHOOSE) if self.conflict else _(SAME))

    def catch_up(self) -> None:
        """Let what is sent next count as said in knowledge of the record as it stands."""
        self.version.data = self.version.object_data

    def validate(self, extra_validators: Any = None) -> bool:
        """Refuse while it is open which of two versions shall stand."""
        sound = super().validate(extra_validators)
        return bool(sound and not self.conflict)

    def show(self, error: DomainError) -> None:
        """Put the error of an operation at its field, or on top when the form has no such field.

        Raises:
            Overtaken: the record changed after this request had read it; the request is answered anew.
        """
        if isinstance(error, Conflict) and self.of is not None:
            if self.is_outdated():
                self.ask(self.recorded_fields(), {})
                self.catch_up()
                return
            if may_look_again():
                raise Overtaken from error
        sentence = error.text(_, in_words)
        if error.field and error.field in self and not isinstance(self[error.field], HiddenField):
            self[error.field].errors = [*self[error.field].errors, sentence]
        else:
            self.form_errors.append(sentence)

    @property
    def problems(self) -> list[Problem]:
        """Every error in the order of the page, for the summary on top."""
        found = [Problem(anchor="", text=text) for text in self.form_errors]
        for field in self:
            found += [Problem(anchor=anchor_of(field), text=text) for text in field.errors]
        return found


def anchor_of(field: Field) -> str:
    """Return the id that an error links to; hidden fields have none."""
    return "" if isinstance(field, HiddenField) else str(getattr(field, "anchor", field.id))


class Filters(Form):
    """A form that only chooses what a page shows: ``Filters(request.args)``; defaults where unsaid."""

    class Meta(Form.Meta):
        """A GET form changes nothing, so it carries no token."""

        csrf = False

    examines_texts = False
    submission_key = None  # type: ignore[assignment]  # taken away: nothing is stored
    version = None  # type: ignore[assignment]  # taken away likewise

    def process(
        self, formdata: Any = None, obj: Any = None, data: Any = None, of: object = None, **kwargs: Any
    ) -> None:
        """Read each field that the address names; the others keep their defaults."""
        self.conflict = []
        known = {**(data or {}), **{name: value for name, value in kwargs.items() if name in self._fields}}
        given = self.meta.wrap_formdata(self, formdata)
        for name, field in self._fields.items():
            names = getattr(field, "names", (field.name,))
            sent = given if given is not None and any(one in given for one in names) else None
            field.process(sent, known.get(name, unset_value))
        self.post_process(given)


def render_form(template: str, form: Form, **context: Any) -> tuple[str, int]:
    """Show a page with its form: 200, or 422 when there is something to mend."""
    return render_template(template, form=form, **context), 422 if form.problems else 200
