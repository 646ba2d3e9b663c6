"""Packs: what the settings change, a pack of one's own, and what is refused with a word on what to do."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pipeline.errors import SettingsError
from pipeline.model import Summary
from pipeline.render.packs import PACKS, audiences, only, packs, unused_folders
from pipeline.render_settings import RenderSettings
from tests.render.conftest import page_of


def render_settings(templates: Path, **said: object) -> RenderSettings:
    return RenderSettings.model_validate({"templates": templates, **said})


def test_the_shipped_packs_are_those_declared(tmp_path: Path) -> None:
    assert packs(render_settings(tmp_path)) == PACKS
    assert audiences(render_settings(tmp_path)) == {"executive", "department", "person", "organisation"}


def test_only_some_packs_are_made_whatever_the_settings_say(tmp_path: Path) -> None:
    settings = render_settings(tmp_path, packs={"pmo": {"make": False}})
    assert [pack.id for pack in packs(settings)] == ["executive", "department", "owner"]
    assert [pack.id for pack in packs(only(settings, ["pmo", "owner"]))] == ["owner", "pmo"]
    assert packs(only(settings, [])) == ()


def test_a_pack_in_no_format_of_the_run_is_left_out(tmp_path: Path) -> None:
    settings = render_settings(tmp_path, formats=["xlsx"])
    assert [pack.id for pack in packs(settings)] == ["department", "pmo"]
    assert "person" not in audiences(settings)


def test_an_unknown_pack_is_refused_with_the_nearest(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="no pack 'exectuive'") as problem:
        only(render_settings(tmp_path), ["exectuive"])
    assert "Did you mean 'executive'?" in str(problem.value.hint)


@pytest.mark.parametrize("name", ["board", "../etc", "Board"])
def test_a_pack_of_the_settings_needs_a_folder_of_templates(tmp_path: Path, name: str) -> None:
    settings = render_settings(tmp_path, packs={name: {"readers": "department"}})
    with pytest.raises(SettingsError, match="there is no pack") as problem:
        packs(settings)
    assert "Make the folder" in str(problem.value.hint)


def test_a_pack_of_ones_own_is_a_folder_and_three_lines(tmp_path: Path, summary: Summary) -> None:
    (tmp_path / "board" / "pages").mkdir(parents=True)
    (tmp_path / "board" / "pages" / "month.html.j2").write_text("<h1>For the board</h1>")
    settings = render_settings(tmp_path, packs={"board": {"title": "Board paper", "formats": ["html"]}})
    own = packs(settings)[-1]
    assert (own.id, own.title, own.audience, own.formats) == ("board", "Board paper", "organisation", ("html",))
    assert "<h1>For the board</h1>" in page_of(summary, settings=settings, pack="board")


def test_a_folder_that_belongs_to_no_pack_is_told(tmp_path: Path) -> None:
    for name in ("board", "executive", "shared", "languages", "minutes"):
        (tmp_path / name).mkdir()
    (told,) = unused_folders(render_settings(tmp_path, packs={"board": {}}))
    assert told.where.endswith("minutes")
    assert "[render.packs.minutes]" in told.hint
    assert unused_folders(render_settings(tmp_path / "none", packs={})) == ()


def test_the_packs_are_listed(ask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    code, out, err = ask("packs", "--json")
    assert (code, err) == (0, "")
    listed = json.loads(out)
    assert [one["id"] for one in listed] == [pack.id for pack in PACKS]
    owner = next(one for one in listed if one["id"] == "owner")
    assert owner == {
        "id": "owner", "title": "My work", "readers": "person", "formats": "pdf", "templates": "owner, shared",
    }  # fmt: skip


def test_a_run_makes_the_packs_that_are_asked_for(ask, make_workbook, tmp_path: Path) -> None:
    book = make_workbook("in/register.xlsx", Register="ID|Title|Department|Owner\nW-1|Read meters|Water|Ana Roy")
    wanted = ["--input", book, "--output", tmp_path / "out", "--period", "2026-10", "--packs"]
    code, out, _ = ask("run", *wanted, "pmo", "--json")
    assert code == 0
    made = {one["name"] for one in json.loads(out)["reports"]}
    assert made == {"2026-10_pmo.html", "2026-10_pmo.xlsx"}
    code, out, err = ask("run", *wanted, "board")
    assert (code, out) == (2, "")
    assert "there is no pack 'board'" in err
