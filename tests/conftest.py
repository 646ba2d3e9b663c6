"""What every room's tests share: a test's docstring, a small text table, becomes a real workbook."""

from __future__ import annotations

import datetime as dt
import multiprocessing.forkserver
import os
import re
from collections.abc import Callable, Generator, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from openpyxl import Workbook

from pipeline import cli
from pipeline.model import Period
from tests import parsers

SHARED = Path(__file__).parents[2] / "shared" / "data"
"""Registers and labelled rows kept beside the project; tests that need them skip where they are absent."""

PERIOD = Period(2026, 10)

TOOLS = r"Chromium|PostgreSQL|Postfix|strace|faketime is not|strace is not|axe_playwright|LibreOffice|qpdf|openssl|PDF engine|hatchling|fontTools"
"""Tools that tests look at reports with, as the reason of a skip names them."""

settings.register_profile("suite", max_examples=40)
settings.load_profile("suite")  # `--hypothesis-profile=default` tries a hundred where a test names no number of its own


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="write golden files anew; read their changes in git")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Generator[None, Any, Any]:
    """A test that was skipped for want of a tool has failed where `PIPELINE_TOOLS` is `required`."""
    report = yield
    wanted = os.environ.get("PIPELINE_TOOLS") == "required"
    if wanted and report.skipped and isinstance(report.longrepr, tuple) and re.search(TOOLS, report.longrepr[2]):
        report.outcome, report.longrepr = "failed", f"{report.longrepr[2]}; PIPELINE_TOOLS=required asks for it"
    return report


def fill(sheet, text: str) -> None:
    """Write a text table, `|` between cells, one line a row; numbers and ISO dates become real ones.

    `'2026-01-01` and `'007` stay text, an empty line is a blank row.
    """
    lines = text.strip("\n").splitlines()
    margin = min((len(line) - len(line.lstrip()) for line in lines if line.strip()), default=0)
    for row, line in enumerate(lines, start=1):
        for column, cell in enumerate(line[margin:].split("|"), start=1):
            if cell.strip():
                written = value(cell.strip())
                place = sheet.cell(row, column, written)
                if isinstance(written, str):
                    place.data_type = "s"  # text stays text, even `=1+1`


def value(cell: str) -> object:
    """What a cell of the text table stands for."""
    if cell.startswith("'"):
        return cell[1:]
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", cell):
        return dt.datetime.fromisoformat(cell)
    return float(cell) if re.fullmatch(r"-?\d+(\.\d+)?", cell) else cell


@pytest.fixture(scope="session", autouse=True)
def _lent_parsers() -> Iterator[None]:
    """Reading a register starts no process of its own: that costs more than most tests do otherwise."""
    from pipeline.ingest import answers

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(answers, "Parser", parsers.LentParser)
        yield
    parsers.end_all()


@pytest.fixture(scope="session", autouse=True)
def _prepared_processes() -> Iterator[None]:
    """Processes have imported what those of a run have, whichever test is the first that asks for one."""
    from pipeline.render import PRELOAD

    server = multiprocessing.forkserver
    preload = server.set_forkserver_preload
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(server, "set_forkserver_preload", lambda _: preload([*PRELOAD]))
        yield


@pytest.fixture
def make_workbook(tmp_path: Path) -> Callable[..., Path]:
    """A function that writes a workbook of text tables, one a sheet, and returns its path."""

    def make(name: str = "register.xlsx", /, **sheets: str) -> Path:
        book = Workbook()
        book.remove(book.active)
        for title, text in sheets.items():
            fill(book.create_sheet(title), text)
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        book.save(path)
        return path

    return make


@pytest.fixture
def register(request: pytest.FixtureRequest, make_workbook: Callable[..., Path]):
    """The register that the test's docstring shows, read."""
    from pipeline.ingest import ingest
    from pipeline.settings import IngestSettings

    return ingest((make_workbook(Register=request.function.__doc__),), IngestSettings(), PERIOD)


@pytest.fixture
def ask(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> Callable[..., tuple[int, str, str]]:
    """Run the command line in an empty folder; returns (exit code, standard output, standard error)."""
    monkeypatch.chdir(tmp_path)

    def run(*arguments: object) -> tuple[int, str, str]:
        monkeypatch.setattr("sys.argv", ["pipeline", *map(str, arguments)])
        try:
            cli.main()
            code = 0
        except SystemExit as stop:
            code = int(stop.code or 0)
        printed = capsys.readouterr()
        return code, printed.out, printed.err

    return run
