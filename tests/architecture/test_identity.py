"""No text field escapes the identity check: each is read while it is typed and at the save, or says why."""

import importlib
import re

import pytest
from flask import g
from wtforms import HiddenField
from wtforms.fields.core import UnboundField

from app import PAGES
from app.web.asking import Asked
from app.web.choices import Chosen
from app.web.forms import Filters, Form, SubmissionKey, VersionField
from app.web.words import MemoField, TextField
from tests import factories

# Forms none of whose texts can be about a person who is counselled, and why.
NOT_EXAMINED = {
    "app.plan.cycle_forms.PlanForm": "how a plan is called",
    "app.plan.cycle_forms.SplitForm": "how a measure is called",
    "app.windows.entry_forms.FactsForm": "the directory is there to print addresses and telephone numbers",
    "app.windows.entry_forms.NewWindowForm": "as FactsForm",
    "app.windows.entry_forms.RevisionForm": "as FactsForm",
    "app.windows.map_forms.EditionForm": "what changed in the directory",
    "app.windows.map_forms.DistributionForm": "where maps lie",
    "app.windows.map_forms.DistributionCorrection": "where maps lie",
    "app.feed.token_forms.TokenForm": "how a program is called",
    "app.accounts.forms.AccountForm": "how somebody who works here is called",
    "app.accounts.forms.EditAccountForm": "how somebody who works here is called",
}
# Codes that are typed: cards, numbers, keys. They are folded and must fit a shape that no sentence fits.
CODES = {"card_code", "number", "key", "login_name", "reference", "code", "other_number"}
CODES |= {"document_number"}


# Text controls outside of the component, and what reads them for identity.
DRAWN_BY_HAND = {
    ("counter/day.html", "r{{ place }}-{{ column }}"): "grid_routes.read_memos; the other columns take codes",
    ("counter/group.html", "{{ one.name }}"): "headcounts, read as numbers",
    ("referrals/quick.html", "{{ f.name }}"): "the reference of a slip, a code",
}


def forms_of(kind: type) -> set[type]:
    return {one for child in kind.__subclasses__() for one in {child, *forms_of(child)}}


@pytest.fixture(scope="module")
def forms() -> dict[str, type[Form]]:
    """Return every form of the application by its full name."""
    for name in PAGES:
        importlib.import_module(f"app.{name}" if "." in name else f"app.{name}.routes")
    found = {f"{one.__module__}.{one.__name__}": one for one in forms_of(Form)}
    return {name: one for name, one in found.items() if name.startswith("app.")}


def fields_of(form: type) -> dict[str, UnboundField]:
    return {
        name: value
        for name in dir(form)
        if isinstance(value := getattr(form, name, None), UnboundField) and not name.startswith("_")
    }


def is_filter(form: type) -> bool:
    return issubclass(form, Filters)


def holds_words(form: type) -> list[str]:
    """Return the text fields of a form that are more than codes."""
    return [
        name
        for name, field in fields_of(form).items()
        if issubclass(field.field_class, TextField) and not field.kwargs.get("fold")
    ]


def test_forms_that_are_not_examined_are_named_with_their_reason(forms):
    silent = {
        name
        for name, form in forms.items()
        if not form.examines_texts and not is_filter(form) and any(holds_words(form))
    }
    assert silent == set(NOT_EXAMINED)


def test_a_text_field_is_examined_unless_it_holds_a_code(forms):
    escaping = [
        f"{form}.{name}"
        for form, kind in forms.items()
        if form not in NOT_EXAMINED and not is_filter(kind)
        for name, field in fields_of(kind).items()
        if issubclass(field.field_class, TextField)
        and (field.kwargs.get("fold") or not field.kwargs.get("examined", True))
        and name not in CODES
    ]
    assert escaping == []


def test_no_other_field_takes_words(forms):
    """A text comes in through TextField alone: what else is typed is a number, a day or a secret."""
    fields = {field.field_class for kind in forms.values() for field in fields_of(kind).values()}
    foreign = {one for one in fields if not issubclass(one, Asked)}
    assert foreign <= {HiddenField, SubmissionKey, VersionField}
    typed = {one for one in fields if issubclass(one, Asked) and not issubclass(one, Chosen)}
    drawn_as_text = {one for one in typed if one.look in {"text", "memo"}}
    assert all(issubclass(one, TextField) for one in drawn_as_text)
    assert {TextField, MemoField} <= drawn_as_text


def test_every_text_area_and_text_field_is_drawn_by_the_component(templates):
    """A hand-drawn control would be saved unexamined, or at least unmarked while it is typed."""
    control = re.compile(r"<textarea\b[^>]*>|<input\b[^>]*type=\"(?:text|search)\"[^>]*>")
    drawn = {
        (template, re.search(r"name=\"([^\"]*)\"", found)[1])
        for template, source in templates.items()
        if not template.startswith("components/")
        for found in control.findall(source)
        if "name=" in found
    }
    assert {(template, name) for template, name in drawn if name not in CODES} <= set(DRAWN_BY_HAND)


def test_what_is_sent_is_read_where_it_is_typed_too(app):
    from app.cases.forms import ConsultationForm
    from app.windows.entry_forms import FactsForm

    with app.test_request_context():
        assert ConsultationForm().memo.identity_url == ""
        g.actor = factories.make_actor()
        assert ConsultationForm().memo.identity_url == "/identity"
        assert FactsForm().note.identity_url == ""
