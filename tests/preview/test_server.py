"""The preview: reports on loopback, drawn anew when something is saved, and told plainly where they cannot be."""

from __future__ import annotations

import os
import socket
import struct
import threading
import urllib.error
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from openpyxl import Workbook

from pipeline.executor import Here
from pipeline.flow import Run
from pipeline.model import Period
from pipeline.preview import Preview
from pipeline.preview import drawn as drawn_room
from pipeline.preview.drawn import Drawn
from pipeline.preview.server import HOST
from pipeline.render.formats import Format
from pipeline.render.readers import readers
from pipeline.render_settings import BrandSettings, PackSettings, RenderSettings
from pipeline.settings import Settings

PNG = b"\x89PNG\r\n\x1a\n"
ONLY = {name: PackSettings(make=False) for name in ("executive", "department", "owner", "pmo")}
PAGE = "<!doctype html>\n<html lang='en'><head><title>t</title></head><body><h1>{text} {{{{ report.title }}}}</h1></body></html>"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("preview")
    book = Workbook()
    for row in (("ID", "Title", "Owner"), ("A-1", "Replace the <b>boiler</b>", "Ann Lee")):
        book.active.append(row)
    book.save(made / "register.xlsx")
    (made / "templates" / "board").mkdir(parents=True)
    return made


@pytest.fixture(scope="module")
def run(folder: Path) -> Run:
    """Read once: what is saved in these tests are templates."""
    packs = {**ONLY, "board": PackSettings(readers="organisation", formats=["html"])}
    settings = Settings(render=RenderSettings(templates=folder / "templates", packs=packs))
    return Run(settings, Period(2026, 10), (folder / "register.xlsx",))


@pytest.fixture
def preview(folder: Path, run: Run) -> Iterator[Preview]:
    (folder / "templates" / "board" / "report.html.j2").write_text(PAGE.format(text="First"))
    shown = Preview(lambda: run, [folder / "templates", folder / "register.xlsx"])
    thread = threading.Thread(target=shown.serve)
    thread.start()
    yield shown
    shown.stop()
    thread.join()


def at_once(preview: Preview, path: str, **headers: str) -> str:
    with urllib.request.urlopen(urllib.request.Request(preview.address + path, headers=headers), timeout=60) as answer:
        return answer.read().decode()


def got(preview: Preview, path: str, **headers: str) -> str:
    """What a browser shows in the end: a page that says that it is being drawn asks again by itself."""
    while 'content="1"' in (said := at_once(preview, path, **headers)):
        assert "eing drawn" in said or "being read" in said
    return said


def test_the_frame_lists_the_reports_and_each_is_served(preview: Preview) -> None:
    assert "2026-10_board.html" in got(preview, "")
    assert "<h1>First Board, October 2026</h1>" in got(preview, "report/2026-10_board.html")


def test_a_saved_template_is_seen_at_once(preview: Preview, folder: Path) -> None:
    seen = preview.state
    assert "First" in got(preview, "report/2026-10_board.html")
    (folder / "templates" / "board" / "report.html.j2").write_text(PAGE.format(text="Second"))
    assert got(preview, f"changed?{seen}") != seen
    assert "Second" in got(preview, "report/2026-10_board.html")


def test_a_mistake_is_told_in_place_and_goes_away(preview: Preview, folder: Path) -> None:
    path = folder / "templates" / "board" / "report.html.j2"
    path.write_text("<h1>\n{{ report.tilte }}</h1>")
    said = got(preview, "report/2026-10_board.html")
    assert "report.html.j2, line 2" in said
    assert "did you mean &#x27;title&#x27;?" in said
    path.write_text(PAGE.format(text="Mended"))
    assert "Mended" in got(preview, "report/2026-10_board.html")


def test_the_page_answers_at_once_and_follows(preview: Preview, monkeypatch: pytest.MonkeyPatch) -> None:
    ready = threading.Event()
    slow = Drawn._readers
    monkeypatch.setattr(Drawn, "_readers", lambda self, stamp: ready.wait(60) and slow(self, stamp))
    assert "The register is being read" in at_once(preview, "")
    assert "Being drawn" in at_once(preview, "report/2026-10_board.html")
    ready.set()
    assert "<select" in got(preview, "")
    assert "<h1>First" in got(preview, "report/2026-10_board.html")


def test_many_that_ask_at_once_get_the_one_drawing(preview: Preview, monkeypatch: pytest.MonkeyPatch) -> None:
    begun: list[str] = []
    draw = Drawn._drawn
    monkeypatch.setattr(Drawn, "_drawn", lambda self, name, whom: begun.append(name) or draw(self, name, whom))
    with ThreadPoolExecutor(6) as pool:
        shown = set(pool.map(lambda _: got(preview, "report/2026-10_board.html"), range(6)))
    assert len(shown) == 1
    assert begun == ["2026-10_board.html"]


def test_a_browser_that_gives_up_is_no_error(preview: Preview, capsys: pytest.CaptureFixture[str]) -> None:
    port, word = urlsplit(preview.address).port, urlsplit(preview.address).path
    for path in (word, f"{word}report/2026-10_board.html"):
        with socket.create_connection((HOST, port)) as gone:
            gone.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            gone.sendall(f"GET {path} HTTP/1.1\r\nHost: {HOST}:{port}\r\n\r\n".encode())
    assert "<h1>First" in got(preview, "report/2026-10_board.html")
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize("text", ["{{ 1 / 0 }}", "{{ report.table('nope') }}", "{{ {}['x'] + 1 }}", "\udcff"])
def test_every_mistake_is_a_page(preview: Preview, folder: Path, text: str) -> None:
    (folder / "templates" / "board" / "report.html.j2").write_bytes(text.encode(errors="surrogateescape"))
    assert "This report cannot be drawn" in got(preview, "report/2026-10_board.html")


def test_only_this_machine_and_only_reports_are_served(preview: Preview) -> None:
    assert preview.address.startswith("http://127.0.0.1:")
    for path in ("report/../../etc/passwd", "report/%2e%2e%2fregister.xlsx", "register.xlsx"):
        with pytest.raises(urllib.error.HTTPError, match="404"):
            got(preview, path)
    with pytest.raises(urllib.error.HTTPError, match="403"):
        got(preview, "", Host="evil.example:80")


def test_who_knows_only_the_port_gets_no_report(preview: Preview) -> None:
    at = urlsplit(preview.address)
    assert len(at.path) > 20
    for path in ("", "report/2026-10_board.html", "changed?0", at.path[1:-1], f"{at.path[1:-2]}/"):
        with pytest.raises(urllib.error.HTTPError, match="403"):
            urllib.request.urlopen(f"http://{HOST}:{at.port}/{path}", timeout=60)


def test_a_saved_logo_and_a_saved_catalogue_are_seen(folder: Path, run: Run) -> None:
    logo, words = folder / "logo.png", folder / "templates" / "languages" / "de.po"
    words.parent.mkdir()
    page = "<html lang='de'><head><title>t</title></head><p>{{ _('Decisions') }} {{ report.logo }}</p></html>"
    (folder / "templates" / "board" / "report.html.j2").write_text(page)
    render = run.settings.render.model_copy(update={"brand": BrandSettings(logo=logo), "language": "de"})
    begun = Run(run.settings.model_copy(update={"render": render}), Period(2026, 10), (folder / "register.xlsx",))
    shown: set[bytes] = set()
    logo.write_bytes(PNG)
    drawn = Drawn(lambda: begun, [folder / "templates"])
    for said, picture in (("Eins", PNG), ("Zwei", PNG), ("Zwei", PNG + b"more")):
        words.write_text(
            f'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\nmsgid "Decisions"\nmsgstr "{said}"\n'
        )
        logo.write_bytes(picture)
        seen = drawn.ready("2026-10_board.html", 60)
        assert seen
        assert said.encode() in seen
        shown.add(seen)
    words.unlink()
    assert len(shown) == 3


def test_the_pack_that_was_saved_last_is_listed_first_and_its_page_before_its_paper(folder: Path, run: Run) -> None:
    packs = {"board": PackSettings(readers="organisation"), **{name: PackSettings() for name in ("executive", "pmo")}}
    settings = run.settings.model_copy(update={"render": run.settings.render.model_copy(update={"packs": packs})})
    begun = Run(settings, run.period, run.inputs.paths)
    own = folder / "templates"
    for pack in ("board", "pmo"):
        (own / pack).mkdir(exist_ok=True)
        (own / pack / "report.html.j2").write_text(PAGE.format(text=pack))
        os.utime(own / pack / "report.html.j2", (len(pack), len(pack)))
    listed = (Drawn(lambda: begun, [own]).ready("", 60) or b"").decode().split("\n")
    (own / "pmo" / "report.html.j2").unlink()
    assert [name.partition("_")[2] for name in listed][:4] == ["board.html", "board.pdf", "pmo.html", "pmo.xlsx"]


def test_the_register_is_read_again_for_its_own_sake_only(folder: Path, run: Run) -> None:
    begun: list[Run] = []
    drawn = Drawn(lambda: begun.append(run) or run, [folder / "templates", folder / "register.xlsx"])
    for saved, times in ((folder / "templates" / "board" / "report.html.j2", 1), (folder / "register.xlsx", 2)):
        os.utime(saved, (times, times))
        drawn.ready("", 60)
        assert len(begun) == times


def test_a_pdf_is_laid_out_within_the_limits_of_a_run(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[int, int]] = []

    def here(workers: int, preload: object, memory_mb: int) -> Here:
        asked.append((workers, memory_mb))
        return Here()

    monkeypatch.setattr(drawn_room, "executor", here)
    drawn, reader = Drawn(lambda: run, []), readers(run.summaries, run.settings.render)[0]
    assert drawn._finished(Format("pdf", "", lambda *_: "x", str.encode, slow=True), reader) == b"x"
    assert asked == [(1, run.settings.render.report_memory_mb)]
