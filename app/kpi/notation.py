"""How the plan's table is written: 【登録人数：184人】, 「なし」, ・parts, ※ marks of notes; pure."""

from decimal import Decimal
from typing import Final

from app.foundation import fiscal_year as years
from app.kpi.table import FigureCell, PlanTable, Remark
from app.kpi.vocabulary import Handling, RemarkKind, TableSource
from app.plan.register import IndicatorView, MeasureView, Words
from app.plan.vocabulary import TargetSense
from app.plan.wording import amount, target_words, unit_words

NOT_APPLICABLE: Final = Words(ja="該当なし", en="n/a")
NUMBER: Final = Words(ja="番号", en="No.")
TITLE: Final = Words(ja="事業名", en="Measure")
DESCRIPTION: Final = Words(ja="事業内容", en="What it does")
AUDIENCE: Final = Words(ja="対象者", en="For whom")
OFFICES: Final = Words(ja="所管課", en="Department")
INTERNAL: Final = Words(ja="内部限り", en="Internal use only")
RELEASED: Final = Words(ja="公表", en="Published")
WITHHELD: Final = Words(
    ja="「x」は、人数などが少なく個人が分かるおそれがあるため、公表しない数（秘匿）です。"
    "ほかの数から計算されないように、小さくない数にも付くことがあります。",
    en="“x” is a figure that is withheld, because small numbers could tell of single persons. "
    "So that it cannot be worked out, larger figures may be withheld as well.",
)
NOTES: Final = Words(ja="注", en="Notes")
REPEATS: Final = Words(
    ja="事業%sと同じ事業です。数字は事業%sのものです。",
    en="The same as measure %s; the figures are those of measure %s.",
)
PUBLIC_REMARKS: Final = {
    RemarkKind.RESTATED: Words(
        ja="年度の確定のあとに訂正しました。",
        en="Restated after the year was frozen.",
    ),
    RemarkKind.CORRECTED: Words(
        ja="補正があります。表の数は、記録から数えたものです。",
        en="The department differs. The figure is the one counted from records.",
    ),
}
NOTHING: Final = Words(ja="なし", en="none")
SOURCES: Final = {
    TableSource.PUBLISHED: Words(
        ja="実績は、計画書などに印刷された既公表値です。",
        en="Results are those printed before, in the plan.",
    ),
    TableSource.RECORDS: Words(
        ja="実績のうち、記録から数えるものは、この表を作ったときの記録によります。",
        en="Results counted from records are as the records stood when this table was made.",
    ),
    TableSource.FROZEN: Words(
        ja="実績は、年度の確定のときの値です。確定のあとの訂正は、承認されたものだけが入っています。",
        en="Results are those settled when the year was frozen, with approved restatements only.",
    ),
}


def handling(table: PlanTable, locale: str) -> str:
    """Return who may read the table: 内部限り, or 公表済み."""
    return (INTERNAL if table.handling is Handling.INTERNAL else RELEASED).label(locale)


def is_english(locale: str) -> bool:
    """Tell whether a locale reads English."""
    return str(locale).lower().startswith("en")


def figure_words(cell: FigureCell, locale: str) -> str:
    """Return 184人, the printed word なし, or 該当なし where there is nothing."""
    if cell.printed:
        return cell.word.label(locale) if cell.word else cell.printed
    if cell.value is None:
        return NOT_APPLICABLE.label(locale)
    return amount(cell.value, cell.indicator, locale)


def number_and_unit(cell: FigureCell, locale: str) -> tuple[str, str]:
    """Return 184 and 人 apart, so that a page can set off the number; a word has no unit."""
    written, unit = figure_words(cell, locale), unit_words(cell.indicator.unit, cell.value, locale)
    if cell.is_word or cell.value is None or not written.endswith(unit):
        return written, ""
    number = written.removesuffix(unit)
    return number.rstrip(), number[len(number.rstrip()) :] + unit


def line(cell: FigureCell, locale: str) -> str:
    """Return 登録人数：184人, the plain line of a figure."""
    return f"{cell.label.label(locale)}{colon(locale)}{figure_words(cell, locale)}"


def bracketed(cell: FigureCell, locale: str) -> str:
    """Return 【登録人数：184人】; words that stand for a figure and parts have no brackets."""
    if cell.part:
        return f"・{line(cell, locale)}"
    if cell.printed or cell.value is None:
        return line(cell, locale)
    return f"【{line(cell, locale)}】"


def target_line(indicator: IndicatorView, second: bool, locale: str) -> str:
    """Return 登録人数：190人, the target of the next or of the second year, "" where there is none."""
    target = indicator.second_target if second else indicator.next_target
    if target is None:
        return ""
    return f"{indicator.label.label(locale)}{colon(locale)}{target_words(target, indicator, locale)}"


def target_lines(measure: MeasureView, second: bool, locale: str) -> list[str]:
    """Return the targets of one year, each in brackets."""
    lines = [target_line(one, second, locale) for one in measure.indicators]
    return [f"【{one}】" for one in lines if one]


def target_text(measure: MeasureView, second: bool, locale: str) -> str:
    """Return what a target column says in words."""
    return (measure.second_target_text if second else measure.next_target_text).label(locale)


def marks(cell: FigureCell) -> str:
    """Return the marks of a figure: those of its indicator, which stand at the whole, and its own."""
    return mark_of_notes((*(() if cell.part else cell.indicator.notes), *cell.remarks))


def mark_of_notes(numbers: tuple[int, ...]) -> str:
    """Return ※1※2."""
    return "".join(f"※{number}" for number in numbers)


def notes_of(table: PlanTable, locale: str) -> list[tuple[int, str]]:
    """Return what stands below the table, by its mark: the plan's notes, then what is said of figures."""
    return [(note.number, note.text.label(locale)) for note in table.notes] + [
        (remark.number, remark_text(remark, locale)) for remark in table.remarks
    ]


def remark_text(remark: Remark, locale: str) -> str:
    """Return 訂正（第2版）：就職件数 53件→54件。理由：…; a public one says only that it was done."""
    if remark.is_public:
        return PUBLIC_REMARKS[remark.kind].label(locale)
    if is_english(locale):
        return english_remark(remark)
    is_text = not remark.places[0].indicator
    said = "、".join(
        f"{one.label.ja} {quoted(one.before, is_text)}→{quoted(one.now, is_text)}" for one in remark.said
    )
    if remark.kind is RemarkKind.CORRECTED:
        said = "、".join(f"{one.label.ja} {one.now.ja}" for one in remark.said)
        return f"補正：所管課は{said}としています。表の数は、記録から数えた数です。理由：{remark.reason}"
    people = f"　提案：{remark.proposed_by}　承認：{remark.approved_by}"
    return f"訂正（第{remark.edition}版）：{said}。理由：{remark.reason}{people}"


def in_line(words: Words, locale: str) -> str:
    """Return what was or is said without its line breaks, none where nothing was."""
    return " ".join(words.label(locale).split("\n")) or NOTHING.label(locale)


def quoted(words: Words, is_text: bool) -> str:
    """Return what was or is said, in quotes where it is a sentence of its own."""
    written = in_line(words, "ja")
    return f"「{written}」" if is_text and words else written


def english_remark(remark: Remark) -> str:
    """Return a remark of the house in English; reasons stay in the language in which they were typed."""
    if remark.kind is RemarkKind.CORRECTED:
        said = ", ".join(f"{one.label.en or one.label.ja} {one.now.en}" for one in remark.said)
        return (
            f"The department differs: {said}. The figure is the one counted from records. "
            f"Reason: {remark.reason}"
        )
    said = ", ".join(
        f"{one.label.label('en')} {in_line(one.before, 'en')} → {in_line(one.now, 'en')}"
        for one in remark.said
    )
    people = f" Proposed by {remark.proposed_by}, approved by {remark.approved_by}."
    return f"Restated (version {remark.edition}): {said}. Reason: {remark.reason}{people}"


def description(measure: MeasureView, locale: str) -> str:
    """Return what a measure does; a repeated one says whose it is."""
    own = measure.description.label(locale)
    if own or not measure.repeats:
        return own
    return REPEATS.label(locale) % (measure.repeats, measure.repeats)


def offices(measure: MeasureView, locale: str) -> list[str]:
    """Return the departments responsible."""
    return [office.name.label(locale) for office in measure.offices]


def policy_title(number: int, title: Words, locale: str) -> str:
    """Return 基本方針1　就労に向けた不安・悩みを解消するために."""
    if is_english(locale):
        return f"Basic policy {number}: {title.label(locale)}"
    return f"基本方針{number}　{title.ja}"


def theme_title(number: int, title: Words, locale: str) -> str:
    """Return （1）情報の収集と提供."""
    return f"({number}) {title.label(locale)}" if is_english(locale) else f"（{number}）{title.ja}"


def actual_heading(fiscal_year: int, locale: str) -> str:
    """Return 平成24年度実績."""
    year = years.short_label(fiscal_year, locale)
    return f"{year} results" if is_english(locale) else f"{year}実績"


def target_heading(fiscal_year: int, locale: str) -> str:
    """Return 平成25年度目標."""
    year = years.short_label(fiscal_year, locale)
    return f"{year} targets" if is_english(locale) else f"{year}目標"


def both_targets_heading(fiscal_year: int, locale: str) -> str:
    """Return 平成25年度・平成26年度目標, over a target that holds for both years after a fiscal year."""
    first, second = (years.short_label(fiscal_year + step, locale) for step in (1, 2))
    return f"{first} and {second} targets" if is_english(locale) else f"{first}・{second}目標"


def table_title(table: PlanTable, locale: str) -> str:
    """Return 国分寺市就労支援方針実施計画　平成24年度（2012）実績と目標."""
    plan, year = table.plan.title.label(locale), table.fiscal_year
    if is_english(locale):
        return f"{plan}: results of FY{year} and targets"
    return f"{plan}　{years.short_label(year)}（{year}）実績と目標"


def headings(fiscal_year: int, locale: str) -> list[str]:
    """Return the eight columns of the plan's table."""
    return [
        NUMBER.label(locale),
        TITLE.label(locale),
        DESCRIPTION.label(locale),
        AUDIENCE.label(locale),
        actual_heading(fiscal_year, locale),
        target_heading(fiscal_year + 1, locale),
        target_heading(fiscal_year + 2, locale),
        OFFICES.label(locale),
    ]


def plain(value: Decimal | None, decimals: int) -> str:
    """Return a figure for a data file, without separators: 5332, 2.42; "" where there is none."""
    return "" if value is None else f"{value:.{decimals}f}"


def sense_of(indicator: IndicatorView) -> TargetSense | None:
    """Return how an indicator's next target is to be read."""
    return indicator.next_target.sense if indicator.next_target else None


def colon(locale: str) -> str:
    """Return what stands between a label and its figure."""
    return ": " if is_english(locale) else "："
