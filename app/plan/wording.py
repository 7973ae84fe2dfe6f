"""How a figure of the plan is written with its unit; pure."""

from dataclasses import replace
from decimal import Decimal
from typing import Final

from app.plan.register import IndicatorView, ResultView, TargetView, Words
from app.plan.results import places_of
from app.plan.vocabulary import PrintedWord, TargetSense

# A unit is kept as the plan's data has it, in the plural; Japanese knows no difference.
IRREGULAR: Final = {"people": "person", "facilities": "facility", "copies": "copy"}


def unit_words(unit: Words, value: object, locale: str) -> str:
    """Return 人, people, or person where the figure is exactly one."""
    words = unit.label(locale)
    if value != 1 or words == unit.ja or not words.isascii():
        return words
    start, _space, last = words.rpartition(" ")
    return f"{start} {one_of(last)}".lstrip()


def one_of(plural: str) -> str:
    """Return the English word for one of a unit."""
    return IRREGULAR.get(plural, plural.removesuffix("s"))


def amount(value: Decimal, indicator: IndicatorView, locale: str) -> str:
    """Return 5,332人 or 5,332 visits; as many decimals as the indicator has."""
    unit = unit_words(indicator.unit, value, locale)
    gap = " " if unit[:1].isascii() and unit[:1].isalpha() else ""
    return f"{value:,.{indicator.decimals}f}{gap}{unit}"


def result_words(result: ResultView, indicator: IndicatorView, locale: str) -> str:
    """Return a kept figure as it is printed: the word where one stands instead of the figure."""
    word = PrintedWord.find(result.printed)
    return word.label(locale) if word else result.printed or amount(result.value, indicator, locale)


def target_words(target: TargetView, indicator: IndicatorView, locale: str) -> str:
    """Return a target as briefly as the plan prints it (2.3%), and 以上 or 以下 where it is a limit."""
    places = min(places_of(target.value), indicator.decimals)
    written = amount(target.value, replace(indicator, decimals=places), locale)
    if target.sense is TargetSense.REACH:
        return written
    sense = target.sense.label(locale)
    return f"{written} {sense}" if sense.isascii() else f"{written}{sense}"
