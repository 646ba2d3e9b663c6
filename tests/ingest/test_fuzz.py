"""Damaged and hostile files through the whole of reading: each is read or refused in words that help, soon."""

from __future__ import annotations

import csv
import json
import random
import re
import subprocess
import sys
import time
from pathlib import Path

import pytest

from pipeline.ingest import ingest
from pipeline.model import FileReading
from pipeline.settings import IngestSettings
from tests.conftest import PERIOD, SHARED
from tests.ingest.archives import parts_of, written
from tests.ingest.mangle import COLUMNS, Look, as_text, as_workbook, items
from tests.ingest.mangle import written as sheet_of
from tests.ingest.test_hostile import mutated

HOSTILE = SHARED / "hostile"
ROOT = Path(__file__).parents[2]
AT_ONCE = 12
OF_THE_CORPUS = 20
"""Hostile files of one call: fewer calls start fewer parsers, and each must keep to what one file may take."""
SECONDS_OF_FUZZING = 4
SECONDS_A_FILE = 10
PARENT_MB = 300

PLAIN = Look(
    items=12, order=COLUMNS, languages=("en",) * len(COLUMNS), words=(0,) * len(COLUMNS), dates=(0, 1), titles_above=1,
    merged_title=True, left=0, gap=True, spacers=frozenset({4}), totals=True,
)  # fmt: skip

DOING = re.compile(
    r"(?i)\b(ask|check|choose|close|copy|delete|drop|enter|export|give|leave|make|mend|open|put|raise|remove|rename"
    r"|save|send|split|store|take|type|unpack|unmerge|use|wait|write)\b"
)
"""Words by which a sentence names something to do."""


def test_damaged_bytes_of_our_own_files_raise_nothing(tmp_path):
    whole = as_workbook(tmp_path / "whole.xlsx", sheet_of(PLAIN, items(0, 12)))
    text = as_text(tmp_path / "whole.csv", sheet_of(PLAIN, items(1, 12))).read_bytes()
    assert_outcomes(fuzzed(tmp_path, [whole], [(".csv", text)], SECONDS_OF_FUZZING / 2))


def test_damaged_bytes_of_older_formats_raise_nothing(tmp_path):
    kept = [path for path in sorted(HOSTILE.rglob("*")) if path.suffix in OLDER and 200 < path.stat().st_size < 60_000]
    if not kept:
        pytest.skip("no corpus of hostile files here")
    assert_outcomes(fuzzed(tmp_path, [], [(path.suffix, path.read_bytes()) for path in kept], SECONDS_OF_FUZZING / 2))


OLDER = (".xls", ".xlsb", ".ods", ".csv")


def fuzzed(folder: Path, workbooks: list[Path], others: list[tuple[str, bytes]], seconds: float) -> list[FileReading]:
    """What became of damaged copies, some at once, until the time is over."""
    chance, read, end = random.Random(20261122), [], time.monotonic() + seconds
    whole = [(path, path.read_bytes(), parts_of(path)) for path in workbooks]
    while time.monotonic() < end:
        paths = []
        for number in range(AT_ONCE):
            at = chance.randrange(len(whole) + len(others))
            if at < len(whole):
                paths.append(_damaged_workbook(folder / f"{number}.xlsx", whole[at], chance))
            else:
                ending, content = others[at - len(whole)]
                paths.append(folder / f"{number}{ending}")
                paths[-1].write_bytes(mutated(content, chance))
        register = ingest(tuple(paths), IngestSettings(parse_seconds=5), PERIOD)
        assert len(register.files) == len(paths)
        read += register.files
    return read


def _damaged_workbook(path: Path, whole: tuple[Path, bytes, dict[str, bytes]], chance: random.Random) -> Path:
    """Bytes of the archive changed, or of one part before it is packed."""
    _, content, parts = whole
    if chance.random() < 0.4:
        path.write_bytes(mutated(content, chance))
        return path
    name = chance.choice(sorted(parts))
    return written(path, {**parts, name: mutated(parts[name], chance)})


def assert_outcomes(files: list[FileReading]) -> None:
    """Each was read, or refused with a reason that says what to do; there were some."""
    assert files
    for one in files:
        if one.status == "refused":
            assert DOING.search(one.reason), one
        else:
            assert one.sheets or one.reason or not any(sheet.rows_used for sheet in one.sheets), one


SOME_BY_SOME = """
import json, resource, sys
from pathlib import Path
from pipeline.ingest import ingest
from pipeline.model import Period
from pipeline.settings import IngestSettings
def spent():
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)
for line in sys.stdin:
    begun = spent()
    register = ingest(tuple(map(Path, json.loads(line))), IngestSettings(parse_seconds=8), Period(2026, 10))
    # What the system reports as its maximum begins with that of the process it was forked from; this does not.
    peak = next(int(line.split()[1]) for line in open("/proc/self/status") if line.startswith("VmHWM")) / 1024
    told = [[one.name, one.status, one.reason] for one in register.files]
    print(json.dumps([spent() - begun, peak, told]))
"""


@pytest.fixture(scope="module")
def batches() -> list[tuple[float, float, list[tuple[str, str, str]]]]:
    """Of some files at once: processor seconds (others may keep the machine busy) of all processes, peak memory of the
    asking one so far in MB, and each file's name, status and reason."""
    if not HOSTILE.exists():
        pytest.skip("no corpus of hostile files here")
    if not Path("/proc/self/status").exists():
        pytest.skip("this system does not tell a process's own peak of memory")
    with (HOSTILE / "INDEX.csv").open(encoding="utf-8") as index:
        paths = sorted(str(HOSTILE / one["file"]) for one in csv.DictReader(index))
    asked = "".join(f"{json.dumps(paths[at : at + OF_THE_CORPUS])}\n" for at in range(0, len(paths), OF_THE_CORPUS))
    done = subprocess.run(
        [sys.executable, "-c", SOME_BY_SOME], input=asked, capture_output=True, text=True, check=False, cwd=ROOT
    )
    assert done.returncode == 0, done.stderr
    found = [tuple(json.loads(line)) for line in done.stdout.splitlines()]
    assert sum(len(told) for _, _, told in found) == len(paths)
    return found


def test_no_hostile_file_takes_long(batches):
    """A batch takes less than one file may, and none is waited for without end."""
    seconds, _, told = max(batches)
    assert seconds < SECONDS_A_FILE, told
    assert not [one for *_, told in batches for one in told if "takes longer than the limit" in one[2]]


def test_no_hostile_file_fills_memory(batches):
    assert max(peak for _, peak, _ in batches) < PARENT_MB, [peak for _, peak, _ in batches]


def test_every_refusal_of_a_hostile_file_names_something_to_do(batches):
    refused = [one for *_, told in batches for one in told if one[1] == "refused"]
    assert refused
    assert not [one for one in refused if not DOING.search(one[2])]
