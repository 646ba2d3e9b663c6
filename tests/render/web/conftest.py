"""One headless Chromium for the tests of the web page; they are skipped where there is none."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from pipeline.model import Summary
from tests.render.conftest import page_of
from tests.render.department_sample import make_department
from tests.render.sample import make_summary

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    if not CHROMIUM:
        pytest.skip("no Chromium is found: install the package chromium, or name one in CHROMIUM")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Pack -> its web page as a file, as a reader opens it."""
    return written(tmp_path_factory.mktemp("pages"), make_summary(), make_department(60, 14))


@pytest.fixture(scope="session")
def short_files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The same of few rows, for what looks at every word of a page."""
    return written(tmp_path_factory.mktemp("short"), make_summary(24, 8), make_department(24, 6))


def written(folder: Path, whole: Summary, part: Summary) -> dict[str, Path]:
    """The pages of an organisation and of a department, in a folder."""
    made = {"executive": whole, "pmo": whole, "department": part}
    for pack, about in made.items():
        (folder / f"{pack}.html").write_text(page_of(about, pack=pack), encoding="utf-8")
    return {pack: folder / f"{pack}.html" for pack in made}


class Opened:
    """A page in the browser, with what it asked of the network and what it complained of."""

    def __init__(self, context: Any, path: Path) -> None:
        self.page, self.requests, self.said = context.new_page(), [], []
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.on("console", lambda message: self.said.append(message.text))
        self.page.on("pageerror", lambda error: self.said.append(str(error)))
        self.page.set_default_timeout(60_000)
        self.page.goto(path.as_uri())


@pytest.fixture
def opened(browser: Any, files: dict[str, Path]) -> Iterator[Callable[..., Opened]]:
    """Open a pack's page in a window of its own: `opened("pmo", width=390, color_scheme="dark")`."""
    contexts: list[Any] = []

    def make(pack: str | Path = "executive", width: int = 1280, **options: Any) -> Opened:
        contexts.append(browser.new_context(viewport={"width": width, "height": 900}, **options))
        return Opened(contexts[-1], pack if isinstance(pack, Path) else files[pack])

    yield make
    for context in contexts:
        context.close()
