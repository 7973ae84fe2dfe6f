"""The runs of years of the sample city, from the first event to the last; pure.

The years between the runs hold no records.
"""

from datetime import date
from random import Random
from typing import Final

from app.cases.vocabulary import CloseReason
from app.demo.assistance import assistance_year, close
from app.demo.board import open_referrals
from app.demo.centre import centre_year
from app.demo.guiding import guidance_year
from app.demo.persons import Shares, Town, choose
from app.demo.story import Course, Event, Story
from app.demo.volumes import FIRST_VOLUME, FIRST_YEAR, RECENT_VOLUMES, YearVolume, scaled
from app.demo.year_days import YearDays
from app.foundation.fiscal_year import fiscal_year_of

SEED: Final = 1702
REASONS: Final[Shares[CloseReason]] = (
    (CloseReason.SETTLED, 30), (CloseReason.OWN_WISH, 25), (CloseReason.HANDED_OVER, 25),
    (CloseReason.OUT_OF_CONTACT, 20),
)  # fmt: skip
ByDesk = tuple[list[Course], list[Course], list[Course]]


def first_run(town: Town, rng: Random, *, scale: float = 1) -> list[Event]:
    """Make up the year of the published figures.

    Its cases are closed a month after its end, those of people who found work a year later, when the last
    retention check has been made.
    """
    days = YearDays(FIRST_YEAR)
    closing_days = date(FIRST_YEAR + 1, 4, 30), date(FIRST_YEAR + 2, 4, 30)
    story = Story(rng=rng, town=town, horizon=closing_days[1], close_by=days.last)
    one_year(story, scaled(FIRST_VOLUME, scale), days, ([], [], []))
    for course in story.courses:
        if course.jobs:
            close(story, course, closing_days[1], CloseReason.EMPLOYED)
        elif not course.closed:
            close(story, course, closing_days[0], choose(rng, REASONS))
    return story.events


def recent_run(town: Town, rng: Random, *, today: date, scale: float = 1) -> list[Event]:
    """Make up the two years before the running one, and the running one up to today."""
    story = Story(rng=rng, town=town, horizon=today)
    running = fiscal_year_of(today)
    carried: ByDesk = ([], [], [])
    for offset, volume in enumerate(RECENT_VOLUMES):
        days = YearDays(running - len(RECENT_VOLUMES) + 1 + offset)
        carried = one_year(story, scaled(volume, scale), days, carried)
    open_referrals(story)
    return story.events


def one_year(story: Story, volume: YearVolume, days: YearDays, carried: ByDesk) -> ByDesk:
    """Make up a year at the three desks; return whoever goes on at each."""
    return (
        assistance_year(story, volume, days, carried[0]),
        centre_year(story, volume, days, carried[1]),
        guidance_year(story, volume, days, carried[2]),
    )
