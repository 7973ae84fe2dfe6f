"""The description of the feed of indicators: OpenAPI 3.1; pure."""

from typing import Any, Final

from app.feed.figure_documents import FORMAT
from app.foundation.fiscal_year import EARLIEST, LATEST
from app.kpi.vocabulary import Mark, TableSource

VERSION: Final = "1.0.0"
PROBLEM: Final = "application/problem+json"
JSON: Final = "application/json"
ETAG: Final = {"description": "Changes when the document does.", "schema": {"type": "string"}}
WORDS: Final = {
    "type": "object",
    "required": ["ja", "en"],
    "properties": {"ja": {"type": "string"}, "en": {"type": "string"}},
    "additionalProperties": False,
}
INDICATORS: Final = {"type": "array", "items": {"$ref": "#/components/schemas/Indicator"}}
YEAR: Final = {"type": "integer", "minimum": EARLIEST, "maximum": LATEST}


def ref(name: str) -> dict[str, str]:
    """Return a reference to a schema."""
    return {"$ref": f"#/components/schemas/{name}"}


def an_object(**properties: Any) -> dict[str, Any]:
    """Return the schema of an object that has exactly these properties."""
    return {
        "type": "object",
        "required": list(properties),
        "properties": properties,
        "additionalProperties": False,
    }


def schemas() -> dict[str, Any]:
    """Return what the documents look like."""
    return {
        "Words": WORDS,
        "Indicator": indicator_schema(),
        "Year": year_schema(),
        "InternalYear": internal_schema(),
        "Years": years_schema(),
        "Problem": an_object(
            type={"type": "string"},
            status={"type": "integer"},
            title={"type": "string"},
            detail={"type": "string"},
        ),
    }


def indicator_schema() -> dict[str, Any]:
    """Return one figure."""
    return an_object(
        measure={"type": "string", "description": "Number of the measure, 2-6."},
        indicator={"type": "string"},
        part={"type": ["string", "null"], "description": "Null for the whole."},
        label=ref("Words"),
        unit=ref("Words"),
        value={
            "type": ["number", "null"],
            "description": "Null where there is nothing to count or where it is withheld.",
        },
        suppressed={"type": "boolean", "description": "秘匿: withheld, so that nobody is recognised."},
        word={"type": ["string", "null"], "description": "The word printed instead of the number."},
        source={"type": "string", "enum": [one.value for one in Mark]},
    )


def year_schema() -> dict[str, Any]:
    """Return a release."""
    return an_object(
        format={"const": FORMAT},
        fiscal_year=YEAR,
        fiscal_year_label=ref("Words"),
        release=an_object(
            number={"type": "integer", "minimum": 1},
            edition={"type": ["integer", "null"]},
            released_at={"type": "string", "format": "date-time"},
            threshold={"type": "integer"},
            digest={"type": "string"},
        ),
        releases={"type": "array", "items": {"type": "integer"}},
        indicators=INDICATORS,
    )


def internal_schema() -> dict[str, Any]:
    """Return a year before its release."""
    return an_object(
        format={"const": FORMAT},
        fiscal_year=YEAR,
        fiscal_year_label=ref("Words"),
        source={"type": "string", "enum": [one.value for one in TableSource]},
        handling={"const": "internal"},
        indicators=INDICATORS,
    )


def years_schema() -> dict[str, Any]:
    """Return the list of years."""
    a_year = an_object(fiscal_year=YEAR, label=ref("Words"), indicators={"type": "string"})
    return an_object(format={"const": FORMAT}, fiscal_years={"type": "array", "items": a_year})


def answer(text: str, schema: str) -> dict[str, Any]:
    """Return a good answer."""
    return {
        "description": text,
        "headers": {"ETag": ETAG},
        "content": {JSON: {"schema": ref(schema)}},
    }


def refusal(text: str) -> dict[str, Any]:
    """Return an answer that says what is wrong."""
    return {"description": text, "content": {PROBLEM: {"schema": ref("Problem")}}}


def year_parameter() -> dict[str, Any]:
    """Return the fiscal year in the address."""
    return {
        "name": "fiscal_year",
        "in": "path",
        "required": True,
        "description": "The year in which it begins.",
        "schema": YEAR,
    }


def operation(name: str, text: str, good: dict[str, Any], *parameters: Any, **more: Any) -> dict[str, Any]:
    """Return a GET with its answers."""
    responses = {"200": good, "304": {"description": "Unchanged since the ETag that was sent."}}
    if parameters:
        responses["404"] = refusal("No such fiscal year, or nothing of it was released.")
    responses |= more.pop("responses", {})
    return {
        "get": {
            "operationId": name,
            "summary": text,
            "parameters": list(parameters),
            "responses": responses,
            **more,
        }
    }


def description(server: str) -> dict[str, Any]:
    """Return the whole description; ``server`` is the address under which the feed lies."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "しるべ 指標のフィード",
            "summary": "Results of the employment support plan, year by year.",
            "version": VERSION,
        },
        "servers": [{"url": server}],
        "paths": paths(),
        "components": {
            "schemas": schemas(),
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        },
    }


def paths() -> dict[str, Any]:
    """Return what can be asked for."""
    release = {
        "name": "release",
        "in": "query",
        "required": False,
        "description": "The number of an earlier release; the newest when left out.",
        "schema": {"type": "integer", "minimum": 1, "maximum": 2**31 - 1},
    }
    return {
        "/fiscal-years": operation(
            "listFiscalYears", "Which fiscal years were released.", answer("The years.", "Years")
        ),
        "/fiscal-years/{fiscal_year}/indicators": operation(
            "getIndicators",
            "The released indicators of a fiscal year.",
            answer("The release.", "Year"),
            year_parameter(),
            release,
            responses={"422": refusal("The number of the release cannot be read.")},
        ),
        "/internal/fiscal-years/{fiscal_year}/indicators": operation(
            "getInternalIndicators",
            "The indicators of a fiscal year before their release; small numbers are withheld.",
            answer("The year as it stands.", "InternalYear"),
            year_parameter(),
            security=[{"token": []}],
            responses={
                "401": refusal("No token, or one that opens nothing."),
                "429": refusal("Too many requests; Retry-After says when to come again."),
            },
        ),
    }
