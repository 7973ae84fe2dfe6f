"""How a counted figure, a month and a row's own words are written; pure."""

from typing import Final

from app.foundation.labels import LabelledEnum
from app.kpi.counts import Figure
from app.kpi.drilldown import Names
from app.kpi.metric import Metric
from app.kpi.metrics import METRICS
from app.kpi.notation import NOT_APPLICABLE, is_english
from app.kpi.vocabulary import Answering, By, MetricKind
from app.plan.register import Words
from app.plan.vocabulary import Counting
from app.plan.wording import unit_words
from app.situation.programme import Programme
from app.situation.vocabulary import TargetGroup

NO_ENTRY: Final = Words(ja="記録なし", en="Not recorded")
ANSWERS: Final = Words(ja="紹介先ごとの応答", en="Answers by agency")
ANSWERS_RULE: Final = Words(
    ja="到達率は、到達件数 ÷ 紹介件数です。"
    "その前に送った紹介の面談も入るため、100%を超えることがあります。応答日数は開庁日の中央値です。",
    en="Reach: referrals met ÷ referrals sent; above 100% when some were sent earlier. "
    "Days to an answer: median of working days of those answered.",
)
REACH: Final = Words(ja="到達率", en="Reach")
MONTHS_EN: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
MONTHS: Final = {
    number: Words(ja=f"{number}月", en=MONTHS_EN[number - 1])
    for number in (4, 5, 6, 7, 8, 9, 10, 11, 12, 1, 2, 3)
}


def agency_headings(locale: str) -> tuple[str, ...]:
    """Return the columns of what became of referrals: sent, unanswered, met, reach, days to an answer."""
    sent, met, days = (METRICS[key].title for key in ("referrals_sent", "referrals_met", "response_days"))
    return tuple(words.label(locale) for words in (sent, Answering.WAITING, met, REACH, days))


def number(metric: Metric, figure: Figure, locale: str) -> str:
    """Return 5,332, 86.4% or 12.5 without its unit; 該当なし where there is nothing to judge."""
    if figure.value is None:
        return NOT_APPLICABLE.label(locale)
    if metric.kind is MetricKind.COHORT:
        return f"{figure.value * 100:.1f}%"
    if metric.kind.is_of_days:
        return f"{figure.value:,.1f}".removesuffix(".0")
    return f"{figure.value:,}"


def unit(metric: Metric, value: object, locale: str, *, beside_title: bool = True) -> str:
    """Return the unit that follows a figure, with the space that English puts before a word.

    Beside its title, an English figure does not say a second time what it counts (Placements: 41).
    """
    if metric.kind is MetricKind.COHORT:
        return ""
    if beside_title and is_english(locale) and metric.unit.en.lower() in metric.title.en.lower():
        return ""
    word = unit_words(metric.unit, value, locale)
    return f" {word}" if is_english(locale) else word


def with_unit(metric: Metric, figure: Figure, locale: str) -> str:
    """Return 184人, 86.4% or 該当なし."""
    written = number(metric, figure, locale)
    return written if figure.value is None else written + unit(metric, figure.value, locale)


def bounds(figure: Figure) -> str:
    """Return 86.4–89.8%, between which a share lies whatever the unknown part is."""
    if figure.low is None or figure.high is None:
        return ""
    return f"{figure.low * 100:.1f}–{figure.high * 100:.1f}%"


def counting(metric: Metric, locale: str) -> str:
    """Return 延べ or 実, "" where a figure is neither."""
    return "" if metric.counting is Counting.NEITHER else metric.counting.label(locale)


def part(metric: Metric, key: str | None, locale: str) -> str:
    """Return the label of a part."""
    found = metric.parts.find(key) if metric.parts else None
    return found.label(locale) if found else NO_ENTRY.label(locale)


def office(key: object, names: Names, locale: str) -> str:
    """Return the name of an office."""
    found = names.offices.get(key) if isinstance(key, int) else None
    return (found or NO_ENTRY).label(locale)


def group(metric: Metric, by: By, key: object, names: Names, locale: str) -> str:
    """Return the label of a cell of a breakdown."""
    if key is None:
        return NO_ENTRY.label(locale)
    if by is By.PART:
        return part(metric, str(key), locale)
    if by is By.MONTH and isinstance(key, int):
        return MONTHS[key].label(locale)
    if isinstance(key, LabelledEnum):
        return key.label(locale)
    if by is By.WINDOW and isinstance(key, int):
        return names.windows.get(key, NO_ENTRY).label(locale)
    return office(key, names, locale)


def ordered(metric: Metric, by: By, found: dict[object, Figure]) -> list[tuple[object, Figure]]:
    """Return a breakdown in its natural order; names by size, nothing recorded at the end."""
    natural: list[object] = []
    if by is By.MONTH:
        natural = list(MONTHS)
    elif by is By.PART:
        natural = [one.value for one in metric.parts or ()]
    elif by in (By.TARGET_GROUP, By.PROGRAMME):
        natural = [*TargetGroup, *Programme]

    def place(item: tuple[object, Figure]) -> tuple[bool, int, int]:
        key, figure = item
        return key is None, natural.index(key) if key in natural else len(natural), -figure.n

    return sorted(found.items(), key=place)
