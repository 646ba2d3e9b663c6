"""The wheel holds all that a run needs, and its command starts from any folder."""

from __future__ import annotations

import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built without fetching anything."""
    pytest.importorskip("hatchling", reason="the builder is in requirements.txt; make test installs it")
    folder = tmp_path_factory.mktemp("dist")
    build = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(folder)]
    done = subprocess.run(build, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return next(folder.glob("*.whl"))


def test_templates_words_example_and_settings_are_in_the_wheel(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        inside = set(archive.namelist())
    shipped = [path for path in (ROOT / "templates").rglob("*") if path.is_file()]
    assert shipped
    assert {f"pipeline/_templates/{path.relative_to(ROOT / 'templates').as_posix()}" for path in shipped} <= inside
    data = [path for path in (ROOT / "pipeline").rglob("*") if path.suffix != ".py" and path.is_file()]
    data = [path for path in data if path.parent.name != "__pycache__"]  # what a machine keeps compiled
    assert {path.relative_to(ROOT).as_posix() for path in data} <= inside
    assert {"pipeline/_example/example-register.xlsx", "pipeline/_example/pipeline.toml"} <= inside
    assert not [name for name in inside if name.startswith(("tests/", "output/")) or "__pycache__" in name]


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The command as the wheel installs it; the libraries are those of this environment."""
    folder = tmp_path_factory.mktemp("installed") / "venv"
    venv.create(folder, with_pip=False)
    scripts = folder / ("Scripts" if sys.platform == "win32" else "bin")
    python = scripts / "python"
    ask = "import sysconfig; print(sysconfig.get_path('purelib'))"
    site = Path(subprocess.run([python, "-c", ask], capture_output=True, text=True, check=True).stdout.strip())
    # Path files inside a folder added this way are not followed, so the checkout stays out of sight.
    (site / "libraries.pth").write_text(sysconfig.get_path("purelib"), encoding="utf-8")
    pip = [sys.executable, "-m", "pip", "--python", str(python), "install", "--quiet", "--no-deps", "--no-index"]
    subprocess.run([*pip, "--no-compile", str(wheel)], check=True, capture_output=True)
    return scripts / "pipeline"


def test_the_installed_command_begins_and_reports_in_an_empty_folder(installed: Path, tmp_path: Path) -> None:
    def answer(*words: str) -> str:
        done = subprocess.run([str(installed), *words], cwd=tmp_path, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return done.stdout

    assert "Usage" in answer("--help")
    answer("init")
    answer("run", "--input", "example/input", "--output", "example/output", "--period", "2026-10", "--packs", "pmo")
    made = (tmp_path / "example" / "output" / "2026-10").iterdir()
    assert {".html", ".xlsx", ".json"} <= {path.suffix for path in made}
