"""All that the five questions need where no server answers: directory, rules and words, as plain data; pure.

A site of files is read on days after the one on which it was written. So windows and rules come in stretches
of days, and hours as hours: what is open is worked out when somebody asks. static/js/rules.js reads this.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Final, Generic, TypeVar

from app.feed import answering, questions
from app.feed.addresses import ASKING, JA, START, file_of, relative
from app.feed.furigana import KNOWN, read_word
from app.foundation.labels import Words
from app.foundation.working_days import is_holiday
from app.situation.vocabulary import AgeBand
from app.windows import opening, routing_words
from app.windows.hours import Weekday, WeeklyHours
from app.windows.mind import lasting
from app.windows.routing import belonging
from app.windows.rules import BITS, Question, Rule, RuleKind, Test, age_test
from app.windows.views import WindowView

SHAPE: Final = 1
"""Number of the shape of these data; the script reads this one only."""
YEARS_AHEAD: Final = 3
A_DAY: Final = timedelta(days=1)
One = TypeVar("One")
Said = Callable[[Words], str]
Data = dict[str, object]


@dataclass(frozen=True)
class Stretch(Generic[One]):
    """What speaks from one day to another, both included; None has no end."""

    first: date
    last: date | None
    one: One


def stretches(day: date, turns: Iterable[date], speaking: Callable[[date], One | None]) -> list[Stretch[One]]:
    """Return what speaks from a day on; ``turns`` are the days on which that may change."""
    starts = sorted({day, *(turn for turn in turns if turn > day)})
    ends = [*(start - A_DAY for start in starts[1:]), None]
    found = [(start, end, speaking(start)) for start, end in zip(starts, ends, strict=True)]
    return [Stretch(start, end, one) for start, end, one in found if one is not None]


def turns_of(first: date | None, last: date | None) -> list[date]:
    """Return the days on which a validity begins and is over."""
    over = last + A_DAY if last is not None and last < date.max else None
    return [turn for turn in (first, over) if turn is not None]


def finder_data(
    windows: Sequence[Stretch[WindowView]],
    rules: Sequence[Stretch[Rule]],
    *,
    day: date,
    locale: str,
    furigana: bool,
) -> Data:
    """Return everything in one language; windows are in the order of the directory."""

    def say(words: Words) -> str:
        return words.label(locale)

    reasons = list(dict.fromkeys(stretch.one.reason for stretch in rules))
    until = date(day.year + YEARS_AHEAD, 12, 31)
    days = [day + timedelta(days=number) for number in range((until - day).days + 1)]
    return {
        "shape": SHAPE,
        "day": day.isoformat(),
        "until": until.isoformat(),
        "holidays": [one.isoformat() for one in days if is_holiday(one)],
        "windows": [window_data(one, day, say) for one in windows],
        "rules": [rule_data(one, reasons.index(one.one.reason)) for one in rules],
        "reasons": [say(words) for words in reasons],
        "meanings": meanings(),
        "limits": {"places": answering.MOST, "misses": answering.MOST_MISSES},
        "words": sentences(say) | opening_words(locale),
        "readings": {word: read_word(word) for word in KNOWN} if furigana else {},
    }


# ---- windows and rules ------------------------------------------------------------------------------


def window_data(stretch: Stretch[WindowView], day: date, say: Said) -> Data:
    """Return what is said of a window and what decides who may go there; nothing of who keeps the entry."""
    view, facts = stretch.one, stretch.one.facts
    age = age_test(facts.minimum_age, facts.maximum_age)
    limits = routing_words.outside_age(facts.minimum_age, facts.maximum_age) if age else None
    return {
        **days_of(stretch),
        "key": view.key,
        "page": relative(file_of((JA, f"{START}windows/{view.key}")), file_of((JA, ASKING))),
        "general": view.is_general,
        "name": say(Words(ja=facts.name, en=facts.name_en)),
        "address": facts.address,
        "telephone": facts.telephone,
        "age": test_data(age) if age else None,
        "limits": say(limits) if limits else "",
        "groups": answers_of(belonging(frozenset(facts.target_groups))) if facts.target_groups else None,
        "hours": hours_data(facts.hours) if facts.hours else None,
        "closings": [
            [one.first.isoformat(), one.last.isoformat()] for one in facts.closings if one.last >= day
        ],
        "mind": [say(words) for words in lasting(facts)],
    }


def rule_data(stretch: Stretch[Rule], reason: int) -> Data:
    """Return a rule; its reason is a number in the list of reasons."""
    rule = stretch.one
    return {
        **days_of(stretch),
        "key": rule.key,
        "window": rule.window_key,
        "kind": rule.kind.value,
        "points": rule.points,
        "reason": reason,
        "tests": [test_data(test) for test in rule.conditions.tests],
    }


def days_of(stretch: Stretch[One]) -> Data:
    """Return from when on and until when it speaks."""
    return {"from": stretch.first.isoformat(), "to": stretch.last.isoformat() if stretch.last else None}


def name_of(question: Question, answer: object) -> str:
    """Return an answer as "question:code"; without a code when nobody answered."""
    code = str(answer).lower() if isinstance(answer, bool) else answer or ""
    return f"{question.value}:{code}"


NAMES: Final = {bit: name_of(question, answer) for (question, answer), bit in BITS.items()}


def answers_of(bits: int) -> list[str]:
    """Return the names of the answers in a number of bits."""
    return [name for bit, name in NAMES.items() if bits & bit]


def test_data(test: Test) -> Data:
    """Return a condition: answers of which one must be there, and those that leave it open."""
    return {"question": test.question.value, "yes": answers_of(test.yes), "open": answers_of(test.open)}


def hours_data(hours: WeeklyHours) -> Data:
    """Return the hours of a week in minutes after midnight, Monday first."""
    days = [[[minutes(span.opens), minutes(span.closes)] for span in spans] for spans in hours.days]
    return {"days": days, "holidays": hours.holidays.value}


def minutes(at: time) -> int:
    """Return a time of day in minutes."""
    return at.hour * 60 + at.minute


# ---- questions and words ----------------------------------------------------------------------------


def meanings() -> Data:
    """Return what the answers to the five questions mean for the rules."""
    return {
        "bands": {age.value if age else "": list(bands) for age, bands in questions.BANDS.items()},
        "ages": {band.value: [band.minimum, band.maximum] for band in AgeBand},
        "work": {work.value: history.value for work, history in questions.HISTORIES.items()},
        "needs": {wish.value: sorted(topics) for wish, topics in questions.NEEDS.items()},
        "speaking": sorted(questions.SPEAKING),
        "only_if": RuleKind.ONLY_IF.value,
        "also": RuleKind.ALSO.value,
    }


def sentences(say: Said) -> Data:
    """Return what guidance says of its own accord."""
    english = say(Words(ja="ja", en="en")) == "en"
    return {
        "in_doubt": say(routing_words.WHEN_IN_DOUBT),
        "nothing": say(routing_words.NOTHING_MATCHED),
        "outside_group": say(routing_words.OUTSIDE_GROUP),
        "ask_age": say(routing_words.ASK_AGE),
        "what_would": say(routing_words.WHAT_WOULD),
        "and": say(routing_words.AND),
        "questions": {one.value: one.en.lower() if english else one.ja for one in Question},
        "may_fit": say(answering.MAY_FIT),
        "no_telephone": say(answering.NO_TELEPHONE),
    }


def opening_words(locale: str) -> Data:
    """Return what is said of hours."""
    which = int(locale == "en")
    return {
        "unknown": opening.UNKNOWN[which],
        "closed_today": opening.CLOSED_TODAY[which],
        "today_over": opening.TODAY_OVER[which],
        "holiday_unknown": opening.HOLIDAY_UNKNOWN[which],
        "open_until": opening.OPEN_UNTIL[which],
        "later_today": opening.LATER_TODAY[which],
        "opens_next": opening.OPENS_NEXT[which],
        "another_year": opening.ANOTHER_YEAR[which],
        "weekdays": [one.en if which else one.ja for one in Weekday],
        "months": list(opening.MONTHS) if which else [str(number) for number in range(1, 13)],
    }
