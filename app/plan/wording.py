"""How a figure of the plan is written with its unit; pure."""

from dataclasses import replace
from decimal import Decimal

from app.plan.register import IndicatorView, ResultView, TargetView
from app.plan.results import places_of
from app.plan.vocabulary import PrintedWord, TargetSense


def amount(value: Decimal, indicator: IndicatorView, locale: str) -> str:
    """Return 5,332人 or 5,332 visits; as many decimals as the indicator has."""
    unit = indicator.unit.label(locale)
    gap = " " if unit[:1].isascii() and unit[:1].isalpha() else ""
    return f"{value:,.{indicator.decimals}f}{gap}{unit}"


def result_words(result: ResultView, indicator: IndicatorView, locale: str) -> str:
    """Return a kept figure as it is printed: the word where one stands instead of the figure."""
    word = PrintedWord.find(result.printed)
    return word.label(locale) if word else result.printed or amount(result.value, indicator, locale)


def target_words(target: TargetView, indicator: IndicatorView, locale: str) -> str:
    """Return a target as briefly as the plan prints it (2.3%), and 以上 where that is enough."""
    places = min(places_of(target.value), indicator.decimals)
    written = amount(target.value, replace(indicator, decimals=places), locale)
    if target.sense is not TargetSense.AT_LEAST:
        return written
    sense = target.sense.label(locale)
    return f"{written} {sense}" if sense.isascii() else f"{written}{sense}"
