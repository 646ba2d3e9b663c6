"""Reports in a browser on this machine, drawn anew whenever a template, the settings or the register is saved."""

from __future__ import annotations

import re
import secrets
import sys
import threading
from collections.abc import Callable, Iterable
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from pipeline.flow import Run
from pipeline.preview.drawn import Drawn, NoSuchReport
from pipeline.preview.pages import being_drawn, cannot_be_drawn, frame

HOST = "127.0.0.1"
"""Reports hold people's names: only this machine is served."""
TEXT, PAGE = "text/plain; charset=utf-8", "text/html; charset=utf-8"
TYPES = {
    "html": PAGE,
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
_AT_ONCE_SECONDS = 0.5
"""What is not ready by then is said to be being drawn; the page asks again by itself."""
_WAIT_SECONDS = 20
"""How long a page waits for a change before it asks again."""
_LOOK_SECONDS = 0.5


class Preview:
    """Serves the reports of a run on loopback. `again` begins the run anew; `watched` are the files it depends on.

    The reports of one state are kept; whatever a file in `watched` becomes, the next look draws anew. Its address holds
    a word that nobody can guess: others at the same machine reach its port, but no report.
    """

    def __init__(self, again: Callable[[], Run], watched: Iterable[Path], port: int = 0) -> None:
        self._drawn = Drawn(again, watched)
        self._server = _Server((HOST, port), _Handler)
        self._server.preview = self
        self._word = secrets.token_urlsafe(18)

    @property
    def address(self) -> str:
        """Where to look."""
        return f"http://{HOST}:{self._server.server_address[1]}/{self._word}/"

    def inside(self, path: str) -> str | None:
        """What is asked for behind the word of the address; None where the word is another."""
        word, slash, rest = path.removeprefix("/").partition("/")
        known = secrets.compare_digest(word.encode(errors="replace"), self._word.encode())
        return rest if known and slash else None

    def serve(self) -> None:
        """Serve until `stop`, or until the process is interrupted."""
        self._server.serve_forever()

    def stop(self) -> None:
        """Serve no more."""
        self._server.shutdown()
        self._server.server_close()

    def wait(self, seen: str, stopped: threading.Event | None = None) -> str:
        """The state of the files, as soon as it is another than `seen`, or after a while."""
        pause = stopped or threading.Event()
        for _ in range(int(_WAIT_SECONDS / _LOOK_SECONDS)):
            if self.state != seen:
                break
            pause.wait(_LOOK_SECONDS)
        return self.state

    @property
    def state(self) -> str:
        """The state of the watched files in a few letters."""
        return f"{hash(self._drawn.stamp()) & 0xFFFFFFFF:08x}"

    def answer(self, name: str) -> tuple[HTTPStatus, str, bytes]:
        """Status, type and content for a report by the name of its file, "" being the frame: at once, drawn or not."""
        state = self.state
        try:
            content = self._drawn.ready(name, _AT_ONCE_SECONDS)
        except NoSuchReport:
            return HTTPStatus.NOT_FOUND, TEXT, b"There is no such report."
        except Exception as problem:
            return HTTPStatus.OK, PAGE, cannot_be_drawn(problem).encode()
        if content is None:
            return HTTPStatus.OK, PAGE, being_drawn(name).encode()
        if not name:
            return HTTPStatus.OK, PAGE, frame(content.decode().split("\n"), state).encode()
        return HTTPStatus.OK, TYPES[name.rpartition(".")[2]], content


class _Server(ThreadingHTTPServer):
    """The server, which its handlers ask for the preview."""

    daemon_threads = True
    preview: Preview

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A browser that no longer waits is no error."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


class _Handler(BaseHTTPRequestHandler):
    """Behind the word of the address: the frame with a list of reports; `report/NAME`; `changed?STATE` answers when
    something is saved.
    """

    server: _Server

    def do_GET(self) -> None:
        """Answer one request."""
        if not re.fullmatch(rf"({re.escape(HOST)}|localhost):\d+", self.headers.get("Host", "")):
            self._answer(HTTPStatus.FORBIDDEN, TEXT, b"Only this machine is served.")
            return
        whole, _, query = self.path.partition("?")
        path = self.server.preview.inside(whole)
        if path is None:
            self._answer(HTTPStatus.FORBIDDEN, TEXT, b"Open the address that `pipeline preview` says.")
        elif path == "":
            self._answer(*self.server.preview.answer(""))
        elif path == "changed":
            self._answer(HTTPStatus.OK, TEXT, self.server.preview.wait(query).encode())
        elif path.startswith("report/") and path != "report/":
            self._answer(*self.server.preview.answer(unquote(path.removeprefix("report/"))))
        else:
            self._answer(HTTPStatus.NOT_FOUND, TEXT, b"There is no such page.")

    def log_message(self, format: str, *args: object) -> None:
        """Nothing: names of reports are names of people."""

    def _answer(self, status: HTTPStatus, kind: str, content: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Cache-Control", "no-store")
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("Referrer-Policy", "no-referrer")
        self.end_headers()
        self.wfile.write(content)
