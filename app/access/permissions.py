"""Roles, permissions and the one table that joins them; what is not granted here is refused."""

from enum import StrEnum, auto

from app.foundation.labels import LabelledEnum


class Role(LabelledEnum):
    """The seven roles of the desk."""

    COUNSELLOR = "counsellor", "相談員", "Counsellor"
    SUPERVISOR = "supervisor", "係長", "Supervisor"
    PLAN_DESK = "plan_desk", "計画担当", "Plan desk"
    DEPARTMENT = "department", "所管課", "Department"
    PARTNER = "partner", "関係機関", "Partner agency"
    AUDITOR = "auditor", "監査", "Auditor"
    ADMINISTRATOR = "administrator", "管理者", "Administrator"


class Permission(StrEnum):
    """What a guard may ask for."""

    ACCOUNT_OWN = auto()
    CASE_READ = auto()
    CASE_WRITE = auto()
    REFERRAL_READ = auto()
    REFERRAL_WRITE = auto()
    PLACEMENT_READ = auto()
    PLACEMENT_WRITE = auto()
    RECORD_VOID = auto()
    CASE_MERGE = auto()
    CASE_HANDOVER = auto()
    PARTNER_ANSWER = auto()
    WINDOW_READ = auto()
    WINDOW_WRITE = auto()
    RULE_WRITE = auto()
    MAP_WRITE = auto()
    FIGURES_READ = auto()
    MONTH_CLOSE = auto()
    DASHBOARD_READ = auto()
    LONG_SUPPORT_WRITE = auto()
    NATIONAL_WRITE = auto()
    PLAN_READ = auto()
    PLAN_WRITE = auto()
    RESULT_WRITE = auto()
    YEAR_FREEZE = auto()
    YEAR_APPROVE = auto()
    RELEASE_WRITE = auto()
    RELEASE_APPROVE = auto()
    AUDIT_READ = auto()
    ACCOUNT_WRITE = auto()


P = Permission
DESK = frozenset(
    {
        P.ACCOUNT_OWN,
        P.CASE_READ,
        P.CASE_WRITE,
        P.REFERRAL_READ,
        P.REFERRAL_WRITE,
        # A department or the centre answers what was sent to its own windows, like any agency.
        P.PARTNER_ANSWER,
        P.PLACEMENT_READ,
        P.PLACEMENT_WRITE,
        P.RECORD_VOID,
        P.WINDOW_READ,
        P.FIGURES_READ,
        P.PLAN_READ,
    }
)

GRANTS: dict[Role, frozenset[Permission]] = {
    Role.COUNSELLOR: DESK,
    Role.SUPERVISOR: DESK
    | {
        P.YEAR_APPROVE,
        P.RELEASE_APPROVE,
        P.CASE_MERGE,
        P.CASE_HANDOVER,
        P.MONTH_CLOSE,
        P.DASHBOARD_READ,
        P.LONG_SUPPORT_WRITE,
        P.NATIONAL_WRITE,
    },
    Role.PLAN_DESK: frozenset(
        {
            P.ACCOUNT_OWN,
            P.WINDOW_READ,
            P.WINDOW_WRITE,
            P.RULE_WRITE,
            P.MAP_WRITE,
            P.FIGURES_READ,
            P.DASHBOARD_READ,
            P.PLAN_READ,
            P.PLAN_WRITE,
            P.RESULT_WRITE,
            P.NATIONAL_WRITE,
            P.YEAR_FREEZE,
            P.YEAR_APPROVE,
            P.RELEASE_WRITE,
            P.RELEASE_APPROVE,
        }
    ),
    Role.DEPARTMENT: frozenset({P.ACCOUNT_OWN, P.WINDOW_READ, P.PLAN_READ, P.RESULT_WRITE}),
    Role.PARTNER: frozenset({P.ACCOUNT_OWN, P.PARTNER_ANSWER}),
    Role.AUDITOR: frozenset({P.ACCOUNT_OWN, P.AUDIT_READ}),
    Role.ADMINISTRATOR: frozenset({P.ACCOUNT_OWN, P.ACCOUNT_WRITE}),
}


def allows(role: Role, permission: Permission) -> bool:
    """Tell whether a role has a permission."""
    return permission in GRANTS.get(role, frozenset())
