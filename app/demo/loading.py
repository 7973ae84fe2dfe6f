"""Loading the sample city: all of it in the caller's transaction, or nothing.

The same day always gives the same city: numbers, card codes and references come from a fixed seed.
"""

from collections.abc import Callable
from datetime import date, datetime, time
from importlib.resources import files
from random import Random
from typing import Final

from sqlalchemy import func, select

from app.access.actor import Actor
from app.access.permissions import Role
from app.cases.models import Case
from app.demo.book import Book
from app.demo.entering import enter
from app.demo.models import SampleMark
from app.demo.paperwork import keep_the_map, plan_years, publish_history
from app.demo.persons import Town
from app.demo.queries import sample_is_loaded
from app.demo.staff import Staff, create_staff, require_free_names
from app.demo.timeline import SEED, first_run, recent_run
from app.demo.volumes import FIRST_YEAR, RECENT_VOLUMES
from app.foundation import clock
from app.foundation.db import db
from app.foundation.errors import N_, DomainError
from app.foundation.fiscal_year import first_day, fiscal_year_of
from app.plan.loading import load_plan
from app.plan.plan_file import read_plan
from app.plan.queries import find_plan
from app.windows.loading import load_directory
from app.windows.queries import list_directory

COMMAND: Final = Actor(id=None, label="flask demo load", role=Role.ADMINISTRATOR, office_id=None)
REAL_CASES: Final = N_(
    "このデータベースには本物の記録があります。見本データは、新しいデータベースにだけ入れられます。"
)
TOO_EARLY: Final = N_("日付が古すぎます。この機械の時計を合わせてください。")

Told = Callable[[date], None]


def load_sample(*, pepper: bytes, told: Told = lambda _monday: None, scale: float = 1) -> bool:
    """Write the sample city into the database; False when it is there already.

    ``told`` hears the Monday of every week that is done. ``scale`` makes the years smaller for quick trials.

    Raises:
        DomainError: the database holds real records, or a login name of the sample is taken.
    """
    if sample_is_loaded():
        return False
    require_empty()
    now = clock.now()
    running = fiscal_year_of(clock.day_of(now))
    if running - len(RECENT_VOLUMES) < FIRST_YEAR:
        raise DomainError(TOO_EARLY)
    # The mark comes first, so that of two loadings at once the second fails at once; it is committed last.
    db.session.add(SampleMark(id=1, loaded_at=now))
    db.session.flush()
    ensure_ground()
    with clock.standing_at(datetime.combine(first_day(FIRST_YEAR), time(8, 30, tzinfo=clock.TOKYO))):
        staff = create_staff(actor=COMMAND)
    live(staff=staff, pepper=pepper, now=now, told=told, scale=scale)
    plan_years(staff=staff, running=running, now=now)
    keep_the_map(staff=staff, running=running, now=now)
    publish_history(staff=staff, fiscal_year=FIRST_YEAR, now=now)
    return True


def live(*, staff: Staff, pepper: bytes, now: datetime, told: Told, scale: float) -> None:
    """Let the years happen, and enter them."""
    rng = Random(SEED)  # noqa: S311 - a story, not a secret
    windows = {line.view.key: line.view.window_id for line in list_directory(clock.day_of(now), ended=True)}
    book = Book(staff=staff, windows=windows, pepper=pepper, rng=rng)
    town = Town(rng)
    enter(book, first_run(town, rng, scale=scale), now=now, told=told)
    enter(book, recent_run(town, rng, today=clock.day_of(now), scale=scale), now=now, told=told)


def require_empty() -> None:
    """Refuse a database with real cases or with the names of the sample's accounts."""
    if db.session.scalar(select(func.count()).select_from(Case)):
        raise DomainError(REAL_CASES)
    require_free_names()


def ensure_ground() -> None:
    """Load the directory and the plan that come with the program, where they are not there yet."""
    load_directory(actor=COMMAND)
    if find_plan(FIRST_YEAR) is None:
        file = files("app.plan") / "data" / "kokubunji-2007.toml"
        load_plan(actor=COMMAND, facts=read_plan(file.read_text(encoding="utf-8")))
