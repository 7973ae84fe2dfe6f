"""Headers of what the public reads: what may be kept and for how long, who may read it from elsewhere."""

from datetime import datetime
from typing import Final

from flask import Response, make_response, request

PAGE_SECONDS: Final = 300
DATA_SECONDS: Final = 900
SITE: Final = "shirube.site"
"""Set in the environment of a request by the export of a site; a browser cannot set it."""


def site_of_files() -> str | None:
    """Return the address of the site that is being written ("" when unknown), None for a reader's request."""
    return request.environ.get(SITE)


def keep(answer: Response) -> Response:
    """Let a page be kept for a while and asked for again by its content; what answers a form never is.

    The same address speaks the language that a cookie names, so a shared store must tell the cookies apart.
    """
    if request.method in {"GET", "HEAD"} and answer.status_code == 200 and not answer.is_streamed:
        answer.cache_control.public = True
        answer.cache_control.max_age = PAGE_SECONDS
        answer.vary.add("Cookie")
        conditional(answer)
    return answer


def data_file(content: bytes | str, media_type: str, changed_at: datetime | None) -> Response:
    """Return a file of open data: kept, asked for again by content or day, and readable by every site."""
    answer = make_response(content)
    answer.headers["Content-Type"] = media_type
    answer.cache_control.public = True
    answer.cache_control.max_age = DATA_SECONDS
    if changed_at is not None:
        answer.last_modified = changed_at
    # Only here: nothing but published data lies under this address.
    answer.headers["Access-Control-Allow-Origin"] = "*"
    answer.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return conditional(answer)


def conditional(answer: Response) -> Response:
    """Mark an answer by its content, and send nothing more than that where the reader has it already."""
    answer.add_etag()
    answer.make_conditional(request)
    # Conditional answers get a date here, and every server adds its own.
    answer.headers.pop("Date", None)
    return answer
