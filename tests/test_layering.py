"""The rooms of the package import downwards only, and heavy libraries only where they are used."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "pipeline"
VERBS = {"ingest", "classify", "summarise", "render", "deliver"}
FLOORS: tuple[set[str], ...] = (
    {"cli"},
    {"answers", "starter", "remember"},
    {"backfill", "preview", "unattended", "watch", "schedule", "doctor"},
    {"flow", "inputs", "mailing", "manifest", "parts", "parts_record", "storage"},
    VERBS,
    {
        "settings",
        "mail_settings",
        "render_settings",
        "rule_settings",
        "section",
        "settings_faults",
        "unattended_settings",
        "log",
        "addresses",
        "decisions",
        "executor",
        "handed",
        "cluster",
        "fields",
        "findings",
        "statuses",
        "vocabulary",
        "spoken",
        "stints",
        "repeats",
        "no_items",
        "defuse",
        "marks",
        "tables",
        "versions",
        "parser",
        "marker",
    },
    {
        "model",
        "blank_columns",
        "snapshots",
        "filed",
        "sentence",
        "errors",
        "explanation",
        "letter",
        "seal",
        "spool",
        "stopping",
    },
)
"""From top to bottom; a module imports from floors below its own, or from its own floor where that is no verb."""

ONLY_IN = {
    "typer": {
        "cli/app.py",
        "cli/begin.py",
        "cli/confirm.py",
        "cli/decide.py",
        "cli/delivery.py",
        "cli/figures.py",
        "cli/learn.py",
        "cli/months.py",
        "cli/options.py",
        "cli/parts.py",
        "cli/progress.py",
        "cli/send.py",
        "cli/templates.py",
        "cli/unattended.py",
        "cli/work.py",
    },
    "click": set(),
    "rich": set(),
    "weasyprint": {"render/engine.py", "render/pdf.py", "render/svg_apart.py", "render/svg_text.py"},
    "distributed": {"cluster/connect.py", "cluster/pool.py"},
    "fsspec": {"storage.py"},
    "smtplib": {"deliver/mail/smtp.py"},
    "sqlalchemy": {
        "deliver/ledger/backup.py",
        "deliver/ledger/database.py",
        "deliver/ledger/holder.py",
        "deliver/ledger/ledger.py",
        "deliver/ledger/opening.py",
        "deliver/ledger/queueing.py",
        "deliver/ledger/records.py",
        "deliver/ledger/schema.py",
    },
}
HEAVY = (
    "pandas",
    "numpy",
    "pyarrow",
    "openpyxl",
    "xlsxwriter",
    "jinja2",
    "weasyprint",
    "pydantic",
    "rapidfuzz",
    "holidays",
    "sqlalchemy",
    "distributed",
)
MODULES = sorted(PACKAGE.rglob("*.py"))


@cache
def nodes(path: Path) -> tuple[ast.AST, ...]:
    """Everything a file says, in no order; each file is read once for all tests."""
    return tuple(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))


def imports(path: Path) -> Iterator[tuple[str, int]]:
    """Every module a file imports, wherever in the file, as a dotted name with its line."""
    for node in nodes(path):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}:{node.lineno}: write the full name of what is imported"
            # `from pipeline import settings` names a module, `from pipeline.model import Period` a thing in one.
            names = [f"pipeline.{alias.name}" for alias in node.names] if node.module == "pipeline" else [node.module]
            yield from ((str(name), node.lineno) for name in names)


def room(module: str) -> str:
    """`pipeline.render.pdf` -> `render`."""
    return module.split(".")[1]


def floor_of(name: str) -> int:
    return next((number for number, rooms in enumerate(FLOORS) if name in rooms), -1)


def own_room(path: Path) -> str:
    return path.relative_to(PACKAGE).with_suffix("").parts[0]


def relative(path: Path) -> str:
    return path.relative_to(PACKAGE).as_posix()


def test_imports_point_downwards() -> None:
    wrong = []
    for path in MODULES:
        here = own_room(path)
        assert here == "__init__" or floor_of(here) >= 0, f"{here} is on no floor: add it to FLOORS"
        for name, line in imports(path):
            if name.split(".")[0] == "pipeline" and _points_upwards(here, name):
                wrong.append(f"{relative(path)}:{line} imports {name}")
    assert wrong == []


def _points_upwards(here: str, name: str) -> bool:
    if here == "__init__":
        return True
    if "." not in name or room(name) == here:
        return False
    there = room(name)
    return floor_of(there) < floor_of(here) or (there in VERBS and here in VERBS)


def test_some_libraries_are_used_in_one_room_only() -> None:
    wrong = [
        f"{relative(path)}:{line} imports {name}"
        for path in MODULES
        for name, line in imports(path)
        if relative(path) not in ONLY_IN.get(name.split(".")[0], {relative(path)})
    ]
    assert wrong == []


def test_only_the_command_line_prints_or_exits() -> None:
    wrong = [
        f"{relative(path)}:{node.lineno}"
        for path in MODULES
        if own_room(path) != "cli"
        for node in nodes(path)
        if isinstance(node, ast.Call) and ast.unparse(node.func) in {"print", "exit", "sys.exit"}
    ]
    assert wrong == []


def test_every_library_that_is_imported_is_declared() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    every = [*project["dependencies"], *(one for more in project["optional-dependencies"].values() for one in more)]
    declared = {re.split(r"[<>=!~;\[ ]", one)[0].lower().replace("-", "_") for one in every}
    imported = {name.split(".")[0] for path in MODULES for name, _ in imports(path)}
    unknown = {name.lower() for name in imported - set(sys.stdlib_module_names) - {"pipeline"}} - declared
    assert unknown == set()


def test_help_loads_nothing_heavy() -> None:
    script = f"""
import sys
sys.argv = ["pipeline", "--help"]
from pipeline.cli import main
try:
    main()
except SystemExit as end:
    assert not end.code, end.code
loaded = sorted(set({HEAVY!r}) & set(sys.modules))
assert not loaded, loaded
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, cwd=ROOT, check=False)
    assert done.returncode == 0, done.stderr
    assert "Usage" in done.stdout


def test_nothing_heavy_is_loaded_before_files_are_parsed() -> None:
    script = f"""
import sys
import pipeline.answers, pipeline.flow, pipeline.ingest
loaded = sorted(set({HEAVY!r}) & set(sys.modules) - {{"pydantic"}})  # which checks the settings first of all
assert not loaded, loaded
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, cwd=ROOT, check=False)
    assert done.returncode == 0, done.stderr
