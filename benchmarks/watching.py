"""A watched folder in real time: slow copies, renames, truncation, files opened again and again, and many at once.

`python benchmarks/watching.py` prints what was taken; `--polling` does it without the system's events.
"""

from __future__ import annotations

import argparse
import io
import os
import tempfile
import threading
import time
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

from pipeline.deliver.moves import Stamp
from pipeline.log import Log
from pipeline.model import Period
from pipeline.unattended_settings import WatchSettings
from pipeline.watch.folder import Folder
from pipeline.watch.rounds import Rounds
from pipeline.watch.waking import Waking

EVERY_SECONDS = QUIET_SECONDS = 1.0
MANY, OPENED = 500, 1000
KB, PACE_SECONDS = 1024, 0.1


def workbook(text: str) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("xl/workbook.xml", text)
    return content.getvalue()


def copy_slowly(path: Path, content: bytes) -> None:
    for at in range(0, len(content), KB):
        with path.open("ab") as file:
            file.write(content[at : at + KB])
        time.sleep(PACE_SECONDS)


def rename_in(path: Path, content: bytes) -> None:
    beside = path.with_name(f".{path.name}")
    copy_slowly(beside, content)
    beside.rename(path)


def write_anew(path: Path, content: bytes) -> None:
    for part in (content[:-40], b"", content[:100], content):
        path.write_bytes(part)
        time.sleep(0.7)


def open_often(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    for _ in range(OPENED):
        path.open("ab").close()
        time.sleep(0.005)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--polling", action="store_true")
    polling = parser.parse_args().polling
    with tempfile.TemporaryDirectory() as home:
        watch(Path(home), polling)


def watch(home: Path, polling: bool) -> None:
    folder, done = home / "input", home / "done"
    folder.mkdir()
    done.mkdir()
    actors: Mapping[str, Callable[[Path, bytes], None]] = {
        "slow.xlsx": copy_slowly, "renamed.xlsx": rename_in, "anew.xlsx": write_anew, "often.xlsx": open_often,
    }  # fmt: skip
    expected = {name: workbook("x" * 100 * KB) for name in actors}
    expected |= {f"{number:03}.xlsx": workbook(str(number)) for number in range(MANY)}
    last: dict[str, float] = {}
    taken: dict[str, tuple[float, bytes]] = {}

    def act(name: str) -> None:
        actors.get(name, lambda path, content: path.write_bytes(content) and None)(folder / name, expected[name])
        last[name] = time.monotonic()

    def take(period: Period, files: Mapping[Path, Stamp]) -> bool:
        for path in files:
            assert path.name not in taken, f"{path.name} is taken twice"
            taken[path.name] = (time.monotonic(), path.read_bytes())
            os.rename(path, done / path.name)
        return True

    settings = WatchSettings(every_seconds=EVERY_SECONDS, quiet_seconds=QUIET_SECONDS)
    look = Folder(folder, QUIET_SECONDS, settings.wait_minutes * 60).look
    rounds = Rounds(look, take, lambda: Period(2026, 10), settings, lambda _: (), Log(home / "log"))
    waking, begun = Waking(), time.monotonic()
    slow = [threading.Thread(target=act, args=(name,)) for name in actors]
    many = threading.Thread(target=lambda: [act(name) for name in expected if name not in actors])
    with waking.events(folder, wanted=not polling):
        for thread in (*slow, many):
            thread.start()
        while len(taken) < len(expected) and time.monotonic() - begun < 120:
            waking.pause(rounds.round(time.monotonic()))
    wrong = [name for name, content in expected.items() if taken.get(name, (0, b""))[1] != content]
    print(f"{len(taken)} of {len(expected)} taken, once each, in {time.monotonic() - begun:.0f} s; wrong: {wrong}")
    print(f"taken after the last write to any: {max(when for when, _ in taken.values()) - max(last.values()):.1f} s")
    assert not wrong


if __name__ == "__main__":
    main()
