"""Who acts: the little that audit, windows and operations need to know of an account."""

from dataclasses import dataclass

from app.access.permissions import Permission, Role, allows


@dataclass(frozen=True, kw_only=True)
class Actor:
    """A signed-in person, or a command of the system.

    ``id`` is None for commands; ``office_id`` is None where no office limits what is seen (commands).
    """

    id: int | None
    label: str
    role: Role
    office_id: int | None

    def __hash__(self) -> int:
        """Tell statements apart that are kept for each actor: every page and save looks some up."""
        return hash((self.id, self.office_id))

    def may(self, permission: Permission) -> bool:
        """Tell whether this actor has a permission."""
        return allows(self.role, permission)
