"""The example register through all five verbs: the same figures everywhere, and the same bytes twice."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from pipeline.flow import Run
from pipeline.model import Period
from pipeline.settings import Settings

ROOT = Path(__file__).parents[1]
EXAMPLE = ROOT / "input" / "example-register.xlsx"


def run_once(output: Path, clock: str) -> dict:
    """One cold run in a process of its own."""
    command = [
        sys.executable,
        "-m",
        "pipeline.cli",
        "run",
        "--input",
        str(EXAMPLE),
        "--output",
        str(output),
        "--period",
        "2026-10",
        "--packs",
        "executive,department,pmo",
        "--json",
    ]
    done = subprocess.run(
        command, capture_output=True, text=True, cwd=output.parent, env={**os.environ, "TZ": clock}, check=True
    )
    return json.loads(done.stdout)


@pytest.fixture(scope="module")
def published(tmp_path_factory) -> tuple[Path, dict]:
    output = tmp_path_factory.mktemp("first") / "output"
    return output / "2026-10", run_once(output, "UTC")


def test_reports_for_the_organisation_each_executive_and_each_department(published):
    folder, answer = published
    names = {one["name"] for one in answer["reports"]}
    assert {"2026-10_executive.pdf", "2026-10_executive.html", "2026-10_pmo.xlsx"} <= names
    assert sum(name.endswith(".pdf") for name in names) == 8, "the whole, three executives, four departments"
    assert names | {"run.json"} == {file.name for file in folder.iterdir() if file.is_file()}
    assert (folder / "registers" / "example-register.xlsx").read_bytes() == EXAMPLE.read_bytes()


def test_a_second_run_gives_the_same_bytes(published, tmp_path):
    folder, answer = published
    again = run_once(tmp_path / "output", "Asia/Kolkata")
    assert {one["name"]: one["sha256"] for one in again["reports"]} == {
        one["name"]: one["sha256"] for one in answer["reports"]
    }
    changed = [
        file.name
        for file in folder.rglob("*")
        if file.is_file()
        and file.name != "run.json"
        and file.read_bytes() != (tmp_path / "output" / "2026-10" / file.relative_to(folder)).read_bytes()
    ]
    assert changed == []


def test_rows_in_are_rows_used_and_refused(published):
    folder, answer = published
    record = json.loads((folder / "run.json").read_text(encoding="utf-8"))
    assert record["rows"] == answer["rows"]
    assert record["rows"]["in"] == record["rows"]["used"] + record["rows"]["refused"] > 100
    assert {"inputs", "settings", "versions", "seconds", "outputs", "rule_set", "findings"} <= set(record)
    assert re.fullmatch("[0-9a-f]{64}", record["inputs"][0]["sha256"])
    assert {one["name"] for one in answer["reports"]} < {one["name"] for one in record["outputs"]}
    assert (record["intake"]["in"], record["intake"]["waiting"]) == (1, 1)


def test_figures_are_equal_in_pdf_workbook_html_and_json(published):
    folder, answer = published
    pdf = " ".join((PdfReader(folder / "2026-10_executive.pdf").pages[0].extract_text() or "").split())
    html = " ".join(re.sub(r"<[^>]+>", " ", (folder / "2026-10_executive.html").read_text(encoding="utf-8")).split())
    book = load_workbook(folder / "2026-10_pmo.xlsx", data_only=True)
    cells = [
        cell for row in book["Summary"].iter_rows(values_only=True) for cell in row if isinstance(cell, int | float)
    ]
    for name in ("active_projects", "operations", "people_over", "overdue_projects", "review_rows"):
        value = answer["figures"][name]["value"]
        assert re.search(rf"\b{value:.0f}\b", pdf), name
        assert re.search(rf"\b{value:.0f}\b", html), name
        assert value in cells, name
    for name in ("run_share", "load"):
        value = answer["figures"][name]["value"]
        shown = f"{value:.0%}" if name == "load" else parted(value)
        assert shown in pdf, name
        assert shown in html, name
        assert any(abs(value - cell) < 5e-4 for cell in cells), name


def parted(run_share: float) -> str:
    """The share of run as page 1 shows it: `64 : 36`."""
    return f"{100 * run_share:.0f} : {100 - round(100 * run_share)}"


TILES = {
    "active_projects": "Active projects", "operations": "Active operations", "run_share": "Run to change, share of hours",
    "load": "Load of capacity", "people_over": "People over capacity", "overdue_projects": "Projects past their finish",
    "review_rows": "Verdicts to review", "cells_filled": "Wanted cells filled",
}  # fmt: skip


def printed(figure: dict) -> str:
    """A figure as a page shows it: `12 of 45`, and a share alone: `63%`."""
    value = f"{figure['value']:.0%}" if figure["unit"] == "share" else f"{figure['value']:,.0f}"
    return value if figure["of"] is None or figure["unit"] == "share" else f"{value} of {figure['of']:,.0f}"


def test_each_tile_and_each_department_says_the_same_on_every_page(published):
    folder, answer = published
    pages = PdfReader(folder / "2026-10_executive.pdf").pages
    pdf = " ".join(" ".join(page.extract_text() or "" for page in pages).split())
    html = " ".join(re.sub(r"<[^>]+>", " ", (folder / "2026-10_executive.html").read_text(encoding="utf-8")).split())
    book = load_workbook(folder / "2026-10_pmo.xlsx", data_only=True)
    rows = [row for row in book["Summary"].iter_rows(values_only=True) if row[0] is not None]
    for name, title in TILES.items():
        figure = answer["figures"][name]
        value = parted(figure["value"]) if name == "run_share" else printed(figure)
        assert f"{value} {title}" in pdf or f"{title} {value}" in pdf, title
        assert f"{title} {value}" in html, title
    head = next(at for at, row in enumerate(rows) if row[:2] == ("Department", "People"))
    named = [dict(zip(rows[head], row, strict=True)) for row in rows[head + 1 :] if row[0] and row[0] != "Total"]
    departments = [row for row in named if isinstance(row["Capacity, h"], int | float) and row["Capacity, h"] > 0]
    assert len(departments) >= 4
    for row in departments:
        shown = f"{row['Department']} {row['Hours']:,.0f} of {row['Capacity, h']:,.0f} h {row['Load']:.0%}"
        assert shown in pdf, shown
        assert shown in html, shown
    for column, name in (("Hours", "hours"), ("Run, h", "run_hours"), ("Capacity, h", "capacity_hours")):
        assert sum(row[column] for row in departments) == pytest.approx(answer["figures"][name]["value"], rel=1e-4)
    items = pd.read_parquet(folder / "snapshot" / "items.parquet")
    assert items["month_hours"].sum() == pytest.approx(answer["figures"]["hours"]["value"], abs=1e-3)


def test_the_honest_problems_of_the_example_are_found():
    run = Run(Settings(), Period(2026, 10), (EXAMPLE,))
    codes = {one.code for one in run.findings}
    assert {"R21", "R30", "R31", "R50", "R57", "C01", "S03"} <= codes
    assert run.register.files[0].sheets[0].header_row == 5


def test_every_figure_is_traced_to_its_rows():
    summary = Run(Settings(), Period(2026, 10), (EXAMPLE,)).summaries[0]
    for name in ("active_projects", "operations", "overdue_projects", "review_rows"):
        figure = summary.figures[name]
        assert figure.value == len(figure.items)
    items = summary.portfolio.register.items
    assert set(items.loc[list(summary.figures["operations"].items), "file"]) == {"example-register.xlsx"}
