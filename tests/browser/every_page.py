"""Every page that exists, on the sample city: who opens it, and where it is.

A page that is not named here fails `test_every_page_is_looked_at`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from flask import Flask, url_for
from sqlalchemy import select

from app.access.permissions import Role
from app.accounts.models import Account
from app.cases.models import Case, Consultation, ConsultationCount, Registration
from app.cases.vocabulary import Dimension
from app.demo.staff import ACCOUNTS
from app.foundation import clock
from app.foundation.db import db
from app.foundation.fiscal_year import fiscal_year_of
from app.placements.models import Placement
from app.referrals.models import Referral
from app.windows.map_models import MapDistribution, MapEdition, MapPrinting, StaffBriefing
from app.windows.map_vocabulary import EditionState
from app.windows.models import Office, Window
from app.windows.rule_models import GuidanceRule
from tests.factories import make_consultation


@dataclass(frozen=True, kw_only=True)
class Look:
    """One page: the account that opens it (None: nobody signed in) and the values of its address."""

    by: str | None
    values: Callable[[], dict[str, object]] = dict


def first(column, *conditions):
    """Return the first value of a column."""
    return db.session.scalar(select(column).where(*conditions).order_by(column).limit(1))


def office_of(login_name: str) -> int:
    return first(Account.office_id, Account.login_name == login_name)


def case(login_name: str = "soudan1", **more) -> dict[str, object]:
    conditions = [Case.office_id == office_of(login_name), Case.closed_on.is_(None)]
    return {"number": first(Case.number, *conditions), **more}


def closed_case() -> dict[str, object]:
    return {"number": first(Case.number, Case.office_id == office_of("soudan1"), Case.closed_on.is_not(None))}


def consultation() -> dict[str, object]:
    own = Consultation.office_id == office_of("soudan1")
    return {"consultation_id": first(Consultation.id, own, Consultation.voided_at.is_(None))}


def group_session() -> dict[str, object]:
    """Make a group session of the office, once: the sample city tells of none by dimension."""
    own = office_of("soudan1")
    made = first(ConsultationCount.consultation_id)
    if made is None:
        made = make_consultation(office=db.session.get(Office, own), headcount=5).id
        counts = {"dimension": Dimension.TARGET_GROUP, "value": "youth", "heads": 5}
        db.session.add(ConsultationCount(consultation_id=made, **counts))
        db.session.commit()
    return {"consultation_id": made}


def registration() -> dict[str, object]:
    return {"registration_id": first(Registration.id, Registration.voided_at.is_(None))}


def placement(**more) -> dict[str, object]:
    own = Placement.office_id == office_of("soudan1")
    return {"placement_id": first(Placement.id, own, Placement.voided_at.is_(None)), **more}


def referral() -> dict[str, object]:
    from app.followup.board_queries import list_open

    account = db.session.scalar(select(Account).where(Account.login_name == "soudan1"))
    from tests.factories import actor_of

    return {"reference": list_open(actor=actor_of(account))[0].reference}


def saved_view() -> dict[str, object]:
    from app.followup.view_models import SavedView
    from app.foundation import clock

    account = db.session.scalar(select(Account).where(Account.login_name == "soudan1"))
    facts = {"board": "referrals", "title": "急ぐもの", "query": "shown=overdue", "made_at": clock.now()}
    made = SavedView(account_id=account.id, is_default=False, **facts)
    db.session.add(made)
    db.session.commit()
    return {"view_id": made.id}


def late_agency() -> dict[str, object]:
    from app.followup.chaser_queries import list_late_agencies
    from app.foundation import clock
    from tests.factories import actor_of

    account = db.session.scalar(select(Account).where(Account.login_name == "soudan1"))
    return {"agency_id": list_late_agencies(actor=actor_of(account), today=clock.today())[0].id}


def waiting_case() -> dict[str, object]:
    from app.followup.board_queries import list_open
    from tests.factories import actor_of

    account = db.session.scalar(select(Account).where(Account.login_name == "soudan1"))
    return {"number": list_open(actor=actor_of(account))[0].case_number}


def referral_with_answer() -> dict[str, object]:
    from app.followup.board_queries import list_open
    from app.referrals.vocabulary import State
    from tests.factories import actor_of

    account = db.session.scalar(select(Account).where(Account.login_name == "soudan1"))
    rows = list_open(actor=actor_of(account))
    return {"reference": next(row.reference for row in rows if row.state is not State.SENT)}


def received() -> dict[str, object]:
    sent = select(Referral.reference).join(Window, Window.id == Referral.window_id)
    return {"reference": db.session.scalar(sent.where(Window.office_id == office_of("kikan")).limit(1))}


def year() -> dict[str, object]:
    return {"fiscal_year": fiscal_year_of(clock.today())}


def last_month() -> dict[str, object]:
    """Return the last month that is over, of the supervisor's office."""
    last = clock.today().replace(day=1) - timedelta(days=1)
    return {"office_id": office_of("kakaricho"), "fiscal_year": fiscal_year_of(last), "month": last.month}


def draft() -> dict[str, object]:
    return {"number": first(MapEdition.number, MapEdition.state == EditionState.DRAFT)}


def newest_edition() -> dict[str, object]:
    from app.windows.map_queries import find_last_edition

    return {"number": find_last_edition().number}


DESK = Look(by="soudan1")
NOBODY = Look(by=None)
PAGES = {
    "accounts.sign_in": Look(by=None),
    "accounts.password": DESK,
    "drafts.index": DESK,
    "accounts.index": Look(by="kanri"),
    "accounts.new": Look(by="kanri"),
    "accounts.edit": Look(by="kanri", values=lambda: {"account_id": first(Account.id)}),
    "audit.index": Look(by="kansa"),
    "cases.index": DESK,
    "cases.log": DESK,
    "cases.card": Look(by="soudan1", values=case),
    "cases.close": Look(by="soudan1", values=case),
    "cases.register": Look(by="shien1", values=lambda: case("shien1")),
    "cases.renew": Look(by="shien1", values=registration),
    "cases.end_registration": Look(by="shien1", values=registration),
    "cases.void_registration": Look(by="shien1", values=registration),
    "casefile.show": Look(by="soudan1", values=case),
    "merges.merge": Look(by="kakaricho", values=case),
    "handovers.index": Look(by="kakaricho"),
    "handovers.share": Look(by="kakaricho", values=lambda: {"account_id": 0}),
    "casefile.edit_consultation": Look(by="soudan1", values=consultation),
    "casefile.void_consultation": Look(by="soudan1", values=consultation),
    "grid.day": Look(by="soudan1"),
    "group.record": Look(by="soudan1"),
    "group.edit": Look(by="soudan1", values=group_session),
    "counter.record": DESK,
    "guidance.ask": DESK,
    "counter.record_for": Look(by="soudan1", values=case),
    "feed.start": NOBODY,
    "feed.windows": NOBODY,
    "feed.window": Look(by=None, values=lambda: {"key": "labour_advice_kokubunji"}),
    "feed.map": NOBODY,
    "feed.finder": NOBODY,
    "feed.situations": NOBODY,
    "feed.open_data": NOBODY,
    "public_plan.years": NOBODY,
    "public_plan.year": Look(by=None, values=lambda: {"fiscal_year": 2012}),
    "feed_tokens.index": Look(by="kanri"),
    "feed.accessibility": NOBODY,
    "feed.privacy": NOBODY,
    "home.today": DESK,
    "calendar.index": DESK,
    "kpi.figures": Look(by="kakaricho"),
    "kpi.agencies": Look(by="kakaricho", values=year),
    "kpi.guidance": Look(by="kakaricho", values=year),
    "kpi.metric": Look(by="kakaricho", values=lambda: {"key": "assistance_placements", **year()}),
    "national.show": Look(by="kakaricho", values=year),
    "national.enter": Look(by="kakaricho", values=year),
    "handbook.show": Look(by="kakaricho"),
    "dashboard.show": Look(by="kakaricho"),
    "dashboard.set_aside": Look(by="kakaricho", values=lambda: case("kakaricho", programme="assistance")),
    "months.index": Look(by="kakaricho"),
    "months.show": Look(by="kakaricho", values=last_month),
    "months.note": Look(by="kakaricho", values=last_month),
    "months.close": Look(by="kakaricho", values=last_month),
    "years.table": Look(by="keikaku", values=lambda: {"fiscal_year": 2012}),
    "publication.index": Look(by="keikaku"),
    "publication.propose": Look(by="keikaku"),
    "freezing.year": Look(by="keikaku", values=lambda: {"fiscal_year": fiscal_year_of(clock.today()) - 1}),
    "freezing.days": Look(by="keikaku", values=lambda: {"fiscal_year": fiscal_year_of(clock.today()) - 1}),
    "freezing.settle": Look(by="keikaku", values=lambda: {"fiscal_year": fiscal_year_of(clock.today()) - 1}),
    "placements.index": DESK,
    "checks.due": DESK,
    "placements.show": Look(by="soudan1", values=placement),
    "placements.new": Look(by="soudan1", values=case),
    "placements.edit": Look(by="soudan1", values=placement),
    "placements.void": Look(by="soudan1", values=placement),
    "plan.measures": Look(by="keikaku"),
    "series.measure": Look(by="keikaku", values=lambda: {"code": "2-6"}),
    "plan.results": Look(by="shozoku", values=lambda: {"fiscal_year": fiscal_year_of(clock.today()) - 1}),
    "cycle.index": Look(by="keikaku"),
    "cycle.senses": Look(by="keikaku", values=lambda: {"code": "2-6"}),
    "cycle.new": Look(by="keikaku"),
    "cycle.show": Look(by="keikaku", values=lambda: {"key": "kokubunji-2007"}),
    "plan.targets": Look(by="keikaku", values=year),
    "collecting.index": Look(by="keikaku", values=lambda: {"fiscal_year": fiscal_year_of(clock.today()) - 1}),
    "collecting.measure": Look(
        by="keikaku", values=lambda: {"fiscal_year": fiscal_year_of(clock.today()) - 1, "code": "2-6"}
    ),
    "collecting.correction": Look(
        by="keikaku",
        values=lambda: {
            "fiscal_year": fiscal_year_of(clock.today()) - 1,
            "code": "2-6",
            "indicator": "assistance_placements",
        },
    ),
    "boards.index": DESK,
    "referrals.show": Look(by="soudan1", values=referral),
    "referrals.new": Look(by="soudan1", values=case),
    "referrals.void": Look(by="soudan1", values=referral),
    "referrals.withdraw": Look(by="soudan1", values=referral),
    "quick.answer": Look(by="soudan1", values=referral),
    "quick.answer_received": Look(by="kikan", values=received),
    "quick.slips": Look(by="soudan1"),
    "quick.close_others": Look(by="soudan1", values=waiting_case),
    "check_in.ask": Look(by="kikan"),
    "boards.views": DESK,
    "boards.new_view": DESK,
    "boards.edit_view": Look(by="soudan1", values=saved_view),
    "boards.chasers": DESK,
    "boards.agency_chasers": Look(by="soudan1", values=late_agency),
    "corrections.correct": Look(by="soudan1", values=referral_with_answer),
    "papers.letter": Look(by="soudan1", values=referral),
    "corrections.extend": Look(by="soudan1", values=referral),
    "closed_days.index": Look(by="keikaku"),
    "referrals.received": Look(by="kikan"),
    "referrals.received_one": Look(by="kikan", values=received),
    "windows.index": DESK,
    "windows.window": Look(by="soudan1", values=lambda: {"window_id": first(Window.id)}),
    "windows.version": Look(by="soudan1", values=lambda: {"window_id": first(Window.id), "number": 1}),
    "entries.new": Look(by="keikaku"),
    "rules.index": Look(by="keikaku"),
    "rules.new": Look(by="keikaku"),
    "rules.edit": Look(by="keikaku", values=lambda: {"rule_id": first(GuidanceRule.id)}),
    "rules.scenarios": Look(by="keikaku"),
    "rules.new_scenario": Look(by="keikaku"),
    "entries.edit": Look(by="keikaku", values=lambda: {"window_id": first(Window.id), "number": 1}),
    "entries.end": Look(by="keikaku", values=lambda: {"window_id": first(Window.id)}),
    "entries.round_of_verification": Look(by="keikaku"),
    "entries.verify": Look(by="keikaku", values=lambda: {"window_id": first(Window.id)}),
    "map.index": Look(by="keikaku"),
    "map.edition": Look(by="keikaku", values=draft),
    "map.edit_edition": Look(by="keikaku", values=draft),
    "map.void_edition": Look(by="keikaku", values=newest_edition),
    "register.new_printing": Look(by="keikaku", values=newest_edition),
    "register.edit_printing": Look(by="keikaku", values=lambda: {"entry_id": first(MapPrinting.id)}),
    "register.distributions": Look(by="keikaku"),
    "register.new_distribution": Look(by="keikaku"),
    "register.edit_distribution": Look(by="keikaku", values=lambda: {"entry_id": first(MapDistribution.id)}),
    "register.briefings": Look(by="keikaku"),
    "register.new_briefing": Look(by="keikaku"),
    "register.edit_briefing": Look(by="keikaku", values=lambda: {"entry_id": first(StaffBriefing.id)}),
    "register.void": Look(
        by="keikaku", values=lambda: {"kind": "briefing", "entry_id": first(StaffBriefing.id)}
    ),
}
NO_PAGE = {
    "cycle.merge": "the sample city has no next plan: tests/plan/test_cycle_pages.py",
    "cycle.split": "the sample city has no next plan: tests/plan/test_cycle_pages.py",
    "cycle.end": "the sample city has no next plan: tests/plan/test_cycle_pages.py",
    "publication.year": "the sample city has frozen no year: tests/publication/test_publication_pages.py",
    "publication.shown": "the sample city has frozen no year: tests/publication/test_publication_pages.py",
    "freezing.restate": "the sample city has frozen no year: tests/years/test_freezing_pages.py",
    "freezing.figure": "the sample city has frozen no year: tests/years/test_freezing_pages.py",
    "calendar.feed": "a file for calendar programs: tests/home/test_calendar_feed.py",
    "links.answer": "links are off in the sample city: tests/referrals/test_answer_links.py",
    "grid.sheet": "a download: tests/counter",
    "front": "leads on to another page",
    "healthz": "plain text for machines",
    "static": "files",
    "drafts.token": "one word for a script",
    "drafts.resume": "leads on to the page of the draft: tests/browser/test_nothing_lost.py",
    "web.switch_language": "leads back to the page",
    "handovers.undo": "the sample city holds no hand-over: tests/home/test_handover_pages.py",
    "merges.undo": "the sample city holds no merge: tests/browser/test_card.py",
    "placements.check": "answers a form of placements.show",
    "checks.move": "answers a form of placements.show",
    "map.new_edition": "leads on to the draft that is there: tests/windows",
    "map.leaflet_pdf": "a download: tests/windows",
    "map.poster_pdf": "a download: tests/windows",
    "dashboard.file": "a download: tests/home",
    "months.file": "a download: tests/kpi",
    "years.table_file": "a download: tests/kpi",
    "years.codes": "a download: tests/kpi",
    "open_data.windows_csv": "open data: tests/feed",
    "open_data.leaflet": "a download: tests/feed",
    "open_data.changes": "open data: tests/feed",
    "public_plan.file": "a download: tests/feed",
    "public_plan.codes": "a download: tests/feed",
    "figures_feed.description": "open data: tests/feed",
    "figures_feed.fiscal_years": "open data: tests/feed",
    "figures_feed.indicators": "open data: tests/feed",
    "figures_feed.internal": "for other programs: tests/feed",
    "collecting.sheet": "a download: tests/collecting",
    "open_data.hsds": "open data: tests/feed",
    "open_data.organizations": "open data: tests/feed",
    "open_data.organization": "open data: tests/feed",
    "open_data.services": "open data: tests/feed",
    "open_data.services_full": "open data: tests/feed",
    "open_data.service": "open data: tests/feed",
    "open_data.locations": "open data: tests/feed",
    "open_data.service_at_locations": "open data: tests/feed",
    "open_data.service_at_location": "open data: tests/feed",
}


def address_of(app: Flask, endpoint: str) -> str:
    """Return the address of a page on the database at hand."""
    with app.test_request_context():
        values = PAGES[endpoint].values()
        missing = [name for name, value in values.items() if value is None]
        assert not missing, f"the sample city has nothing to show on {endpoint}: {missing}"
        return url_for(endpoint, **values)


def password_of(login_name: str) -> str:
    return next(one.password for one in ACCOUNTS if one.login_name == login_name)


ROLES_SEEN = {one.role for one in ACCOUNTS if one.login_name in {look.by for look in PAGES.values()}}
EVERY_ROLE = set(Role)
