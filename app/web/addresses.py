"""Numbers in addresses: none is larger than what the database can look for."""

from typing import Any, Final

from flask import Flask
from werkzeug.routing import IntegerConverter, Map

LARGEST: Final = 2**31 - 1


class BoundedNumber(IntegerConverter):
    """A number that fits the database's integers; a larger one names no page instead of breaking one."""

    def __init__(self, url_map: Map, *given: Any, **options: Any) -> None:
        super().__init__(url_map, *given, **options)
        self.max = LARGEST if self.max is None else min(self.max, LARGEST)


def register(app: Flask) -> None:
    """Bound every ``<int:…>`` of an application; asked for before the first address is added."""
    app.url_map.converters["int"] = BoundedNumber
