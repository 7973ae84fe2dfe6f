"""What is entered once a year: editions of the map, targets, and the departments' results."""

from collections.abc import Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Final

from app.access.actor import Actor
from app.demo.entering import CLOSING_TIME
from app.demo.staff import Staff
from app.foundation import clock
from app.foundation.db import db
from app.foundation.working_days import add_working_days
from app.plan.operations import enter_results
from app.plan.results import ResultEntry, TargetEntry, TextEntry
from app.plan.targets import set_targets
from app.publication.gate import release
from app.windows.map_leaflets import keep_leaflet
from app.windows.map_operations import draft_edition, publish_edition
from app.windows.map_register_operations import record_briefing, record_distribution, record_printing
from app.windows.queries import find_office
from app.windows.vocabulary import PrintRun
from app.years.freezing_operations import freeze

Figures = Mapping[str, str]


@dataclass(frozen=True)
class Edition:
    """An edition of the map: months and days in a fiscal year, what is new, and its printings."""

    published: tuple[int, int]
    changes: str
    first_run: int
    reprints: tuple[tuple[int, int, int], ...] = ()


EDITIONS: Final = (
    Edition((6, 3), "窓口の名前と所在地をすべて見直しました。", 1500, ((11, 11, 300), (2, 3, 200))),
    Edition((5, 19), "多摩地域の訓練と若者の窓口を書き足しました。", 1500, ((12, 1, 400),)),
    Edition((5, 18), "受付時間と持ち物の欄を加え、英語の案内を付けました。", 1800, ((10, 5, 300),)),
)
NEXT_CHANGES: Final = "所在地と受付時間を確かめました。"
# Where copies are laid, how many, and the last edition that came there: one counter was forgotten.
COUNTERS: Final = (
    ("市役所 総合案内", 150, 99),
    ("生活福祉課の窓口", 120, 99),
    ("障害者相談室の窓口", 60, 99),
    ("本多図書館", 40, 2),
    ("ハローワーク立川", 200, 99),
)
BRIEFED: Final = (("economy", 8), ("life_welfare", 14), ("disability_advice", 9))

# Targets that the plan desk set in the March before the first recent year, and raised two years later.
TARGETS: Final[Mapping[tuple[str, str], tuple[str, str]]] = {
    ("1-1", "info_items"): ("150", "160"),
    ("1-2", "books_held"): ("2900", "3000"),
    ("1-2", "books_lent"): ("260", "280"),
    ("1-3", "centre_registrants"): ("210", "225"),
    ("1-3", "employer_seminars"): ("2", "2"),
    ("2-4", "centre_registrants"): ("210", "225"),
    ("2-4", "centre_placements"): ("10", "12"),
    ("2-4", "centre_consultations"): ("5500", "5600"),
    ("2-4", "centre_retention_contacts"): ("210", "230"),
    ("2-6", "assistance_placements"): ("60", "60"),
    ("3-10", "interns"): ("20", "20"),
    ("4-11", "public_facilities"): ("8", "8"),
    ("4-11", "commissioned_works"): ("28", "30"),
    ("4-12", "silver_person_days"): ("64000", "65000"),
    ("4-13", "city_disability_employment_rate"): ("2.8", "3.0"),
    ("5-16", "joint_seminars"): ("12", "12"),
    ("5-16", "seminar_attendance"): ("600", "650"),
    ("5-17", "women_seminars"): ("3", "3"),
    ("5-17", "women_seminar_attendance"): ("45", "50"),
    ("5-18", "city_hall_trainees"): ("20", "20"),
    ("6-19", "liaison_meetings"): ("2", "3"),
}
# Results by who reports them, for the two full years; the second year's are not all in yet.
RESULTS: Final[tuple[Mapping[str, Figures], ...]] = (
    {
        "keikaku": {
            "info_items": "146", "joint_seminars": "11", "seminar_attendance": "584",
            "subsidised_projects": "6", "liaison_meetings": "2", "school_trainees": "742", "schools": "5",
            "trainee_days": "3",
            "silver_person_days": "61240", "training_benefit": "2", "qualification_allowance": "8",
            "trainee_placements": "5", "trainees": "11",
        },
        "shozoku": {
            "employer_seminars": "2", "public_facilities": "8", "facility_organisations": "5",
            "commissioned_works": "27", "commissioned_organisations": "8", "city_hall_practice_sessions": "6",
            "city_hall_trainees": "18", "disability_liaison_meetings": "2",
        },
        "bunka": {
            "books_held": "2874", "books_lent": "241", "women_seminars": "3",
            "women_seminar_attendance": "41",
        },
        "shokuin": {"interns": "17", "city_disability_employment_rate": "2.83"},
    },
    {
        "keikaku": {
            "info_items": "153", "joint_seminars": "12", "seminar_attendance": "621",
            "subsidised_projects": "5", "liaison_meetings": "1", "school_trainees": "728", "schools": "5",
            "trainee_days": "3",
        },
        "shozoku": {
            "employer_seminars": "2", "public_facilities": "8", "facility_organisations": "5",
            "commissioned_works": "29", "commissioned_organisations": "8", "city_hall_practice_sessions": "7",
            "city_hall_trainees": "21", "disability_liaison_meetings": "2",
        },
        "shokuin": {"interns": "19", "city_disability_employment_rate": "2.91"},
    },
)  # fmt: skip
TEXTS: Final = {
    "3-8": "調達の指針を庁内と市内の事業者に改めて知らせました。",
    "6-21": "関係機関との連絡会を開き、合同の就職面接会を行いました。",
}


def plan_years(*, staff: Staff, running: int, now: datetime) -> None:
    """Set the targets of the recent years, and enter what was reported of those that are over."""
    first = running - len(RESULTS)
    with at(date(first, 3, 10), now):
        for place, years in enumerate(((first, running), (running + 1, running + 2))):
            entries = [
                TargetEntry(measure=measure, indicator=indicator, value=Decimal(values[place]))
                for (measure, indicator), values in TARGETS.items()
            ]
            set_targets(actor=staff["keikaku"], first=years[0], last=years[1], entries=entries)
    for offset, reports in enumerate(RESULTS):
        report_year(staff=staff, fiscal_year=first + offset, reports=reports, now=now)


def report_year(*, staff: Staff, fiscal_year: int, reports: Mapping[str, Figures], now: datetime) -> None:
    """Enter what was reported of a year, in the second half of the May after it."""
    for number, (login_name, figures) in enumerate(reports.items()):
        day = add_working_days(date(fiscal_year + 1, 5, 15), number)
        if day > clock.day_of(now):
            continue
        entries = [ResultEntry(indicator=key, value=Decimal(value)) for key, value in figures.items()]
        texts = [TextEntry(measure=code, text=text) for code, text in TEXTS.items()]
        with at(day, now):
            enter_results(
                actor=staff[login_name],
                fiscal_year=fiscal_year,
                entries=entries,
                texts=texts if login_name == "keikaku" else (),
            )


def keep_the_map(*, staff: Staff, running: int, now: datetime) -> None:
    """Publish an edition of the map in each recent year and print it."""
    desk, today = staff["keikaku"], clock.day_of(now)
    for offset, edition in enumerate(EDITIONS):
        fiscal_year = running - len(EDITIONS) + 1 + offset
        published_on = day_in(fiscal_year, *edition.published)
        if published_on > today:
            break
        printed_on = add_working_days(published_on, 8)
        with at(published_on, now):
            number = publish_edition(actor=desk, published_on=published_on, changes=edition.changes).number
            keep_leaflet(actor=desk, number=number, url="")
        runs = [(printed_on, edition.first_run, PrintRun.FIRST)]
        runs += [
            (day_in(fiscal_year, month, day), copies, PrintRun.REPRINT)
            for month, day, copies in edition.reprints
        ]
        for day, copies, run in runs:
            if day <= today:
                with at(day, now):
                    record_printing(actor=desk, edition_number=number, printed_on=day, copies=copies, run=run)
        spread_the_map(desk, number, first=add_working_days(printed_on, 5), now=now)
    with at(today, now):
        draft_edition(actor=desk, published_on=today, changes=NEXT_CHANGES)


def spread_the_map(desk: Actor, number: int, *, first: date, now: datetime) -> None:
    """Lay copies of an edition at the counters and tell the departments, one working day after another."""
    today = clock.day_of(now)
    for offset, (place, copies, last) in enumerate(COUNTERS):
        day = add_working_days(first, offset)
        if day <= today and number <= last:
            with at(day, now):
                record_distribution(
                    actor=desk, edition_number=number, place=place, laid_on=day, copies=copies
                )
    for offset, (key, headcount) in enumerate(BRIEFED):
        office, day = find_office(key), add_working_days(first, 2 * offset)
        if office is not None and day <= today:
            with at(day, now):
                record_briefing(actor=desk, office_id=office.id, held_on=day, headcount=headcount)


def day_in(fiscal_year: int, month: int, day: int) -> date:
    """Return the working day of a fiscal year that is this day or follows it."""
    return add_working_days(date(fiscal_year if month >= 4 else fiscal_year + 1, month, day), 0)


def at(day: date, now: datetime) -> AbstractContextManager[None]:
    """Let the clock stand at the end of a day, or now where that is earlier."""
    return clock.standing_at(min(datetime.combine(day, CLOSING_TIME), now))


def publish_history(*, staff: Staff, fiscal_year: int, now: datetime) -> None:
    """Settle the year that was printed before the system came, and let it out as it was printed."""
    with clock.standing_at(now):
        freeze(actor=staff["keikaku"], fiscal_year=fiscal_year)
        db.session.flush()
        release(actor=staff["keikaku"], fiscal_year=fiscal_year)
