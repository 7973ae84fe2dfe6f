"""Reading a plan file (TOML) into facts; it is taken whole or refused with the place of its fault."""

import tomllib
from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from app.foundation.errors import N_
from app.plan.plan_checks import check
from app.plan.plan_facts import (
    BesideFacts,
    DepartmentFacts,
    FigureFacts,
    IndicatorFacts,
    MarkFacts,
    MeasureFacts,
    NoteFacts,
    PartFacts,
    PlanFacts,
    PolicyFacts,
    TargetFacts,
    TextFacts,
    ThemeFacts,
)
from app.plan.register import NO_WORDS, PlanView, Words
from app.plan.toml_table import PlanFileError, Table
from app.plan.vocabulary import Counting, NotePlace, PrintedWord, ResultSource, TargetSense, TextKind
from app.situation.programme import Programme

NOT_TOML: Final = N_("計画ファイルは TOML として読み取れません：%(reason)s")


def read_plan(text: str) -> PlanFacts:
    """Return what a plan file says.

    Raises:
        PlanFileError: the file is broken or contradicts itself; the sentence names the place.
    """
    try:
        top = Table(tomllib.loads(text, parse_float=Decimal), "")
    except tomllib.TOMLDecodeError as error:
        raise PlanFileError(NOT_TOML, reason=str(error)) from None
    facts = PlanFacts(
        plan=_plan(top.table("plan")),
        departments=tuple(_department(one) for one in top.tables("departments")),
        indicators=tuple(_indicator(one) for one in top.tables("indicators")),
        policies=tuple(_policy(one) for one in top.tables("policies")),
        measures=tuple(_measure(one) for one in top.tables("measures")),
        notes=tuple(_note(one) for one in top.tables("notes")),
        beside=tuple(_beside(one) for one in top.tables("beside")),
    )
    top.done()
    check(facts)
    return facts


def _words(table: Table, name: str) -> Words:
    return Words(ja=table.text(name), en=table.text(f"{name}_en"))


def _words_or(table: Table, name: str, default: Words) -> Words:
    return _words(table, name) if name in table.values else default


def _plan(table: Table) -> PlanView:
    plan = PlanView(
        key=table.text("key"),
        title=_words(table, "title"),
        city=table.text("city"),
        local_government_code=table.text("local_government_code"),
        base_policy=table.text("base_policy"),
        first_fiscal_year=table.year("first_fiscal_year"),
        last_fiscal_year=table.year("last_fiscal_year"),
    )
    table.done()
    return plan


def _department(table: Table) -> DepartmentFacts:
    has_one = "programme" in table.values
    facts = DepartmentFacts(
        key=table.text("key"),
        name=_words(table, "name"),
        programme=table.member("programme", Programme) if has_one else None,
    )
    table.done()
    return facts


def _indicator(table: Table) -> IndicatorFacts:
    facts = IndicatorFacts(
        key=table.text("key"),
        label=_words(table, "label"),
        unit=_words(table, "unit"),
        decimals=table.whole("decimals", 0),
        counting=table.member("counting", Counting),
        source=table.member("source", ResultSource),
        parts=tuple(_part(one) for one in table.tables("parts")),
    )
    table.done()
    return facts


def _part(table: Table) -> PartFacts:
    facts = PartFacts(key=table.text("key"), label=_words(table, "label"))
    table.done()
    return facts


def _policy(table: Table) -> PolicyFacts:
    facts = PolicyFacts(
        number=table.whole("number"),
        title=_words(table, "title"),
        themes=tuple(_theme(one) for one in table.tables("themes")),
    )
    table.done()
    return facts


def _theme(table: Table) -> ThemeFacts:
    facts = ThemeFacts(number=table.whole("number"), title=_words(table, "title"))
    table.done()
    return facts


def _measure(table: Table) -> MeasureFacts:
    title = _words(table, "title")
    facts = MeasureFacts(
        theme=table.whole("theme"),
        number=table.whole("number"),
        code=table.text("code"),
        title=title,
        title_in_table=_words_or(table, "title_in_table", title),
        description=_words(table, "description"),
        audience=_words(table, "audience"),
        departments=table.texts("departments"),
        indicators=table.texts("indicators"),
        repeats=table.text("repeats", ""),
        figures=tuple(_figures(table.table("results"))),
        targets=tuple(_target(one) for one in table.tables("targets")),
        texts=tuple(_text(one) for one in table.tables("texts")),
        place=table.place,
    )
    table.done()
    return facts


def _figures(results: Table) -> Iterator[FigureFacts]:
    for name in results.values:
        year = results.checked_year(name, int(name) if name.isascii() and name.isdigit() else 0)
        of_year = results.table(name)
        for indicator, said in of_year.values.items():
            plain = not isinstance(said, dict)
            found = (
                Table({"value": said}, f"{of_year.place}.{indicator}") if plain else of_year.table(indicator)
            )
            yield from _figure(found, indicator, year)


def _figure(table: Table, indicator: str, year: int) -> Iterator[FigureFacts]:
    printed = table.member("printed", PrintedWord).value if "printed" in table.values else ""
    parts = table.table("parts")
    for part, source in [("", table), *((key, parts) for key in parts.values)]:
        yield FigureFacts(
            indicator=indicator,
            part=part,
            fiscal_year=year,
            value=source.figure(part or "value"),
            printed="" if part else printed,
            place=table.place,
        )
    table.done()


def _target(table: Table) -> TargetFacts:
    facts = TargetFacts(
        indicator=table.text("indicator"),
        first=table.year("first"),
        last=table.year("last"),
        value=table.figure("value"),
        sense=table.member("sense", TargetSense, TargetSense.REACH),
        note=_words_or(table, "note", NO_WORDS),
        place=table.place,
    )
    table.done()
    return facts


def _text(table: Table) -> TextFacts:
    facts = TextFacts(
        kind=table.member("kind", TextKind),
        first=table.year("first"),
        last=table.year("last"),
        text=_words(table, "text"),
        place=table.place,
    )
    table.done()
    return facts


def _note(table: Table) -> NoteFacts:
    facts = NoteFacts(
        fiscal_year=table.year("fiscal_year"),
        text=_words(table, "text"),
        marks=tuple(_mark(one) for one in table.tables("marks")),
    )
    table.done()
    return facts


def _mark(table: Table) -> MarkFacts:
    facts = MarkFacts(
        measure=table.text("measure"),
        place=table.member("place", NotePlace),
        indicator=table.text("indicator", ""),
        where=table.place,
    )
    table.done()
    return facts


def _beside(table: Table) -> BesideFacts:
    facts = BesideFacts(title=_words(table, "title"), department=table.text("department"), place=table.place)
    table.done()
    return facts
