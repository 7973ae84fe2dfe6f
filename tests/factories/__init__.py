"""Records for tests, inserted as models; rules of operations are not asked.

Every factory flushes and returns the model; what is not said is plausible and in the past.
"""

from datetime import date
from itertools import count

from app.access.actor import Actor
from app.access.permissions import Role
from app.accounts.models import Account
from app.cases.models import Case, CaseOffice, Consultation, Registration
from app.cases.vocabulary import Channel, ConsultationKind, RegistrationKind, SeenBy, Source
from app.drafts.operations import hash_of  # noqa: F401 - used as factories.hash_of
from app.foundation import clock
from app.foundation.db import db
from app.foundation.fiscal_year import fiscal_year_of
from app.guidance.models import Guidance
from app.placements.models import Placement
from app.placements.vocabulary import Contract, Hours, PlacementKind, Posting
from app.referrals.models import Consent, Referral, ReferralMove
from app.referrals.vocabulary import Asked, ConsentForm, State
from app.situation.programme import Programme
from app.situation.vocabulary import AgeBand, AssistanceStatus, Household, TargetGroup, Topic
from app.windows.models import Office, Window, WindowVersion
from app.windows.vocabulary import OfficeKind
from tests.factories.signing import sign_in  # noqa: F401 - used as factories.sign_in

serial = count(1)
A_DAY = date(2025, 6, 2)


def number_of(n: int) -> str:
    """Return a number in the shape of case numbers and references."""
    return f"{1000 + n // 90:04d}-{10 + n % 90:02d}"


def add(record):
    """Insert a record and give it its id."""
    db.session.add(record)
    db.session.flush()
    return record


def make_office(
    key: str | None = None,
    *,
    kind: OfficeKind = OfficeKind.DEPARTMENT,
    name: str | None = None,
    programme: Programme | None = Programme.ASSISTANCE,
) -> Office:
    n = next(serial)
    return add(
        Office(
            key=key or f"office_{n}",
            kind=kind,
            name=name or f"第{n}課",
            name_en=f"Section {n}",
            programme=programme,
        )
    )


def make_account(
    role: Role = Role.COUNSELLOR,
    office: Office | None = None,
    *,
    login_name: str | None = None,
    password_hash: str = "!",
    is_active: bool = True,
) -> Account:
    n = next(serial)
    return add(
        Account(
            login_name=login_name or f"user{n}",
            label=f"{role.ja}{n}",
            role=role,
            office_id=office.id if office else None,
            password_hash=password_hash,
            is_active=is_active,
            must_change_password=False,
            created_at=clock.now(),
        )
    )


def actor_of(account: Account) -> Actor:
    return Actor(id=account.id, label=account.label, role=account.role, office_id=account.office_id)


def account_of(office: Office) -> Account:
    """Return the first account of an office, or make one."""
    there = db.session.query(Account).filter_by(office_id=office.id).order_by(Account.id).first()
    return there or make_account(office=office)


def make_draft(account: Account, *, page: str = "/counter", purpose: str = "counter.record", **fields: str):
    """Keep a draft as the page would; return its row."""
    from flask import current_app

    from app.drafts.contents import Contents
    from app.drafts.keeping import keep_draft
    from app.drafts.sealing import ring_of

    key = f"{next(serial):032x}"
    said = {"submission_key": key, "memo": "書きかけ"} | fields
    return keep_draft(
        actor=actor_of(account),
        purpose=purpose,
        key=key,
        contents=Contents(page=page, fields={name: [value] for name, value in said.items()}),
        revision=1,
        known=0,
        ring=ring_of(current_app.config["SHIRUBE"].draft_key),
    )


def make_actor(role: Role = Role.COUNSELLOR, office: Office | None = None) -> Actor:
    return actor_of(make_account(role, office or make_office()))


def system_actor() -> Actor:
    """Return the actor of a command, whom no office limits."""
    return Actor(id=None, label="test", role=Role.SUPERVISOR, office_id=None)


def make_case(
    office: Office | None = None, *, opened_on: date = A_DAY, number: str | None = None, **more
) -> Case:
    office = office or make_office()
    case = add(
        Case(
            number=number or number_of(next(serial)),
            office_id=office.id,
            opened_on=opened_on,
            entered_at=clock.now(),
            **more,
        )
    )
    add(CaseOffice(case_id=case.id, office_id=office.id, seen_by=SeenBy.OPENING, since=clock.now()))
    return case


def make_consultation(
    case: Case | None = None,
    *,
    office: Office | None = None,
    held_on: date = A_DAY,
    programme: Programme = Programme.ASSISTANCE,
    kind: ConsultationKind = ConsultationKind.CONSULTATION,
    **more,
) -> Consultation:
    office_id = office.id if office else (case.office_id if case else make_office().id)
    facts = {
        "headcount": 1,
        "minutes": 30,
        "channel": Channel.VISIT,
        "source": Source.SELF,
        "source_other": "",
        "assistance": AssistanceStatus.NONE,
        "age_band": AgeBand.A40_49,
        "household": Household.SINGLE,
        "household_other": "",
        "target_group": TargetGroup.OTHER,
        "single_parent": False,
        "topic": Topic.JOB_SEARCH,
        "topic_other": "",
        "memo": "",
        "entered_at": clock.now(),
    } | more
    return add(
        Consultation(
            case_id=case.id if case else None,
            office_id=office_id,
            programme=programme,
            kind=kind,
            held_on=held_on,
            fiscal_year=fiscal_year_of(held_on),
            **facts,
        )
    )


def make_window(
    office: Office | None = None,
    *,
    name: str | None = None,
    key: str | None = None,
    valid_from: date | None = None,
    valid_to: date | None = None,
    **more,
) -> tuple[Window, WindowVersion]:
    n = next(serial)
    office = office or make_office(kind=OfficeKind.AGENCY, programme=None)
    window = add(Window(key=key or f"window_{n}", office_id=office.id, successor_id=None, position=n))
    facts = {
        "name_en": f"Window {n}",
        "kana": "",
        "former_names": "",
        "services": "求職の相談",
        "services_en": "Advice",
        "eligibility": "",
        "eligibility_en": "",
        "note": "",
        "note_en": "",
        "minimum_age": None,
        "maximum_age": None,
        "address": "",
        "telephone": "",
        "response_days": 10,
        "verified_on": None,
        "recorded_at": clock.now(),
    } | more
    version = add(
        WindowVersion(
            window_id=window.id,
            number=1,
            name=name or f"第{n}窓口",
            valid_from=valid_from,
            valid_to=valid_to,
            **facts,
        )
    )
    return window, version


def make_move(
    referral: Referral,
    to: State,
    *,
    happened_on: date,
    number: int,
    from_state: State | None = None,
    code: str | None = None,
) -> ReferralMove:
    return add(
        ReferralMove(
            referral_id=referral.id,
            number=number,
            from_state=from_state,
            to_state=to,
            happened_on=happened_on,
            fiscal_year=fiscal_year_of(happened_on),
            channel=None,
            code=code,
            code_other="",
            entered_at=clock.now(),
        )
    )


def make_referral(
    case: Case,
    version: WindowVersion | None = None,
    *,
    sent_on: date = A_DAY,
    consultation: Consultation | None = None,
    office: Office | None = None,
) -> Referral:
    version = version or make_window()[1]
    consent = add(Consent(case_id=case.id, given_on=sent_on, form=ConsentForm.ORAL, entered_at=clock.now()))
    referral = add(
        Referral(
            reference=number_of(next(serial)),
            case_id=case.id,
            consent_id=consent.id,
            consultation_id=consultation.id if consultation else None,
            office_id=office.id if office else case.office_id,
            window_id=version.window_id,
            window_version_id=version.id,
            asked=Asked.JOB_SEARCH,
            asked_other="",
            entered_at=clock.now(),
        )
    )
    make_move(referral, State.SENT, happened_on=sent_on, number=1)
    return referral


def make_guidance(consultation: Consultation, version: WindowVersion | None = None, **more) -> Guidance:
    version = version or make_window()[1]
    facts = {
        "target_group": consultation.target_group,
        "given_on": consultation.held_on,
        "fiscal_year": consultation.fiscal_year,
        "entered_at": clock.now(),
    } | more
    return add(
        Guidance(
            consultation_id=consultation.id,
            case_id=consultation.case_id,
            office_id=consultation.office_id,
            window_id=version.window_id,
            window_version_id=version.id,
            **facts,
        )
    )


def make_placement(
    case: Case,
    *,
    started_on: date = A_DAY,
    programme: Programme = Programme.ASSISTANCE,
    kind: PlacementKind = PlacementKind.NEW,
    office: Office | None = None,
    referral: Referral | None = None,
    **more,
) -> Placement:
    facts = {
        "offered_on": None,
        "reported_on": started_on,
        "assistance": AssistanceStatus.RECIPIENT,
        "category": None,
        "target_group": TargetGroup.OTHER,
        "hours": Hours.PART_TIME,
        "contract": Contract.NON_REGULAR,
        "contract_other": "",
        "posting": Posting.GENERAL,
        "entered_at": clock.now(),
    } | more
    return add(
        Placement(
            case_id=case.id,
            office_id=office.id if office else case.office_id,
            programme=programme,
            kind=kind,
            referral_id=referral.id if referral else None,
            started_on=started_on,
            fiscal_year=fiscal_year_of(started_on),
            **facts,
        )
    )


def make_registration(
    case: Case,
    *,
    starts_on: date = A_DAY,
    ends_on: date | None = None,
    kind: RegistrationKind = RegistrationKind.NEW,
    **more,
) -> Registration:
    from app.cases.registration import last_day_of_registration

    return add(
        Registration(
            case_id=case.id,
            office_id=case.office_id,
            kind=kind,
            starts_on=starts_on,
            ends_on=ends_on or last_day_of_registration(starts_on),
            entered_at=clock.now(),
            **more,
        )
    )
