"""How to build the record that an address names: the table of tests/attacks/test_foreign_records.py.

A new address that names a record of an office needs a row in RECORDS; one that names something everybody
who may open the page shares needs a reason in SHARED.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from app.access.permissions import Role
from app.referrals.vocabulary import State
from app.windows.models import Office
from app.windows.vocabulary import OfficeKind
from tests import factories


def case(office: Office) -> dict[str, object]:
    return {"number": factories.make_case(office).number}


def closed_case(office: Office) -> dict[str, object]:
    from app.cases.vocabulary import CloseReason

    made = factories.make_case(office)
    made.closed_on, made.close_reason = made.opened_on, next(iter(CloseReason))
    return {"number": made.number}


def consultation(office: Office) -> dict[str, object]:
    return {"consultation_id": factories.make_consultation(factories.make_case(office)).id}


def group_session(office: Office) -> dict[str, object]:
    from app.cases.models import ConsultationCount
    from app.cases.vocabulary import Dimension

    made = factories.make_consultation(office=office, headcount=5)
    factories.add(
        ConsultationCount(consultation_id=made.id, dimension=Dimension.TARGET_GROUP, value="youth", heads=5)
    )
    return {"consultation_id": made.id}


def registration(office: Office) -> dict[str, object]:
    return {"registration_id": factories.make_registration(factories.make_case(office)).id}


def placement(office: Office) -> dict[str, object]:
    case = factories.make_case(office)
    factories.make_consultation(case)
    return {"placement_id": factories.make_placement(case).id, "months": 1}


def referral(office: Office) -> dict[str, object]:
    return {"reference": factories.make_referral(factories.make_case(office)).reference}


def saved_view(office: Office) -> dict[str, object]:
    from sqlalchemy import select

    from app.accounts.models import Account
    from app.followup.view_models import SavedView
    from app.foundation import clock
    from app.foundation.db import db

    facts = {"board": "referrals", "title": "表示", "query": "shown=open", "made_at": clock.now()}
    # A view is one person's: of the own office that is who has signed in.
    account = db.session.scalar(select(Account).where(Account.office_id == office.id))
    account = account or factories.make_account(office=office)
    return {"view_id": factories.add(SavedView(account_id=account.id, is_default=False, **facts)).id}


def late_agency(office: Office) -> dict[str, object]:
    made = factories.make_referral(factories.make_case(office))
    return {"agency_id": made.window.office_id}


def answered_referral(office: Office) -> dict[str, object]:
    referral = factories.make_referral(factories.make_case(office))
    day = referral.consent.given_on
    factories.make_move(referral, State.ACCEPTED, happened_on=day, number=2, from_state=State.SENT)
    return {"reference": referral.reference}


def received(office: Office) -> dict[str, object]:
    """Return a referral addressed to a window of this office."""
    _window, version = factories.make_window(office)
    return {"reference": factories.make_referral(factories.make_case(), version).reference}


def draft(office: Office) -> dict[str, object]:
    """Return a draft of the one person of this office."""
    return {"draft_id": factories.make_draft(factories.account_of(office)).id}


def answer_link(office: Office) -> dict[str, object]:
    """Return an unused answer link to a referral of this office."""
    from datetime import timedelta

    from app.foundation import clock
    from app.referrals.link_models import AnswerLink

    sent = factories.make_referral(factories.make_case(office))
    link = AnswerLink(
        referral_id=sent.id,
        token_hash=f"{sent.id:064d}",
        issued_at=clock.now(),
        expires_at=clock.now() + timedelta(days=9),
    )
    return {"reference": sent.reference, "link_id": factories.add(link).id}


def calendar_address(office: Office) -> dict[str, object]:
    """Return an address of a calendar of the one person of this office."""
    from app.foundation import clock
    from app.home.models import CalendarToken

    account = factories.account_of(office)
    made = CalendarToken(account_id=account.id, token_hash=f"{account.id:064d}", issued_at=clock.now())
    return {"token_id": factories.add(made).id}


def open_case(office: Office) -> dict[str, object]:
    """Return the case of somebody with an open referral."""
    made = factories.make_case(office)
    factories.make_referral(made)
    return {"number": made.number}


@dataclass(frozen=True)
class Record:
    """How a record is made in an office, who asks for it, and which values name none."""

    make: Callable[[Office], dict[str, object]]
    role: Role = Role.COUNSELLOR
    kind: OfficeKind = OfficeKind.DEPARTMENT
    missing: dict[str, object] = field(default_factory=dict)


def merge(office: Office) -> dict[str, object]:
    from app.cases.models import CaseMerge
    from app.cases.vocabulary import MergeReason
    from app.foundation import clock

    case, into = factories.make_case(office), factories.make_case(office)
    case.merged_into_id = into.id
    made = factories.add(
        CaseMerge(case_id=case.id, into_id=into.id, reason=MergeReason.PERSON_SAID, merged_at=clock.now())
    )
    made.part_of_id = made.id
    return {"merge_id": made.id}


def colleague(office: Office) -> dict[str, object]:
    return {"account_id": factories.make_account(office=office).id}


def handover(office: Office) -> dict[str, object]:
    from app.cases.handover_models import Handover
    from app.foundation import clock

    facts = {"from_account_id": factories.make_account(office=office).id, "made_at": clock.now()}
    return {"handover_id": factories.add(Handover(office_id=office.id, **facts)).id}


def in_programme(office: Office) -> dict[str, object]:
    return case(office) | {"programme": "assistance"}


def long_support(office: Office) -> dict[str, object]:
    from datetime import date

    from app.foundation import clock
    from app.kpi.long_support_models import LongSupportBreak
    from app.kpi.vocabulary import LongSupportReason
    from app.situation.programme import Programme

    kept = LongSupportBreak(
        case_id=factories.make_case(office).id,
        office_id=office.id,
        programme=Programme.ASSISTANCE,
        reason=LongSupportReason.HEALTH,
        reason_other="",
        set_on=date(2025, 7, 1),
        until_on=date(2025, 12, 1),
        entered_at=clock.now(),
    )
    return {"break_id": factories.add(kept).id}


def month(office: Office) -> dict[str, object]:
    return {"office_id": office.id, "fiscal_year": 2025, "month": 9}


NO_NUMBER = {"number": "0000-00"}
RECORDS = {
    "dashboard.set_aside": Record(in_programme, Role.SUPERVISOR, missing=NO_NUMBER),
    "dashboard.undo": Record(long_support, Role.SUPERVISOR, missing={"break_id": 987654}),
    "months.note": Record(month, Role.SUPERVISOR, missing={"office_id": 987654}),
    "months.close": Record(month, Role.SUPERVISOR, missing={"office_id": 987654}),
    "care.charge": Record(case, missing=NO_NUMBER),
    "care.next_contact": Record(case, missing=NO_NUMBER),
    "care.note": Record(case, missing=NO_NUMBER),
    "casefile.show": Record(case, missing=NO_NUMBER),
    "casefile.void_consultation": Record(consultation, missing={"consultation_id": 987654}),
    "merges.merge": Record(case, Role.SUPERVISOR, missing=NO_NUMBER),
    "merges.undo": Record(merge, Role.SUPERVISOR, missing={"merge_id": 987654}),
    "handovers.share": Record(colleague, Role.SUPERVISOR, missing={"account_id": 987654}),
    "handovers.undo": Record(handover, Role.SUPERVISOR, missing={"handover_id": 987654}),
    "cases.card": Record(case, missing=NO_NUMBER),
    "cases.close": Record(case, missing=NO_NUMBER),
    "cases.reopen": Record(closed_case, missing=NO_NUMBER),
    "cases.register": Record(case, missing=NO_NUMBER),
    "group.edit": Record(group_session, missing={"consultation_id": 987654}),
    "casefile.edit_consultation": Record(consultation, missing={"consultation_id": 987654}),
    "cases.end_registration": Record(registration, missing={"registration_id": 987654}),
    "cases.renew": Record(registration, missing={"registration_id": 987654}),
    "cases.void_registration": Record(registration, missing={"registration_id": 987654}),
    "calendar.revoke": Record(calendar_address, missing={"token_id": 987654}),
    "drafts.discard": Record(draft, missing={"draft_id": 987654}),
    "drafts.resume": Record(draft, missing={"draft_id": 987654}),
    "counter.record_for": Record(case, missing=NO_NUMBER),
    "placements.new": Record(case, missing=NO_NUMBER),
    "placements.show": Record(placement, missing={"placement_id": 987654}),
    "placements.edit": Record(placement, missing={"placement_id": 987654}),
    "placements.check": Record(placement, missing={"placement_id": 987654}),
    "checks.move": Record(placement, missing={"placement_id": 987654}),
    "placements.void": Record(placement, missing={"placement_id": 987654}),
    "referrals.new": Record(case, missing=NO_NUMBER),
    "referrals.show": Record(referral, missing={"reference": "0000-00"}),
    "referrals.move": Record(referral, missing={"reference": "0000-00"}),
    "referrals.void": Record(referral, missing={"reference": "0000-00"}),
    "quick.answer": Record(referral, missing={"reference": "0000-00"}),
    "quick.close_others": Record(open_case, missing=NO_NUMBER),
    "links.make": Record(referral, missing={"reference": "0000-00"}),
    "links.revoke": Record(answer_link, missing={"reference": "0000-00"}),
    "boards.edit_view": Record(saved_view, missing={"view_id": 999_999}),
    "boards.remove_view": Record(saved_view, missing={"view_id": 999_999}),
    "boards.agency_chasers": Record(late_agency, missing={"agency_id": 999_999}),
    "corrections.correct": Record(answered_referral, missing={"reference": "0000-00"}),
    "papers.slip": Record(referral, missing={"reference": "0000-00"}),
    "papers.letter": Record(referral, missing={"reference": "0000-00"}),
    "corrections.extend": Record(referral, missing={"reference": "0000-00"}),
    "referrals.withdraw": Record(referral, missing={"reference": "0000-00"}),
    "referrals.received_one": Record(received, Role.PARTNER, OfficeKind.AGENCY, {"reference": "0000-00"}),
    "quick.answer_received": Record(received, Role.PARTNER, OfficeKind.AGENCY, {"reference": "0000-00"}),
    "check_in.met": Record(received, Role.PARTNER, OfficeKind.AGENCY, {"reference": "0000-00"}),
    "referrals.answer": Record(received, Role.PARTNER, OfficeKind.AGENCY, {"reference": "0000-00"}),
}
SHARED = {
    "calendar.feed": "whoever holds the address: tests/home/test_calendar_feed.py",
    "links.answer": "whoever holds the link: tests/attacks/test_answer_links.py",
    "closed_days.remove": "the plan desk keeps every closed day",
    "static": "files of pages",
    "web.switch_language": "a language",
    "accounts.edit": "administrators see every account",
    "accounts.reset_password": "administrators see every account",
    "accounts.end_sessions": "administrators see every account",
    "windows.window": "the directory is public",
    "windows.version": "the directory is public",
    "rules.edit": "the plan desk keeps every rule",
    "rules.retire": "the plan desk keeps every scenario",
    "entries.edit": "the plan desk keeps every window",
    "entries.end": "the plan desk keeps every window",
    "entries.verify": "the plan desk keeps every window",
    "map.edition": "the map is public",
    "map.edit_edition": "the map is public",
    "map.publish": "the map is public",
    "map.keep": "the map is public",
    "map.discard": "the map is public",
    "map.void_edition": "the map is public",
    "map.leaflet_pdf": "the map is public",
    "map.poster_pdf": "the map is public",
    "register.new_printing": "the map is public",
    "register.edit_printing": "the map is public",
    "register.edit_distribution": "the map is public",
    "register.edit_briefing": "the map is public",
    "register.void": "the map is public",
    "kpi.agencies": "the rows behind a figure lead only into the own office: tests/kpi",
    "national.show": "the figures are the city's: tests/national/test_national.py",
    "national.enter": "the counts are the city's: tests/national/test_national.py",
    "dashboard.file": "counts, without any row",
    "months.show": "its late records lead only into the own office: tests/months/test_month_pages.py",
    "months.file": "counts, which every office may see: tests/months/test_month_pages.py",
    "kpi.guidance": "the rows behind a figure lead only into the own office: tests/kpi",
    "feed.window": "the directory is public",
    "open_data.leaflet": "the map is public",
    "open_data.organization": "the directory is public",
    "open_data.service": "the directory is public",
    "open_data.service_at_location": "the directory is public",
    "kpi.metric": "the rows behind a figure lead only into the own office: tests/kpi",
    "freezing.year": "its records lead only into the own office: tests/years/test_freezing_pages.py",
    "freezing.days": "the plan desk keeps the calendar of every year",
    "freezing.settle": "the plan desk freezes the year of every office",
    "freezing.restate": "the plan desk restates the year of every office",
    "freezing.decision": "a year belongs to no office",
    "freezing.take_back": "only who proposed it: tests/years/test_restating.py",
    "freezing.figure": "its records lead only into the own office: tests/years/test_freezing_pages.py",
    "publication.year": "a year belongs to no office",
    "publication.let_out": "the plan desk releases the year of every office",
    "publication.shown": "what was released is public",
    "publication.decision": "an exception belongs to no office",
    "years.table": "the plan is printed",
    "years.table_file": "the plan is printed",
    "series.measure": "the plan is printed",
    "cycle.show": "the plan is printed",
    "cycle.merge": "the plan desk keeps every plan",
    "cycle.split": "the plan desk keeps every plan",
    "cycle.end": "the plan desk keeps every plan",
    "cycle.senses": "the plan is printed",
    "plan.results": "the form shows a department its own measures only: tests/plan",
    "plan.targets": "the plan is printed",
    "public_plan.year": "published",
    "public_plan.file": "published",
    "figures_feed.indicators": "published",
    "figures_feed.internal": "opened by a token: tests/feed/test_indicators.py",
    "feed_tokens.end": "an administrator ends every token: tests/feed/test_indicators.py",
    "collecting.index": "shows a department its own measures only: tests/collecting",
    "collecting.measure": "another department's measure answers like a missing one: tests/collecting",
    "collecting.correction": "another department's measure answers like a missing one: tests/collecting",
    "collecting.sheet": "holds a department's own measures only: tests/collecting",
    "collecting.read_sheet": "takes a department's own measures only: tests/collecting",
}
