"""What must hold of an entry of the map register."""

from collections.abc import Sequence
from datetime import date
from typing import Final

from app.foundation import clock
from app.foundation.errors import N_, DomainError
from app.windows.map_models import MapPrinting
from app.windows.vocabulary import PrintRun

MOST_COPIES: Final = 1_000_000
IN_THE_FUTURE: Final = N_("今日より後の日付は登録できません。日付を確かめてください。")
BEFORE_EDITION: Final = N_("この号の発行日より前の日付です。日付を確かめてください。")


def require_past(day: date, field: str) -> None:
    """Refuse a day to come: the register holds what happened."""
    if day > clock.today():
        raise DomainError(IN_THE_FUTURE, field=field)


def require_number(number: int, field: str, *, least: int, most: int) -> None:
    """Refuse a number outside its range, which is a slip of the hand."""
    if not least <= number <= most:
        words = N_("%(least)sから%(most)sまでの数で入力してください。")
        raise DomainError(words, field=field, least=least, most=f"{most:,}")


def require_distribution(laid_on: date, copies: int, published_on: date) -> None:
    """Refuse copies of an edition that was not out on the day, a day to come, and an impossible number."""
    require_past(laid_on, "laid_on")
    if laid_on < published_on:
        raise DomainError(BEFORE_EDITION, field="laid_on")
    require_number(copies, "copies", least=0, most=MOST_COPIES)


def require_printing(printed_on: date, copies: int, run: PrintRun, others: Sequence[MapPrinting]) -> None:
    """Refuse a printing that does not fit its edition's others, a day to come, and an impossible number."""
    require_past(printed_on, "printed_on")
    if not 1 <= copies <= MOST_COPIES:
        words = N_("部数は1から%(most)sまでで入力してください。")
        raise DomainError(words, field="copies", most=f"{MOST_COPIES:,}")
    counted = [printing for printing in others if printing.voided_at is None]
    require_run(run, printed_on, counted)


def require_run(run: PrintRun, printed_on: date, others: Sequence[MapPrinting]) -> None:
    """Refuse a second first run, a reprint of what was never printed, and one before the first run."""
    first = next((printing for printing in others if printing.is_first_run), None)
    if run is PrintRun.FIRST:
        if first is not None:
            raise DomainError(N_("この号の初刷はもう登録されています。増冊を選んでください。"), field="run")
        if any(printing.printed_on < printed_on for printing in others):
            raise DomainError(N_("増冊より後の日付です。日付を確かめてください。"), field="printed_on")
        return
    if first is None:
        raise DomainError(N_("この号の初刷がまだ登録されていません。初刷から登録してください。"), field="run")
    if printed_on < first.printed_on:
        raise DomainError(N_("初刷より前の日付です。日付を確かめてください。"), field="printed_on")
