"""Reports in a browser on this machine, drawn anew whenever a template, the settings or the register is saved."""

from __future__ import annotations

import html
import re
import threading
from collections.abc import Callable, Iterable
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote

from pipeline.errors import PipelineError
from pipeline.flow import Run
from pipeline.render.environment import environment
from pipeline.render.formats import FORMATS
from pipeline.render.readers import Reader, readers

HOST = "127.0.0.1"
"""Reports hold people's names: only this machine is served."""
TYPES = {
    "html": "text/html; charset=utf-8",
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
_WAIT_SECONDS = 20
"""How long a page waits for a change before it asks again."""
_LOOK_SECONDS = 0.5

Stamp = frozenset[tuple[str, int, int]]


class Preview:
    """Serves the reports of a run on loopback. `again` begins the run anew; `watched` are the files it depends on.

    The reports of one state are kept; whatever a file in `watched` becomes, the next look draws anew.
    """

    def __init__(self, again: Callable[[], Run], watched: Iterable[Path], port: int = 0) -> None:
        self._again, self._watched = again, tuple(watched)
        self._lock, self._stamp, self._run = threading.RLock(), self.stamp(), again()
        self._server = _Server((HOST, port), _Handler)
        self._server.preview = self

    @property
    def address(self) -> str:
        """Where to look."""
        return f"http://{HOST}:{self._server.server_address[1]}/"

    def serve(self) -> None:
        """Serve until `stop`, or until the process is interrupted."""
        self._server.serve_forever()

    def stop(self) -> None:
        """Serve no more."""
        self._server.shutdown()
        self._server.server_close()

    def stamp(self) -> Stamp:
        """What tells one state of the watched files from another."""
        return frozenset(
            (str(path), status.st_mtime_ns, status.st_size)
            for root in self._watched
            for path in (sorted(root.rglob("*")) if root.is_dir() else [root])
            if path.is_file()
            for status in [path.stat()]
        )

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
        return f"{hash(self.stamp()) & 0xFFFFFFFF:08x}"

    def names(self) -> list[str]:
        """The names of all reports, as their files are called."""
        with self._lock:
            return [f"{one.name}.{form}" for one in self._readers() for form in one.formats]

    def content(self, name: str) -> bytes:
        """One report by the name of its file. Raises KeyError for another name, PipelineError as drawing it does."""
        stem, _, ending = name.rpartition(".")
        with self._lock:
            for reader in self._readers():
                if reader.name == stem and ending in reader.formats:
                    form = next(one for one in FORMATS if one.id == ending)
                    return form.finish(form.draw(reader, self._run.settings.render))
        raise KeyError(name)

    def _readers(self) -> tuple[Reader, ...]:
        """The readers of the run as the files are now."""
        now = self.stamp()
        if now != self._stamp:
            environment.cache_clear()
            self._stamp, self._run = now, self._again()
        return readers(self._run.summaries, self._run.settings.render)


class _Server(ThreadingHTTPServer):
    """The server, which its handlers ask for the preview."""

    daemon_threads = True
    preview: Preview


class _Handler(BaseHTTPRequestHandler):
    """`/`: the frame with a list of reports; `/report/NAME`; `/changed?STATE` answers when something is saved."""

    server: _Server

    def do_GET(self) -> None:
        """Answer one request."""
        if not re.fullmatch(rf"({re.escape(HOST)}|localhost):\d+", self.headers.get("Host", "")):
            self._answer(HTTPStatus.FORBIDDEN, "text/plain; charset=utf-8", b"Only this machine is served.")
            return
        path, _, query = self.path.partition("?")
        if path == "/":
            self._answer(HTTPStatus.OK, TYPES["html"], self._frame().encode())
        elif path == "/changed":
            self._answer(HTTPStatus.OK, "text/plain", self.server.preview.wait(query).encode())
        elif path.startswith("/report/"):
            self._report(unquote(path.removeprefix("/report/")))
        else:
            self._answer(HTTPStatus.NOT_FOUND, "text/plain; charset=utf-8", b"There is no such page.")

    def log_message(self, format: str, *args: object) -> None:
        """Nothing: names of reports are names of people."""

    def _report(self, name: str) -> None:
        try:
            content = self.server.preview.content(name)
        except KeyError:
            self._answer(HTTPStatus.NOT_FOUND, "text/plain; charset=utf-8", b"There is no such report.")
        except PipelineError as problem:
            self._answer(HTTPStatus.OK, TYPES["html"], _problem(problem).encode())
        else:
            self._answer(HTTPStatus.OK, TYPES[name.rpartition(".")[2]], content)

    def _frame(self) -> str:
        try:
            names = self.server.preview.names()
        except PipelineError as problem:
            return _problem(problem)
        options = "".join(f'<option value="{html.escape(name)}">{html.escape(name)}</option>' for name in names)
        return _FRAME.replace("OPTIONS", options).replace("STATE", self.server.preview.state)

    def _answer(self, status: HTTPStatus, kind: str, content: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Cache-Control", "no-store")
        self.send_header("X-Content-Type-Options", "nosniff")
        self.end_headers()
        self.wfile.write(content)


def _problem(problem: PipelineError) -> str:
    """What is wrong, in the place of the report; it goes away when the file is saved right."""
    what = f"{html.escape(problem.what)} {html.escape(problem.hint)}"
    return _PROBLEM.replace("WHERE", html.escape(problem.where)).replace("WHAT", what)


_PROBLEM = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"/><title>Cannot be drawn</title></head>
<body style="font: 16px/1.5 sans-serif; margin: 3em; max-width: 50em">
<h1 style="font-size: 1.4em">This report cannot be drawn</h1><p><b>WHERE</b></p><p>WHAT</p>
<p>Save the file again: this page follows.</p></body></html>
"""

_FRAME = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"/><title>Preview</title>
<style>
html, body { margin: 0; height: 100%; font: 15px/1.4 sans-serif; color: #1a1917; background: #f5f2ec }
header { padding: .6em 1em; border-bottom: 1px solid #cdc6b8 }
select { font: inherit; padding: .2em }
iframe { display: block; width: 100%; height: calc(100% - 3.2em); border: 0; background: #fff }
</style></head>
<body><header><label>Report <select id="name">OPTIONS</select></label> <span id="said" role="status"></span></header>
<iframe id="report" title="Report"></iframe>
<script>
const name = document.getElementById("name"), report = document.getElementById("report");
const said = document.getElementById("said");
let state = "STATE";
function show() { location.hash = name.value; report.src = "/report/" + encodeURIComponent(name.value); }
if (location.hash) name.value = decodeURIComponent(location.hash.slice(1));
name.addEventListener("change", show);
async function follow() {
  for (;;) {
    try {
      const now = await (await fetch("/changed?" + state)).text();
      if (now !== state) { state = now; said.textContent = "Drawn anew"; show(); }
    } catch { said.textContent = "The preview has stopped"; await new Promise(done => setTimeout(done, 2000)); }
  }
}
show();
follow();
</script></body></html>
"""
