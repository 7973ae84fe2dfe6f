"""Fields in which something is chosen: one of a list, several, one of several, a tick."""

from collections.abc import Callable, Sequence
from typing import Any, Generic, TypeVar

from flask_babel import gettext as _

from app.foundation.errors import N_
from app.foundation.labels import LabelledEnum
from app.web.asking import NOT_OFFERED, Asked, Option
from app.web.filters import label as label_of

Member = TypeVar("Member", bound=LabelledEnum)


class Chosen(Asked):
    """What single and several choices share."""

    nothing = N_("%(label)sを選んでください。")

    @property
    def anchor(self) -> str:
        """The id that the summary of errors links to: the first choice."""
        return str(self.id) if self.look == "select" else f"{self.id}-1"


class Choice(Chosen):
    """One of a list that the route sets: ``form.window.choices = [(id, text), …]``."""

    def __init__(
        self,
        label: object = None,
        *,
        choices: Sequence[tuple[Any, object]] = (),
        coerce: Callable[[str], Any] = str,
        kind: str = "select",
        shortcuts: bool = True,
        **options: Any,
    ) -> None:
        super().__init__(label, **options)
        self.choices = list(choices)
        self.coerce = coerce
        self.look = kind
        self.shortcuts = shortcuts

    @property
    def options(self) -> list[Option]:
        """The choices as the page shows them."""
        return [
            Option(value=str(value), text=str(text), chosen=value == self.data)
            for value, text in self.choices
        ]

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        """Read the value sent; nothing chosen is None."""
        sent = valuelist[0] if valuelist else ""
        self.data = self.read(sent) if sent else None

    def read(self, sent: str) -> Any:
        """Return the value that a text stands for; ValueError with a sentence."""
        try:
            return self.coerce(sent)
        except (ValueError, TypeError, OverflowError):
            self.data = None
            raise ValueError(self.sentence(NOT_OFFERED)) from None

    def check(self, form: Any) -> None:
        """Refuse what was not offered."""
        if self.data not in [value for value, _text in self.choices]:
            raise self.refusal(NOT_OFFERED)


class Checks(Chosen):
    """Any number of a list that the route sets; ``data`` is a tuple in the order of the list."""

    look = "checks"

    def __init__(
        self,
        label: object = None,
        *,
        choices: Sequence[tuple[Any, object]] = (),
        coerce: Callable[[str], Any] = str,
        **options: Any,
    ) -> None:
        super().__init__(label, **options)
        self.choices = list(choices)
        self.coerce = coerce

    @property
    def options(self) -> list[Option]:
        """The choices as the page shows them."""
        return [
            Option(value=str(value), text=str(text), chosen=value in self.data)
            for value, text in self.choices
        ]

    def process_data(self, value: Any) -> None:
        """Take stored values; None is no value."""
        self.data = tuple(value or ())

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        """Read the values sent."""
        try:
            self.data = tuple(self.coerce(sent) for sent in valuelist if sent)
        except (ValueError, TypeError, OverflowError):
            self.data = ()
            raise ValueError(self.sentence(NOT_OFFERED)) from None

    def check(self, form: Any) -> None:
        """Refuse what was not offered and put the answer in the order of the list."""
        offered = [value for value, _text in self.choices]
        if not set(self.data) <= set(offered):
            raise self.refusal(NOT_OFFERED)
        self.data = tuple(value for value in offered if value in self.data)


def read_member(field: Asked, enum: type[Member], sent: str, kept: Sequence[Any]) -> Member:
    """Return the member sent; a retired one only where the record already had it; else ValueError."""
    member = enum.find(sent)
    if member is None:
        raise ValueError(field.sentence(NOT_OFFERED))
    if member.retired and member not in kept:
        words = N_("%(label)sの「%(choice)s」は、いまは使いません。ほかのものを選んでください。")
        raise ValueError(field.sentence(words, choice=label_of(member)))
    return member


def offered_members(enum: type[Member], kept: Sequence[Any]) -> list[Member]:
    """Return the members to offer: the current ones, and a retired one that the record already has."""
    return [member for member in enum if not member.retired or member in kept]


class EnumChoice(Chosen, Generic[Member]):
    """One member of an enumeration; up to seven are buttons, ``kind="select"`` is a list."""

    def __init__(
        self,
        label: object = None,
        enum: type[Member] | None = None,
        *,
        kind: str = "seg",
        shortcuts: bool = True,
        **options: Any,
    ) -> None:
        if enum is None:
            raise TypeError("EnumChoice needs its enumeration")
        super().__init__(label, **options)
        self.enum = enum
        self.look = kind
        self.shortcuts = shortcuts

    @property
    def options(self) -> list[Option]:
        """The members as the page shows them."""
        members = offered_members(self.enum, (self.object_data,))
        return [Option(value=one.value, text=label_of(one), chosen=one == self.data) for one in members]

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        """Read the member sent; nothing chosen is None."""
        sent = valuelist[0] if valuelist else ""
        self.data = None
        if sent:
            self.data = read_member(self, self.enum, sent, (self.object_data,))


class EnumChecks(Chosen, Generic[Member]):
    """Any number of members of an enumeration; ``data`` is a tuple in the order of the enumeration."""

    look = "checks"
    nothing = N_("%(label)sを一つ以上選んでください。")

    def __init__(self, label: object = None, enum: type[Member] | None = None, **options: Any) -> None:
        if enum is None:
            raise TypeError("EnumChecks needs its enumeration")
        super().__init__(label, **options)
        self.enum = enum

    @property
    def options(self) -> list[Option]:
        """The members as the page shows them."""
        members = offered_members(self.enum, tuple(self.object_data or ()))
        return [Option(value=one.value, text=label_of(one), chosen=one in self.data) for one in members]

    def process_data(self, value: Any) -> None:
        """Take stored members; None is none."""
        self.data = tuple(value or ())

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        """Read the members sent, each once; those that could be read stay ticked beside an error."""
        chosen: set[Member] = set()
        refused = ""
        for sent in filter(None, valuelist):
            try:
                chosen.add(read_member(self, self.enum, sent, tuple(self.object_data or ())))
            except ValueError as error:
                refused = str(error)
        self.data = tuple(member for member in self.enum if member in chosen)
        if refused:
            raise ValueError(refused)


class PrimaryChoice(EnumChoice[Member]):
    """The one ◎ among those ticked in the field ``of``; a single tick is its own primary."""

    look = "primary"

    def __init__(
        self, label: object = None, enum: type[Member] | None = None, *, of: str = "topics", **options: Any
    ) -> None:
        super().__init__(label, enum, kind="primary", **options)
        self.of = of

    def pre_validate(self, form: Any) -> None:
        """Check against what is ticked; when nothing is ticked the other field says so."""
        ticked = form[self.of].data
        if not ticked:
            self.data = None
        elif len(ticked) == 1:
            self.data = ticked[0]
            self.process_errors: list[str] = []
            self.errors: list[str] = []
        elif self.data not in ticked:
            sentence = _("選んだもののうち、主なもの一つに◎をつけてください。")
            raise self.refusal(sentence)


class TickField(Asked):
    """A statement that is ticked or not; required means it must be ticked."""

    look = "tick"
    nothing = N_("「%(label)s」を確かめて、印をつけてください。")

    def __init__(self, label: object = None, *, required: bool = False, **options: Any) -> None:
        super().__init__(label, required=required, **options)

    def process_data(self, value: Any) -> None:
        """Take a stored truth value."""
        self.data = bool(value)

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        """Read the tick."""
        self.data = bool(valuelist) and valuelist[0] not in ("", "0", "false")

    def is_empty(self) -> bool:
        """Tell whether it is not ticked."""
        return not self.data
