"""Fields in which something is typed: words, notes, passwords, numbers, minutes."""

import re
import unicodedata
from collections.abc import Sequence
from decimal import Decimal
from typing import Any, Final

from flask_babel import lazy_gettext

from app.foundation.errors import N_
from app.web import identity
from app.web.asking import UNUSABLE, Asked, Option, without_control_characters

TOO_LONG: Final = N_("%(label)sは%(most)s字までです。いま%(count)s字あります。")
NUMBER: Final = re.compile(r"-?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?")


BLOCKED: Final = N_("%(label)sに、書いてはいけない内容があります。印のところを書きかえてください。")
DOUBTFUL: Final = N_("%(label)sに、個人が分かるかもしれない言葉があります。印のところを確かめてください。")
NO_REASON: Final = N_("%(label)sの言葉で個人が分からない理由を選んでください。")


class TextField(Asked):
    """One line of words; ``fold`` reads full-width letters and digits as narrow ones (codes, never prose).

    What is typed is read for identity (app/privacy/pii.py), unless it is a code, or ``examined`` says that
    it can only be of the city's own: a window, an account. A form may say so for all its texts.
    """

    look = "text"
    input_type = "text"
    kept = ""

    def __init__(
        self,
        label: object = None,
        *,
        max_length: int = 100,
        fold: bool = False,
        width: str = "",
        autocomplete: str = "off",
        inputmode: str = "",
        examined: bool = True,
        **options: Any,
    ) -> None:
        super().__init__(label, **options)
        self.examined = examined and not fold and getattr(options.get("_form"), "examines_texts", True)
        self.typed = ""
        self.found: identity.Asking | None = None
        self.max_length = max_length
        self.fold = fold
        self.width = width
        self.autocomplete = autocomplete
        self.inputmode = inputmode

    @property
    def identity_url(self) -> str:
        """Where a script asks about what is being typed, "" for a text that is not read for identity."""
        return identity.address() if self.examined else ""

    def process(self, formdata: Any, *args: Any, **options: Any) -> None:
        """Read the text, and what the page sends beside it when the writer lets a warning pass."""
        beside = () if formdata is None else ("sure", "why", "seen")
        self.beside = {f"{self.name}-{part}": formdata.get(f"{self.name}-{part}", "") for part in beside}
        super().process(formdata, *args, **options)

    def process_data(self, value: Any) -> None:
        """Take a stored text; None is the empty text."""
        self.data = "" if value is None else str(value)

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        """Read what was typed; what cannot be stored is taken out and said."""
        # The tabs of a pasted row tell its columns: they are read, and only then become blanks.
        plain = (valuelist[0] if valuelist else "").replace("\r\n", "\n").replace("\r", "\n")
        self.typed = without_control_characters(plain, keep="\n\t").strip()
        typed = self.tidy(valuelist[0] if valuelist else "")
        self.data = without_control_characters(typed, keep=self.kept).strip()
        if self.data != typed.strip():
            raise ValueError(self.sentence(UNUSABLE))

    def tidy(self, typed: str) -> str:
        """Return the text on one line, folded when this field holds a code."""
        line = re.sub(r"[\r\n\t]+", " ", typed)
        return unicodedata.normalize("NFKC", line) if self.fold else line

    def check(self, form: Any) -> None:
        """Refuse a text that is too long (characters count, not bytes), or that may tell of whom it is."""
        if len(self.data) > self.max_length:
            raise self.refusal(TOO_LONG, most=self.max_length, count=len(self.data))
        if self.examined:
            self.check_identity()

    def check_identity(self) -> None:
        """Refuse words that tell who somebody is, and doubtful ones until the writer says that they do not.

        A text that was there before and was not touched has been answered for.
        """
        found = identity.asking(self.name, self.typed, self.beside)
        if not found.findings or (self.data == self.object_data and not found.is_blocked):
            return
        self.found = found
        if found.passed is not None:
            identity.let_through(found.passed)
            return
        self.data = self.typed
        if found.is_blocked:
            raise self.refusal(BLOCKED)
        raise self.refusal(NO_REASON if found.is_sure and found.was_seen else DOUBTFUL)


class MemoField(TextField):
    """A short note of several lines, optional unless said otherwise."""

    look = "memo"
    kept = "\n"

    def __init__(
        self, label: object = None, *, required: bool = False, max_length: int = 200, **options: Any
    ) -> None:
        super().__init__(label, required=required, max_length=max_length, **options)

    def tidy(self, typed: str) -> str:
        """Return the text with plain line ends; prose is never folded."""
        return typed.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")


class PasswordField(Asked):
    """A secret: never trimmed, never shown again."""

    look = "password"

    def __init__(
        self,
        label: object = None,
        *,
        max_length: int = 200,
        autocomplete: str = "current-password",
        **options: Any,
    ) -> None:
        super().__init__(label, **options)
        self.max_length = max_length
        self.autocomplete = autocomplete

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        """Take the secret exactly as typed."""
        self.data = valuelist[0] if valuelist else ""

    def check(self, form: Any) -> None:
        """Refuse a secret so long that hashing it would be an attack."""
        if len(self.data) > self.max_length:
            raise self.refusal(TOO_LONG, most=self.max_length, count=len(self.data))


class NumberField(Asked):
    """A number typed with or without separators, in any width; ``data`` is int, with ``decimals`` Decimal."""

    look = "number"
    input_type = "text"

    def __init__(
        self,
        label: object = None,
        *,
        least: int = 0,
        most: int = 1_000_000_000,
        decimals: int = 0,
        unit: object = "",
        **options: Any,
    ) -> None:
        super().__init__(label, **options)
        self.least = least
        self.most = most
        self.decimals = decimals
        self.unit = unit
        self.typed = ""

    def process_data(self, value: Any) -> None:
        """Take a stored number."""
        self.data = value
        self.typed = "" if value is None else f"{value:f}" if isinstance(value, Decimal) else str(value)

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        """Read the number typed; the text is kept as it was."""
        self.typed = without_control_characters(valuelist[0] if valuelist else "").strip()
        self.data = self.read(self.typed)

    def read(self, typed: str) -> int | Decimal | None:
        """Return the number that a text says, None when it is empty; ValueError with a sentence."""
        unit = str(self.unit).strip()
        folded = re.sub(r"\s", "", unicodedata.normalize("NFKC", typed[:40])).removesuffix(unit)
        if not folded:
            return None
        if not NUMBER.fullmatch(folded):
            raise ValueError(self.sentence(N_("%(label)sは数字で入力してください。")))
        number = Decimal(folded.replace(",", ""))
        places = len(folded.partition(".")[2])
        if places > self.decimals:
            if self.decimals == 0:
                raise ValueError(self.sentence(N_("%(label)sは小数のない数で入力してください。")))
            words = N_("%(label)sの小数は%(decimals)sけたまでで入力してください。")
            raise ValueError(self.sentence(words, decimals=self.decimals))
        return number if self.decimals else int(number)

    def check(self, form: Any) -> None:
        """Refuse a number outside the range."""
        if not self.least <= self.data <= self.most:
            words = N_("%(label)sは%(least)sから%(most)sまでの数を入力してください。")
            raise self.refusal(words, least=f"{self.least:,}", most=f"{self.most:,}")


class MinutesField(NumberField):
    """How long it took, in minutes from 1 to 600: buttons for the usual ones, a field for any other."""

    look = "minutes"
    nothing = N_("%(label)sを選ぶか、分の数を入力してください。")

    def __init__(
        self, label: object = None, *, buttons: Sequence[int] = (15, 20, 30, 45, 60, 90), **options: Any
    ) -> None:
        super().__init__(label, least=1, most=600, unit=lazy_gettext("分"), **options)
        self.buttons = tuple(buttons)

    @property
    def pick_name(self) -> str:
        """Name under which the chosen button is sent."""
        return f"{self.name}-pick"

    @property
    def names(self) -> tuple[str, ...]:
        """Names under which a page sends this field."""
        return (self.name, self.pick_name)

    @property
    def anchor(self) -> str:
        """The id that the summary of errors links to."""
        return f"{self.id}-1" if self.buttons else str(self.id)

    @property
    def options(self) -> list[Option]:
        """The buttons; none is chosen when something was typed that is not among them."""
        return [
            Option(value=str(number), text=str(number), chosen=number == self.data and self.is_button())
            for number in self.buttons
        ]

    def is_button(self) -> bool:
        """Tell whether the answer is one of the buttons, so that the free field stays empty."""
        return not self.process_errors and self.data in self.buttons

    def process(self, formdata: Any, *args: Any, **options: Any) -> None:
        """Read the button and the free field; what was typed is more explicit than a button left chosen."""
        self.picked = formdata.get(self.pick_name, "") if formdata is not None else ""
        super().process(formdata, *args, **options)

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        """Take the free field, else the button."""
        typed = (valuelist[0] if valuelist else "").strip()
        super().process_formdata([typed or self.picked])
