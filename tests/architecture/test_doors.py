"""Every route stands in the table endpoint × role, and does what the table says."""

import pytest
from werkzeug.routing import IntegerConverter, Rule

from app.access import guards, permissions
from app.access.permissions import GRANTS, Permission, Role
from tests import factories
from tests.architecture.endpoints import ALLOWED, PUBLIC, roles_of

# Values that fit every converter and name no record: the guard answers before anybody looks for one.
SAMPLES = {"locale": "en", "filename": "css/base.css", "number": "9999-99", "reference": "9999-99"}
SAMPLES |= {"suffix": "json", "ending": "pdf", "key": "assistance_placements"}
SAMPLES |= {"fiscal_year": 2012, "code": "6", "months": 3}
SAMPLES |= {"wanted": "00000000-0000-5000-8000-000000000000"}
A_NUMBER = 999_999


def methods_of(rule: Rule) -> list[str]:
    return sorted((rule.methods or set()) - {"HEAD", "OPTIONS"})


def path_of(app, rule: Rule) -> str:
    """Return an address of this rule, built from SAMPLES."""
    values = {
        name: SAMPLES.get(name, A_NUMBER if isinstance(converter, IntegerConverter) else "none")
        for name, converter in rule._converters.items()
    }
    # A map's number is a number, a case's is not.
    for name, converter in rule._converters.items():
        if isinstance(converter, IntegerConverter) and not isinstance(values[name], int):
            values[name] = A_NUMBER
    return app.url_map.bind("localhost").build(rule.endpoint, values, method=methods_of(rule)[0])


def doors(app) -> list[tuple[str, str, str]]:
    """Return (endpoint, method, path) of everything that can be asked for."""
    return [
        (rule.endpoint, method, path_of(app, rule))
        for rule in app.url_map.iter_rules()
        for method in methods_of(rule)
    ]


def outcome(answer) -> str:
    answer.close()
    if answer.status_code == 302 and answer.location.startswith("/sign-in"):
        return "sign in"
    if answer.status_code >= 500:
        return f"broken ({answer.status_code})"
    return "refused" if answer.status_code == 403 else "let in"


def test_every_route_has_a_row_and_every_row_a_route(app):
    served = {rule.endpoint for rule in app.url_map.iter_rules()}
    assert served - set(ALLOWED) == set(), "a new route needs a row in tests/architecture/endpoints.py"
    assert set(ALLOWED) - served == set(), "a row without a route"


@pytest.mark.parametrize("role", Role, ids=str)
def test_each_role_is_let_in_where_the_table_says_and_nowhere_else(client, app, role):
    with app.app_context():
        account = factories.sign_in(client, role=role)
    found, expected = {}, {}
    for endpoint, method, path in doors(app):
        answer = client.open(path, method=method)
        found[endpoint, method] = outcome(answer)
        expected[endpoint, method] = "let in" if role in roles_of(endpoint) else "refused"
        if endpoint == "accounts.sign_out":
            expected[endpoint, method] = "sign in"  # signed out, which tests/accounts looks at closely
            with app.app_context():
                factories.sign_in(client, account)
    assert found == expected


def test_without_sign_in_only_public_pages_open(client, app):
    found = {
        (endpoint, method): outcome(client.open(path, method=method))
        for endpoint, method, path in doors(app)
        if endpoint != "front"
    }
    assert found == {door: "let in" if ALLOWED[door[0]] == PUBLIC else "sign in" for door in found}


def test_a_view_without_a_guard_is_refused_to_everybody(client, app):
    rules = len(list(app.url_map.iter_rules()))
    app.view_functions["healthz"], kept = lambda: "open!", app.view_functions["healthz"]
    try:
        factories_role = Role.SUPERVISOR
        with app.app_context():
            factories.sign_in(client, role=factories_role)
        answer = client.get("/healthz")
        assert answer.status_code == 403
        assert "open!" not in answer.get_data(as_text=True)
    finally:
        app.view_functions["healthz"] = kept
    assert len(list(app.url_map.iter_rules())) == rules


def test_every_view_names_its_permission_or_says_that_it_is_public(app):
    forgotten = [name for name, view in app.view_functions.items() if not hasattr(view, "permission")]
    assert forgotten == []


def test_the_guard_of_each_route_grants_what_the_table_says(app):
    for endpoint, view in app.view_functions.items():
        permission = view.permission
        granted = frozenset(
            Role if permission is None else (r for r in Role if permissions.allows(r, permission))
        )
        assert granted == roles_of(endpoint), endpoint
        assert (permission is None) == (ALLOWED[endpoint] == PUBLIC), endpoint


def test_every_permission_is_asked_for_by_some_route(app):
    asked = {view.permission for view in app.view_functions.values()} - {None}
    assert {permission for permission in Permission if permission not in asked} == set()


def test_every_role_stands_in_the_grants():
    assert set(GRANTS) == set(Role)
    assert guards.SIGN_IN in ALLOWED
