"""A situation in words, for the counsellor and for the list of what found nothing; pure."""

from dataclasses import replace

from app.foundation.labels import LabelledEnum
from app.guidance.vocabulary import Fact
from app.situation.situation import Situation
from app.situation.vocabulary import AgeBand, AssistanceStatus, TargetGroup, TargetSubgroup, Topic

# Whoever gets no help, or whose status nobody knows, is not told apart by it.
UNREMARKABLE = (AssistanceStatus.NONE, AssistanceStatus.UNKNOWN)


def facts_of(situation: Situation) -> tuple[LabelledEnum, ...]:
    """Return what a situation says, in the order in which it is read out; the moment is left out."""
    found: list[LabelledEnum] = []
    if situation.age_band is not AgeBand.UNKNOWN:
        found.append(situation.age_band)
    found += [group for group in TargetGroup if group in situation.target_groups]
    if situation.single_parent:
        found.append(TargetSubgroup.SINGLE_PARENT)
    if situation.assistance not in UNREMARKABLE:
        found.append(situation.assistance)
    found += [one for one in (certificate(situation), children(situation)) if one]
    found += [one for one in (situation.work, situation.wish) if one]
    found += [topic for topic in Topic if topic in situation.needs]
    if situation.language:
        found.append(situation.language)
    return tuple(found)


def certificate(situation: Situation) -> Fact | None:
    """Return what is said about a disability certificate."""
    if situation.certificate is None:
        return None
    return Fact.CERTIFICATE if situation.certificate else Fact.NO_CERTIFICATE


def children(situation: Situation) -> Fact | None:
    """Return what is said about children."""
    if situation.children is None:
        return None
    return Fact.CHILDREN if situation.children else Fact.NO_CHILDREN


def is_blank(situation: Situation) -> bool:
    """Tell whether nothing is known that could lead anywhere."""
    return not facts_of(situation)


def without_moment(situation: Situation) -> Situation:
    """Return the situation alone: two people who ask at different hours ask the same."""
    return replace(situation, at=None)
