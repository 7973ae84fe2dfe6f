"""Which figures a month's report shows, by the programme of the office; pure."""

from dataclasses import dataclass
from typing import Final

from app.kpi.metric import Metric
from app.kpi.metrics import METRICS
from app.kpi.vocabulary import MetricKind
from app.plan.register import Words
from app.situation.programme import Programme


@dataclass(frozen=True, kw_only=True)
class Shown:
    """A metric of the report; ``parts``: whether each of its parts has a line of its own."""

    key: str
    parts: bool = False

    @property
    def metric(self) -> Metric:
        """The metric itself."""
        return METRICS[self.key]

    @property
    def is_kept(self) -> bool:
        """Whether a closed month keeps its records, to tell what was entered late.

        Shares, medians and stocks follow from records that other lines keep.
        """
        return self.metric.kind is MetricKind.FLOW


@dataclass(frozen=True, kw_only=True)
class Group:
    """Lines under one heading."""

    title: Words
    shown: tuple[Shown, ...]


def group(ja: str, en: str, *keys: str) -> Group:
    """Return a group; a key that ends in + is shown with its parts."""
    return Group(
        title=Words(ja=ja, en=en),
        shown=tuple(Shown(key=key.removesuffix("+"), parts=key.endswith("+")) for key in keys),
    )


REFERRALS: Final = group(
    "紹介", "Referrals",
    "referrals_sent", "referrals_answered", "referrals_met", "referrals_declined", "referrals_placed",
    "response_days", "referrals_overdue",
)  # fmt: skip
RETENTION: Final = group(
    "定着確認", "Retention",
    "retention_due", "retention_checks+", "retention_open",
    "retention_1", "retention_3", "retention_6", "retention_12",
)  # fmt: skip
GROUPS: Final[dict[Programme, tuple[Group, ...]]] = {
    Programme.ASSISTANCE: (
        group(
            "相談", "Consultations",
            "assistance_consultations", "assistance_persons", "assistance_group_sessions",
        ),
        group("就職", "Placements", "assistance_placements+", "assistance_raises"),
        REFERRALS,
        RETENTION,
    ),
    Programme.CENTRE: (
        group("登録", "Registrations", "centre_registrants", "centre_registrations+"),
        group(
            "相談", "Consultations",
            "centre_consultations", "centre_persons", "centre_group_sessions", "centre_retention_contacts",
        ),
        group("就職", "Placements", "centre_placements"),
        REFERRALS,
        RETENTION,
    ),
    Programme.GUIDANCE: (
        group("窓口案内", "Guidance", "guidance_given", "guidance_unmatched", "wrong_window_rate"),
        REFERRALS,
        group(
            "就労支援マップ", "Map",
            "map_editions", "map_reprints", "map_distributions", "staff_briefings",
        ),
    ),
}  # fmt: skip


def kept_of(programme: Programme) -> list[Shown]:
    """Return what a closed month of an office keeps the records of."""
    return [one for lines in GROUPS[programme] for one in lines.shown if one.is_kept]
