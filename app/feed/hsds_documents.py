"""The directory as documents of Open Referral HSDS 3: services, organizations, places; pure.

A window is a service of the office that runs it; where its address is known, at a location. Only what is
known is written: HSDS asks for an identifier, a name and a status, everything else may be missing.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, Final

from app.feed.catalogue import Catalogue
from app.windows.hsds_schedules import schedules_of
from app.windows.hsds_terms import KEY, KIND, PROGRAMME, SUCCESSOR, TAXONOMY, identifier, terms_of
from app.windows.views import Listed, OfficeView, WindowView
from app.windows.vocabulary import Appointment, Standing

Document = dict[str, Any]
VERSION: Final = "3.0"
PROFILE: Final = "https://docs.openreferral.org/en/v3.0.1/hsds/"
STATUS: Final = {
    Standing.CURRENT: "active",
    Standing.UPCOMING: "inactive",
    Standing.ENDED: "defunct",
}
TERM_TEXT: Final = "A fact of Shirube for which HSDS has no field of its own."


def page_of(contents: Sequence[Document]) -> Document:
    """Return everything as the one page of a list."""
    return {
        "total_items": len(contents),
        "total_pages": 1,
        "page_number": 1,
        "size": len(contents),
        "first_page": True,
        "last_page": True,
        "empty": not contents,
        "contents": list(contents),
    }


def without_gaps(document: Mapping[str, Any]) -> Document:
    """Leave out what nobody knows."""
    return {name: value for name, value in document.items() if value not in (None, "", [], {})}


def moment(at: datetime) -> str:
    """Write a moment in UTC to the millisecond, as HSDS asks."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.") + f"{at.microsecond // 1000:03d}Z"


# ---- organizations ------------------------------------------------------------------------------


def organization(office: OfficeView) -> Document:
    """Return an office in the short form of lists; HSDS asks for a description, so its kind is told."""
    return without_gaps(
        {
            "id": identifier("organization", office.key),
            "name": office.name,
            "alternate_name": office.name_en,
            "description": f"{office.kind.ja} / {office.kind.en}",
        }
    )


def whole_organization(office: OfficeView) -> Document:
    """Return an office with everything that belongs to it."""
    short = organization(office)
    own = {"organization_id": short["id"], "identifier_scheme": TAXONOMY, "identifier_type": "Shirube key"}
    terms = {KEY: office.key, KIND: office.kind.value}
    if office.programme is not None:
        terms[PROGRAMME] = office.programme.value
    return {
        **short,
        "organization_identifiers": [
            {"id": identifier("organization_identifier", office.key), **own, "identifier": office.key}
        ],
        "attributes": attributes("organization", office.key, terms),
    }


def organizations(catalogue: Catalogue) -> dict[str, OfficeView]:
    """Return the offices that run a window, by identifier."""
    return {identifier("organization", line.view.office.key): line.view.office for line in catalogue.lines}


# ---- services -----------------------------------------------------------------------------------


def service(catalogue: Catalogue, line: Listed, address: Callable[[str], str]) -> Document:
    """Return a window in the short form of lists; ``address`` gives its page by its key."""
    view, facts = line.view, line.view.facts
    return without_gaps(
        {
            "id": identifier("service", view.key),
            "organization_id": identifier("organization", view.office.key),
            "name": facts.name,
            "alternate_name": facts.name_en,
            "description": facts.services,
            "url": facts.url or address(view.key),
            "status": STATUS[line.standing],
            "interpretation_services": "、".join(language.ja for language in facts.languages),
            "application_process": application(view),
            "fees_description": facts.fee,
            "eligibility_description": facts.eligibility,
            "minimum_age": facts.minimum_age,
            "maximum_age": facts.maximum_age,
            "assured_date": facts.verified_on.isoformat() if facts.verified_on else None,
            "alert": facts.note,
            "last_modified": moment(catalogue.changed_at(line)),
            "organization": organization(view.office),
        }
    )


def application(view: WindowView) -> str:
    """Return how one gets there: by appointment, and who refers."""
    facts = view.facts
    booked = "" if facts.appointment is Appointment.UNKNOWN else facts.appointment.ja
    return "\n".join(part for part in (booked, facts.referral_from) if part)


def whole_service(catalogue: Catalogue, line: Listed, address: Callable[[str], str]) -> Document:
    """Return a window with everything that belongs to it."""
    view, facts = line.view, line.view.facts
    mine = identifier("service", view.key)
    place = whole_location(view)
    heir = catalogue.find_id(view.successor_id)
    terms = {KEY: view.key, **terms_of(facts), **({SUCCESSOR: heir.view.key} if heir else {})}
    return without_gaps(
        {
            **service(catalogue, line, address),
            "organization": whole_organization(view.office),
            "phones": phones(view),
            "schedules": [
                {"id": identifier("schedule", view.key, number), "service_id": mine, **one}
                for number, one in enumerate(schedules_of(facts.hours) if facts.hours else [])
            ],
            "languages": [
                {
                    "id": identifier("language", view.key, language.value),
                    "service_id": mine,
                    "name": language.ja,
                    # "another language" has no code
                    **({"code": language.value} if len(language.value) == 2 else {}),
                }
                for language in facts.languages
            ],
            "required_documents": [
                {"id": identifier("document", view.key, number), "service_id": mine, "document": one}
                for number, one in enumerate(facts.documents.splitlines())
                if one
            ],
            "service_at_locations": [
                {**meeting(view), "location": place},
            ]
            if place
            else [],
            "attributes": attributes("service", view.key, terms),
        }
    )


def phones(view: WindowView) -> list[Document]:
    """Return the telephone, when it is known."""
    if not view.facts.telephone:
        return []
    mine = identifier("service", view.key)
    return [{"id": identifier("phone", view.key), "service_id": mine, "number": view.facts.telephone}]


def attributes(kind: str, key: str, terms: Mapping[str, str]) -> list[Document]:
    """Return the terms of Shirube that are attached to something."""
    return [
        {
            "id": identifier("attribute", kind, key, name),
            "link_id": identifier(kind, key),
            "taxonomy_term_id": identifier("taxonomy_term", name),
            "link_type": "attribute",
            "link_entity": kind,
            "value": value,
            "taxonomy_term": {
                "id": identifier("taxonomy_term", name),
                "code": name,
                "name": name,
                "description": TERM_TEXT,
                "taxonomy": TAXONOMY,
            },
        }
        for name, value in terms.items()
    ]


# ---- places -------------------------------------------------------------------------------------


def location(view: WindowView) -> Document | None:
    """Return where a window is in the short form of lists, None when nobody knows."""
    if not view.facts.address:
        return None
    return without_gaps(
        {
            "id": identifier("location", view.key),
            "location_type": "physical",
            "organization_id": identifier("organization", view.office.key),
            "name": view.facts.name,
            "transportation": view.facts.access,
        }
    )


def whole_location(view: WindowView) -> Document | None:
    """Return where a window is, with its address; HSDS wants each part named, so unknown ones are empty."""
    short = location(view)
    if short is None:
        return None
    city = re.match(r"(?:[^市区町村]+[市区町村])?", view.facts.address)
    town = city[0] if city else ""
    postal = {
        "id": identifier("address", view.key),
        "location_id": short["id"],
        "address_1": view.facts.address[len(town) :],
        "city": town,
        "state_province": "",
        "postal_code": "",
        "country": "JP",
        "address_type": "physical",
    }
    return {**short, "addresses": [postal]}


def meeting(view: WindowView) -> Document:
    """Return that a window is at its place."""
    return {
        "id": identifier("service_at_location", view.key),
        "service_id": identifier("service", view.key),
        "location_id": identifier("location", view.key),
    }


def meetings(catalogue: Catalogue, address: Callable[[str], str]) -> dict[str, Document]:
    """Return every window that has a known place, at its place, in the short form of lists."""
    found = {}
    for line in catalogue.lines:
        place = location(line.view)
        if place is not None:
            one = meeting(line.view)
            found[one["id"]] = {**one, "location": place, "service": service(catalogue, line, address)}
    return found
