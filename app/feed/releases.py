"""Which release of a year a reader asks for: the newest, or an earlier one by its number."""

from typing import Final

from flask import request
from flask_babel import gettext as _

from app.foundation.errors import DomainError

DIGITS: Final = 10


def asked_release() -> int | None:
    """Return the number of the release that is asked for; DomainError when it cannot be read."""
    text = request.args.get("release")
    if text is None:
        return None
    if not (text.isascii() and text.isdigit() and len(text) <= DIGITS and int(text) in range(1, 2**31)):
        raise DomainError(_("公表の番号は、1からの数で指定してください。"))
    return int(text)
