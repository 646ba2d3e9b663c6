"""What makes the system ask four times an hour: a systemd timer, a cron line, a launchd agent or a Windows task.

None of them knows when a month is due: working days, time zones and clocks that change are the program's own matter,
so that all four do the same, and one that was switched off asks again when it is back.
"""

from __future__ import annotations

import hashlib
import plistlib
import shlex
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree as xml

from pipeline.errors import SettingsError
from pipeline.schedule.turn import ASKED_EVERY

_MINUTES = int(ASKED_EVERY.total_seconds()) // 60
_TITLE = "Asks whether the monthly reports are due"
_TASK = "http://schemas.microsoft.com/windows/2004/02/mit/task"


@dataclass(frozen=True)
class Asking:
    """What is to be run, where, and a name for it that no other folder's schedule has."""

    command: tuple[str, ...]
    folder: Path
    name: str


def asking(config: Path) -> Asking:
    """Asking the schedule of these settings, by the Python that runs now. Raises SettingsError for an odd folder."""
    config = config.resolve()
    if not f"{config}{sys.executable}".isprintable():
        raise SettingsError(
            "the name of the folder holds a line break or the like.", repr(str(config)), "Give it another name."
        )
    command = (sys.executable, "-P", "-m", "pipeline.cli", "schedule", "run", "--config", str(config))
    name = f"workregister-{hashlib.sha256(str(config).encode()).hexdigest()[:8]}"
    return Asking(command, config.parent, name)


def systemd(one: Asking) -> dict[str, str]:
    """A service and its timer, by the name of their files."""
    service = f"""\
[Unit]
Description={_TITLE}

[Service]
Type=oneshot
WorkingDirectory={_unit(str(one.folder))}
ExecStart={" ".join(f'"{_quoted(part)}"' for part in one.command)}
SuccessExitStatus=143
TimeoutStopSec=15
Nice=10
"""
    timer = f"""\
[Unit]
Description={_TITLE}

[Timer]
OnCalendar=*:0/{_MINUTES}
Persistent=true

[Install]
WantedBy=timers.target
"""
    return {f"{one.name}.service": service, f"{one.name}.timer": timer}


def cron(one: Asking) -> dict[str, str]:
    """A line of a crontab, with the comment by which it is found again."""
    line = f"cd {shlex.quote(str(one.folder))} && {shlex.join(one.command)}".replace("%", r"\%")
    return {"crontab": f"# {one.name}\n*/{_MINUTES} * * * * {line}\n"}


def launchd(one: Asking) -> dict[str, str]:
    """An agent of the user."""
    agent = {
        "Label": one.name,
        "ProgramArguments": list(one.command),
        "WorkingDirectory": str(one.folder),
        "StartInterval": _MINUTES * 60,
        "RunAtLoad": True,
        "ProcessType": "Background",
    }
    return {f"{one.name}.plist": plistlib.dumps(agent).decode()}


def windows(one: Asking) -> dict[str, str]:
    """A task, as `schtasks /Create /XML` reads it."""
    xml.register_namespace("", _TASK)
    task = xml.Element(f"{{{_TASK}}}Task", version="1.2")
    _add(task, {"RegistrationInfo": {"Description": _TITLE}})
    repeated = {"Repetition": {"Interval": f"PT{_MINUTES}M", "StopAtDurationEnd": "false"}}
    _add(task, {"Triggers": {"TimeTrigger": {**repeated, "StartBoundary": "2026-01-01T00:00:00", "Enabled": "true"}}})
    rules = {
        "MultipleInstancesPolicy": "IgnoreNew",
        "DisallowStartIfOnBatteries": "false",
        "StopIfGoingOnBatteries": "false",
        "StartWhenAvailable": "true",
        "ExecutionTimeLimit": "PT6H",
    }
    _add(task, {"Settings": rules})
    execute = {"Command": one.command[0], "Arguments": subprocess.list2cmdline(one.command[1:])}
    _add(task, {"Actions": {"Exec": {**execute, "WorkingDirectory": str(one.folder)}}})
    xml.indent(task)
    text = xml.tostring(task, encoding="unicode")
    return {f"{one.name}.xml": f'<?xml version="1.0" encoding="UTF-16"?>\n{text}\n'}


CARRIERS: Mapping[str, Callable[[Asking], dict[str, str]]] = {
    "systemd": systemd,
    "cron": cron,
    "launchd": launchd,
    "windows": windows,
}
"""Every system that can be made to ask: the files that it wants, by name."""


def usual() -> str:
    """The carrier of this machine."""
    if sys.platform == "win32":
        return "windows"
    if sys.platform == "darwin":
        return "launchd"
    return "systemd" if Path("/run/systemd/system").is_dir() else "cron"


def _unit(text: str) -> str:
    """Text that systemd takes as it is: a percent sign begins what it would fill in."""
    return text.replace("%", "%%")


def _quoted(text: str) -> str:
    """An argument between quotation marks of a unit's command."""
    return _unit(text).replace("\\", "\\\\").replace('"', '\\"').replace("$", "$$")


def _add(parent: xml.Element, parts: Mapping[str, object]) -> None:
    for name, inner in parts.items():
        child = xml.SubElement(parent, f"{{{_TASK}}}{name}")
        if isinstance(inner, dict):
            _add(child, inner)
        else:
            child.text = str(inner)
