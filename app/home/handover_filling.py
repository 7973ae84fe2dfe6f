"""From the form of a hand-over to who gets what, and from there to the preview."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from app.foundation.errors import N_, DomainError
from app.home.handover_forms import ShareForm
from app.home.handover_queries import Held, Pile
from app.home.handover_sharing import Shares, Sharing, deal

TO_WHOM: Final = N_("引き継ぐ人を選んでください。")
NOT_OFFERED: Final = N_("この課の相談員から選んでください。")
ID: Final = re.compile(r"[1-9][0-9]{0,8}")


@dataclass(frozen=True, kw_only=True)
class Part:
    """What one receiver would get, and how many cases that makes with those in charge already."""

    label: str
    held: Sequence[Held]
    drafts: int
    before: int

    @property
    def after(self) -> int:
        """How many open cases it would be then."""
        return self.before + sum(not one.charge.closed for one in self.held)

    @property
    def referrals(self) -> int:
        """How many open referrals go along."""
        return sum(one.referrals for one in self.held)

    @property
    def checks(self) -> int:
        """How many checks after a job go along."""
        return sum(one.checks for one in self.held)


def shares_of(form: ShareForm, pile: Pile) -> Shares:
    """Return who gets what when everything goes to one, or evenly to several; the form is valid."""
    chosen = [form.receiver.data] if form.how.data is Sharing.ONE else form.receivers.data
    cases = [one.charge.case_id for one in pile.held]
    # Drafts go on where the cases ended, so that nobody gets the odd one of both.
    drafts = deal([one.id for one in pile.drafts], chosen, begin=len(cases))
    return Shares(cases=deal(cases, chosen), drafts=drafts)


def sent_shares(sent: Any) -> Shares:
    """Return who gets what as a page sent it, line by line; what names nobody stays where it is."""
    found: dict[str, dict[int, int]] = {"case": {}, "draft": {}}
    for name, value in sent.items():
        kind, _sign, one = name.partition("-")
        if kind in found and ID.fullmatch(one) and ID.fullmatch(value):
            found[kind][int(one)] = int(value)
    return Shares(cases=found["case"], drafts=found["draft"])


def parts_of(shares: Shares, pile: Pile) -> list[Part]:
    """Return what each receiver would get, in the order of the colleagues.

    Raises:
        DomainError: nothing was chosen, or a receiver who does not work at this desk.
    """
    if not shares.receivers:
        raise DomainError(TO_WHOM)
    if shares.receivers - {account_id for account_id, _label, _count in pile.receivers}:
        raise DomainError(NOT_OFFERED)
    return [
        Part(
            label=label,
            held=[one for one in pile.held if shares.cases.get(one.charge.case_id) == account_id],
            drafts=sum(shares.drafts.get(one.id) == account_id for one in pile.drafts),
            before=before,
        )
        for account_id, label, before in pile.receivers
        if account_id in shares.receivers
    ]
