"""What is handed to the system is what the system reads, whatever the folder is called."""

from __future__ import annotations

import plistlib
import re
import shlex
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path
from xml.etree import ElementTree as xml

import pytest

from pipeline.errors import DeliveryError, SettingsError
from pipeline.schedule.carriers import CARRIERS, Asking, asking
from pipeline.schedule.installing import install, remove

NAMES = ("plain", "with blanks", "100 % & <more>", "it's $HOME", 'a "quoted" one', "Übersicht")
TASK = "{http://schemas.microsoft.com/windows/2004/02/mit/task}"


@pytest.fixture(params=NAMES)
def one(request: pytest.FixtureRequest, tmp_path: Path) -> Asking:
    folder = tmp_path / request.param
    folder.mkdir()
    (folder / "pipeline.toml").touch()
    return asking(folder / "pipeline.toml")


def test_cron_takes_the_line_apart_again(one: Asking) -> None:
    (text,) = CARRIERS["cron"](one).values()
    name, line = text.splitlines()
    assert name == f"# {one.name}"
    when, command = re.fullmatch(r"((?:\S+ ){5})(.*)", line).groups()
    assert when.split() == ["*/15", "*", "*", "*", "*"]
    unescaped = re.sub(r"\\%", "%", command)  # as cron does before it hands the line to the shell
    assert not re.search(r"(?<!\\)%", command)
    assert shlex.split(unescaped) == ["cd", str(one.folder), "&&", *one.command]
    said = subprocess.run(
        ["/bin/sh", "-c", unescaped.split(" && ")[0] + " && pwd"], capture_output=True, text=True, check=True
    )
    assert said.stdout.rstrip("\n") == str(one.folder)


def test_launchd_reads_the_agent(one: Asking) -> None:
    (text,) = CARRIERS["launchd"](one).values()
    agent = plistlib.loads(text.encode())
    assert agent["ProgramArguments"] == list(one.command)
    assert (agent["Label"], agent["WorkingDirectory"], agent["StartInterval"]) == (one.name, str(one.folder), 900)


def test_windows_reads_the_task(one: Asking) -> None:
    (text,) = CARRIERS["windows"](one).values()
    task = xml.fromstring(text.encode("utf-16"))
    assert task.findtext(f".//{TASK}Interval") == "PT15M"
    assert [part.tag.removeprefix(TASK) for part in task] == ["RegistrationInfo", "Triggers", "Settings", "Actions"]
    run = task.find(f".//{TASK}Exec")
    assert run.findtext(f"{TASK}Command") == one.command[0]
    assert run.findtext(f"{TASK}Arguments") == subprocess.list2cmdline(one.command[1:])
    assert run.findtext(f"{TASK}WorkingDirectory") == str(one.folder)


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd-analyze is not installed")
def test_systemd_takes_the_units(tmp_path: Path) -> None:
    folder = tmp_path / "".join(NAMES)
    folder.mkdir()
    (folder / "pipeline.toml").touch()
    files = CARRIERS["systemd"](asking(folder / "pipeline.toml"))
    for name, text in files.items():
        (tmp_path / name).write_text(text)
    paths = [str(tmp_path / name) for name in files]
    said = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", *paths], capture_output=True, text=True, check=False
    )
    told = [line for line in (said.stdout + said.stderr).splitlines() if "workregister" in line]
    assert told == []
    calendar = re.search(r"OnCalendar=(.*)", "".join(files.values()))[1]
    said = subprocess.run(["systemd-analyze", "calendar", calendar], capture_output=True, text=True, check=True)
    assert "Normalized form: *-*-* *:00/15:00" in said.stdout


def test_a_unit_fills_nothing_in(one: Asking) -> None:
    service = next(text for name, text in CARRIERS["systemd"](one).items() if name.endswith(".service"))
    command = re.search(r"^ExecStart=(.*)$", service, re.M)[1]
    parts = [re.sub(r"\\(.)", r"\1", part) for part in re.findall(r'"((?:[^"\\]|\\.)*)"', command)]
    assert [part.replace("%%", "%").replace("$$", "$") for part in parts] == list(one.command)


def test_each_settings_file_has_a_schedule_of_its_own(tmp_path: Path) -> None:
    assert asking(tmp_path / "a.toml").name != asking(tmp_path / "b.toml").name
    assert asking(tmp_path / "a.toml") == asking(tmp_path / "a.toml")


def test_a_folder_whose_name_breaks_lines_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="name"):
        asking(tmp_path / "a\n* * * * * rm" / "pipeline.toml")


class System:
    """A system that remembers what it was told, and has a crontab."""

    def __init__(self, crontab: str = "") -> None:
        self.crontab, self.told = crontab, []

    def __call__(self, command: Sequence[str], text: str) -> str:
        self.told.append(list(command))
        if command[:2] == ("crontab", "-"):
            self.crontab = text
        elif command[0] == "crontab" and not self.crontab:
            raise OSError(1, "no crontab for you")
        return self.crontab


@pytest.mark.parametrize("others", ["", "# mine\n0 1 * * * backup\n"])
def test_a_crontab_keeps_its_other_lines(tmp_path: Path, others: str) -> None:
    system, one = System(others), asking(tmp_path / "pipeline.toml")
    for _ in range(2):
        assert list(install(one, "cron", tmp_path, system)) == ["Added to your crontab."]
        assert system.crontab == others + CARRIERS["cron"](one)["crontab"]
    list(remove(one, "cron", tmp_path, system))
    assert system.crontab == others


@pytest.mark.parametrize(("carrier", "files"), [("systemd", 2), ("launchd", 1), ("windows", 0)])
def test_what_is_installed_is_taken_away_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, carrier: str, files: int
) -> None:
    monkeypatch.delenv("XDG_CONFIG_HOME", raising=False)
    system, one = System(), asking(tmp_path / "pipeline.toml")
    assert list(install(one, carrier, tmp_path, system))
    written = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert {path.name: path.read_text() for path in written} == (CARRIERS[carrier](one) if files else {})
    list(remove(one, carrier, tmp_path, system))
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []
    assert len(system.told) >= 2


def test_a_system_that_does_not_take_it_is_told(tmp_path: Path) -> None:
    def refuses(command: Sequence[str], text: str) -> str:
        raise OSError(1, "Failed to connect to bus")

    with pytest.raises(DeliveryError, match="Failed to connect to bus") as caught:
        list(install(asking(tmp_path / "pipeline.toml"), "systemd", tmp_path, refuses))
    assert "schedule print systemd" in caught.value.hint
