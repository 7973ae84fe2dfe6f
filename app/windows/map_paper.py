"""An edition of the map as paper shows it: its windows, by target group and by need; pure."""

from collections.abc import Sequence
from typing import Final

from app.printing.leaflet import Entry, Heading, MapPaper
from app.situation.vocabulary import TargetGroup, Topic
from app.windows.facts import WindowFacts
from app.windows.map_changes import Change
from app.windows.map_views import EditionView
from app.windows.map_vocabulary import ChangeKind
from app.windows.views import WindowView
from app.windows.vocabulary import Appointment

CITY: Final = ("国分寺市", "Kokubunji City")
# Not "for everybody": nobody has said for whom, or its entry says it in words only.
NO_GROUP: Final = Heading(code="no_group", ja="そのほかの窓口", en="Other windows")


def paper_of(
    edition: EditionView, contents: Sequence[WindowView], changes: Sequence[Change], *, url: str
) -> MapPaper:
    """Return what leaflet and poster print of an edition; ``url`` is the public map's, empty when unknown.

    A need that no window of the edition names has no row.
    """
    named = {need for view in contents for need in view.facts.needs}
    return MapPaper(
        city=CITY[0],
        city_en=CITY[1],
        number=edition.number,
        published_on=edition.published_on,
        is_draft=edition.is_draft,
        entries=tuple(entry_of(view) for view in contents),
        groups=(*(Heading(code=one.value, ja=one.ja, en=one.en) for one in TargetGroup), NO_GROUP),
        needs=tuple(Heading(code=one.value, ja=one.ja, en=one.en) for one in Topic if one in named),
        changes=tuple(sentence(change) for change in changes),
        url=url,
    )


def entry_of(view: WindowView) -> Entry:
    """Return a window as the map shows it; hours that nobody knows are left out, never guessed."""
    facts = view.facts
    # A text that names ages itself is not followed by them once more.
    limits = "" if any(sign.isdigit() for sign in facts.eligibility) else ages(facts)
    known = facts.appointment is not Appointment.UNKNOWN
    return Entry(
        name=facts.name,
        name_en=facts.name_en,
        kana=facts.kana,
        services=facts.services,
        for_whom="　".join(text for text in (facts.eligibility, limits) if text),
        hours="　".join(f"{line.days} {line.spans}" for line in view.week),
        appointment=facts.appointment.ja if known else "",
        address=facts.address,
        access=facts.access,
        telephone=facts.telephone,
        groups=tuple(group.value for group in facts.meant_for) or (NO_GROUP.code,),
        needs=tuple(need.value for need in facts.needs),
    )


def ages(facts: WindowFacts) -> str:
    """Return the ages that a window serves, in years, both included; empty when none is known."""
    low, high = facts.minimum_age, facts.maximum_age
    if low is None and high is None:
        return ""
    if high is None:
        return f"{low}歳以上"
    return f"{high}歳以下" if low is None else f"{low}～{high}歳"


def sentence(change: Change) -> str:
    """Return one change in the words of the map."""
    name = change.view.facts.name
    if change.kind is ChangeKind.ADDED:
        return f"{name}が新しく載りました。"
    if change.kind is ChangeKind.CHANGED:
        return f"{name}：{'・'.join(change.changed)}が変わりました。"
    if change.successor is not None:
        return f"{name}は{change.successor.facts.name}に変わりました。"
    return f"{name}は載らなくなりました。"
