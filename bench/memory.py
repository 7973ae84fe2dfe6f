"""A page rendered from memory: what it was last rendered with, the very same template, and no query."""

from collections.abc import Callable

from flask import Flask, template_rendered


def remembered(app: Flask, ask: Callable[[], object], path: str) -> Callable[[], str]:
    """Return a call that renders anew what ``ask`` was answered with; ``path`` is what it asks for.

    The request in which that happens stays open, since a template asks for its address and its token.
    """
    kept: dict[str, object] = {}
    used = []

    def keep(sender: Flask, template: object, context: dict[str, object], **more: object) -> None:
        kept.update(context)
        used.append(template)

    with template_rendered.connected_to(keep, app):
        ask()
    for name in ("g", "request", "session", "config"):
        kept.pop(name, None)
    app.test_request_context(path).push()
    return lambda: used[0].render(kept)
