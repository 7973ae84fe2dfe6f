"""The table of a restatement: chosen figures and texts as they are now, with what is said of them."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from app.kpi import notation
from app.kpi.remarks import key_of, with_remarks
from app.kpi.table import FigureCell, Place, PlanTable, Remark, Said, TableRow, with_rows
from app.kpi.vocabulary import RemarkKind
from app.plan.register import Words
from app.years.corrections import corrections_of
from app.years.freezing_changes import Change, TextChange

LANGUAGES = ("ja", "en")
TEXT = Words(ja="実績のことば", en="Results in words")


@dataclass(frozen=True, kw_only=True)
class Decision:
    """Why figures and texts are restated, in which edition, and who proposed and approved it."""

    edition: int
    reason: str
    proposed_by: str
    approved_by: str


def restated(
    table: PlanTable, figures: Sequence[Change], texts: Sequence[TextChange], decision: Decision
) -> PlanTable:
    """Return the next edition's table: what was chosen as it is now, everything else as it was settled."""
    made = with_texts(with_figures(table, figures), texts)
    now = [*remarks_kept(made, figures), *figure_remarks(figures, decision), *text_remarks(texts, decision)]
    return with_remarks(made, now)


def with_figures(table: PlanTable, changes: Sequence[Change]) -> PlanTable:
    """Return a table with the changed figures in it, in the rows of 再掲 too."""
    new = {(one.measure.code, one.key): one.now for one in changes}

    def renewed(row: TableRow) -> TableRow:
        holder = row.measure.repeats or row.measure.code
        return replace(row, figures=tuple(new.get((holder, one.indicator.key), one) for one in row.figures))

    return with_rows(table, renewed)


def with_texts(table: PlanTable, changes: Sequence[TextChange]) -> PlanTable:
    """Return a table with the changed texts in it, in the rows of 再掲 too."""
    new = {one.measure.code: one.now for one in changes}

    def renewed(row: TableRow) -> TableRow:
        holder = row.measure.repeats or row.measure.code
        text = new.get(holder, row.measure.actual_text)
        return replace(row, measure=replace(row.measure, actual_text=text))

    return with_rows(table, renewed)


def remarks_kept(table: PlanTable, changes: Sequence[Change]) -> Iterator[Remark]:
    """Return what is said already; of a figure that is restated, its corrections as they stand now."""
    chosen = {one.key for one in changes}
    yield from (
        one
        for one in table.remarks
        if one.kind is not RemarkKind.CORRECTED or one.places[0].indicator not in chosen
    )
    yield from (one for one in corrections_of(table) if one.places[0].indicator in chosen)


def figure_remarks(changes: Sequence[Change], decision: Decision) -> Iterator[Remark]:
    """Return a remark for each indicator that reads otherwise, whole and parts in one."""
    for key in dict.fromkeys(one.key for one in changes):
        told = [
            (Place(measure=one.measure.code, indicator=key, part=now.part), said_of(before, now))
            for one in changes
            if one.key == key
            for before, now in differing(one)
        ]
        if told:
            yield remark([place for place, _said in told], [said for _place, said in told], decision)


def text_remarks(changes: Iterable[TextChange], decision: Decision) -> Iterator[Remark]:
    """Return a remark for each text."""
    for one in changes:
        said = Said(label=TEXT, before=one.before, now=one.now)
        yield remark([Place(measure=one.measure.code)], [said], decision)


def remark(places: Sequence[Place], said: Sequence[Said], decision: Decision) -> Remark:
    """Return a restatement as it stands below the table; what is the same under two measures is said once."""
    return Remark(
        kind=RemarkKind.RESTATED,
        places=tuple({key_of(one): one for one in places}.values()),
        said=tuple(dict.fromkeys(said)),
        reason=decision.reason,
        edition=decision.edition,
        proposed_by=decision.proposed_by,
        approved_by=decision.approved_by,
    )


def differing(change: Change) -> list[tuple[FigureCell | None, FigureCell]]:
    """Return the whole and the parts that read otherwise than they were settled."""
    was = {one.part: one for one in change.before.with_parts()}
    return [
        (was.get(now.part), now)
        for now in change.now.with_parts()
        if now.part not in was or (was[now.part].value, was[now.part].printed) != (now.value, now.printed)
    ]


def said_of(before: FigureCell | None, now: FigureCell) -> Said:
    """Return what a figure was and is, as it is printed."""
    return Said(
        label=now.label,
        before=printed(before) if before else Words(ja="", en=""),
        now=printed(now),
    )


def printed(cell: FigureCell) -> Words:
    """Return a figure as the table prints it."""
    ja, en = (notation.figure_words(cell, lang) for lang in LANGUAGES)
    return Words(ja=ja, en=en)
