"""From five answers to windows with reasons: the rules, asked for every age that may be meant; pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from app.feed.catalogue import Catalogue
from app.feed.questions import Age, Answers, Life, Way, Wish, Work, situations_of
from app.foundation.labels import Words
from app.windows.answer import Answer, Suggestion
from app.windows.routing import Prepared
from app.windows.views import WindowView

MOST: Final = 6
"""Windows that a page proposes; more would be a list, not an answer."""
MOST_MISSES: Final = 4

MAY_FIT: Final = Words(
    ja="年齢によって、使えるときと使えないときがあります。",
    en="Whether you can use it depends on your age.",
)
NO_TELEPHONE: Final = Words(
    ja="電話番号は、まだ登録されていません。",
    en="Its telephone number has not been entered yet.",
)


@dataclass(frozen=True, kw_only=True)
class Place:
    """A window as the answer shows it."""

    view: WindowView
    why: tuple[Words, ...] = ()
    mind: tuple[Words, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Found:
    """The answer: windows that fit, those that may, the general one, and those that do not.

    ``has_more`` when more windows fit than are shown.
    """

    places: tuple[Place, ...]
    may_fit: tuple[Place, ...]
    general: Place | None
    misses: tuple[Place, ...]
    nothing_matched: bool
    has_more: bool = False


@dataclass(frozen=True, kw_only=True)
class Guide:
    """The directory and the rules of one moment."""

    prepared: Prepared
    catalogue: Catalogue
    now: datetime

    def find(self, answers: Answers) -> Found:
        """Answer; a window that only some of the ages meant may use is told apart, never proposed."""
        found = [self.prepared.answer(one) for one in situations_of(answers, self.now)]
        first = found[0]
        sure = set.intersection(*(fitting_keys(one) for one in found))
        places = [one for one in first.suggestions if one.window_key in sure]
        unsure = set.union(*(fitting_keys(one) | asking_keys(one) for one in found)) - sure
        shown = sure | unsure
        misses = [(one.window_key, one.why_not) for one in first.near_misses if one.window_key not in shown]
        general = next((one for one in first.suggestions if one.general), None)
        return Found(
            places=tuple(self.place(one, answers) for one in places[:MOST]),
            may_fit=self.named([(key, MAY_FIT) for key in self.ordered(unsure)]),
            general=self.place(general, answers) if general else None,
            misses=self.named(misses[:MOST_MISSES]),
            nothing_matched=all(one.nothing_matched for one in found),
            has_more=len(places) > MOST,
        )

    def place(self, one: Suggestion, answers: Answers) -> Place:
        """Return a suggestion with its window; who wants to telephone is told where no number is known."""
        view = self.view_of(one.window_key)
        silent = answers.way is Way.CALL and not view.facts.telephone
        return Place(view=view, why=one.why, mind=(*one.mind, NO_TELEPHONE) if silent else one.mind)

    def named(self, keys: Sequence[tuple[str, Words]]) -> tuple[Place, ...]:
        """Return windows with one sentence each."""
        return tuple(Place(view=self.view_of(key), why=(words,)) for key, words in keys)

    def ordered(self, keys: set[str]) -> list[str]:
        """Return keys in the order of the directory."""
        return [line.view.key for line in self.catalogue.current if line.view.key in keys]

    def view_of(self, key: str) -> WindowView:
        """Return the window of a key, which the rules have just named."""
        line = self.catalogue.find(key)
        if line is None:
            raise KeyError(key)
        return line.view


def fitting_keys(answer: Answer) -> set[str]:
    """Return the windows that an answer proposes, the general one apart."""
    return {one.window_key for one in answer.suggestions if not one.general}


def asking_keys(answer: Answer) -> set[str]:
    """Return the windows for which the age would have to be known."""
    return {one.window_key for one in answer.ask_age}


USUAL: Final[tuple[tuple[Words, Answers], ...]] = (
    (
        Words(ja="29歳までで、仕事を探している", en="You are under 30 and looking for work"),
        Answers(age=Age.TO_29, work=Work.BEFORE, wishes=(Wish.LONG_HOURS,), life=(Life.NONE,)),
    ),
    (
        Words(ja="30歳から54歳で、仕事を探している", en="You are 30 to 54 and looking for work"),
        Answers(age=Age.TO_49, work=Work.BEFORE, wishes=(Wish.LONG_HOURS,), life=(Life.NONE,)),
    ),
    (
        Words(ja="55歳から59歳で、仕事を探している", en="You are 55 to 59 and looking for work"),
        Answers(age=Age.TO_59, work=Work.BEFORE, wishes=(Wish.LONG_HOURS,), life=(Life.NONE,)),
    ),
    (
        Words(ja="60歳以上で、短い時間だけ働きたい", en="You are 60 or over and want to work a few hours"),
        Answers(age=Age.FROM_60, work=Work.BEFORE, wishes=(Wish.SHORT_HOURS,), life=(Life.NONE,)),
    ),
    (
        Words(ja="若くて、まだ働いたことがない", en="You are young and have never worked"),
        Answers(age=Age.TO_29, work=Work.NEVER, life=(Life.NONE,)),
    ),
    (
        Words(ja="子どもを育てながら働きたい", en="You want to work while raising children"),
        Answers(age=Age.TO_34, work=Work.BEFORE, wishes=(Wish.SHORT_HOURS,), life=(Life.CHILDREN,)),
    ),
    (
        Words(
            ja="ひとりで子どもを育てていて、資格を取りたい",
            en="You raise children on your own and want a qualification",
        ),
        Answers(age=Age.TO_49, work=Work.IN_WORK, wishes=(Wish.QUALIFICATION,), life=(Life.ALONE,)),
    ),
    (
        Words(ja="病気や障害があって、働きたい", en="You have an illness or a disability and want to work"),
        Answers(age=Age.TO_49, work=Work.BEFORE, wishes=(Wish.LONG_HOURS,), life=(Life.HEALTH,)),
    ),
    (
        Words(ja="生活保護を受けていて、働きたい", en="You receive public assistance and want to work"),
        Answers(age=Age.TO_49, work=Work.BEFORE, wishes=(Wish.LONG_HOURS,), life=(Life.ASSISTANCE,)),
    ),
    (
        Words(ja="働いていて、職場で困っている", en="You are in work and have trouble there"),
        Answers(age=Age.TO_34, work=Work.IN_WORK, wishes=(Wish.WORRIES,), life=(Life.NONE,)),
    ),
    (
        Words(
            ja="仕事をやめて、家賃や生活費に困っている",
            en="You have lost your job and cannot pay rent or living costs",
        ),
        Answers(age=Age.TO_49, work=Work.BEFORE, wishes=(Wish.MONEY,), life=(Life.NONE,)),
    ),
)
"""Situations that many people are in, for readers without a server to ask."""
