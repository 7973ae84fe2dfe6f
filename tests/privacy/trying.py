"""One trial of the disclosure gate: publish, attack, publish again, attack both."""

from dataclasses import dataclass
from time import process_time

from app.privacy.disclosure import attack, audit, decide
from app.privacy.disclosure_ledger import Released, joined
from app.privacy.disclosure_tables import Tables
from tests.privacy.disclosing import Story


@dataclass(frozen=True)
class Outcome:
    """What came of one story; counts of cells unless said otherwise."""

    kind: str
    cells: int
    small: int
    withheld: int
    level: int
    # Of the processor, so that a busy machine does not count.
    seconds: float
    # Known too well to anybody, and to who is alone in another cell.
    narrowed: int
    narrowed_to_insider: int
    # Whether hiding nothing but the small cells would have been broken, and whether it gave one away exactly.
    broken: bool
    exact: bool
    second_level: int | None = None
    # Small cells or small changes known too well once both releases lie side by side.
    differenced: int = 0


def try_story(story: Story, threshold: int = 10, *, twice: bool) -> Outcome:
    """Publish the first tables and, if ``twice``, the later ones; attack what was printed."""
    begun = process_time()
    decision = decide(story.first, threshold)
    seconds = process_time() - begun
    printed = released(story.first, decision.withheld, decision.blank)
    found = audit(printed, decision.withheld, threshold)
    small = story.first.primaries(threshold)
    only = [span for span in attack(story.first, small, threshold) if span.name in small]
    level, differenced = second(story, decision.withheld, decision.blank, threshold) if twice else (None, 0)
    return Outcome(
        kind=story.kind,
        cells=len(story.first.cells),
        small=len(small),
        withheld=len(decision.withheld),
        level=decision.level,
        seconds=seconds,
        narrowed=sum(span.insider is None for span in found),
        narrowed_to_insider=sum(span.insider is not None for span in found),
        broken=any(not span.is_wide(threshold) for span in only),
        exact=any(span.least == span.most for span in only),
        second_level=level,
        differenced=differenced,
    )


def released(tables: Tables, withheld: frozenset[str], blank: frozenset[str]) -> Tables:
    """Return the tables with their lines taken away as they were."""
    return tables.blanked(blank & withheld)


def second(story: Story, withheld: frozenset[str], blank: frozenset[str], threshold: int) -> tuple[int, int]:
    """Publish the later tables; return how much went and how many cells both releases betray together.

    Where the later release prints nothing that has changed, nothing more can be learnt from it.
    """
    system = joined([Released(story.first, withheld, blank)], story.second)
    decision = decide(system, threshold)
    first, later = story.first.cells, story.second.cells
    seen_in_both = first.keys() - withheld - decision.withheld
    by_eye = sum(0 < abs(first[name].value - later[name].value) < threshold for name in seen_in_both)
    if decision.past:
        changed = {name for name in first if first[name].value != later[name].value}
        return decision.level, by_eye + len(changed - decision.withheld)
    gone = released(system, decision.withheld, decision.blank)
    return decision.level, by_eye + len(audit(gone, decision.withheld, threshold))
