"""What a benchmark returns."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, kw_only=True)
class Result:
    """One measured value beside what it must reach and what it aims at."""

    name: str
    value: float
    unit: str
    must: float | None = None
    goal: float | None = None
    better: Literal["lower", "higher"] = "lower"

    @property
    def ok(self) -> bool:
        """Tell whether the value reaches what it must (always, where nothing was demanded)."""
        if self.must is None:
            return True
        return self.value <= self.must if self.better == "lower" else self.value >= self.must

    def as_json(self) -> dict[str, object]:
        """Return the fields that other programs rely on."""
        return {
            "name": self.name,
            "value": self.value,
            "unit": self.unit,
            "must": self.must,
            "goal": self.goal,
            "ok": self.ok,
        }
