"""Hands the schedule to the system of this machine, and takes it back."""

from __future__ import annotations

import os
import subprocess
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from pipeline.errors import DeliveryError
from pipeline.schedule.carriers import CARRIERS, Asking

Tell = Callable[[Sequence[str], str], str]
"""Runs a command of the system with some input, and returns what it printed. Raises OSError where it fails."""


def tell_system(command: Sequence[str], text: str = "") -> str:
    """Run a command of the system. Raises OSError, with what it said, where it fails."""
    done = subprocess.run(command, input=text, capture_output=True, text=True, check=False, timeout=60)
    if done.returncode:
        raise OSError(done.returncode, (done.stderr or done.stdout).strip() or f"it ended with {done.returncode}")
    return done.stdout


def install(one: Asking, carrier: str, home: Path, tell: Tell = tell_system) -> Iterator[str]:
    """Install the schedule anew and say what was done. Raises DeliveryError where the system does not take it."""
    yield from _done(carrier, _INSTALL[carrier], one, home, tell)


def remove(one: Asking, carrier: str, home: Path, tell: Tell = tell_system) -> Iterator[str]:
    """Take the schedule away and say what was done. Raises DeliveryError where the system does not let go."""
    yield from _done(carrier, _REMOVE[carrier], one, home, tell)


def _done(carrier: str, act: _Act, one: Asking, home: Path, tell: Tell) -> Iterator[str]:
    try:
        yield from act(one, home, tell)
    except (OSError, subprocess.SubprocessError) as problem:
        raise DeliveryError(
            f"the {carrier} of this machine did not take it: {_said(problem)}.",
            hint=f"`pipeline schedule print {carrier}` shows what to install by hand.",
        ) from problem


def _said(problem: OSError | subprocess.SubprocessError) -> str:
    text = problem.strerror if isinstance(problem, OSError) else ""
    return (text or str(problem)).strip().rstrip(".").splitlines()[-1]


def _written(folder: Path, files: Mapping[str, str]) -> Iterator[str]:
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        beside = folder / f".{name}.new"
        beside.write_text(text, encoding="utf-8")
        os.replace(beside, folder / name)
        yield f"Written: {folder / name}"


def _removed(folder: Path, files: Mapping[str, str]) -> Iterator[str]:
    for name in files:
        if (folder / name).exists():
            (folder / name).unlink()
            yield f"Removed: {folder / name}"


def _units(home: Path) -> Path:
    return Path(os.environ.get("XDG_CONFIG_HOME") or home / ".config") / "systemd" / "user"


def _systemd(one: Asking, home: Path, tell: Tell) -> Iterator[str]:
    yield from _written(_units(home), CARRIERS["systemd"](one))
    tell(("systemctl", "--user", "daemon-reload"), "")
    tell(("systemctl", "--user", "enable", "--now", f"{one.name}.timer"), "")
    yield "Started. It asks while you are logged in; `loginctl enable-linger` lets it ask always."


def _no_systemd(one: Asking, home: Path, tell: Tell) -> Iterator[str]:
    tell(("systemctl", "--user", "disable", "--now", f"{one.name}.timer"), "")
    yield from _removed(_units(home), CARRIERS["systemd"](one))
    tell(("systemctl", "--user", "daemon-reload"), "")


def _cron(one: Asking, home: Path, tell: Tell) -> Iterator[str]:
    (lines,) = CARRIERS["cron"](one).values()
    tell(("crontab", "-"), _others(one, tell) + lines)
    yield "Added to your crontab."


def _no_cron(one: Asking, home: Path, tell: Tell) -> Iterator[str]:
    tell(("crontab", "-"), _others(one, tell))
    yield "Taken out of your crontab."


def _others(one: Asking, tell: Tell) -> str:
    """The crontab without the lines of this schedule; nothing where there is no crontab."""
    try:
        lines = tell(("crontab", "-l"), "").splitlines(keepends=True)
    except FileNotFoundError:
        raise
    except OSError as problem:
        if "no crontab" not in str(problem):
            raise
        return ""
    mark = f"# {one.name}"
    ours = {at + more for at, line in enumerate(lines) if line.strip() == mark for more in (0, 1)}
    return "".join(line for at, line in enumerate(lines) if at not in ours)


def _agents(home: Path) -> Path:
    return home / "Library" / "LaunchAgents"


def _launchd(one: Asking, home: Path, tell: Tell) -> Iterator[str]:
    yield from _written(_agents(home), CARRIERS["launchd"](one))
    tell(("launchctl", "load", "-w", str(_agents(home) / f"{one.name}.plist")), "")
    yield "Loaded. It asks while you are logged in."


def _no_launchd(one: Asking, home: Path, tell: Tell) -> Iterator[str]:
    tell(("launchctl", "unload", "-w", str(_agents(home) / f"{one.name}.plist")), "")
    yield from _removed(_agents(home), CARRIERS["launchd"](one))


def _windows(one: Asking, home: Path, tell: Tell) -> Iterator[str]:
    (text,) = CARRIERS["windows"](one).values()
    with tempfile.TemporaryDirectory() as folder:
        task = Path(folder, "task.xml")
        task.write_text(text, encoding="utf-16")
        tell(("schtasks", "/Create", "/TN", one.name, "/XML", str(task), "/F"), "")
    yield f"Added to the tasks as {one.name}. It asks while you are logged in."


def _no_windows(one: Asking, home: Path, tell: Tell) -> Iterator[str]:
    tell(("schtasks", "/Delete", "/TN", one.name, "/F"), "")
    yield f"Taken out of the tasks: {one.name}."


_Act = Callable[[Asking, Path, Tell], Iterator[str]]
_INSTALL: Mapping[str, _Act] = {"systemd": _systemd, "cron": _cron, "launchd": _launchd, "windows": _windows}
_REMOVE: Mapping[str, _Act] = {
    "systemd": _no_systemd,
    "cron": _no_cron,
    "launchd": _no_launchd,
    "windows": _no_windows,
}
