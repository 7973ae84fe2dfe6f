"""What Open Referral HSDS 3 asks of each object: required members, their types, closed lists.

Written down from the published schemas (version 3.0) as far as this program uses them.
"""

import re
from datetime import date, datetime
from typing import Any

UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")
CLOCK = re.compile(r"\d\d:\d\d(?::\d\d)?(?:Z|[+-]\d\d:\d\d)")
NUMBER = (int, float)


def is_uuid(value: Any) -> bool:
    return isinstance(value, str) and UUID.fullmatch(value) is not None


def is_day(value: Any) -> bool:
    return isinstance(value, str) and date.fromisoformat(value) is not None


def is_moment(value: Any) -> bool:
    """A moment in UTC to the millisecond."""
    fits = isinstance(value, str) and re.fullmatch(r"[^.]+\.\d{3}Z", value)
    return bool(fits) and datetime.fromisoformat(value).tzinfo is not None


def is_clock(value: Any) -> bool:
    return isinstance(value, str) and CLOCK.fullmatch(value) is not None


def is_text(value: Any) -> bool:
    return isinstance(value, str)


def is_number(value: Any) -> bool:
    return isinstance(value, NUMBER) and not isinstance(value, bool)


def is_one_of(*allowed: str):
    return lambda value: value in allowed


def is_uri(value: Any) -> bool:
    return isinstance(value, str) and value.startswith(("https://", "http://"))


def is_list_of(shape: str):
    return lambda value: (
        isinstance(value, list) and not [fault for one in value for fault in faults(one, shape)]
    )


def is_a(shape: str):
    return lambda value: not faults(value, shape)


REQUIRED = {
    "organization": ("id", "name", "description"),
    "organization_identifier": ("id", "identifier_type", "identifier"),
    "service": ("id", "name", "status"),
    "location": ("id", "location_type"),
    "address": ("id", "address_1", "city", "state_province", "postal_code", "country", "address_type"),
    "service_at_location": ("id",),
    "phone": ("id", "number"),
    "schedule": ("id",),
    "language": ("id",),
    "required_document": ("id",),
    "attribute": ("id",),
    "taxonomy_term": ("id", "name", "description"),
    "page": (
        "total_items",
        "total_pages",
        "page_number",
        "size",
        "first_page",
        "last_page",
        "empty",
        "contents",
    ),
}
MEMBERS = {
    "organization": {
        "id": is_uuid,
        "name": is_text,
        "alternate_name": is_text,
        "description": is_text,
        "organization_identifiers": is_list_of("organization_identifier"),
        "attributes": is_list_of("attribute"),
    },
    "organization_identifier": {
        "id": is_uuid,
        "organization_id": is_uuid,
        "identifier_scheme": is_text,
        "identifier_type": is_text,
        "identifier": is_text,
    },
    "service": {
        "id": is_uuid,
        "organization_id": is_uuid,
        "name": is_text,
        "alternate_name": is_text,
        "description": is_text,
        "url": is_uri,
        "status": is_one_of("active", "inactive", "defunct", "temporarily closed"),
        "interpretation_services": is_text,
        "application_process": is_text,
        "fees_description": is_text,
        "eligibility_description": is_text,
        "minimum_age": is_number,
        "maximum_age": is_number,
        "assured_date": is_day,
        "alert": is_text,
        "last_modified": is_moment,
        "organization": is_a("organization"),
        "phones": is_list_of("phone"),
        "schedules": is_list_of("schedule"),
        "languages": is_list_of("language"),
        "required_documents": is_list_of("required_document"),
        "service_at_locations": is_list_of("service_at_location"),
        "attributes": is_list_of("attribute"),
    },
    "location": {
        "id": is_uuid,
        "location_type": is_one_of("physical", "postal", "virtual"),
        "organization_id": is_uuid,
        "name": is_text,
        "transportation": is_text,
        "addresses": is_list_of("address"),
    },
    "address": {
        "id": is_uuid,
        "location_id": is_uuid,
        "address_1": is_text,
        "city": is_text,
        "state_province": is_text,
        "postal_code": is_text,
        "country": is_one_of("JP"),
        "address_type": is_one_of("physical", "postal", "virtual"),
    },
    "service_at_location": {
        "id": is_uuid,
        "service_id": is_uuid,
        "location_id": is_uuid,
        "location": is_a("location"),
        "service": is_a("service"),
    },
    "phone": {"id": is_uuid, "service_id": is_uuid, "number": is_text},
    "schedule": {
        "id": is_uuid,
        "service_id": is_uuid,
        "freq": is_one_of("WEEKLY", "MONTHLY"),
        "wkst": is_one_of("MO", "TU", "WE", "TH", "FR", "SA", "SU"),
        "interval": is_number,
        "byday": lambda value: re.fullmatch(r"(?:MO|TU|WE|TH|FR|SA|SU)(?:,[A-Z]{2})*", value) is not None,
        "opens_at": is_clock,
        "closes_at": is_clock,
        "timezone": is_number,
        "notes": is_text,
    },
    "language": {"id": is_uuid, "service_id": is_uuid, "name": is_text, "code": is_text},
    "required_document": {"id": is_uuid, "service_id": is_uuid, "document": is_text},
    "attribute": {
        "id": is_uuid,
        "link_id": is_uuid,
        "taxonomy_term_id": is_uuid,
        "link_type": is_text,
        "link_entity": is_text,
        "value": is_text,
        "taxonomy_term": is_a("taxonomy_term"),
    },
    "taxonomy_term": {
        "id": is_uuid,
        "code": is_text,
        "name": is_text,
        "description": is_text,
        "taxonomy": is_text,
    },
    "page": {
        "total_items": is_number,
        "total_pages": is_number,
        "page_number": is_number,
        "size": is_number,
        "first_page": lambda value: isinstance(value, bool),
        "last_page": lambda value: isinstance(value, bool),
        "empty": lambda value: isinstance(value, bool),
        "contents": lambda value: isinstance(value, list),
    },
}


def faults(document: Any, shape: str) -> list[str]:
    """Return what is wrong with an object; nothing when it fits."""
    if not isinstance(document, dict):
        return [f"{shape}: no object"]
    missing = [f"{shape}.{name} is missing" for name in REQUIRED[shape] if name not in document]
    unknown = [f"{shape}.{name} is unknown" for name in document if name not in MEMBERS[shape]]
    wrong = [
        f"{shape}.{name}: {value!r}"
        for name, value in document.items()
        if name in MEMBERS[shape] and not MEMBERS[shape][name](value)
    ]
    return missing + unknown + wrong
