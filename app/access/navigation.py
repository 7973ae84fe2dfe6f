"""The menu as data."""

from collections.abc import Container
from dataclasses import dataclass

from app.access.actor import Actor
from app.access.permissions import Permission
from app.foundation.errors import N_


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One line of the menu; ``label`` is a catalogue id, ``sections`` the blueprints where it is current."""

    endpoint: str
    label: str
    permission: Permission
    sections: frozenset[str]


def entry(endpoint: str, label: str, permission: Permission, *more: str) -> Entry:
    """Return an entry that is current in its own blueprint and in those named."""
    return Entry(
        endpoint=endpoint,
        label=label,
        permission=permission,
        sections=frozenset({endpoint.split(".")[0], *more}),
    )


PLAN = ("plan", "collecting", "cycle", "freezing", "publication", "series")
REFERRALS = ("referrals", "bulk", "corrections", "links", "papers", "quick")
MENU = (
    entry("home.today", N_("今日"), Permission.CASE_READ),
    entry("counter.record", N_("相談を記録"), Permission.CASE_WRITE),
    entry("cases.index", N_("相談者"), Permission.CASE_READ, "casefile", "merges", "handovers"),
    entry("windows.index", N_("相談窓口"), Permission.WINDOW_READ, "entries", "map", "register"),
    entry("guidance.ask", N_("窓口案内"), Permission.WINDOW_READ, "rules"),
    entry("boards.index", N_("紹介"), Permission.REFERRAL_READ, *REFERRALS),
    entry("referrals.received", N_("届いた紹介"), Permission.PARTNER_ANSWER, "check_in"),
    entry("placements.index", N_("就職"), Permission.PLACEMENT_READ, "checks"),
    entry("dashboard.show", N_("概況"), Permission.DASHBOARD_READ),
    entry("kpi.figures", N_("状況"), Permission.FIGURES_READ, "months", "national", "handbook"),
    entry("years.table", N_("計画・実績"), Permission.PLAN_READ, *PLAN),
    entry("audit.index", N_("操作の記録"), Permission.AUDIT_READ),
    entry("accounts.index", N_("利用者"), Permission.ACCOUNT_WRITE, "feed_tokens"),
)


# Where work begins, for whoever may open it; for others the first line of the menu.
FRONT = ("home.today", "years.table")


def menu_of(actor: Actor, endpoints: Container[str]) -> list[Entry]:
    """Return the entries that this actor may open."""
    return [item for item in MENU if item.endpoint in endpoints and actor.may(item.permission)]


def front_page(actor: Actor, endpoints: Container[str]) -> str:
    """Return the endpoint that this actor sees first."""
    offered = [item.endpoint for item in menu_of(actor, endpoints)]
    return next((one for one in (*FRONT, *offered) if one in offered), "accounts.password")
