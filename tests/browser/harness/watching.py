"""What no page may do: report an error, break its content policy, or ask another machine for anything."""

import re

from playwright.sync_api import BrowserContext, ConsoleMessage, Request, WebError

# The last draft of a form that is saved at this moment may come after it: the page goes, nobody is told.
DRAFT_TOO_LATE = r"status of 410 .*/drafts\)$"


class Watcher:
    """Collects the problems of every page of a browser context."""

    def __init__(self, context: BrowserContext, origin: str) -> None:
        self.origin = origin
        self.problems: list[str] = []
        self._allowed: list[str] = [DRAFT_TOO_LATE]
        context.on("console", self._on_console)
        context.on("weberror", self._on_error)
        context.on("request", self._on_request)

    def allow(self, pattern: str) -> None:
        """Accept problems that match, as `watcher.allow("status of 404")` for a page that is not there."""
        self._allowed.append(pattern)

    def unexpected(self) -> list[str]:
        """Return the problems that were not allowed."""
        return [
            each for each in self.problems if not any(re.search(pattern, each) for pattern in self._allowed)
        ]

    def _on_console(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            self.problems.append(f"console {message.type}: {message.text} ({message.location.get('url')})")

    def _on_error(self, error: WebError) -> None:
        self.problems.append(f"script error: {error.error}")

    def _on_request(self, request: Request) -> None:
        if not request.url.startswith((self.origin, "data:", "blob:", "about:")):
            self.problems.append(f"request outside: {request.url}")
