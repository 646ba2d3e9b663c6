"""What `pipeline init` leaves: a register to fill in, an example to try, folders and commented settings."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from pipeline.answers import table
from pipeline.errors import DeliveryError, SettingsError
from pipeline.settings import FILE_NAME
from pipeline.starter.language import LANGUAGES, Language, read_language, system_language

_PACKAGE = Path(__file__).parents[1]
_FOLDERS = ("input", "output", "example/input")
_REGISTER = "input/register.xlsx"
_EXAMPLE = "example/input/example-register.xlsx"
_EXAMPLE_MONTH = "2026-10"


def begin(folder: Path, code: str | None = None) -> Iterator[str]:
    """Make what is missing in the folder, touch nothing that is there; say in lines what was done and what is next.

    The example has a folder of its own, so that it is never read with the user's registers. `code` is one of
    LANGUAGES; None is the computer's own. Raises SettingsError for another language, DeliveryError where the folder
    cannot be written.
    """
    code = code or system_language()
    if code not in LANGUAGES:
        known = ", ".join(LANGUAGES)
        raise SettingsError(f"there is no register in '{code}'.", "--language", f"Write one of: {known}.")
    try:
        done = [_register(folder, read_language(code)), *_copies(folder)]
    except OSError as problem:
        raise DeliveryError(f"cannot be made ({problem.strerror}).", str(folder), "Choose another folder.") from problem
    yield from table(done)
    yield from _next(folder)


def _register(folder: Path, language: Language) -> tuple[str, str, str]:
    """Make the folders and the register; where people's own registers are already there, none is added to them."""
    from pipeline.starter.workbook import starter_workbook

    for name in _FOLDERS:
        (folder / name).mkdir(parents=True, exist_ok=True)
    own = sorted(path.name for path in (folder / "input").iterdir() if _is_register(path))
    if own and PurePosixPath(_REGISTER).name not in own:
        return ("kept", "input/", f"it holds {own[0]}: no other register is added")
    words = f"your register, in {language.name}; see its sheet '{language.sheets['readme']}'"
    return _put(folder, _REGISTER, starter_workbook(language), words)


def _copies(folder: Path) -> Iterator[tuple[str, str, str]]:
    yield _put(folder, _EXAMPLE, _shipped("input/example-register.xlsx"), "an example to try, never read with yours")
    yield _put(folder, FILE_NAME, _shipped(FILE_NAME), "settings, each with its default")


def _put(folder: Path, name: str, content: bytes, words: str) -> tuple[str, str, str]:
    if (folder / name).exists():
        return ("kept", name, words)
    (folder / name).write_bytes(content)
    return ("made", name, words)


def _is_register(path: Path) -> bool:
    from pipeline.ingest.discover import FORMATS

    return path.suffix.lower().lstrip(".") in FORMATS and not path.name.startswith(("~$", "."))


def _next(folder: Path) -> Iterator[str]:
    example = PurePosixPath(_EXAMPLE).parent
    yield ""
    yield "See what comes out, with the example:"
    if folder != Path():
        yield f"  cd {shlex.quote(str(folder))}"
    yield f"  pipeline run --input {example} --output example/output --period {_EXAMPLE_MONTH}"
    yield f"Then fill in {_REGISTER}, or put a register you already have in its place, and ask:"
    yield "  pipeline check   what is understood, and what is wrong, cell by cell"
    yield "  pipeline run     the reports of the last full month, in output/"


def _shipped(name: str) -> bytes:
    """A file that comes with the program: inside the installed package, else in the checkout beside it."""
    inside = _PACKAGE / "_example" / Path(name).name
    return (inside if inside.exists() else _PACKAGE.parent / name).read_bytes()
