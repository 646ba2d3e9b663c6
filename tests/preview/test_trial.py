"""Which packs `template check` fills: those that the user's own templates have a part in, and no other."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.flow import Run
from pipeline.model import Period
from pipeline.preview.trial import changed_packs, trial
from pipeline.render_settings import PackSettings, RenderSettings
from pipeline.settings import Settings


@pytest.mark.parametrize(
    ("saved", "changed"),
    [
        ("", set()),
        ("board/report.html.j2", {"board"}),
        ("executive/pages/month.html.j2", {"executive", "board"}),
        ("pmo/workbook.xlsx", {"pmo"}),
        ("languages/de.po", {"executive", "department", "owner", "pmo", "board"}),
        ("shared/paper.css", {"executive", "department", "owner", "pmo", "board"}),
    ],
)
def test_a_pack_is_tried_where_a_template_of_its_own_may_show(tmp_path: Path, saved: str, changed: set[str]) -> None:
    (tmp_path / "board").mkdir()
    if saved:
        (tmp_path / saved).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / saved).touch()
    settings = RenderSettings(templates=tmp_path, packs={"board": PackSettings(readers="organisation")})
    assert changed_packs(settings) == changed


def test_without_templates_of_ones_own_no_register_is_read(tmp_path: Path) -> None:
    settings = Settings(render=RenderSettings(templates=tmp_path / "none"))
    assert trial(Run(settings, Period(2026, 10), (tmp_path / "no such register.xlsx",))) == ()
