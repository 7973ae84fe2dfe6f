"""The client's address behind proxies."""

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix


def trust(app: Flask, count: int) -> None:
    """Take the client's address from what ``count`` proxies wrote; with 0 nobody's header is read.

    Only the address: whether a page came by HTTPS is for the server to say, which asks who the proxy is.
    """
    if count:
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]  # Flask's documented way to add middleware
            app.wsgi_app, x_for=count, x_proto=0, x_host=0, x_port=0, x_prefix=0
        )
