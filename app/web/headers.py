"""Headers of every answer, errors, downloads and style sheets included."""

from typing import Final

from flask import Flask, Response, request

from app.web.filters import static_version

CONTENT_SECURITY_POLICY: Final = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
    )
)

HEADERS: Final = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
}

FOREVER: Final = "public, max-age=31536000, immutable"


def register(app: Flask) -> None:
    """Set the headers on every answer of an application."""
    app.after_request(protect)


def protect(response: Response) -> Response:
    """Set what protects the reader, and forbid keeping the answer unless it says otherwise."""
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if request.is_secure:
        response.headers.setdefault("Strict-Transport-Security", "max-age=31536000")
    if request.endpoint == "static":
        response.headers["Cache-Control"] = cache_of_static(response)
    else:
        # A page may show a case: neither disk nor the Back button after sign-out may hold it.
        response.headers.setdefault("Cache-Control", "no-store")
    return response


def cache_of_static(response: Response) -> str:
    """Return for ever for a file asked for under its own content hash, else "ask again"."""
    path = (request.view_args or {}).get("filename", "")
    asked = request.args.get("v")
    if response.status_code in {200, 206, 304} and asked and asked == static_version(path):
        return FOREVER
    return "no-cache"
