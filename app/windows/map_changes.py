"""What changed on the map from one edition to the next, computed from the window versions of each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from app.foundation.errors import N_
from app.windows.facts import changed_names
from app.windows.map_vocabulary import ChangeKind
from app.windows.views import WindowView

ITEMS: Final[Mapping[str, str]] = {
    "name": N_("名前"),
    "services": N_("支援の内容"),
    "needs": N_("相談できること"),
    "serves": N_("対象者"),
    "target_groups": N_("対象者"),
    "eligibility": N_("利用できる人"),
    "minimum_age": N_("年齢"),
    "maximum_age": N_("年齢"),
    "address": N_("所在地"),
    "access": N_("行き方"),
    "telephone": N_("電話番号"),
    "hours": N_("受付時間"),
    "closings": N_("休みの日"),
    "appointment": N_("予約"),
    "documents": N_("持ち物"),
    "languages": N_("ことば"),
    "fee": N_("費用"),
}
"""What a reader of the map sees of a window; a change of anything else changes no map."""


@dataclass(frozen=True, kw_only=True)
class Change:
    """One window that differs, as it stands now or stood last; ``changed`` holds the words for its items.

    ``successor`` is the window of the new edition that took over from one that is no longer there.
    """

    kind: ChangeKind
    view: WindowView
    changed: tuple[str, ...] = ()
    successor: WindowView | None = None


def changes_between(before: Sequence[WindowView], after: Sequence[WindowView]) -> tuple[Change, ...]:
    """Return what a reader would notice: windows added, changed, ended, each in the order of the map."""
    old = {view.window_id: view for view in before}
    new = {view.window_id: view for view in after}
    added = [Change(kind=ChangeKind.ADDED, view=view) for view in after if view.window_id not in old]
    changed = [
        Change(kind=ChangeKind.CHANGED, view=view, changed=items)
        for view in after
        if view.window_id in old and (items := changed_items(old[view.window_id], view))
    ]
    ended = [
        Change(kind=ChangeKind.ENDED, view=view, successor=new.get(view.successor_id or 0))
        for view in before
        if view.window_id not in new
    ]
    return (*added, *changed, *ended)


def changed_items(before: WindowView, after: WindowView) -> tuple[str, ...]:
    """Return the words for what differs between two versions of a window, each once."""
    if before.version_id == after.version_id:
        return ()
    words = (ITEMS[name] for name in changed_names(before.facts, after.facts) if name in ITEMS)
    return tuple(dict.fromkeys(words))
