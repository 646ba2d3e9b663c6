"""Compiled templates are kept from one process to the next: the shipped ones only, as long as nothing changes."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from jinja2 import FileSystemLoader

from pipeline.render import compiled as compiled_room
from pipeline.render.compiled import Compiled
from pipeline.render.environment import environment
from pipeline.render.language import LANGUAGES, language
from pipeline.render.sandbox import Sandbox
from pipeline.render.shipped import shipped


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    made = tmp_path / "shipped"
    made.mkdir()
    (made / "page.html.j2").write_text("{{ name }}!", encoding="utf-8")
    return made


def _compiling(home: Path, folder: Path, templates: Path) -> tuple[Sandbox, list[str]]:
    """An environment that keeps the templates of `home` in a folder and reads those of `templates`; what it compiles."""
    made = Sandbox(loader=FileSystemLoader(templates), bytecode_cache=Compiled(home, False, folder))
    compiled: list[str] = []
    anew = made.compile

    def told(source: str, name: str | None = None, filename: str | None = None) -> object:
        compiled.append(str(name))
        return anew(source, name, filename)

    made.compile = told  # type: ignore[method-assign, assignment]
    return made, compiled


def test_what_one_process_compiled_the_next_one_takes(home: Path, tmp_path: Path) -> None:
    for expected in (["page.html.j2"], []):
        made, compiled = _compiling(home, tmp_path, home)
        assert made.get_template("page.html.j2").render(name="A") == "A!"
        assert compiled == expected


def test_a_template_that_changed_is_compiled_anew(home: Path, tmp_path: Path) -> None:
    _compiling(home, tmp_path, home)[0].get_template("page.html.j2")
    (home / "page.html.j2").write_text("{{ name }}?", encoding="utf-8")
    assert _compiling(home, tmp_path, home)[0].get_template("page.html.j2").render(name="A") == "A?"


def test_a_template_of_the_users_own_is_not_kept(home: Path, tmp_path: Path) -> None:
    own = tmp_path / "own"
    own.mkdir()
    (own / "page.html.j2").write_text("{{ name }}", encoding="utf-8")
    for _ in range(2):
        made, compiled = _compiling(home, tmp_path, own)
        made.get_template("page.html.j2")
        assert compiled == ["page.html.j2"]


def test_without_a_folder_to_keep_them_in_templates_are_compiled(home: Path, tmp_path: Path) -> None:
    made, compiled = _compiling(home, tmp_path / "none", home)
    assert made.get_template("page.html.j2").render(name="A") == "A!"
    assert compiled == ["page.html.j2"]


def test_nothing_is_kept_where_python_is_to_keep_nothing(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    _compiling(home, tmp_path, home)[0].get_template("page.html.j2")
    assert [*tmp_path.iterdir()] == [home]


def test_shipped_templates_are_compiled_alike_for_every_language(tmp_path: Path) -> None:
    """What is kept serves all of them: nothing that a language says is computed when a template is compiled."""
    made = [environment(tmp_path, language(code, tmp_path, shipped())) for code in LANGUAGES]
    for name in made[0].list_templates(["j2", "css", "js"]):
        source = made[0].loader.get_source(made[0], name)[0] if made[0].loader else ""
        assert len({str(one.compile(source, name, raw=True)) for one in made}) == 1, name


@pytest.mark.parametrize("left", [0, 3, 24, 60])
def test_a_kept_template_that_was_cut_off_is_compiled_anew_and_kept_again(
    home: Path, tmp_path: Path, left: int
) -> None:
    _compiling(home, tmp_path, home)[0].get_template("page.html.j2")
    (kept,) = tmp_path.glob("*.template")
    kept.write_bytes(kept.read_bytes()[:left])
    for expected in (["page.html.j2"], []):
        made, compiled = _compiling(home, tmp_path, home)
        assert made.get_template("page.html.j2").render(name="A") == "A!"
        assert compiled == expected


def test_what_made_code_of_it_otherwise_leaves_no_second_file(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _compiling(home, tmp_path, home)[0].get_template("page.html.j2")
    monkeypatch.setattr(compiled_room.jinja2, "__version__", "99")
    made, compiled = _compiling(home, tmp_path, home)
    made.get_template("page.html.j2")
    assert compiled == ["page.html.j2"]
    assert len(list(tmp_path.glob("*.template"))) == 1
