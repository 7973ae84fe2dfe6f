"""Page numbers of long lists; pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Generic, TypeVar

Item = TypeVar("Item")

PAGE_SIZE: Final = 50
FARTHEST: Final = 100_000


@dataclass(frozen=True, kw_only=True)
class Page(Generic[Item]):
    """One page of a list: its items and where it stands; pages count from 1."""

    items: Sequence[Item]
    number: int
    size: int
    total: int

    @classmethod
    def of(cls, items: Sequence[Item], *, total: int, number: int = 1, size: int = PAGE_SIZE) -> "Page[Item]":
        """Return the page that shows ``items`` out of ``total``."""
        return cls(items=items, number=number, size=size, total=total)

    @property
    def count(self) -> int:
        """Number of pages, at least one."""
        return max(1, -(-self.total // self.size))

    @property
    def first(self) -> int:
        """Position of the first item shown, 0 when the page is empty."""
        return offset_of(self.number, self.size) + 1 if self.items else 0

    @property
    def last(self) -> int:
        """Position of the last item shown, 0 when the page is empty."""
        return self.first + len(self.items) - 1 if self.items else 0

    @property
    def previous(self) -> int | None:
        """Number of the page before; from beyond the end it leads back to the last page."""
        return min(self.number - 1, self.count) if self.number > 1 else None

    @property
    def following(self) -> int | None:
        """Number of the page after."""
        return self.number + 1 if self.number < self.count else None

    @property
    def shown(self) -> list[int | None]:
        """Page numbers to offer: the ends and two on each side; None stands for a gap."""
        near = {1, self.count, *range(max(1, self.number - 2), min(self.count, self.number + 2) + 1)}
        numbers: list[int | None] = []
        for number in sorted(near):
            before = numbers[-1] if numbers else None
            if before is not None and number - before == 2:
                numbers.append(number - 1)
            elif before is not None and number - before > 2:
                numbers.append(None)
            numbers.append(number)
        return numbers


def offset_of(number: int, size: int = PAGE_SIZE) -> int:
    """Return how many items come before a page."""
    return (number - 1) * size


def page_number(args: Mapping[str, str], name: str = "page") -> int:
    """Read the page number of a query string; anything unreadable is the first page."""
    text = args.get(name, "")
    if not (text.isascii() and text.isdigit() and len(text) <= 6):
        return 1
    return min(max(1, int(text)), FARTHEST)
