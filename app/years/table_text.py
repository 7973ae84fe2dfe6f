"""The plan's table as a text that is kept, and back: whatever was printed can be printed again; pure."""

import hashlib
import json
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from app.kpi.table import PlanTable

SEPARATORS = (",", ":")


def text_of(table: PlanTable) -> str:
    """Return the table as text, the same for the same table."""
    return json.dumps(plain(table), ensure_ascii=False, sort_keys=True, separators=SEPARATORS)


def table_of(text: str) -> PlanTable:
    """Return the table that a text holds; fields added to tables since then have their default."""
    found = built(PlanTable, json.loads(text))
    if not isinstance(found, PlanTable):
        raise TypeError("no table was kept")
    return found


def digest(text: str) -> str:
    """Return the SHA-256 of a text in hex."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def plain(value: Any) -> Any:
    """Return a value as JSON knows it."""
    if is_dataclass(value):
        return {one.name: plain(getattr(value, one.name)) for one in fields(value)}
    if isinstance(value, tuple):
        return [plain(one) for one in value]
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    return value


def built(kind: Any, value: Any) -> Any:
    """Return a value of a type out of what JSON knows."""
    if value is None:
        return None
    if get_origin(kind) in (Union, UnionType):
        (kind,) = (one for one in get_args(kind) if one is not type(None))
    if get_origin(kind) is tuple:
        return tuple(built(get_args(kind)[0], one) for one in value)
    if isinstance(kind, type) and is_dataclass(kind):
        hints = get_type_hints(kind)
        return kind(**{name: built(hints[name], part) for name, part in value.items() if name in hints})
    return read(kind, value)


def read(kind: type, value: Any) -> Any:
    """Return a single value."""
    if issubclass(kind, Enum | Decimal):
        return kind(value)
    return kind.fromisoformat(value) if issubclass(kind, date | datetime) else value
