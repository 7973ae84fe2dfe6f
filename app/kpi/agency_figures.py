"""How each agency answers referrals: every figure with its n, each from the metric to whose rows it leads."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.kpi import counts
from app.kpi.counts import NOTHING, Figure
from app.kpi.metrics import METRICS
from app.kpi.period import Period, Scope
from app.kpi.vocabulary import Answering, By
from app.referrals.vocabulary import DeclineCode


@dataclass(frozen=True, kw_only=True)
class AgencyAnswers:
    """What became of the referrals to one agency in a year.

    Counts are of what happened in the year; shares and days are of referrals sent in it.
    """

    agency_id: int
    sent: int
    answered: int
    withdrawn: int
    waiting: int
    met: int
    placed: int
    silent: int
    declined: Mapping[DeclineCode, int]
    days: Figure
    days_90: Figure
    in_time: Figure

    @property
    def reach(self) -> float | None:
        """Referrals met divided by referrals sent, both of the year; None where none was sent."""
        return self.met / self.sent if self.sent else None

    @property
    def declined_in_all(self) -> int:
        """Referrals declined for whatever reason."""
        return sum(self.declined.values())


def get_answers(period: Period, scope: Scope) -> list[AgencyAnswers]:
    """Return every agency to which something was sent or which moved something, most referrals first."""
    parts = counts.cross(METRICS["referrals_sent"], period, By.AGENCY, By.PART, scope)
    codes = counts.cross(METRICS["referrals_declined"], period, By.AGENCY, By.PART, scope)
    flows = {
        name: counts.breakdown(METRICS[f"referrals_{name}"], period, By.AGENCY, scope)
        for name in ("sent", "met", "placed", "silent")
    }
    judged = {
        key: counts.breakdown(METRICS[key], period, By.AGENCY, scope)
        for key in ("response_days", "response_days_90", "answered_in_time")
    }
    agencies = {key for found in flows.values() for key in found} | {agency for agency, _code in codes}
    lines = [
        AgencyAnswers(
            agency_id=agency,
            **{name: found.get(agency, NOTHING).n for name, found in flows.items()},
            answered=parts.get((agency, Answering.ANSWERED.value), NOTHING).n,
            withdrawn=parts.get((agency, Answering.WITHDRAWN.value), NOTHING).n,
            waiting=parts.get((agency, Answering.WAITING.value), NOTHING).n,
            declined={
                code: codes[agency, code.value].n for code in DeclineCode if (agency, code.value) in codes
            },
            days=judged["response_days"].get(agency, NOTHING),
            days_90=judged["response_days_90"].get(agency, NOTHING),
            in_time=judged["answered_in_time"].get(agency, NOTHING),
        )
        for agency in agencies
        if agency is not None
    ]
    return sorted(lines, key=lambda line: (-line.sent, line.agency_id))
