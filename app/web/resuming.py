"""A form that is taken up again: what its draft kept is read as if it had just been typed."""

from typing import Any

from flask import g, has_request_context, request
from werkzeug.datastructures import MultiDict

DIGITS_OF_A_REVISION = 9


def resume(fields: MultiDict[str, str], *, revision: int) -> None:
    """Let the form of the page at hand begin with these fields."""
    g.resumed_fields = fields
    g.resumed_revision = revision


def resumed() -> Any:
    """Return the fields with which the form of this page begins, None when it begins afresh."""
    return g.get("resumed_fields")


def draft_revision() -> int:
    """Return how often the draft of this page's form was sent so far, 0 when there is none yet."""
    if not has_request_context():
        return 0
    sent = request.form.get("draft_revision", "") if request.method == "POST" else ""
    if sent.isascii() and sent.isdigit() and len(sent) <= DIGITS_OF_A_REVISION:
        return int(sent)
    return int(g.get("resumed_revision", 0))
