"""Handing cases over when staff move (異動), and giving out what nobody is in charge of."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import insert, select, update

from app.access.actor import Actor
from app.accounts.queries import list_colleagues
from app.audit.trail import record
from app.cases.handover_models import Handover, HandoverCase, HandoverDraft
from app.cases.handover_queries import Charge, list_drafts_of, list_in_charge
from app.cases.models import CaseOffice
from app.cases.operations import own_office
from app.drafts.keeping import pass_on_drafts
from app.drafts.sealing import Keyring
from app.foundation import clock
from app.foundation.db import db
from app.foundation.errors import N_, Conflict, DomainError
from app.windows.models import Office

CHANGED = N_(
    "この間に担当が変わった相談者があります（%(count)s人）。一覧を開きなおして、もう一度確かめてください。"
)
DRAFTS_GONE = N_("引き継ぐ下書きは、この間に保存されたか、捨てられました。一覧を開きなおしてください。")
NOTHING = N_("引き継ぐ相談者を選んでください。")
NOT_OURS = N_("この課の相談員から選んでください。")
THEMSELVES = N_("引き継ぐ人には、いまの担当者とは別の人を選んでください。")


def hand_over(
    *,
    actor: Actor,
    from_account_id: int,
    to: Mapping[int, int],
    drafts: Mapping[int, int] | None = None,
    ring: Keyring | None = None,
) -> Handover:
    """Give cases and drafts (by id) of one colleague to others; tasks follow, the past stays as it was.

    A draft that was saved or thrown away since it was looked at is left out.

    Raises:
        DomainError: nothing was chosen, or somebody does not work at this office's desk.
        Conflict: a case is no longer with the colleague who hands over.
    """
    wanted = drafts or {}
    if not to and not wanted:
        raise DomainError(NOTHING)
    queue_up(actor)
    require_others(actor=actor, account_ids={*to.values(), *wanted.values()}, origin=from_account_id)
    theirs = list_in_charge(actor=actor, account_id=from_account_id, with_closed=True)
    made = move_cases(actor=actor, from_account_id=from_account_id, to=to, held=theirs)
    moved = hand_drafts(actor=actor, made=made, wanted=wanted, ring=ring)
    if not to and not moved:
        raise Conflict(DRAFTS_GONE)
    note(actor, "handover.made", made, to, moved)
    return made


def move_cases(
    *, actor: Actor, from_account_id: int | None, to: Mapping[int, int], held: Sequence[Charge]
) -> Handover:
    """Put the receivers in charge, and note who was before and since when.

    Raises:
        Conflict: a case is with somebody else by now.
    """
    since = {one.case_id: one.since for one in held}
    refuse_gone(set(to) - set(since))
    made = Handover(
        office_id=own_office(actor), from_account_id=from_account_id, made_at=clock.now(), made_by=actor.id
    )
    db.session.add(made)
    db.session.flush()
    move_all(made, to)
    rows = [
        {"handover_id": made.id, "case_id": case, "to_account_id": who, "former_since": since[case]}
        for case, who in to.items()
    ]
    if rows:
        db.session.execute(insert(HandoverCase), rows)
    return made


def queue_up(actor: Actor) -> None:
    """Let the hand-overs of one office be worked on in turn, so that the second sees what the first did."""
    row = select(Office.id).where(Office.id == actor.office_id)
    db.session.execute(row.with_for_update(key_share=True)).all()


def require_others(*, actor: Actor, account_ids: Collection[int], origin: int | None) -> None:
    """Refuse receivers who do not work at this office's desk, and whoever hands over.

    Raises:
        DomainError: at ``receiver``.
    """
    if origin in account_ids:
        raise DomainError(THEMSELVES, field="receiver")
    if set(account_ids) - {one.id for one in list_colleagues(office_id=actor.office_id)}:
        raise DomainError(NOT_OURS, field="receiver")


def refuse_gone(case_ids: Collection[int]) -> None:
    """Raise Conflict when there are cases that somebody else gave away in the meantime."""
    if case_ids:
        raise Conflict(CHANGED, count=len(case_ids))


def hand_drafts(
    *, actor: Actor, made: Handover, wanted: Mapping[int, int], ring: Keyring | None
) -> dict[int, int]:
    """Pass on those drafts that are still there, and note which went to whom."""
    if not wanted or ring is None or made.from_account_id is None:
        return {}
    there = {one.id for one in list_drafts_of(actor=actor, account_id=made.from_account_id)}
    moved: dict[int, int] = {}
    for account_id in sorted(set(wanted.values())):
        ids = [one for one, who in wanted.items() if who == account_id and one in there]
        went = pass_on_drafts(draft_ids=ids, to_account_id=account_id, ring=ring)
        moved |= dict.fromkeys(went, account_id)
    if moved:
        rows = [{"handover_id": made.id, "draft_id": one, "to_account_id": who} for one, who in moved.items()]
        db.session.execute(insert(HandoverDraft), rows)
    return moved


def give_out(*, actor: Actor, to: Mapping[int, int]) -> Handover:
    """Put colleagues in charge of cases (by id) of which nobody was.

    Raises:
        DomainError: nothing was chosen, or somebody does not work at this office's desk.
        Conflict: somebody is in charge of one by now.
    """
    if not to:
        raise DomainError(NOTHING)
    queue_up(actor)
    require_others(actor=actor, account_ids=set(to.values()), origin=None)
    nobodys = list_in_charge(actor=actor, account_id=None, with_closed=True)
    made = move_cases(actor=actor, from_account_id=None, to=to, held=nobodys)
    numbers = {one.case_id: one.number for one in nobodys}
    for case_id, account_id in to.items():
        record(
            actor=actor,
            action="case.assigned",
            subject="case",
            subject_id=numbers[case_id],
            details={"before": None, "after": account_id},
        )
    note(actor, "handover.made", made, to, {})
    return made


def move_all(made: Handover, to: Mapping[int, int]) -> None:
    """Put the receivers in charge; of two supervisors at one moment the second moves nothing.

    Raises:
        Conflict: a case is with somebody else by now.
    """
    moved = 0
    for account_id in sorted(set(to.values())):
        cases = sorted(case for case, who in to.items() if who == account_id)
        moved += move_charge(made, cases, account_id)
    if moved != len(to):
        raise Conflict(CHANGED, count=len(to) - moved)


def move_charge(made: Handover, cases: list[int], to: int) -> int:
    """Put another colleague in charge of those cases that are still with the first; return how many."""
    moved = 0
    for start in range(0, len(cases), 500):
        changed = db.session.scalars(
            update(CaseOffice)
            .where(
                CaseOffice.office_id == made.office_id,
                CaseOffice.case_id.in_(cases[start : start + 500]),
                CaseOffice.counsellor_id.is_not_distinct_from(made.from_account_id),
            )
            .values(counsellor_id=to, in_charge_since=made.made_at)
            .returning(CaseOffice.case_id)
            .execution_options(synchronize_session="fetch")
        )
        moved += len(changed.all())
    return moved


def note(actor: Actor, action: str, made: Handover, to: Mapping[int, int], drafts: Mapping[int, int]) -> None:
    """Note in the trail how many cases and drafts went from whom to whom."""
    record(
        actor=actor,
        action=action,
        subject="handover",
        subject_id=made.id,
        details={
            "from": made.from_account_id,
            "to": {str(account_id): count for account_id, count in sorted(Counter(to.values()).items())},
            "drafts": len(drafts),
        },
    )
