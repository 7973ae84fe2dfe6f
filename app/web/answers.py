"""Answers to a script of our own, which asks for JSON: a sentence to show, and no page."""

from flask import Response, jsonify, request


def wants_json() -> bool:
    """Tell whether this request asks for JSON and for nothing else."""
    return request.headers.get("Accept") == "application/json"


def json_answer(status: int, **said: object) -> Response:
    """Return an answer for a script."""
    answer = jsonify(said)
    answer.status_code = status
    return answer
