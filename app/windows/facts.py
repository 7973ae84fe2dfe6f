"""What one version of an entry says of a window; whatever nobody knows is empty."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Final, Self

from app.foundation.errors import N_
from app.situation.situation import Language
from app.situation.vocabulary import TargetGroup, Topic
from app.windows.hours import Closing, WeeklyHours
from app.windows.vocabulary import GRACE_DAYS, RESPONSE_DAYS, Appointment

UPSIDE_DOWN_DAYS: Final = N_("終わりの日が始まりの日より前です。日付を確かめてください。")
UPSIDE_DOWN_AGES: Final = N_("年齢の上限が下限より小さくなっています。")
SERVES_OTHERS: Final = N_("「この方だけ」に入っていない対象者が選ばれています。どちらかを直してください。")


@dataclass(frozen=True, kw_only=True)
class WindowFacts:
    """What one version says of a window; ``response_days`` and ``grace_days`` are working days.

    Both ends of validity count. An empty text, an empty tuple and None mean that nobody has said: never that
    there is no limit.
    """

    name: str
    name_en: str
    kana: str = ""
    former_names: str = ""
    services: str = ""
    services_en: str = ""
    # What it helps with, and whom it is meant for, in the words that a person's situation has too.
    needs: tuple[Topic, ...] = ()
    serves: tuple[TargetGroup, ...] = ()
    # Whom alone it takes: guidance never names it to anybody else. Empty when it is open to others too.
    target_groups: tuple[TargetGroup, ...] = ()
    eligibility: str = ""
    eligibility_en: str = ""
    # What a reader of this entry should know about it, such as a day that no source gives.
    note: str = ""
    note_en: str = ""
    minimum_age: int | None = None
    maximum_age: int | None = None
    address: str = ""
    access: str = ""
    access_en: str = ""
    telephone: str = ""
    url: str = ""
    hours: WeeklyHours | None = None
    closings: tuple[Closing, ...] = ()
    appointment: Appointment = Appointment.UNKNOWN
    # Who may refer somebody there, and how.
    referral_from: str = ""
    referral_from_en: str = ""
    documents: str = ""
    documents_en: str = ""
    languages: tuple[Language, ...] = ()
    fee: str = ""
    fee_en: str = ""
    response_days: int = RESPONSE_DAYS
    grace_days: int = GRACE_DAYS
    valid_from: date | None = None
    valid_to: date | None = None
    # Where what stands here was read.
    source: str = ""
    verified_on: date | None = None
    verified_by: str = ""

    @property
    def meant_for(self) -> tuple[TargetGroup, ...]:
        """Whom the map, the search and the public pages name it for: those it serves or takes alone."""
        return tuple(group for group in TargetGroup if group in (*self.serves, *self.target_groups))

    @property
    def serves_whom_it_refuses(self) -> bool:
        """Whether it is said to be for a group that it does not take."""
        return bool(self.target_groups) and not set(self.serves) <= set(self.target_groups)

    @property
    def days_are_upside_down(self) -> bool:
        """Whether it ends before it begins."""
        return self.valid_from is not None and self.valid_to is not None and self.valid_to < self.valid_from

    @property
    def ages_are_upside_down(self) -> bool:
        """Whether its highest age lies below its lowest."""
        low, high = self.minimum_age, self.maximum_age
        return low is not None and high is not None and high < low

    def unverified(self) -> Self:
        """Return the same without who verified it and when: what it says of the window itself."""
        return replace(self, verified_on=None, verified_by="")


def changed_names(before: WindowFacts, after: WindowFacts) -> list[str]:
    """Name the items in which two versions differ, in their order; verification is no difference."""
    one, other = before.unverified(), after.unverified()
    return [name for name in WindowFacts.__dataclass_fields__ if getattr(one, name) != getattr(other, name)]
