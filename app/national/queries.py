"""The figures that the city owes to the state, each with numerator, denominator and how it is reckoned."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy import select

from app.foundation.db import db
from app.foundation.labels import LabelledEnum
from app.kpi import counts
from app.kpi.metrics import METRICS
from app.kpi.period import Period
from app.national.models import COUNTS, NationalReport
from app.plan.register import NO_WORDS, Words

__all__ = ["COUNTS"]


class Exclusion(LabelledEnum):
    """Why somebody of working age cannot be asked to take part."""

    ILLNESS = "illness", "傷病・障害のため就労が難しい", "Illness or disability"
    SCHOOL = "school", "就学中", "At school"
    CARE = "care", "育児・介護のため就労が難しい", "Care of children or relatives"
    WORKING = "working", "すでに能力に応じて就労している", "Already works as far as able"
    OTHER = "other", "その他", "Other"


@dataclass(frozen=True, kw_only=True)
class Term:
    """A numerator or denominator: its name and number, and the metric that counts it ("" when reported)."""

    title: Words
    value: int | None
    key: str = ""


@dataclass(frozen=True, kw_only=True)
class Rate:
    """One national figure, a share of one; None where nothing is there to divide by."""

    key: str
    title: Words
    rule: Words
    numerator: Term
    denominator: Term

    @property
    def share(self) -> float | None:
        """The numerator divided by the denominator."""
        if not self.denominator.value or self.numerator.value is None:
            return None
        return self.numerator.value / self.denominator.value

    @property
    def is_doubtful(self) -> bool:
        """Whether it is above one, so that the numbers must be looked at."""
        return self.share is not None and self.share > 1


PARTICIPATION: Final = Words(ja="事業の参加率", en="Participation")
GAIN: Final = Words(ja="就労・増収率", en="Found work or earned more")
HOUSEHOLDS: Final = Words(ja="その他の世帯の就労率", en="Other households with a worker")
JOINT: Final = Words(ja="ハローワークとの一体的支援の就職率", en="Placements with Hello Work")
ELIGIBLE: Final = Words(ja="事業に参加できる人", en="People who can take part")
OTHER_HOUSEHOLDS: Final = Words(ja="その他の世帯", en="Other households")
WORKING_HOUSEHOLDS: Final = Words(
    ja="就労している人のいる、その他の世帯", en="Other households with a worker"
)

PARTICIPATION_RULE: Final = Words(
    ja="年度内に参加した生活保護受給者の実人数を、稼働年齢層から参加できない人を除いた数で割ります。",
    en="People on public assistance who took part in the year, divided by those of working age "
    "without those who cannot.",
)
GAIN_RULE: Final = Words(
    ja="年度内に就労または増収した実人数を、参加した実人数で割ります。就労も増収もした人は1人です。",
    en="People who found work or earned more, divided by those who took part; one person once.",
)
HOUSEHOLDS_RULE: Final = Words(
    ja="高齢者・母子・傷病者・障害者のどれでもない「その他の世帯」のうち、就労している人のいる世帯の割合。"
    "どちらの数も報告によります。",
    en="Of the households that are none of the elderly, single mothers, the ill or the disabled, "
    "the share in which somebody works; both counts are reported.",
)
JOINT_RULE: Final = Words(
    ja="ハローワークへの紹介から生まれた就職の件数を、年度内に支援が始まった実人数で割ります。"
    "前の年度に支援が始まった人の就職や、2件目の就職があると、100%を超えることがあります。",
    en="Placements that came of referrals to Hello Work, divided by the people whose support "
    "began in the year. Placements of people supported since last year, and second ones, may "
    "take it above 100%.",
)


def list_reports(fiscal_year: int) -> Sequence[NationalReport]:
    """List what was reported for a year, the newest first; that one holds."""
    return db.session.scalars(
        select(NationalReport)
        .where(NationalReport.fiscal_year == fiscal_year)
        .order_by(NationalReport.number.desc())
    ).all()


def find_report(fiscal_year: int) -> NationalReport | None:
    """Return what holds for a year."""
    return next(iter(list_reports(fiscal_year)), None)


def excluded(report: NationalReport) -> list[tuple[Exclusion, int]]:
    """Return how many are left out, by reason."""
    return [(one, getattr(report, f"excluded_{one.value}")) for one in Exclusion]


def eligible(working_age: int, left_out: Sequence[int]) -> int:
    """Return who can take part: those of working age without those left out; they always sum up."""
    return working_age - sum(left_out)


def counted(key: str, period: Period) -> Term:
    """Return a term that is counted from records."""
    found = counts.value(METRICS[key], period).value
    return Term(title=METRICS[key].title, value=None if found is None else int(found), key=key)


def get_rates(fiscal_year: int, today: date) -> list[Rate]:
    """Return the four figures of a year as far as it has gone."""
    period = Period.of(fiscal_year, today=today)
    report = find_report(fiscal_year)
    asked = eligible(report.working_age, [n for _why, n in excluded(report)]) if report else None
    took_part = counted("assistance_participants", period)
    return [
        Rate(
            key="participation",
            title=PARTICIPATION,
            rule=PARTICIPATION_RULE,
            numerator=took_part,
            denominator=Term(title=ELIGIBLE, value=asked),
        ),
        Rate(
            key="gain",
            title=GAIN,
            rule=GAIN_RULE,
            numerator=counted("assistance_gainers", period),
            denominator=took_part,
        ),
        Rate(
            key="households",
            title=HOUSEHOLDS,
            rule=HOUSEHOLDS_RULE,
            numerator=Term(
                title=WORKING_HOUSEHOLDS, value=report.other_households_working if report else None
            ),
            denominator=Term(title=OTHER_HOUSEHOLDS, value=report.other_households if report else None),
        ),
        Rate(
            key="joint",
            title=JOINT,
            rule=JOINT_RULE,
            numerator=counted("joint_placements", period),
            denominator=counted("joint_supported", period),
        ),
    ]


def explain(rate: Rate) -> Words:
    """Return 12人 ÷ 80人, or why nothing is reckoned."""
    if rate.denominator.value is None or rate.numerator.value is None:
        return Words(ja="報告された数がまだありません。", en="The counts are not reported yet.")
    if not rate.denominator.value:
        return Words(ja="分母が0のため、割合はありません。", en="Nothing to divide by.")
    return NO_WORDS
