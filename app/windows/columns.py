"""How lists of codes, weekly hours and closings are stored: as plain text that a person can read."""

from collections.abc import Iterable

from sqlalchemy import Dialect, Text
from sqlalchemy.types import TypeDecorator

from app.foundation.labels import LabelledEnum
from app.windows.hours import Closing, WeeklyHours, closing_text, read_stored_closings


class Codes(TypeDecorator[tuple[LabelledEnum, ...]]):
    """Several members of an enumeration, in its order, as their codes with spaces between."""

    impl = Text
    cache_ok = True

    def __init__(self, enumeration: type[LabelledEnum]) -> None:
        super().__init__()
        self.enumeration = enumeration

    def process_bind_param(self, value: Iterable[str] | None, dialect: Dialect) -> str:
        """Store the codes; one outside the enumeration raises ValueError."""
        chosen = [self.member(one) for one in value or ()]
        return " ".join(member.value for member in self.enumeration if member in chosen)

    def process_result_value(self, value: str | None, dialect: Dialect) -> tuple[LabelledEnum, ...]:
        """Return the members."""
        return tuple(self.member(code) for code in (value or "").split())

    def member(self, code: str) -> LabelledEnum:
        """Return the member of a code; ValueError when there is none."""
        found = self.enumeration.find(code)
        if found is None:
            raise ValueError(f"{code!r} is no {self.enumeration.__name__}")
        return found


class Hours(TypeDecorator[WeeklyHours]):
    """Weekly hours; the empty text means that nobody knows them."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: WeeklyHours | None, dialect: Dialect) -> str:
        """Store the hours."""
        return "" if value is None else value.text

    def process_result_value(self, value: str | None, dialect: Dialect) -> WeeklyHours | None:
        """Return the hours."""
        return WeeklyHours.read(value) if value else None


class Closings(TypeDecorator[tuple[Closing, ...]]):
    """Special closings, one a line: first day, last day, reason."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Iterable[Closing] | None, dialect: Dialect) -> str:
        """Store the closings."""
        return "\n".join(closing_text(closing) for closing in sorted(value or ()))

    def process_result_value(self, value: str | None, dialect: Dialect) -> tuple[Closing, ...]:
        """Return the closings."""
        return read_stored_closings(value or "")
