"""Restating frozen figures (訂正): one proposes and says why, another approves; both editions stay."""

import json
from collections.abc import Sequence
from typing import Final

from sqlalchemy import select

from app.access.actor import Actor
from app.access.permissions import Permission
from app.accounts.queries import labels_of
from app.audit import trail
from app.foundation import clock
from app.foundation.db import db
from app.foundation.errors import CHANGED_MEANWHILE, N_, Conflict, DomainError, Forbidden
from app.kpi.vocabulary import EditionKind, RestatementState
from app.plan import queries
from app.plan.models import Indicator
from app.plan.period_operations import hold
from app.years import freezing
from app.years.freezing_changes import Change, TextChange, list_changes, list_text_changes
from app.years.freezing_models import FrozenFigure, Restatement, YearEdition
from app.years.freezing_operations import Counted, Done, collect, keep, keep_figures, keep_sets, note
from app.years.freezing_queries import find_proposal, get_edition, get_proposal
from app.years.restating import Decision, restated
from app.years.table_text import table_of

WAITING: Final = N_("この年度には、承認を待っている訂正があります。先にそれを決めてください。")
NO_REASON: Final = N_("訂正の理由を入れてください。")
NOTHING_CHOSEN: Final = N_("訂正するものを選んでください。")
NOT_DIFFERENT: Final = N_(
    "選んだもののなかに、いまは確定のときと変わらないものがあります。開きなおして、確かめてください。"
)
SAME_PERSON: Final = N_("提案した人は承認できません。ほかの人に承認を頼んでください。")
MOVED_ON: Final = N_(
    "提案のあとに記録が変わりました。差し戻して、いまの記録でもう一度提案してもらってください。"
)


def propose(*, actor: Actor, fiscal_year: int, chosen: Sequence[str], reason: str) -> Restatement:
    """Propose to restate figures and texts (keys of changes) as they are now.

    Raises:
        Forbidden: only the plan desk proposes, and by name.
        NotFound: the year was not frozen.
        Conflict: another proposal waits.
        DomainError: no reason, nothing chosen, or a figure that reads as it was frozen.
    """
    if not actor.may(Permission.YEAR_FREEZE) or actor.id is None:
        raise Forbidden
    hold(fiscal_year)
    edition = get_edition(fiscal_year)
    if find_proposal(fiscal_year) is not None:
        raise Conflict(WAITING)
    if not reason.strip():
        raise DomainError(NO_REASON, field="reason")
    if not chosen:
        raise DomainError(NOTHING_CHOSEN, field="chosen")
    changes = chosen_of(fiscal_year, chosen)
    proposal = Restatement(
        fiscal_year=fiscal_year,
        base=edition.number,
        figures=json.dumps(sorted({one.key for one in changes})),
        digest=digest_of(changes),
        reason=reason.strip(),
        state=RestatementState.PROPOSED,
        proposed_at=clock.now(),
        proposed_by=actor.id,
    )
    db.session.add(proposal)
    db.session.flush()
    tell(actor, "year.proposed", proposal)
    return proposal


def decide(*, actor: Actor, fiscal_year: int, approve: bool, version: int | None = None) -> Done:
    """Approve the proposal of a year, which makes a new edition, or refuse it.

    Raises:
        Forbidden: the role approves nothing.
        NotFound: no proposal waits.
        DomainError: whoever proposed it cannot approve it.
        Conflict: somebody decided meanwhile, or the records changed since it was proposed.
    """
    if not actor.may(Permission.YEAR_APPROVE) or actor.id is None:
        raise Forbidden
    hold(fiscal_year)
    proposal = get_proposal(fiscal_year)
    if version is not None and version != proposal.version:
        raise Conflict(CHANGED_MEANWHILE)
    if proposal.proposed_by == actor.id:
        raise DomainError(SAME_PERSON)
    base = get_edition(fiscal_year)
    if not approve:
        settle(actor, proposal, RestatementState.REFUSED, "year.refused")
        return Done(edition=base.number, changed=0)
    changes = chosen_of(fiscal_year, chosen_keys(proposal))
    if digest_of(changes) != proposal.digest:
        raise Conflict(MOVED_ON)
    edition = restate(proposal, base, changes, approver=actor.id)
    changed = sum(count_differing(one) for one in changes)
    settle(actor, proposal, RestatementState.APPROVED, None)
    note(actor, "year.restated", edition, {"count": changed})
    return Done(edition=edition.number, changed=changed)


def withdraw(*, actor: Actor, fiscal_year: int) -> None:
    """Take the own proposal back; Forbidden to others, NotFound where none waits."""
    hold(fiscal_year)
    proposal = get_proposal(fiscal_year)
    if proposal.proposed_by != actor.id:
        raise Forbidden
    proposal.state, proposal.decided_at = RestatementState.WITHDRAWN, clock.now()
    db.session.flush()
    tell(actor, "year.withdrawn", proposal)


Difference = Change | TextChange
"""What can be restated: a figure with its parts, or a measure's results in words."""


def list_differences(fiscal_year: int) -> list[Difference]:
    """Return everything of a frozen year that reads otherwise now, figures before texts."""
    return [*list_changes(fiscal_year), *list_text_changes(fiscal_year)]


def chosen_of(fiscal_year: int, keys: Sequence[str]) -> list[Difference]:
    """Return the chosen differences as they stand now; DomainError where one is gone."""
    changes = list_differences(fiscal_year)
    if not set(keys) <= {one.key for one in changes}:
        raise DomainError(NOT_DIFFERENT, field="chosen")
    return [one for one in changes if one.key in keys]


def chosen_keys(proposal: Restatement) -> list[str]:
    """Return the indicators that a proposal would restate."""
    return list(json.loads(proposal.figures))


def is_outdated(proposal: Restatement, changes: Sequence[Difference]) -> bool:
    """Tell whether records or texts changed since it was proposed."""
    keys = chosen_keys(proposal)
    return digest_of([one for one in changes if one.key in keys]) != proposal.digest


def digest_of(changes: Sequence[Difference]) -> str:
    """Return the digest of what a proposal would make of the figures and texts."""
    return freezing.sha256("\n".join(one.digest for one in changes))


def count_differing(change: Difference) -> int:
    """Return how many figures of a change differ; a text, or one whose records alone changed, counts once."""
    if isinstance(change, TextChange):
        return 1
    was = {one.part: (one.value, one.printed) for one in change.before.with_parts()}
    now = {one.part: (one.value, one.printed) for one in change.now.with_parts()}
    return max(1, sum(was.get(part) != now.get(part) for part in was.keys() | now.keys()))


def restate(
    proposal: Restatement, base: YearEdition, changes: Sequence[Difference], *, approver: int
) -> YearEdition:
    """Make the next edition: what was chosen as it is now, everything else as it was settled before."""
    rows = queries.get_rows(proposal.fiscal_year)
    figures = [one for one in changes if isinstance(one, Change)]
    keys = {one.key for one in figures if one.metric}
    found: dict[str, Counted] = collect(proposal.fiscal_year, only=tuple(keys)) if keys else {}
    names = labels_of([proposal.proposed_by, approver])
    decision = Decision(
        edition=base.number + 1,
        reason=proposal.reason,
        proposed_by=names[proposal.proposed_by],
        approved_by=names[approver],
    )
    texts = [one for one in changes if isinstance(one, TextChange)]
    edition = keep(
        proposal.proposed_by,
        EditionKind.RESTATEMENT,
        restated(table_of(base.report), figures, texts, decision),
        found,
        number=decision.edition,
        reason=proposal.reason,
        approved_by=approver,
    )
    kept = sets_of(base) | keep_sets(edition, rows, found)
    keep_figures(edition, rows, kept)
    return edition


def sets_of(edition: YearEdition) -> dict[str, int]:
    """Return the ids of the sets behind an edition's figures, by the indicators' keys."""
    found = db.session.execute(
        select(Indicator.key, FrozenFigure.set_id)
        .join(Indicator, Indicator.id == FrozenFigure.indicator_id)
        .where(FrozenFigure.edition_id == edition.id, FrozenFigure.set_id.is_not(None))
    )
    return {key: set_id for key, set_id in found if set_id is not None}


def settle(actor: Actor, proposal: Restatement, state: RestatementState, action: str | None) -> None:
    """Note who decided a proposal, and how."""
    proposal.state, proposal.decided_at, proposal.decided_by = state, clock.now(), actor.id
    db.session.flush()
    if action:
        tell(actor, action, proposal)


def tell(actor: Actor, action: str, proposal: Restatement) -> None:
    """Note in the trail what became of a proposal."""
    trail.record(
        actor=actor,
        action=action,
        subject="fiscal_year",
        subject_id=proposal.fiscal_year,
        details={"number": proposal.base, "count": len(chosen_keys(proposal))},
    )
