"""What must hold before the plan desk's change of a window is taken."""

import re
from collections.abc import Sequence
from datetime import date
from typing import Final

from sqlalchemy import func, select

from app.foundation.db import db
from app.foundation.errors import N_, Conflict, DomainError, NotFound
from app.windows.facts import WindowFacts
from app.windows.models import Office, Window, WindowVersion
from app.windows.operations import require_order
from app.windows.views import WindowView, in_force
from app.windows.vocabulary import MOST_GRACE_DAYS, MOST_RESPONSE_DAYS

KEY: Final = re.compile(r"[a-z][a-z0-9_]{1,39}")
WEB: Final = re.compile(r"https?://[^\s<>\"']+")
KEY_TAKEN: Final = N_("この識別名はもう使われています。")
CHANGED_MEANWHILE: Final = N_(
    "このページを開いたあとに、この窓口の登録が変わりました。新しい内容を確かめてから、やり直してください。"
)


def lock_window(window_id: int, latest: int | None) -> Window:
    """Return a window, locked; Conflict when a version newer than ``latest`` was entered."""
    window = db.session.scalar(select(Window).where(Window.id == window_id).with_for_update())
    if window is None:
        raise NotFound
    newest = db.session.scalar(
        select(func.max(WindowVersion.number)).where(WindowVersion.window_id == window_id)
    )
    if latest is not None and latest != newest:
        raise Conflict(CHANGED_MEANWHILE)
    return window


def version_of(versions: Sequence[WindowView], number: int) -> WindowView:
    """Return the version of a number; Conflict when a later one corrects it."""
    view = next((view for view in versions if view.number == number), None)
    if view is None:
        raise NotFound
    if view not in in_force(versions):
        raise Conflict(CHANGED_MEANWHILE)
    return view


def require_key(key: str) -> None:
    """Refuse a key that no address can hold, and one that is taken."""
    if not KEY.fullmatch(key):
        words = N_("英小文字で始め、英小文字・数字・_（下線）で40字までにしてください。")
        raise DomainError(words, field="key")
    if db.session.scalar(select(Window.id).where(Window.key == key)) is not None:
        raise DomainError(KEY_TAKEN, field="key")


def require_office(office_id: int) -> int:
    """Return the id of an office that is there."""
    if db.session.get(Office, office_id) is None:
        raise DomainError(N_("運営する課・機関を選んでください。"), field="office_id")
    return office_id


def require_facts(facts: WindowFacts) -> None:
    """Refuse facts that cannot be: upside down, without a name, with an address that is no web page."""
    if not facts.name.strip():
        raise DomainError(N_("窓口の名前を入力してください。"), field="name")
    require_order(facts)
    if facts.url and not WEB.fullmatch(facts.url):
        raise DomainError(N_("https:// または http:// で始まるアドレスを入力してください。"), field="url")
    if not 1 <= facts.response_days <= MOST_RESPONSE_DAYS:
        words = N_("回答の目安は1から%(most)sまでの日数で入力してください。")
        raise DomainError(words, field="response_days", most=MOST_RESPONSE_DAYS)
    if not 0 <= facts.grace_days <= MOST_GRACE_DAYS:
        words = N_("回答を待つ猶予は0から%(most)sまでの日数で入力してください。")
        raise DomainError(words, field="grace_days", most=MOST_GRACE_DAYS)


def require_change_day(day: date | None, base: WindowView) -> date:
    """Return the first day of a change; refuse one at or before the beginning of what it changes."""
    if day is None:
        raise DomainError(N_("いつから変わるのか、日付を入力してください。"), field="changed_on")
    if day <= base.begins:
        words = N_("直す前の版は%(day)sに始まります。それより後の日付を入力してください。")
        raise DomainError(words, field="changed_on", day=base.begins)
    return day


def require_free_beginning(
    facts: WindowFacts, versions: Sequence[WindowView], corrected: WindowView | None
) -> None:
    """Refuse a second version that begins on the same day: nobody could say which one speaks."""
    begins = facts.valid_from or date.min
    for view in in_force(versions):
        if view != corrected and view.begins == begins:
            words = N_("その日から始まる版（第%(number)s版）がもうあります。その版を直してください。")
            field = "valid_from" if corrected else "changed_on"
            raise DomainError(words, field=field, number=view.number)


def require_successor(window_id: int, successor_id: int | None) -> None:
    """Refuse a successor that is not there, and one that leads back to the window itself."""
    following = {
        one.id: one.successor_id for one in db.session.execute(select(Window.id, Window.successor_id))
    }
    if successor_id is not None and successor_id not in following:
        raise DomainError(N_("引き継ぐ窓口を選びなおしてください。"), field="successor_id")
    seen: set[int] = set()
    step = successor_id
    while step is not None and step not in seen:
        if step == window_id:
            words = N_("引き継ぐ窓口をたどると、この窓口に戻ります。別の窓口を選んでください。")
            raise DomainError(words, field="successor_id")
        seen.add(step)
        step = following.get(step)
