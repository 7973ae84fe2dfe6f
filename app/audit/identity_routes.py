"""The question of a script, whether a text being typed may tell who somebody is; and what the trail keeps.

The text is read and forgotten: it stands in no log, no session and no table.
"""

import math
import re
import time
from typing import Any, Final

from flask import Blueprint, abort, render_template, request
from flask_babel import gettext as _

from app.access.guards import current_actor, requires
from app.access.pace import Pace
from app.access.permissions import Permission
from app.audit.trail import noted, record
from app.foundation.transaction import before_commit
from app.web import identity
from app.web.answers import json_answer

blueprint = Blueprint("identity", __name__)

# Somebody who types without a pause asks twice a second at most, in two windows four times.
PACE: Final = Pace(burst=20, per_second=5)
NAME: Final = re.compile(r"[A-Za-z][A-Za-z0-9_-]{0,63}")


@blueprint.post("/identity")
@requires(Permission.ACCOUNT_OWN)
def read() -> Any:
    """Answer what a text may tell of a person: the places, a sentence, and the part of the page to show."""
    wait = PACE.wait(current_actor().id or 0, time.monotonic())
    if wait:
        answer = json_answer(429)
        answer.headers["Retry-After"] = str(math.ceil(wait))
        return answer
    name, text = request.form.get("name", ""), request.form.get("text", "")
    if not NAME.fullmatch(name):
        abort(400)
    if len(text) > identity.LONGEST:
        abort(413)
    asked = identity.asking(name, text)
    return json_answer(
        200,
        findings=places(asked),
        seen=asked.seen if asked.findings else "",
        said=sentence(asked),
        panel=render_template("identity/found.html", asked=asked) if asked.findings else "",
    )


def places(asked: identity.Asking) -> list[dict[str, object]]:
    """Return where a script marks the text, and why."""
    return [
        {
            "start": one.start,
            "end": one.end,
            "kind": one.kind,
            "severity": one.severity,
            "reason": _(one.reason),
            "column": one.column,
        }
        for one in asked.findings
    ]


def sentence(asked: identity.Asking) -> str:
    """Return what is read out to whoever cannot see the marks; "" when nothing was found."""
    count = len(asked.findings)
    if not count:
        return ""
    if asked.is_blocked:
        return str(_("個人が分かる記述が%(count)sか所あります。このままでは保存できません。", count=count))
    return str(_("個人が分かるかもしれない言葉が%(count)sか所あります。", count=count))


def note_passed() -> None:
    """Note what the writer let through in spite of a warning, beside the record that it was written in."""
    notes = noted()
    if not notes:
        return
    # A new person's first entry opens the case, too; the text belongs to what came after.
    about = next((note for note in notes if note.subject != "case"), notes[0])
    for passed in identity.take_passed():
        record(
            actor=about.actor,
            action="identity.passed",
            subject=about.subject,
            subject_id=about.subject_id,
            details={"identity_kinds": list(passed.kinds), "identity_reason": passed.reason},
        )


# Before the trail is sealed.
before_commit.insert(0, note_passed)
