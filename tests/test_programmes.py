"""A programme and its children through the whole product: every format and the answer count the children alone."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from pipeline.flow import Run
from pipeline.model import Period
from pipeline.settings import Settings

HEAD = "ID|Title|Department|Owner|Type|Parent|Start|Finish|Effort (h)"
CHILDREN = """
P-2|Replace the meters|Water|Ana|Project|P-1|2026-10-01|2026-10-31|40
P-3|Migrate meter data|Water|Ben|Project|P-1|2026-10-01|2026-10-31|30
P-4|Train meter readers|Water|Cy|Project|P-1|2026-10-01|2026-10-31|50
"""
PROGRAMME = "P-1|Metering programme|Water|Dee|Programme||2026-10-01|2026-10-31|120"


@pytest.fixture
def summed(make_workbook):
    """A function that reads and adds up a register of some rows, without its reports; returns its figures."""

    def go(name: str, *rows: str) -> dict[str, float | None]:
        book = make_workbook(f"{name}/register.xlsx", Register="\n".join([HEAD, *rows]))
        figures = Run(Settings(), Period(2026, 10), (book,)).summaries[0].figures
        return {name: figure.value for name, figure in figures.items()}

    return go


@pytest.fixture
def run(ask, make_workbook, tmp_path: Path):
    """A function that runs a register of some rows; returns its answer and the folder of its reports."""

    def go(name: str, *rows: str, packs: str) -> tuple[dict, Path]:
        book = make_workbook(f"{name}/register.xlsx", Register="\n".join([HEAD, *rows]))
        code, out, err = ask(
            "run", "--input", book.parent, "--output", tmp_path / f"{name}-out", "--period", "2026-10", "--json",
            "--packs", packs,
        )  # fmt: skip
        assert code == 0, err
        return json.loads(out), tmp_path / f"{name}-out" / "2026-10"

    return go


def test_hours_of_a_programme_are_those_of_its_children_in_every_format(run, summed) -> None:
    alone = summed("children", *CHILDREN.split("\n")[1:-1])
    both, folder = run("both", PROGRAMME, *CHILDREN.split("\n")[1:-1], packs="executive,pmo")
    assert both["figures"]["hours"]["value"] == pytest.approx(120.0)
    assert both["figures"]["change_hours"]["value"] == pytest.approx(alone["change_hours"])
    book = load_workbook(folder / "2026-10_pmo.xlsx", data_only=True)
    rows = list(book["Summary"].iter_rows(values_only=True))
    head = next(row for row in rows if row[0] == "Department")
    water = next(row for row in rows if row[0] == "Water" and row[head.index("Hours")])
    assert water[head.index("Hours")] == pytest.approx(120.0)
    listed = list(book["Projects"].iter_rows(values_only=True))
    hours = next(row for row in listed if row[0] == "ID").index("Hours in period")
    assert {row[0]: row[hours] for row in listed if str(row[0]).startswith("P-")} == {
        "P-1": 0, "P-2": 40, "P-3": 30, "P-4": 50,
    }  # fmt: skip
    html = re.sub(r"<[^>]+>", " ", (folder / "2026-10_executive.html").read_text(encoding="utf-8"))
    told = [" ".join(html.split())]
    if (folder / "2026-10_executive.pdf").exists():
        pages = PdfReader(folder / "2026-10_executive.pdf").pages
        told.append(" ".join(" ".join(page.extract_text().split()) for page in pages))
    for text in told:
        assert all(f"{hours} of " in text for hours in (40, 30, 50)), "the load chart: each who does a child"
        assert "120 of " not in text, "nobody carries the programme"
        assert "One item has children in the register: only the children carry hours." in text
    assert re.search(r"October\b[^.;]{0,40}\b120 h", told[0]), "the chart of months says it in words"


def test_a_tier_between_carries_nothing_either(summed) -> None:
    tiers = ["P-9|Deep meter works|Water|Ana|Project|P-2|2026-10-01|2026-10-31|25"]
    assert summed("tiers", PROGRAMME, *CHILDREN.split("\n")[1:-1], *tiers)["hours"] == pytest.approx(25 + 30 + 50)
