"""The call after a run: at the address, or at /fail, a few times, and never in the way."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from pipeline.unattended.ping import ping


@pytest.fixture
def called() -> Iterator[tuple[str, list[str], list[int]]]:
    """A service: its address, what was asked of it, and the codes that it answers, the last one for ever."""
    asked: list[str] = []
    codes = [200]

    class Service(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(codes.pop(0) if len(codes) > 1 else codes[0])
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Service)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}/abc", asked, codes
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.mark.parametrize(("succeeded", "path"), [(True, "/abc"), (False, "/abc/fail")])
def test_the_address_says_how_it_went(called: tuple[str, list[str], list[int]], succeeded: bool, path: str) -> None:
    address, asked, _ = called
    assert ping(address, succeeded) == ""
    assert asked == [path]


def test_it_is_tried_again_and_then_told(called: tuple[str, list[str], list[int]]) -> None:
    address, asked, codes = called
    codes[:] = [503, 200]
    pauses: list[float] = []
    assert ping(address, True, pauses.append) == ""
    assert (len(asked), pauses) == (2, [2])
    codes[:] = [503]
    assert ping(address, True, pauses.append) == "HTTPError"
    assert ping("http://127.0.0.1:9/x", True, pauses.append) == "URLError"
