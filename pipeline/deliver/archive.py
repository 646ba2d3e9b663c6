"""Moves the files a published run read out of the input folder: used ones to the archive, refused ones to quarantine.

Both keep one folder a period and, in it, the folders of the input. A period that is run again reads what it has in
its archive too, so its reports never shrink because of a move, finished or interrupted.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from pipeline.deliver.folder import digest
from pipeline.deliver.intake import known_files, recorded, write_intake
from pipeline.deliver.locks import locked
from pipeline.deliver.moves import UNFINISHED, Stamp, Waits, find_again, put_away
from pipeline.errors import DeliveryError, SettingsError
from pipeline.filed import Filed, Intake
from pipeline.model import FileReading, Finding, Period
from pipeline.settings import DeliverSettings

_NAMED = 3
"""New files that a message names."""


def check_apart(paths: Iterable[Path], settings: DeliverSettings) -> None:
    """Raises SettingsError where the archive, the quarantine and the input do not lie apart from one another."""
    named = {"archive": settings.archive.resolve(), "quarantine": settings.quarantine.resolve()}
    pairs = [(name, folder, "input", path.resolve()) for name, folder in named.items() for path in paths]
    pairs.append(("archive", named["archive"], "quarantine", named["quarantine"]))
    for name, folder, other, path in pairs:
        if folder.is_relative_to(path) or path.is_relative_to(folder):
            raise SettingsError(
                f"the {name} and the {other} lie in one another, so what is moved would be taken for new.",
                str(folder),
                f"Set {name} under [deliver] to a folder of its own.",
            )


def check_unpublished(files: Iterable[Path], settings: DeliverSettings, period: Period) -> None:
    """Raises SettingsError where the period is published from registers that are archived, and some file is new to it.

    Nobody named the period, so a register of the month after would be added to one that is done. A file that the
    published record knows by its bytes is not new: a run that was killed left it.
    """
    known = known_files(settings, period)
    archive = settings.archive / str(period)
    if not any(find_again(archive / one.name, one.sha256) for one in recorded(settings, period)):
        return
    new = [path.name for path in files if path.name not in known and _digest(path) not in known]
    if new:
        raise SettingsError(
            f"{period} is published already, from registers that are in {settings.archive.name}; "
            f"new in the input: {_listed(new)}.",
            "--period",
            f"Write --period {period.plus(1)} for the next month, or --period {period} to add to {period}.",
        )


def archived_before(paths: Sequence[Path], settings: DeliverSettings, period: Period) -> Intake:
    """The registers behind the published reports of this period that were archived since, as `again`.

    One that has come again under its old name is left out: the new file takes its place. One that is in the archive
    no longer is named among the problems.
    """
    archive = settings.archive / str(period)
    found, problems = [], []
    for file in recorded(settings, period):
        place = find_again(archive / file.name, file.sha256) if _lies_below(archive / file.name, archive) else None
        if any(os.path.lexists(path / file.name) or _is_file(path, file.name) for path in paths):
            continue
        if place is not None:
            found.append(replace(file, path=place, fate="archived"))
        elif file.fate == "archived":
            problems.append(f"{file.name} was archived for {period} and is no longer in {archive}: it is not read.")
    return Intake((), tuple(found), tuple(problems))


def arrived(
    files: Iterable[FileReading],
    paths: Sequence[Path],
    before: Intake,
    stamps: Mapping[Path, Stamp],
    unread: Iterable[Path] = (),
) -> Intake:
    """The files of the input, none of them moved yet: all but those read again from the archive wait.

    `stamps` are of the input files before they were read; `unread` are files of other kinds, which stay.
    """
    old = {one.path for one in before.again}
    new = [file for file in files if Path(file.path) not in old]
    waiting = [_waiting(file, paths, stamps) for file in new]
    others = [Filed(_name(path, paths), path.name, "not read", "", "waiting", path) for path in unread]
    return replace(before, files=(*waiting, *others))


def file_away(intake: Intake, findings: Iterable[Finding], settings: DeliverSettings, period: Period) -> Intake:
    """Move every input file that is still as it was read, used ones first, and tell what became of each.

    What cannot be moved stays where it is and says why; nothing is raised, for the reports are published already.
    The outcome is written into the published `run.json`.
    """
    refusals = {one.file: one for one in findings if one.code == "R01"}
    moved: dict[Path, Filed] = {}
    try:
        with locked(settings.output):
            _clear(settings, period)
            for file in sorted(intake.files, key=lambda one: one.status == "refused"):
                moved[file.path] = _moved(file, refusals.get(file.called), settings, period)
            filed = _filed(intake, moved)
            write_intake(filed, settings, period)
    except (OSError, ValueError, DeliveryError) as problem:
        why = problem.what if isinstance(problem, DeliveryError) else f"{_said(problem)}."
        filed = _filed(intake, {one.path: moved.get(one.path, _failed(one, why)) for one in intake.files})
        told = (f"run.json still says that every file waits; it could not be written: {why}",) if moved else ()
        return replace(filed, problems=(*filed.problems, *told), failed=True)
    return filed


def quarantine(intake: Intake, findings: Iterable[Finding], settings: DeliverSettings, period: Period) -> Intake:
    """Move the refused files of a run that published nothing, and tell what became of each; nothing is raised.

    What the period's record says is left as it is, for its reports are.
    """
    refusals = {one.file: one for one in findings if one.code == "R01"}
    moved = {one.path: one for one in intake.files}
    refused = [one for one in intake.files if one.status == "refused"]
    try:
        settings.output.mkdir(parents=True, exist_ok=True)
        with locked(settings.output):
            _clear(settings, period)
            for file in refused:
                moved[file.path] = _moved(file, refusals.get(file.called), settings, period)
    except (OSError, DeliveryError) as problem:
        why = problem.what if isinstance(problem, DeliveryError) else f"{_said(problem)}."
        moved |= {one.path: _failed(one, why) for one in refused if moved[one.path] is one}
    return _filed(intake, moved)


def _filed(intake: Intake, moved: Mapping[Path, Filed]) -> Intake:
    files = tuple(moved[one.path] for one in intake.files)
    return replace(intake, files=files, failed=any(one.failed for one in files))


def _failed(file: Filed, why: str) -> Filed:
    return replace(file, reason=f"It could not be moved: {why}", failed=True)


def _waiting(file: FileReading, paths: Sequence[Path], stamps: Mapping[Path, Stamp]) -> Filed:
    path = Path(file.path)
    return Filed(_name(path, paths), file.name, file.status, file.sha256, "waiting", path, stamps.get(path, ()))


def _name(path: Path, paths: Sequence[Path]) -> str:
    """Its path below the input folder, or its name alone."""
    folder = next((one for one in paths if one != path and path.is_relative_to(one)), path.parent)
    return path.relative_to(folder).as_posix()


def _moved(file: Filed, refusal: Finding | None, settings: DeliverSettings, period: Period) -> Filed:
    if file.status == "not read":
        return file
    refused = file.status == "refused"
    base = settings.quarantine if refused else settings.archive
    note = _note(file, refusal, period) if refusal else ""
    try:
        if _through_link(file):
            raise Waits("Its folder is a link; only files that lie in the input folder themselves are moved.")
        place = put_away(file.path, file.sha256 or file.stamp, base / str(period) / file.name, base, note)
    except Waits as why:
        return replace(file, reason=str(why))
    except OSError as problem:
        return _failed(file, f"{_said(problem)} ({base}).")
    return replace(file, path=place, fate="quarantined" if refused else "archived")


def _through_link(file: Filed) -> bool:
    """Whether a folder between the input folder and the file is a link."""
    depth = file.name.count("/")
    return any(folder.is_symlink() for folder in list(file.path.parents)[:depth])


def _note(file: Filed, refusal: Finding, period: Period) -> str:
    """What a person who finds the file in quarantine must know."""
    return (
        f"{_printable(file.name)} was refused: nothing of it is in the reports of {period}.\n\n"
        f"Where:      {_printable(refusal.place)}\n"
        f"Why:        {_printable(refusal.problem)}\n"
        f"What to do: {_printable(refusal.remedy)}\n\n"
        "The file beside this note is as it came. Put a mended copy into the input folder; then both can be deleted.\n"
    )


def _printable(text: str) -> str:
    return "".join(letter if letter.isprintable() else "?" for letter in text)


def _said(problem: OSError | ValueError) -> str:
    return ((problem.strerror if isinstance(problem, OSError) else "") or str(problem)).lower()


def _listed(names: Sequence[str]) -> str:
    more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
    return ", ".join(map(_printable, names[:_NAMED])) + more


def _digest(path: Path) -> str:
    """The SHA-256 of a file; "" where it cannot be read, which the reading tells with its reason."""
    try:
        return digest(path)
    except OSError:
        return ""


def _is_file(path: Path, name: str) -> bool:
    return path.name == name and not path.is_dir()


def _lies_below(path: Path, folder: Path) -> bool:
    return path.resolve().is_relative_to(folder.resolve())


def _clear(settings: DeliverSettings, period: Period) -> None:
    """Remove half-made copies that a killed run left; what they were made from still lies in the input folder."""
    for base in (settings.archive, settings.quarantine):
        for left in (base / str(period)).rglob(f"{UNFINISHED}*"):
            with suppress(OSError):
                left.unlink()
