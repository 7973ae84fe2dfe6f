"""Every metric by its key, in the order of the figures page."""

from typing import Final

from app.foundation.errors import NotFound
from app.kpi import (
    answer_metrics,
    consultation_metrics,
    course_metrics,
    guidance_metrics,
    long_support_metrics,
    map_metrics,
    month_metrics,
    national_metrics,
    placement_metrics,
    referral_metrics,
    retention_metrics,
)
from app.kpi.explaining import explained
from app.kpi.metric import Metric

ORDER: Final = (
    "assistance_placements",
    "assistance_consultations",
    "assistance_persons",
    "assistance_group_sessions",
    "assistance_raises",
    "assistance_participants",
    "assistance_gainers",
    "joint_supported",
    "joint_placements",
    "centre_registrants",
    "centre_registrations",
    "centre_placements",
    "centre_consultations",
    "centre_persons",
    "centre_group_sessions",
    "centre_retention_contacts",
    "guidance_given",
    "referrals_sent",
    "referrals_answered",
    "referrals_met",
    "response_days",
    "response_days_90",
    "answered_in_time",
    "referrals_overdue",
    "referrals_silent",
    "referrals_declined",
    "referrals_placed",
    "wrong_window_rate",
    "rerouted_rate",
    "guidance_unmatched",
    "map_editions",
    "map_reprints",
    "map_distributions",
    "staff_briefings",
    "retention_1",
    "retention_3",
    "retention_6",
    "retention_12",
    "retention_due",
    "retention_checks",
    "retention_open",
    "days_to_placement",
    "course_consulted",
    "course_referred",
    "course_met",
    "course_placed",
    "course_unmet",
    "course_direct",
    "referrals_waiting",
    "long_support_6",
    "long_support_12",
    "long_support_24",
)
_DECLARED: Final = {
    metric.key: metric
    for room in (
        consultation_metrics,
        placement_metrics,
        referral_metrics,
        answer_metrics,
        guidance_metrics,
        map_metrics,
        month_metrics,
        national_metrics,
        retention_metrics,
        course_metrics,
        long_support_metrics,
    )
    for metric in room.METRICS
}
METRICS: Final[dict[str, Metric]] = explained({key: _DECLARED[key] for key in ORDER})


def get_metric(key: str) -> Metric:
    """Return the metric of a key; raises NotFound."""
    metric = METRICS.get(key)
    if metric is None:
        raise NotFound
    return metric
