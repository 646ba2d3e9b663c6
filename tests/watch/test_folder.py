"""A file has arrived when it has stayed the same for a while and is whole; nothing half is taken, nothing forgotten."""

from __future__ import annotations

import io
import os
import random
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from pipeline.deliver.moves import Stamp
from pipeline.log import Log
from pipeline.model import Period
from pipeline.unattended_settings import WatchSettings
from pipeline.watch.folder import Folder, Seen
from pipeline.watch.rounds import Rounds

PERIOD = Period(2026, 10)
EVERY = QUIET = 10.0
KB, PACE = 1024, 0.1
"""What a slow copy writes at a time, and the seconds between."""
MANY = 500


def workbook(text: str) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("xl/workbook.xml", text)
    return content.getvalue()


class Place:
    """An input folder on a clock of its own: what happens in it at which second, looked at every so many seconds.

    Files get their times from that clock, since two changes of a test may fall into one tick of the machine's.
    """

    def __init__(self, home: Path, **settings: float) -> None:
        self.input, self.home = home / "input", home
        self.input.mkdir()
        self.settings = WatchSettings(every_seconds=EVERY, quiet_seconds=QUIET, **settings)
        self.now, self.random = 0.0, random.Random(7)
        self.events: list[tuple[float, int, Callable[[], None]]] = []
        self.taken: list[tuple[float, str, bytes]] = []
        self.known: set[str] = set()
        self.archive, self.succeeds = True, True
        folder = Folder(self.input, QUIET, self.settings.wait_minutes * 60)
        self.rounds = Rounds(
            folder.look, self.take, lambda: PERIOD, self.settings, lambda _: self.known, Log(home / "log")
        )

    def at(self, second: float, act: Callable[[], None]) -> None:
        self.events.append((second, len(self.events), act))

    def put(self, name: str, content: bytes, *, add: bool = False) -> None:
        with open(self.input / name, "ab" if add else "wb") as file:
            file.write(content)
        os.utime(self.input / name, (self.now, self.now))

    def copy_slowly(self, name: str, content: bytes, begin: float) -> float:
        """1 KB every 100 ms; returns when it is whole."""
        for number in range(0, len(content), KB):
            piece = content[number : number + KB]
            self.at(
                begin + number / KB * PACE, lambda piece=piece, number=number: self.put(name, piece, add=bool(number))
            )
        return begin + (len(content) - 1) // KB * PACE

    def pass_to(self, end: float) -> None:
        """Let the clock run, with looks as often as the rounds ask for them."""
        look = self.now
        events = sorted(self.events)
        while look <= end:
            while events and events[0][0] <= look:
                self.now, _, act = events.pop(0)
                act()
            self.now = look
            look += self.rounds.round(look)
        self.events = events

    def take(self, period: Period, files: Mapping[Path, Stamp]) -> bool:
        assert period == PERIOD
        if self.succeeds:
            for path in files:
                self.taken.append((self.now, path.relative_to(self.input).as_posix(), path.read_bytes()))
                if self.archive:
                    path.unlink()
        return self.succeeds

    @property
    def contents(self) -> dict[str, bytes]:
        assert len({name for _, name, _ in self.taken}) == len(self.taken), "each is taken once"
        return {name: content for _, name, content in self.taken}


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return Place(tmp_path)


def test_a_slow_copy_is_taken_once_whole_and_within_two_looks(place: Place) -> None:
    content = {"a.csv": place.random.randbytes(300 * KB), "b.xlsx": workbook("x" * 200 * KB)}
    whole = {name: place.copy_slowly(name, bytes_, 3.3) for name, bytes_ in content.items()}
    place.pass_to(300)
    assert place.contents == content
    for when, _, _ in place.taken:
        assert when <= max(whole.values()) + 2 * EVERY + 0.1


def test_a_file_renamed_in_is_taken(place: Place) -> None:
    for name in ("a.xlsx", ".hidden.xlsx", "b.partial"):
        place.put(name, workbook(name))
    place.at(95, lambda: os.rename(place.input / "b.partial", place.input / "b.xlsx"))
    place.pass_to(200)
    assert place.contents == {"a.xlsx": workbook("a.xlsx"), "b.xlsx": workbook("b.partial")}


def test_one_that_is_truncated_and_written_anew_is_taken_as_it_is_in_the_end(place: Place) -> None:
    place.put("a.csv", b"old" * 1000)
    place.at(9, lambda: place.put("a.csv", b""))
    place.at(18, lambda: place.put("a.csv", b"new"))
    place.at(27, lambda: place.put("a.csv", b"new" * 1000))
    place.pass_to(100)
    assert place.contents == {"a.csv": b"new" * 1000}


def test_one_that_is_opened_and_closed_many_times_is_taken_once(place: Place) -> None:
    place.put("a.csv", b"x")
    for step in range(400):
        place.at(step * 0.1, lambda: open(place.input / "a.csv", "ab").close())
    place.pass_to(200)
    assert place.contents == {"a.csv": b"x"}


@pytest.mark.parametrize("archive", [True, False])
def test_each_of_many_files_is_taken_once_whatever_happens_beside(place: Place, archive: bool) -> None:
    place.archive = archive
    content = {f"{number:03}.{'xlsx' if number % 2 else 'csv'}": workbook(str(number)) for number in range(MANY)}
    for name, bytes_ in content.items():
        begin = place.random.uniform(0, 120)
        half = place.random.randrange(1, len(bytes_))
        place.at(begin, lambda name=name, part=bytes_[:half]: place.put(name, part))
        place.at(
            begin + place.random.uniform(0, 9), lambda name=name, part=bytes_[half:]: place.put(name, part, add=True)
        )
    place.pass_to(400)
    if not archive:
        last = max(when for when, _, _ in place.taken)
        place.taken = [
            one for one in place.taken if one[0] == last
        ]  # without an archive a run reads all that lies there
    assert place.contents == content


def test_what_arrives_together_is_taken_together(place: Place) -> None:
    place.put("a.csv", b"a")
    place.copy_slowly("b.csv", b"b" * 400 * KB, 1)
    place.pass_to(200)
    assert len({when for when, _, _ in place.taken}) == 1


def test_nothing_waits_for_ever_for_what_keeps_arriving(tmp_path: Path) -> None:
    place = Place(tmp_path, wait_minutes=1)
    place.put("a.csv", b"a")
    place.copy_slowly("b.csv", b"b" * 3000 * KB, 1)
    place.pass_to(150)
    assert place.contents == {"a.csv": b"a"}
    place.pass_to(400)
    assert place.contents.keys() == {"a.csv", "b.csv"}


def test_a_workbook_without_its_end_is_handed_over_in_the_end_and_an_empty_file_never(tmp_path: Path) -> None:
    place = Place(tmp_path, wait_minutes=5)
    place.put("half.xlsx", workbook("x")[:-30])
    place.put("zeros.xlsx", workbook("x")[:-40] + bytes(40))
    place.put("empty.csv", b"")
    place.pass_to(290)
    assert place.contents == {}
    place.pass_to(330)
    assert place.contents.keys() == {"half.xlsx", "zeros.xlsx"}


def test_a_parquet_file_has_arrived_when_it_has_its_end(tmp_path: Path) -> None:
    place = Place(tmp_path, wait_minutes=5)
    place.put("half.parquet", b"PAR1 and some rows")
    place.pass_to(290)
    assert place.contents == {}
    place.put("half.parquet", b" and the others PAR1", add=True)
    place.pass_to(500)
    assert place.contents.keys() == {"half.parquet"}


def test_what_failed_is_tried_again_ever_more_rarely_and_at_once_when_something_comes(place: Place) -> None:
    tries: list[float] = []
    take = place.take
    place.rounds._take = lambda period, files: tries.append(place.now) or take(period, files)
    place.succeeds = False
    place.put("a.csv", b"a")
    place.pass_to(1000)
    assert tries == [10, 70, 190, 430, 910]
    place.at(1001, lambda: place.put("b.csv", b"b"))
    place.at(1001, lambda: setattr(place, "succeeds", True))
    place.pass_to(1100)
    assert tries[5:] == [1020]
    assert place.contents == {"a.csv": b"a", "b.csv": b"b"}


def test_a_file_that_failed_and_was_moved_is_waited_for_no_longer(place: Place) -> None:
    def take(period: Period, files: Mapping[Path, Stamp]) -> bool:
        for path in files:
            path.unlink()
        return False

    place.rounds._take = take
    place.put("a.csv", b"a")
    place.pass_to(100)
    assert place.rounds.idle


def test_what_a_published_month_stands_on_is_not_taken_again(place: Place) -> None:
    from pipeline.deliver.folder import digest

    place.put("again.csv", b"known")
    place.known.add(digest(place.input / "again.csv"))
    place.pass_to(100)
    assert place.taken == []
    place.at(101, lambda: place.put("again.csv", b"mended"))
    place.pass_to(200)
    assert place.contents == {"again.csv": b"mended"}


def test_a_folder_that_goes_away_and_comes_back_is_looked_at_again(place: Place) -> None:
    place.at(5, lambda: place.input.rename(place.home / "away"))
    place.at(50, lambda: (place.home / "away").rename(place.input))
    place.at(60, lambda: place.put("a.csv", b"a"))
    place.pass_to(100)
    assert place.contents == {"a.csv": b"a"}
    assert (place.home / "log").read_text().count('"unreachable"') == 1


def test_one_that_cannot_be_read_waits(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.xlsx").write_bytes(workbook("x"))
    folder = Folder(tmp_path, QUIET, 600)
    assert folder.look(0) == Seen({}, (tmp_path / "a.xlsx",), QUIET)

    def busy(*_: object, **__: object) -> None:
        raise PermissionError(16, "Device or resource busy")

    with monkeypatch.context() as patch:
        patch.setattr("builtins.open", busy)
        assert folder.look(20).arrived == {}
    assert list(folder.look(21).arrived) == [tmp_path / "a.xlsx"]
