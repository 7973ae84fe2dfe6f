"""A plain web host: files in a sub-folder, a strict content policy, nothing that could answer a question."""

import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; base-uri 'none'"
"""Scripts of the site itself run; nothing can be fetched, sent or framed."""
BELOW = "/city/work"


class PlainHandler(SimpleHTTPRequestHandler):
    """Serves files below a sub-folder."""

    def translate_path(self, path: str) -> str:
        """Return the file of an address; one outside of the sub-folder has none."""
        return super().translate_path(path.removeprefix(BELOW) if path.startswith(BELOW) else "/-")

    def end_headers(self) -> None:
        """Send the content policy with every answer."""
        self.send_header("Content-Security-Policy", POLICY)
        super().end_headers()

    def log_message(self, *_args: object) -> None:
        """Write nothing."""


class PlainHost:
    """A web host on a free port of 127.0.0.1; ``url`` is where the site begins."""

    def __init__(self, folder: Path) -> None:
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), partial(PlainHandler, directory=str(folder)))
        self.url = f"http://127.0.0.1:{self._server.server_port}{BELOW}/"
        self._thread = threading.Thread(target=self._server.serve_forever, name="plain host")
        self._thread.start()

    def stop(self) -> None:
        """Close the port."""
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()
