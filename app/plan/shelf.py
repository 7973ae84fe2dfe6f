"""Rows that must be there: made where missing, corrected where they differ."""

from collections import Counter
from collections.abc import Hashable, Iterable
from typing import Any, TypeVar

from sqlalchemy import select

from app.foundation.db import Base, db

Row = TypeVar("Row", bound=Base)


class Shelf:
    """The rows there are, found by what tells them apart, and a count of what was made or corrected."""

    def __init__(self) -> None:
        self.made: Counter[str] = Counter()
        self.corrected: Counter[str] = Counter()

    def keep(
        self, model: type[Row], names: Iterable[dict[str, Any]], facts: Iterable[dict[str, Any]]
    ) -> list[Row]:
        """Return the rows told apart by ``names``, each holding its ``facts``; made where missing."""
        wanted = list(zip(names, facts, strict=True))
        if not wanted:
            return []
        keys = tuple(wanted[0][0])
        known: dict[tuple[Hashable, ...], Row] = {
            tuple(getattr(row, key) for key in keys): row for row in db.session.scalars(select(model))
        }
        rows = [self._row(model, known.get(tuple(name.values())), name, fact) for name, fact in wanted]
        db.session.flush()
        return rows

    def make(self, model: type[Row], facts: Iterable[dict[str, Any]]) -> None:
        """Make rows."""
        for fact in facts:
            self._row(model, None, {}, fact)
        db.session.flush()

    def _row(self, model: type[Row], row: Row | None, name: dict[str, Any], facts: dict[str, Any]) -> Row:
        table = model.__tablename__
        if row is None:
            row = model(**name, **facts)
            db.session.add(row)
            self.made[table] += 1
            return row
        changed = {key: value for key, value in facts.items() if getattr(row, key) != value}
        for key, value in changed.items():
            setattr(row, key, value)
        self.corrected[table] += bool(changed)
        return row
