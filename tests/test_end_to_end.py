"""The example register through all five verbs: the same figures everywhere, and the same bytes twice."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from pipeline.flow import Run
from pipeline.model import Period
from pipeline.render import reports
from pipeline.render.language import ENGLISH
from pipeline.render.read_back import read
from pipeline.settings import Settings

ROOT = Path(__file__).parents[1]
EXAMPLE = ROOT / "input" / "example-register.xlsx"


def run_once(output: Path, clock: str, packs: str) -> dict:
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
        packs,
        "--json",
    ]
    done = subprocess.run(
        command, capture_output=True, text=True, cwd=output.parent, env={**os.environ, "TZ": clock}, check=True
    )
    return json.loads(done.stdout)


@pytest.fixture(scope="module")
def published(tmp_path_factory) -> tuple[Path, dict]:
    output = tmp_path_factory.mktemp("first") / "output"
    return output / "2026-10", run_once(output, "UTC", "executive,department,pmo")


def test_reports_for_the_organisation_each_executive_and_each_department(published):
    folder, answer = published
    names = {one["name"] for one in answer["reports"]}
    assert {"2026-10_executive.pdf", "2026-10_executive.html", "2026-10_pmo.xlsx"} <= names
    assert sum(name.endswith(".pdf") for name in names) == 8, "the whole, three executives, four departments"
    assert names | {"run.json"} == {file.name for file in folder.iterdir() if file.is_file()}
    assert (folder / "registers" / "example-register.xlsx").read_bytes() == EXAMPLE.read_bytes()


def test_a_second_run_gives_the_same_bytes(published, tmp_path):
    """On another clock. PDFs, which take longest, are laid out again from the same page in `render/test_reports.py`."""
    folder, answer = published
    (tmp_path / "pipeline.toml").write_text('[render]\nformats = ["html", "xlsx"]\n')
    again = run_once(tmp_path / "output", "Asia/Kolkata", "executive,department,pmo")
    ours = [one for one in answer["reports"] if not one["name"].endswith(".pdf")]
    assert {one["name"]: one["sha256"] for one in again["reports"]} == {one["name"]: one["sha256"] for one in ours}
    assert len(ours) == 14
    second = tmp_path / "output" / "2026-10"
    changed = [
        file.name
        for file in folder.rglob("*")
        if file.is_file()
        and file.name not in ("run.json", "figures.json")
        and file.suffix != ".pdf"
        and file.read_bytes() != (second / file.relative_to(folder)).read_bytes()
    ]
    assert changed == []
    figures = [json.loads((one / "snapshot" / "figures.json").read_text(encoding="utf-8")) for one in (folder, second)]
    assert figures[0]["said"] == figures[1]["said"]
    assert len(figures[0]["said"]) == 8


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


@pytest.fixture(scope="module")
def run() -> Run:
    """The example in this process, as far as it is asked for."""
    return Run(Settings(), Period(2026, 10), (EXAMPLE,))


def test_the_honest_problems_of_the_example_are_found(run: Run):
    codes = {one.code for one in run.findings}
    assert {"R21", "R30", "R31", "R50", "R57", "C01", "S03"} <= codes
    assert run.register.files[0].sheets[0].header_row == 5


def test_every_figure_is_traced_to_its_rows(run: Run):
    summary = run.summaries[0]
    for name in ("active_projects", "operations", "overdue_projects", "review_rows"):
        figure = summary.figures[name]
        assert figure.value == len(figure.items)
    items = summary.portfolio.register.items
    assert set(items.loc[list(summary.figures["operations"].items), "file"]) == {"example-register.xlsx"}


Row = Mapping[str, Any]
MONTH = ("--period", "2026-10", "--json")
DEPARTMENT = "Customer Services"


def by(key: str, answered: tuple[int, str, str]) -> dict[str, Row]:
    """The rows of a table that the command line answered, by one of its columns."""
    assert answered[0] == 0, answered[2]
    return {row[key]: row for row in json.loads(answered[1])["rows"]}


@cache
def lines_of(file: Path) -> tuple[tuple[str, ...], ...]:
    """Every line of text of a finished report."""
    found = read(file.read_bytes(), file.suffix[1:])
    return (*found.lines, *((flow,) for flow in found.flows))


def text_of(file: Path) -> str:
    return " ".join(" ".join(text for line in lines_of(file) for text in line).split())


def says(file: Path, *row: str) -> bool:
    """Whether a line holds these texts one after the other, as cells of a page or words of a PDF."""
    cells = (" ".join(line) for line in lines_of(file))
    return any(f"{' '.join(row)} " in f"{' '.join(line.split())} " for line in cells)


@cache
def sheet_of(file: Path, title: str) -> list[tuple[Any, ...]]:
    return list(load_workbook(file, data_only=True, read_only=True)[title].iter_rows(values_only=True))


def listed(file: Path, title: str, head: str) -> dict[str, Row]:
    """The rows of a workbook's table by their first cell, each by heading; `head` is the first heading."""
    every = sheet_of(file, title)
    at = next(at for at, row in enumerate(every) if row[0] == head and row[1] is not None)
    return {str(row[0]): dict(zip(every[at], row, strict=True)) for row in every[at + 1 :] if row[0] is not None}


def hours(row: Row) -> str:
    return "unknown" if row["month_hours"] is None else ENGLISH.number(row["month_hours"])


def test_departments_are_the_same_in_the_executive_pack_the_workbook_and_the_table(published, ask):
    folder, _ = published
    named = listed(folder / "2026-10_pmo.xlsx", "Summary", "Department")
    for name, row in by("department", ask("table", "departments", EXAMPLE, *MONTH)).items():
        for head, column in (("Run, h", "run_hours"), ("Change, h", "change_hours"), ("Load", "load")):
            assert named[name][head] == pytest.approx(row[column], abs=1e-9), (name, head)
        if row["hours"]:
            said = (f"{row['hours']:,.0f} of {row['capacity_hours']:,.0f} h", f"{row['load']:.0%}")
            assert says(folder / "2026-10_executive.html", name, *said), name
            assert " ".join(said) in text_of(folder / "2026-10_executive.pdf"), name


def test_a_departments_tiles_and_operations_are_the_same_in_its_three_formats_and_the_table(published, ask):
    folder, _ = published
    pdf, html, xlsx = (folder / f"2026-10_department_customer-services.{form}" for form in ("pdf", "html", "xlsx"))
    operations = by("id", ask("table", "operations", EXAMPLE, "--department", DEPARTMENT, *MONTH))
    summary = sheet_of(xlsx, "Summary")
    at = next(at for at, row in enumerate(summary) if TILES["operations"] in row)
    tiles = dict(zip(summary[at], zip(summary[at + 1], summary[at + 2], strict=True), strict=True))
    assert tiles[TILES["operations"]][0] == len(operations)
    for title in set(TILES.values()) - {TILES["run_share"]}:
        value, whole = tiles[title]
        share = title in (TILES["load"], TILES["cells_filled"])
        shown = " ".join(filter(None, (f"{value:.0%}" if share else f"{value:,.0f}", whole)))
        assert f"{title} {shown}" in text_of(html), title
        assert f"{shown} {title}" in text_of(pdf), title
    cells = listed(xlsx, "Operations", "ID")
    assert len(operations) > 15
    assert any(row["month_hours"] is None for row in operations.values())
    for id, row in operations.items():
        said = (row["deputy"] or "None named", hours(row))
        assert says(html, *said), id
        assert says(pdf, *said), id
        assert cells[id]["Hours in period"] == pytest.approx(row["month_hours"]), id


def test_items_files_and_problems_are_the_same_in_the_pmo_pack_and_the_tables(published, ask):
    folder, answer = published
    html, xlsx = folder / "2026-10_pmo.html", folder / "2026-10_pmo.xlsx"
    register, cells = by("id", ask("table", "register", EXAMPLE, *MONTH)), listed(xlsx, "Register", "ID")
    ends = {line[0]: line[-1] for line in lines_of(html) if line[0] in register and len(line) > 5}
    assert len(register) == len(cells) == len(ends) > 100
    for id, row in register.items():
        assert cells[id]["Hours in period"] == pytest.approx(row["month_hours"]), id
        assert ends[id] == ("–" if row["month_hours"] is None else hours(row)), id
    assert says(html, EXAMPLE.name, *(str(answer["rows"][name]) for name in ("in", "used", "refused")))
    codes = [row[0] for row in sheet_of(xlsx, "Findings") if re.fullmatch(r"[A-Z]\d\d", str(row[0]))]
    assert len(codes) == sum(answer["findings"].values())
    assert f"{answer['findings']['warning']} warnings and {answer['findings']['note']} notes" in text_of(html)


def test_an_owners_page_says_what_the_tables_say(ask, make_workbook, monkeypatch):
    """
    ID   | Title                   | Type      | Department | Accountable | Responsible | Start      | Finish     | Frequency | Effort (h)
    W-02 | Move the depot          | Project   | Works      | Cy Fox      | Cy Fox      | 2026-01-05 | 2026-12-31 |           | 500
    W-03 | Read the meters         | Operation | Works      | Cy Fox      | Cy Fox      |            |            | monthly   | 57.4
    W-04 | Keep the valves running | Operation | Works      | Cy Fox      | Cy Fox      |            |            | monthly   | 131
    W-05 | Answer the calls        | Operation | Works      | Cy Fox      | Cy Fox      |            |            | monthly   |
    """
    monkeypatch.setattr(reports, "cores", lambda: 0)  # no process of its own for one page
    people = "Name   | Department | Weekly hours\nCy Fox | Works      | 40"
    path = make_workbook(Register=test_an_owners_page_says_what_the_tables_say.__doc__, People=people)
    assert ask("run", "--input", path, "--packs", "owner", *MONTH)[0] == 0
    page = Path("output", "2026-10", "2026-10_owner_cy-fox.pdf")
    one = by("person", ask("table", "people", path, *MONTH))["Cy Fox"]
    assert f"{one['load']:.0%} Your load in October" in text_of(page)
    assert f"{one['hours']:.0f} of {one['capacity_hours']:.0f} hours" in text_of(page)
    assert f"{one['run_hours']:.0f} : {one['change_hours']:.0f} Hours in run to change" in text_of(page)
    for id, row in by("id", ask("table", "operations", path, *MONTH)).items():
        assert says(page, id, row["title"], "Monthly", hours(row)), id
