"""The application behind a real port, in a thread of the test's process: the test's clock is its clock."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from flask import Flask
from werkzeug.serving import WSGIRequestHandler, make_server

PATIENCE_SECONDS: Final = 30


class QuietHandler(WSGIRequestHandler):
    """Answers without writing a line for each request."""

    def log_request(self, *_args: object) -> None:
        """Write nothing."""


class LiveServer:
    """A server on a free port of 127.0.0.1."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self._asked = threading.Condition()
        self._open = 0
        self._resting = False
        self._server = make_server("127.0.0.1", 0, self.answer, threaded=True, request_handler=QuietHandler)
        self._server.block_on_close = True
        self._server.daemon_threads = False
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        self._thread = threading.Thread(target=self._server.serve_forever, name="live server")
        self._thread.start()

    def answer(self, environ, start_response):
        """Answer a request, and know of it until it is answered."""
        with self._asked:
            self._asked.wait_for(lambda: not self._resting, timeout=PATIENCE_SECONDS)
            self._open += 1
        try:
            return self.app(environ, start_response)
        finally:
            with self._asked:
                self._open -= 1
                self._asked.notify_all()

    @contextmanager
    def resting(self) -> Iterator[None]:
        """Wait until everything asked is answered, and answer nothing before the block ends.

        A page that is being closed still asks, even after the test that opened it: the database must not
        be exchanged beneath that answer.
        """
        with self._asked:
            self._asked.wait_for(lambda: self._open == 0, timeout=PATIENCE_SECONDS)
            self._resting = True
        try:
            yield
        finally:
            with self._asked:
                self._resting = False
                self._asked.notify_all()

    def stop(self) -> None:
        """Finish what is being answered and close the port."""
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()
