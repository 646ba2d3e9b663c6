"""The preview: reports on loopback, drawn anew when something is saved, and told plainly where they cannot be."""

from __future__ import annotations

import threading
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from pipeline.flow import Run
from pipeline.model import Period
from pipeline.preview import Preview
from pipeline.settings import PackSettings, RenderSettings, Settings

ONLY = {name: PackSettings(make=False) for name in ("executive", "department", "owner", "pmo")}
PAGE = "<!doctype html>\n<html lang='en'><head><title>t</title></head><body><h1>{text} {{{{ report.title }}}}</h1></body></html>"


@pytest.fixture
def folder(tmp_path: Path, make_workbook: Callable[..., Path]) -> Path:
    make_workbook(
        Register="""
        ID  | Title                     | Owner
        A-1 | Replace the <b>boiler</b> | Ann Lee
    """
    )
    (tmp_path / "templates" / "board").mkdir(parents=True)
    (tmp_path / "templates" / "board" / "report.html.j2").write_text(PAGE.format(text="First"))
    return tmp_path


@pytest.fixture
def preview(folder: Path) -> Iterator[Preview]:
    packs = {**ONLY, "board": PackSettings(readers="organisation", formats=["html"])}
    settings = Settings(render=RenderSettings(templates=folder / "templates", packs=packs))
    run = lambda: Run(settings, Period(2026, 10), (folder / "register.xlsx",))  # noqa: E731
    shown = Preview(run, [folder / "templates", folder / "register.xlsx"])
    thread = threading.Thread(target=shown.serve)
    thread.start()
    yield shown
    shown.stop()
    thread.join()


def got(preview: Preview, path: str, **headers: str) -> str:
    with urllib.request.urlopen(urllib.request.Request(preview.address + path, headers=headers), timeout=60) as answer:
        return answer.read().decode()


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


def test_only_this_machine_and_only_reports_are_served(preview: Preview) -> None:
    assert preview.address.startswith("http://127.0.0.1:")
    for path in ("report/../../etc/passwd", "report/%2e%2e%2fregister.xlsx", "register.xlsx"):
        with pytest.raises(urllib.error.HTTPError, match="404"):
            got(preview, path)
    with pytest.raises(urllib.error.HTTPError, match="403"):
        got(preview, "", Host="evil.example:80")
