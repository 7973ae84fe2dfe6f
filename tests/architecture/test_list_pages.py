"""A list asks the database as often for many rows as for few: a new list page needs a row here."""

import json
from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy import select

from app.access.permissions import Role
from app.audit import trail
from app.cases.models import CaseOffice
from app.followup.view_models import SavedView
from app.foundation import clock
from app.foundation.db import db
from app.foundation.transaction import transaction
from app.publication.models import Release
from app.windows.map_models import MapCounter, MapDistribution, MapEdition, StaffBriefing
from app.windows.rule_models import GuidanceRule, GuidanceRuleVersion, GuidanceScenario
from app.windows.rules import RuleKind
from app.windows.vocabulary import OfficeKind
from tests import factories
from tests.factories import serial

FEW, MANY = 2, 9


def accounts(account, n):
    factories.make_account(office=factories.make_office())


def entries(account, n):
    factories.db.session.commit()
    with transaction():
        trail.record(actor=factories.system_actor(), action="office.change", subject="office", subject_id=n)


def drafts(account, n):
    factories.make_draft(account)


def cases(account, n):
    factories.make_consultation(factories.make_case(account.office))


def consultations(account, n):
    case = factories.make_case(account.office)
    factories.make_consultation(case, counsellor_id=account.id)
    factories.make_consultation(None, office=account.office, headcount=3)


def referrals(account, n):
    factories.make_referral(factories.make_case(account.office))


def work(account, n):
    case = factories.make_case(account.office)
    place = factories.db.session.get(CaseOffice, (case.id, account.office_id))
    place.next_contact_on, place.counsellor_id = clock.today(), account.id if n else None
    factories.make_referral(case)
    factories.make_placement(case)
    factories.make_draft(account)


def received(account, n):
    _window, version = factories.make_window(account.office)
    factories.make_referral(factories.make_case(), version)


def guidances(account, n):
    held = factories.make_consultation(factories.make_case(account.office))
    asked = {"target_groups": ["youth", "other"][: n % 2], "needs": ["debt"]}
    factories.make_guidance(held, nothing_matched=True, situation=json.dumps(asked))


def placements(account, n):
    factories.make_placement(factories.make_case(account.office))


def windows(account, n):
    factories.make_window(valid_from=date(2020, 4, 1))


def places(account, n):
    factories.make_window(valid_from=date(2020, 4, 1), address="国分寺市")


def distributions(account, n):
    edition = db.session.scalar(select(MapEdition)) or factories.add(
        MapEdition(number=1, published_on=date(2025, 4, 1), fiscal_year=2025, changes="")
    )
    counter = factories.add(MapCounter(place=f"窓口{next(factories.serial)}"))
    factories.add(
        MapDistribution(
            edition_id=edition.id,
            counter_id=counter.id,
            laid_on=date(2025, 5, 1),
            fiscal_year=2025,
            copies=10,
        )
    )


def briefings(account, n):
    office = factories.make_office()
    factories.add(StaffBriefing(office_id=office.id, held_on=date(2025, 5, 1), fiscal_year=2025, headcount=5))


# endpoint: (role, address, what makes one more row)
def guidance_rules(account, n):
    window, _version = factories.make_window(factories.make_office())
    rule = factories.add(GuidanceRule(key=f"rule_{next(serial)}", window_id=window.id))
    factories.add(
        GuidanceRuleVersion(
            rule_id=rule.id,
            number=1,
            kind=RuleKind.SUITS,
            conditions='{"wish": ["training"]}',
            points=n,
            reason="理由",
            reason_en="",
            recorded_at=clock.now(),
        )
    )


def guidance_scenarios(account, n):
    factories.add(
        GuidanceScenario(
            key=f"scenario_{next(serial)}",
            title="例",
            situation="{}",
            first="economy_guidance",
            also="",
            never="",
            reason="理由",
            recorded_at=clock.now(),
        )
    )


def agencies(account, n):
    factories.make_referral(factories.make_case(account.office), sent_on=date(2025, 6, 2))


def saved_views(account, n):
    factories.add(
        SavedView(
            account_id=account.id,
            board="referrals",
            title=f"表示{n}",
            query="shown=overdue",
            made_at=clock.now(),
            is_default=False,
        )
    )


def releases(account, n):
    made = {"edition": 1, "threshold": 10, "released_at": clock.now(), "digest": "0" * 64}
    factories.add(Release(fiscal_year=2020, number=1000 + next(serial), released_by=account.id, **made))


LISTS: dict[str, tuple[Role, str, Callable]] = {
    "accounts.index": (Role.ADMINISTRATOR, "/accounts", accounts),
    "audit.index": (Role.AUDITOR, "/audit", entries),
    "drafts.index": (Role.COUNSELLOR, "/drafts", drafts),
    "cases.index": (Role.COUNSELLOR, "/cases", cases),
    "cases.log": (Role.COUNSELLOR, "/consultations?first=2025-06-01&last=2025-06-30", consultations),
    "home.today": (Role.COUNSELLOR, "/today", work),
    "kpi.agencies": (Role.SUPERVISOR, "/agencies/figures/2025", agencies),
    "kpi.guidance": (Role.SUPERVISOR, "/guidance/figures/2025", guidances),
    "publication.index": (Role.PLAN_DESK, "/publication", releases),
    "kpi.metric": (Role.SUPERVISOR, "/figures/assistance_consultations/2025", consultations),
    "checks.due": (Role.SUPERVISOR, "/placements/checks", placements),
    "placements.index": (Role.SUPERVISOR, "/placements", placements),
    "boards.index": (Role.SUPERVISOR, "/referrals", referrals),
    "boards.chasers": (Role.COUNSELLOR, "/referrals/chasers", referrals),
    "boards.views": (Role.COUNSELLOR, "/referrals/views", saved_views),
    "referrals.received": (Role.PARTNER, "/received-referrals", received),
    "windows.index": (Role.PLAN_DESK, "/windows", windows),
    "register.distributions": (Role.PLAN_DESK, "/map/distributions", distributions),
    "register.briefings": (Role.PLAN_DESK, "/map/briefings", briefings),
    "entries.round_of_verification": (Role.PLAN_DESK, "/windows/round", windows),
    "rules.index": (Role.PLAN_DESK, "/guidance/rules", guidance_rules),
    "rules.scenarios": (Role.PLAN_DESK, "/guidance/scenarios", guidance_scenarios),
    "feed.windows": (Role.COUNSELLOR, "/public/windows/", windows),
    "feed.map": (Role.COUNSELLOR, "/public/map", windows),
    "open_data.windows_csv": (Role.COUNSELLOR, "/open-data/v1/windows.csv", windows),
    "open_data.changes": (Role.COUNSELLOR, "/open-data/v1/changes.json", windows),
    "open_data.organizations": (Role.COUNSELLOR, "/open-data/v1/hsds/organizations.json", windows),
    "open_data.services": (Role.COUNSELLOR, "/open-data/v1/hsds/services.json", windows),
    "open_data.services_full": (Role.COUNSELLOR, "/open-data/v1/hsds/services-full.json", windows),
    "open_data.locations": (Role.COUNSELLOR, "/open-data/v1/hsds/locations.json", places),
    "open_data.service_at_locations": (
        Role.COUNSELLOR,
        "/open-data/v1/hsds/service-at-locations.json",
        places,
    ),
}
# Pages without a record in their address that show no growing table, and what they show.
NO_LISTS = {
    "calendar.index": "at most five addresses",
    "handovers.index": "one line a colleague, and the newest hand-overs: tests/home/test_handover_pages.py",
    "closed_days.index": "a few days a year",
    "front": "leads on",
    "healthz": "one word",
    "quick.slips": "a form",
    "check_in.ask": "a form",
    "accounts.sign_in": "a form",
    "accounts.password": "a form",
    "drafts.token": "one word for a script",
    "accounts.new": "a form",
    "counter.record": "a form",
    "grid.day": "a form",
    "group.record": "a form",
    "grid.sheet": "a blank sheet",
    "guidance.ask": "a form",
    "map.new_edition": "a form",
    "register.new_distribution": "a form",
    "register.new_briefing": "a form",
    "entries.new": "a form",
    "rules.new": "a form",
    "rules.new_scenario": "a form",
    "boards.new_view": "a form",
    "kpi.figures": "one line a metric",
    "dashboard.show": "ten rows of each list; its statements are counted in tests/home/test_dashboard.py",
    "months.index": "twelve months",
    "handbook.show": "the definitions of the program",
    "national.show": "four figures",
    "publication.propose": "one form",
    "years.table": "the printed plan",
    "years.codes": "the keys of the plan",
    "map.index": "one edition a year",
    "plan.measures": "the printed plan",
    "cycle.index": "one line a plan",
    "cycle.new": "a form",
    "feed.start": "links",
    "feed.finder": "a form",
    "feed.situations": "a fixed list: tests/feed",
    "feed.open_data": "links",
    "feed.accessibility": "words",
    "feed.privacy": "words",
    "open_data.hsds": "one line",
    "public_plan.years": "a line a year",
    "public_plan.codes": "the keys of the plan",
    "figures_feed.description": "words",
    "figures_feed.fiscal_years": "a line a year",
    "feed_tokens.index": "a line a program that reads",
}


@pytest.mark.parametrize("endpoint", LISTS)
def test_a_list_sends_as_many_statements_for_many_rows_as_for_few(
    client, db_session, count_statements, endpoint
):
    role, address, add_row = LISTS[endpoint]
    office = None
    if role not in {Role.ADMINISTRATOR, Role.AUDITOR}:
        office = factories.make_office(
            kind=OfficeKind.AGENCY if role is Role.PARTNER else OfficeKind.DEPARTMENT
        )
    account = factories.sign_in(client, role=role, office=office)
    sent, sizes = [], []
    for wanted in (FEW, MANY):
        for number in range(wanted):
            add_row(account, number)
        db_session.commit()
        with count_statements() as statements:
            answer = client.get(address)
        assert answer.status_code == 200
        sizes.append(len(answer.data))
        sent.append(len(statements))
    assert sizes[0] < sizes[1], "the rows did not show, so nothing was tried"
    assert sent[0] == sent[1]


def test_the_page_of_a_case_sends_as_many_statements_for_a_long_story_as_for_a_short_one(
    client, db_session, count_statements
):
    account = factories.sign_in(client)
    sent, sizes = [], []
    case = factories.make_case(account.office)
    for wanted in (FEW, MANY):
        for _number in range(wanted):
            consultation = factories.make_consultation(case)
            factories.make_referral(case, consultation=consultation)
            factories.make_placement(case)
            factories.make_registration(case)
        db_session.commit()
        with count_statements() as statements:
            answer = client.get(f"/cases/{case.number}")
        assert answer.status_code == 200
        sizes.append(len(answer.data))
        sent.append(len(statements))
    assert sizes[0] < sizes[1]
    assert sent[0] == sent[1]


def test_every_page_is_counted_or_shows_no_list(app):
    pages = {
        rule.endpoint for rule in app.url_map.iter_rules() if "GET" in rule.methods and "<" not in rule.rule
    }
    assert pages - set(LISTS) - set(NO_LISTS) == set()
    assert set(NO_LISTS) <= pages
