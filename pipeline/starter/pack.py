"""What `pipeline template new` leaves: a folder of templates that builds on a shipped pack, and its settings."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from pipeline.errors import DeliveryError, SettingsError
from pipeline.render.packs import PACKS, Pack
from pipeline.render.shipped import shipped

_REPORT = """{{# The {name} pack: as the shipped {like} pack, but for the pages in pages/, which are yours. #}}
{{% extends "shipped/{folder}/report.html.j2" %}}
"""


def begin_pack(folder: Path, name: str, like: str) -> Iterator[str]:
    """Make `folder/name` with the frame and the first page of the shipped pack `like`; say what comes next, in lines.

    Raises SettingsError for a name that is taken or no name, or a pack there is not; DeliveryError where the folder
    cannot be written.
    """
    known = {pack.id: pack for pack in PACKS}
    if like not in known:
        raise SettingsError(f"there is no pack '{like}'.", "--like", f"Write one of: {', '.join(known)}.")
    if not re.fullmatch(r"[a-z][a-z0-9-]{0,39}", name) or name in {*known, "shared", "shipped", "languages"}:
        raise SettingsError(
            f"'{name}' cannot be the name of a pack of your own.", hint="Use letters a to z, digits and hyphens."
        )
    target = folder / name
    if target.exists():
        raise SettingsError(f"there is a pack '{name}' already.", str(target), "Choose another name.")
    try:
        yield from _made(target, known[like])
    except OSError as problem:
        raise DeliveryError(f"cannot be made ({problem.strerror}).", str(target), "Choose another folder.") from problem
    yield from _next(name, known[like])


def _made(target: Path, base: Pack) -> Iterator[str]:
    page = f"pages/{base.pages[0].id}.html.j2"
    first = next(found for found in map(shipped().joinpath, base.candidates(page)) if found.is_file())
    (target / "pages").mkdir(parents=True)
    report = _REPORT.format(name=target.name, like=base.id, folder=base.folders[0])
    (target / "report.html.j2").write_text(report, encoding="utf-8")
    (target / page).write_bytes(first.read_bytes())
    yield f"made  {target}/report.html.j2  the frame, from the {base.id} pack"
    yield f"made  {target}/{page}  its first page, yours to change"


def _next(name: str, base: Pack) -> Iterator[str]:
    yield ""
    yield "Add to pipeline.toml:"
    yield f"  [render.packs.{name}]"
    yield f'  title = "{name.replace("-", " ").capitalize()}"'
    yield f'  readers = "{base.audience}"'
    yield f"  formats = {[*base.formats]}".replace("'", '"')
    yield "Then look at it while you change it, and check it:"
    yield "  pipeline preview"
    yield "  pipeline template check"
