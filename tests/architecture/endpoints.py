"""Who may open which page: the table, written by hand and compared with what the application does.

C counsellor · S supervisor · P plan desk · D department · K partner agency · A auditor · M administrator
PUBLIC is open without sign-in. A new route fails until it has a row.
"""

from app.access.permissions import Role

LETTERS = {
    "C": Role.COUNSELLOR,
    "S": Role.SUPERVISOR,
    "P": Role.PLAN_DESK,
    "D": Role.DEPARTMENT,
    "K": Role.PARTNER,
    "A": Role.AUDITOR,
    "M": Role.ADMINISTRATOR,
}
PUBLIC = "public"
ALLOWED = {
    "front": PUBLIC,
    "healthz": PUBLIC,
    "static": PUBLIC,
    "web.switch_language": PUBLIC,
    "accounts.sign_in": PUBLIC,
    "accounts.sign_out": "CSPDKAM",
    "accounts.password": "CSPDKAM",
    "accounts.index": "M",
    "accounts.new": "M",
    "accounts.edit": "M",
    "accounts.reset_password": "M",
    "accounts.end_sessions": "M",
    "audit.index": "A",
    "cases.index": "CS",
    "cases.look_up": "CS",
    "cases.card": "CS",
    "cases.close": "CS",
    "cases.reopen": "CS",
    "cases.register": "CS",
    "cases.renew": "CS",
    "cases.end_registration": "CS",
    "cases.void_registration": "CS",
    "cases.log": "CS",
    "casefile.edit_consultation": "CS",
    "casefile.show": "CS",
    "casefile.void_consultation": "CS",
    "counter.record": "CS",
    "counter.record_for": "CS",
    "counter.guide": "CS",
    "guidance.ask": "CSPD",
    "guidance.answer": "CSPD",
    "guidance.slip": "CSPD",
    "home.today": "CS",
    "placements.index": "CS",
    "placements.show": "CS",
    "placements.new": "CS",
    "placements.edit": "CS",
    "placements.check": "CS",
    "placements.void": "CS",
    "referrals.index": "CS",
    "referrals.show": "CS",
    "referrals.new": "CS",
    "referrals.move": "CS",
    "referrals.withdraw": "CS",
    "referrals.void": "CS",
    "referrals.received": "CSK",
    "referrals.received_one": "CSK",
    "referrals.answer": "CSK",
    "windows.index": "CSPD",
    "windows.window": "CSPD",
    "map.index": "CSPD",
    "map.new_edition": "P",
    "map.new_printing": "P",
    "kpi.figures": "CSP",
    "kpi.metric": "CSP",
    "kpi.table": "CSPD",
    "kpi.table_file": "CSPD",
    "kpi.codes": "CSPD",
    "plan.measures": "CSPD",
    "plan.measure": "CSPD",
    "plan.results": "PD",
    "plan.targets": "P",
}


def roles_of(endpoint: str) -> frozenset[Role]:
    """Return the roles that may open an endpoint; everybody when it is public."""
    letters = ALLOWED[endpoint]
    return frozenset(LETTERS.values() if letters == PUBLIC else (LETTERS[letter] for letter in letters))
