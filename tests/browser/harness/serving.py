"""The application behind a real port, in a thread of the test's process: the test's clock is its clock."""

import threading

from flask import Flask
from werkzeug.serving import WSGIRequestHandler, make_server


class QuietHandler(WSGIRequestHandler):
    """Answers without writing a line for each request."""

    def log_request(self, *_args: object) -> None:
        """Write nothing."""


class LiveServer:
    """A server on a free port of 127.0.0.1."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self._server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=QuietHandler)
        self._server.block_on_close = True
        self._server.daemon_threads = False
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        self._thread = threading.Thread(target=self._server.serve_forever, name="live server")
        self._thread.start()

    def stop(self) -> None:
        """Finish what is being answered and close the port."""
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()
