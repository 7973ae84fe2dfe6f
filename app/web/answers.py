"""Answers that are no page: a sentence for a script of our own, which asks for JSON, and paper."""

from flask import Response, jsonify, request


def wants_json() -> bool:
    """Tell whether this request asks for JSON and for nothing else."""
    return request.headers.get("Accept") == "application/json"


def json_answer(status: int, **said: object) -> Response:
    """Return an answer for a script."""
    answer = jsonify(said)
    answer.status_code = status
    return answer


def pdf_answer(made: bytes, name: str) -> Response:
    """Return a PDF that opens in the browser."""
    answer = Response(made, content_type="application/pdf")
    answer.headers["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    return answer
