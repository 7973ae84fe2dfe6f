"""The plan as one fiscal year sees it: results of that year, targets of the next two; frozen and pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Final

from app.foundation.errors import NotFound
from app.plan.vocabulary import Counting, ResultKind, ResultSource, TargetSense

REPEATED: Final = "（再掲）"


@dataclass(frozen=True, kw_only=True)
class Words:
    """A text of the plan in Japanese and English."""

    ja: str
    en: str

    def __bool__(self) -> bool:
        return bool(self.ja)

    def label(self, locale: str) -> str:
        """Return the text for a locale; all but English read Japanese, as does a missing English."""
        return self.en if self.en and str(locale).lower().startswith("en") else self.ja


NO_WORDS: Final = Words(ja="", en="")


@dataclass(frozen=True, kw_only=True)
class OfficeView:
    """A department responsible (所管課)."""

    id: int
    key: str
    name: Words


@dataclass(frozen=True, kw_only=True)
class NoteView:
    """A note under the table; ``number`` is its mark: ※1, ※2, …."""

    number: int
    text: Words


@dataclass(frozen=True, kw_only=True)
class ResultView:
    """One kept yearly figure; ``printed`` is the word that stands in print instead (なし), else ""."""

    fiscal_year: int
    value: Decimal
    printed: str
    kind: ResultKind
    entered_at: datetime
    version: int


@dataclass(frozen=True, kw_only=True)
class TargetView:
    """A target and the fiscal years for which it holds; ``note`` says whose it is when not the plan's own."""

    first_fiscal_year: int
    last_fiscal_year: int
    value: Decimal
    sense: TargetSense
    note: Words


@dataclass(frozen=True, kw_only=True)
class PartView:
    """One part of an indicator; the parts of a year sum to its whole."""

    key: str
    label: Words
    actual: ResultView | None


@dataclass(frozen=True, kw_only=True)
class IndicatorView:
    """An indicator under one measure: the kept figure of N, targets of N+1 and N+2, numbers of notes."""

    key: str
    label: Words
    unit: Words
    decimals: int
    counting: Counting
    source: ResultSource
    parts: tuple[PartView, ...]
    # None: nothing is kept here; figures of records and of the map are counted in kpi.
    actual: ResultView | None
    next_target: TargetView | None
    second_target: TargetView | None
    notes: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class MeasureView:
    """A measure (事業) as the table's row shows it; a repeated one (再掲) shows the other's figures."""

    number: int
    code: str
    title: Words
    # What the plan's table prints; it differs from the chapter's title in places.
    title_in_table: Words
    description: Words
    audience: Words
    offices: tuple[OfficeView, ...]
    indicators: tuple[IndicatorView, ...]
    actual_text: Words
    next_target_text: Words
    second_target_text: Words
    # Code of the measure that this one repeats; indicators and texts above are then that measure's.
    repeats: str | None
    title_notes: tuple[int, ...]
    audience_notes: tuple[int, ...]

    @property
    def bare_title(self) -> Words:
        """Title in the table without its （再掲）, for pages that show 再掲 as a mark."""
        title = self.title_in_table
        return Words(ja=title.ja.replace(REPEATED, ""), en=title.en.replace(" (repeated)", ""))

    @property
    def one_target(self) -> bool:
        """Whether both target years say the same, so that one cell holds for both."""
        same = all(i.next_target == i.second_target for i in self.indicators)
        return same and self.next_target_text == self.second_target_text


@dataclass(frozen=True, kw_only=True)
class ThemeView:
    """A theme with its measures."""

    number: int
    title: Words
    measures: tuple[MeasureView, ...]


@dataclass(frozen=True, kw_only=True)
class PolicyView:
    """A basic policy (基本方針) with its themes."""

    number: int
    title: Words
    themes: tuple[ThemeView, ...]


@dataclass(frozen=True, kw_only=True)
class BesideView:
    """Support outside the plan's measures that is watched as needed; text only."""

    title: Words
    office: OfficeView


@dataclass(frozen=True, kw_only=True)
class PlanView:
    """A plan and its period."""

    key: str
    title: Words
    city: str
    local_government_code: str
    base_policy: str
    first_fiscal_year: int
    last_fiscal_year: int


@dataclass(frozen=True, kw_only=True)
class Register:
    """The plan's table for one fiscal year N; ``continued`` when N lies past the plan's own period."""

    plan: PlanView
    fiscal_year: int
    policies: tuple[PolicyView, ...]
    notes: tuple[NoteView, ...]
    beside: tuple[BesideView, ...]

    @property
    def continued(self) -> bool:
        """Whether the plan's own period is over and it goes on for want of a newer one."""
        return self.fiscal_year > self.plan.last_fiscal_year

    @property
    def measures(self) -> Iterator[MeasureView]:
        """Every measure in the order of the table."""
        return (m for policy in self.policies for theme in policy.themes for m in theme.measures)

    def measure(self, code: str) -> MeasureView:
        """Return the measure of a code such as 2-6; raises NotFound."""
        for measure in self.measures:
            if measure.code == code:
                return measure
        raise NotFound
