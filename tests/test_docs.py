"""The generated pages and the example settings are what the code declares."""

from __future__ import annotations

import re
import runpy
import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from pipeline.settings import Settings, load_settings

ROOT = Path(__file__).parents[1]


PAGES: Mapping[str, Callable[[], str]] = runpy.run_path(str(ROOT / "docs" / "generate.py"))["PAGES"]


@pytest.mark.parametrize("place", sorted(PAGES))
def test_a_generated_file_is_fresh(place: str) -> None:
    assert (ROOT / place).read_text(encoding="utf-8") == PAGES[place](), "stale: run `make docs`"


def test_every_reference_page_is_generated() -> None:
    pages = {path.relative_to(ROOT).as_posix() for path in (ROOT / "docs" / "reference").iterdir()}
    assert pages == {place for place in PAGES if place.startswith("docs/reference/")}


def test_the_example_settings_name_every_setting_at_its_default() -> None:
    written = tomllib.loads((ROOT / "pipeline.toml").read_text(encoding="utf-8"))
    assert written == Settings().model_dump(mode="json", exclude_none=True)


def test_the_example_settings_load() -> None:
    settings = load_settings(ROOT / "pipeline.toml")
    assert settings.ingest.input == ROOT / "input"
    assert settings.classify.decisions == ROOT / "decisions.csv"
    assert settings.summarise == Settings().summarise


@pytest.mark.parametrize(
    "page", sorted((ROOT).glob("*.md")) + sorted((ROOT / "docs").rglob("*.md")), ids=lambda p: p.name
)
def test_links_between_pages_lead_somewhere(page: Path) -> None:
    targets = re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8"))
    missing = [target for target in targets if "://" not in target and not (page.parent / target).exists()]
    assert missing == []


def test_every_dependency_is_explained() -> None:
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["dependencies"]
    section = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8").partition("## Dependencies")[2]
    assert set(re.findall(r"^\| ([a-z0-9][a-z0-9-]*) \|", section, re.M)) - {"library"} == {
        re.split("[<>=]", one)[0] for one in declared
    }
