"""A day: 今日/昨日 as buttons, 年 月 日 as three numbers, or one text that reads R8.4.1, 4/1 or きのう."""

import unicodedata
from datetime import date, timedelta
from typing import Any, Final

from flask_babel import gettext as _

from app.foundation import clock, text
from app.foundation.errors import N_, DomainError
from app.foundation.fiscal_year import EARLIEST, LATEST, fiscal_year_of
from app.web.asking import Asked, Option, without_control_characters
from app.web.filters import day as written_day
from app.web.filters import fiscal_year_label

OTHER: Final = "other"
PARTS: Final = ("year", "month", "date")
PART_WORDS: Final = {"year": N_("年"), "month": N_("月"), "date": N_("日")}
LONGEST: Final = 40


class DayField(Asked):
    """A day; ``data`` is a date or None, what was typed is kept beside it.

    ``ahead`` reads 4/1 as the next one instead of the last one and offers no 昨日.
    A button sends the day itself and not the word 今日: a page opened before midnight, or a draft taken up
    tomorrow, still means the day that its reader saw.
    """

    look = "day"

    def __init__(
        self,
        label: object = None,
        *,
        not_future: bool = False,
        ahead: bool = False,
        shortcuts: bool | None = None,
        **options: Any,
    ) -> None:
        super().__init__(label, **options)
        self.not_future = not_future
        self.ahead = ahead
        self.shortcuts = not ahead if shortcuts is None else shortcuts
        self.typed = dict.fromkeys(("text", *PARTS), "")
        self.picked = ""

    @property
    def names(self) -> tuple[str, ...]:
        """Names under which a page sends this field: the text, the button, the three numbers."""
        return (self.name, self.pick_name, *(self.part_name(part) for part in PARTS))

    @property
    def pick_name(self) -> str:
        """Name under which the chosen button is sent."""
        return f"{self.name}-pick"

    def part_name(self, part: str) -> str:
        """Name under which year, month or date is sent."""
        return f"{self.name}-{part}"

    @property
    def anchor(self) -> str:
        """The id that the summary of errors links to."""
        return f"{self.id}-1" if self.shortcuts else f"{self.id}-year"

    @property
    def options(self) -> list[Option]:
        """The buttons 今日 and 昨日, and ほかの日 which opens the fields."""
        today = clock.today()
        near = {today.isoformat(): _("今日"), (today - timedelta(days=1)).isoformat(): _("昨日")}
        picked = self.picked if self.picked in near else OTHER
        if not self.picked and self.data is None and not any(self.typed.values()):
            picked = ""
        words = {**near, OTHER: _("ほかの日")}
        return [Option(value=value, text=word, chosen=picked == value) for value, word in words.items()]

    @property
    def echo(self) -> str:
        """The day as it was understood, with weekday and era."""
        return written_day(self.data)

    @property
    def year_echo(self) -> str:
        """The fiscal year in which the day counts, where it is not the running one."""
        if self.data is None:
            return ""
        year = fiscal_year_of(self.data)
        # The first days of all lie in a fiscal year before all years.
        is_named = EARLIEST <= year <= LATEST and year != fiscal_year_of(clock.today())
        return fiscal_year_label(self.data) if is_named else ""

    @property
    def example(self) -> str:
        """A western year that fits today, for the help line."""
        return str(clock.today().year)

    def process_data(self, value: Any) -> None:
        """Take a stored day and show it as three numbers."""
        self.data = value
        self.fill(value)

    def fill(self, value: date | None) -> None:
        """Write a day into button and fields."""
        self.typed = dict.fromkeys(("text", *PARTS), "")
        self.picked = "" if value is None else value.isoformat()
        if value is not None:
            self.typed.update(year=str(value.year), month=str(value.month), date=str(value.day))

    def process(self, formdata: Any, *args: Any, **options: Any) -> None:
        """Take the stored day, then what the page sent."""
        super().process(None, *args, **options)
        if formdata is None:
            return
        self.raw_data = formdata.getlist(self.name)
        sent = {part: formdata.get(self.part_name(part), "") for part in PARTS}
        self.typed = {
            part: without_control_characters(words)[:LONGEST].strip()
            for part, words in {"text": formdata.get(self.name, ""), **sent}.items()
        }
        self.picked = formdata.get(self.pick_name, "")
        self.data = None
        try:
            self.data = self.read()
        except DomainError as error:
            self.process_errors.append(error.text(_))
        except ValueError as error:
            self.process_errors.append(str(error))

    def read(self) -> date | None:
        """Return the day meant: a button, else the text, else the three numbers; ValueError, DomainError."""
        if self.picked and self.picked != OTHER:
            return self.read_button()
        from_text = self.read_text()
        from_parts = self.read_parts()
        if from_text and from_parts and from_text != from_parts:
            words = N_("%(label)sが二とおり書かれています。年月日か文字か、どちらか一つにしてください。")
            raise ValueError(self.sentence(words))
        return from_text or from_parts

    def read_text(self) -> date | None:
        """Return the day of the text, None when it is empty; DomainError with a sentence."""
        typed = self.typed["text"]
        return text.parse_day(typed, today=clock.today(), ahead=self.ahead) if typed else None

    def read_button(self) -> date:
        """Return the day that a button sent."""
        try:
            on = date.fromisoformat(self.picked)
        except ValueError:
            raise ValueError(self.sentence(N_("%(label)sを選びなおしてください。"))) from None
        self.fill(on)
        return on

    def read_parts(self) -> date | None:
        """Return the day of the three numbers, None when all are empty; ValueError with a sentence."""
        if not any(self.typed[part] for part in PARTS):
            return None
        year, month, number = (self.read_part(part) for part in PARTS)
        if not 1900 <= year <= 2199:
            words = N_("年は西暦の4けたで入力してください（例 %(example)s）。")
            raise ValueError(_(words, example=self.example))
        try:
            return date(year, month, number)
        except ValueError:
            words = N_("%(year)s年%(month)s月%(date)s日という日はありません。日付を確かめてください。")
            raise ValueError(_(words, year=year, month=month, date=number)) from None

    def read_part(self, part: str) -> int:
        """Return one of the three numbers; ValueError with a sentence that names it."""
        typed = unicodedata.normalize("NFKC", self.typed[part])
        if not typed:
            words = N_("%(label)sの「%(part)s」を入力してください。")
        elif not (typed.isascii() and typed.isdigit() and len(typed) <= 4):
            words = N_("%(label)sの「%(part)s」は数字で入力してください。")
        else:
            return int(typed)
        raise ValueError(self.sentence(words, part=_(PART_WORDS[part])))

    def check(self, form: Any) -> None:
        """Refuse a day to come where the thing must have happened."""
        if self.not_future and self.data > clock.today():
            words = N_("%(day)sは今日より後です。日付を確かめてください。")
            raise self.refusal(words, day=written_day(self.data))
