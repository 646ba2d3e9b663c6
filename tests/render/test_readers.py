"""Readers: who gets which report, in which language, under which name; and what does not go out."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.flow import Run
from pipeline.model import Audience, Period, Summary
from pipeline.render import render
from pipeline.render.readers import readers
from pipeline.render_settings import RenderSettings
from pipeline.settings import Settings
from tests.render.sample import make_summary

TABLE = """
ID|Title|Department|Owner|Finish|Effort (h)|Frequency
WO-017|Replace pumps at Weir Lane|Water|Ana Roy|2026-12-31|300|
WO-018|Daily rounds of the works|Water|Bo Lee||40|daily
FI-201|Supplier payments and dunning|Finance|Cy Fox||60|weekly
"""


def names(audience: Audience, scope: str, **said: object) -> list[str]:
    summary = replace(make_summary(1, 1), audience=audience, scope=scope)
    return [one.name for one in readers([summary], RenderSettings.model_validate({"templates": Path("none"), **said}))]


@pytest.mark.parametrize(
    ("audience", "scope", "expected"),
    [
        ("organisation", "", ["2026-10_executive", "2026-10_pmo"]),
        ("executive", "COO (Di Kay)", ["2026-10_executive_coo-di-kay"]),
        ("department", "IT Services", ["2026-10_department_it-services"]),
        ("person", "Ana Roy", ["2026-10_owner_ana-roy"]),
    ],
)
def test_each_reader_gets_the_packs_made_for_them(audience: Audience, scope: str, expected: list[str]) -> None:
    assert names(audience, scope) == expected


def test_a_reader_of_another_language_is_named_so() -> None:
    assert names("person", "Ana Roy", languages={"Ana Roy": "de"}) == ["2026-10_owner_ana-roy_de"]
    packs = {"owner": {"languages": ["en", "fr"]}}
    assert names("person", "Ana Roy", packs=packs) == ["2026-10_owner_ana-roy", "2026-10_owner_ana-roy_fr"]


@pytest.fixture
def summaries(make_workbook) -> tuple[Summary, ...]:
    path = make_workbook(Register=TABLE)
    return Run(Settings(), Period(2026, 10), (path,)).summaries


def test_what_a_reader_may_not_see_is_not_published(summaries: tuple[Summary, ...], tmp_path: Path) -> None:
    """A template that prints the whole register: the owners' and departments' reports are kept back, and say why."""
    for pack in ("owner", "department"):
        (tmp_path / pack).mkdir()
        every = "{% for row in report.summary.portfolio.register.items.title %}{{ row }}, {% endfor %}"
        text = f"<title>{{{{ report.scope }}}}</title>{every}"
        (tmp_path / pack / "report.html.j2").write_text(text)
    packs = {"owner": {"formats": ["html"]}, "executive": {"make": False}, "pmo": {"make": False}}
    settings = RenderSettings.model_validate({"templates": tmp_path, "formats": ["html"], "packs": packs})
    reports = render(summaries, settings)
    assert len(reports) == 5
    assert all(report.problem and not report.content for report in reports)
    ana = next(report for report in reports if report.scope == "Ana Roy")
    assert "Ana Roy may not see" in ana.problem
    assert "Supplier payments and dunning" in ana.problem
    assert "Mend the template" in ana.problem


def test_the_shipped_reports_hold_nothing_foreign(summaries: tuple[Summary, ...], tmp_path: Path) -> None:
    packs = {"owner": {"formats": ["html"]}, "executive": {"make": False}, "pmo": {"make": False}}
    settings = RenderSettings.model_validate({"templates": tmp_path, "formats": ["html", "xlsx"], "packs": packs})
    reports = render(summaries, settings)
    assert {report.scope for report in reports} == {"Water", "Finance", "Ana Roy", "Bo Lee", "Cy Fox"}
    assert [report.problem for report in reports] == [""] * len(reports)
