"""Files made to harm, or broken: each costs seconds, is refused in words or read whole, and loses no other."""

from __future__ import annotations

import csv
import os
import random
import signal
import struct
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path
from threading import Timer

import numpy as np
import pytest

from pipeline.ingest import ingest
from pipeline.ingest.reader import BLANK, RawFile, read_files
from pipeline.settings import IngestSettings
from tests.conftest import PERIOD, SHARED
from tests.ingest.archives import parts_of, replaced, written
from tests.ingest.test_reader import xlsx

SHEET, BOOK, TEXTS = "xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/sharedStrings.xml"
VALUES = {(row, column): f"{row}.{column}" for row in range(5) for column in range(3)}


def plain(path: Path) -> Path:
    return xlsx(path, VALUES)


def far_cell(path: Path) -> Path:
    return xlsx(path, {(0, 0): "here", (1048575, 16383): "far"})


def bomb(path: Path) -> Path:
    parts = parts_of(plain(path))
    return written(path, {**parts, SHEET: parts[SHEET].replace(b"<sheetData>", b"<sheetData>" + b" " * (64 << 20))})


def many_parts(path: Path) -> Path:
    return written(path, parts_of(plain(path)) | {f"xl/media/{number}.png": b"" for number in range(5001)})


def same_part_twice(path: Path) -> Path:
    return written(path, parts_of(plain(path)) | {SHEET.upper(): b"<worksheet/>"})


def part_outside(path: Path) -> Path:
    return written(path, parts_of(plain(path)) | {"../../outside.xml": b"<a/>"})


def entities(path: Path) -> Path:
    declared = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'
    return written(path, parts_of(plain(path)) | {"xl/extra.xml": declared.encode("utf-16")})


def entities_far_in(path: Path) -> Path:
    return written(path, parts_of(plain(path)) | {"xl/extra.xml": b"<a>" + b" " * 300_000 + b"<!ENTITY b 'c'></a>"})


def odd_encoding(path: Path) -> Path:
    declared = b'<?xml version="1.0" encoding="UTF-7"?>' + b"+ADwAIQ-DOCTYPE a+AD4-" * 20
    return written(path, parts_of(plain(path)) | {"xl/extra.xml": declared})


def longer_than_it_says(path: Path) -> Path:
    """The sheet unpacks to more than both directories say, and the checksum is that of the shorter part."""
    plain(path)
    with zipfile.ZipFile(path) as archive:
        part = archive.getinfo(SHEET)
        size, checksum = part.file_size - 20, zlib.crc32(archive.read(SHEET)[: part.file_size - 20])
    raw = path.read_bytes()
    old = struct.pack("<III", part.CRC, part.compress_size, part.file_size)
    assert raw.count(old) == 2
    path.write_bytes(raw.replace(old, struct.pack("<III", checksum, part.compress_size, size)))
    return path


def wrong_checksum(path: Path) -> Path:
    plain(path)
    with zipfile.ZipFile(path) as archive:
        old = struct.pack("<I", archive.getinfo(SHEET).CRC)
    path.write_bytes(path.read_bytes().replace(old, b"\1\2\3\4"))
    return path


def cell_twice(path: Path) -> Path:
    return replaced(plain(path), SHEET, b'r="B2"', b'r="A2"')


def sheet_missing(path: Path) -> Path:
    parts = parts_of(plain(path))
    return written(path, {name: content for name, content in parts.items() if name != SHEET})


def no_sheets(path: Path) -> Path:
    parts = parts_of(plain(path))
    head, _, rest = parts[BOOK].partition(b"<sheets>")
    return written(path, {**parts, BOOK: head + b"<sheets/>" + rest.partition(b"</sheets>")[2]})


def cut_off(path: Path) -> Path:
    content = plain(path).read_bytes()
    path.write_bytes(content[: len(content) // 2])
    return path


REFUSED: dict[Callable[[Path], Path], str] = {
    far_cell: "XFD1048576",
    bomb: "times its size",
    many_parts: "parts",
    same_part_twice: "same part twice",
    part_outside: "names a place outside",
    entities: "declares entities",
    entities_far_in: "declares entities",
    odd_encoding: "utf-7",
    longer_than_it_says: "longer than it says",
    wrong_checksum: "checksum",
    cell_twice: "two readings of it disagree: 14 and 15 filled cells",
    sheet_missing: "its part is missing",
    no_sheets: "lists no sheet",
    cut_off: "no whole ZIP archive",
}


def test_generated_attacks_are_refused_in_words(tmp_path):
    paths = {make(tmp_path / f"{make.__name__}.xlsx"): words for make, words in REFUSED.items()}
    for found in read_files(tuple(paths), IngestSettings()):
        assert found.refusal is not None, found.path.name
        assert paths[found.path].lower() in found.refusal.what.lower(), found.path.name
        assert len(found.refusal.hint) > 15


def test_a_broken_sheet_does_not_lose_the_others(make_workbook):
    path = make_workbook(First="ID|Title\n1|Pumps", Second="ID|Title\n2|Meters")
    replaced(path, "xl/worksheets/sheet2.xml", b'r="A2"', b'r="A1"')
    (found,) = read_files((path,), IngestSettings())
    assert [sheet.name for sheet in found.sheets] == ["First"]
    assert "disagree" in found.broken["Second"]


def test_a_file_that_breaks_the_parser_costs_only_itself(tmp_path):
    paths = [plain(tmp_path / "1.xlsx"), far_cell(tmp_path / "2.xlsx"), plain(tmp_path / "3.xlsx")]
    found = read_files(tuple(paths), IngestSettings(max_cells=10**12))
    assert [one.refusal is None for one in found] == [True, False, True]
    assert len(found[1].refusal.what) > 15


def test_a_file_that_takes_too_long_is_refused(tmp_path, monkeypatch):
    from pipeline.parser.process import Parser

    monkeypatch.setattr(Parser, "_exchange", lambda self, request: self._stop_late())
    (found,) = read_files((plain(tmp_path / "slow.xlsx"),), IngestSettings())
    assert "takes longer than the limit of 120 seconds" in found.refusal.what


@pytest.mark.skipif(not hasattr(signal, "SIGXCPU"), reason="processor time is limited where there is a signal for it")
def test_a_parse_that_used_up_its_processor_time_is_told_from_one_that_broke():
    from pipeline.parser.serve import _is_out_of_time

    assert [_is_out_of_time(status) for status in (0, signal.SIGSEGV, signal.SIGXCPU)] == [False, False, True]


@pytest.mark.skipif(not hasattr(os, "killpg"), reason="a process can be held up where there are signals for it")
def test_a_busy_machine_refuses_no_file(tmp_path, monkeypatch):
    """What counts is the processor's time: a parser that is held up for longer than the limit still answers."""
    from pipeline.parser.process import Parser

    exchange = Parser._exchange

    def held_up(self, request):
        group = self._process.pid
        os.killpg(group, signal.SIGSTOP)
        Timer(1.2, os.killpg, (group, signal.SIGCONT)).start()
        exchange(self, request)

    monkeypatch.setattr(Parser, "_exchange", held_up)
    (found,) = read_files((plain(tmp_path / "plain.xlsx"),), IngestSettings(parse_seconds=1))
    assert found.refusal is None


def test_a_file_still_being_written_is_refused(tmp_path, monkeypatch):
    from pipeline.ingest import preflight

    path = plain(tmp_path / "growing.xlsx")
    whole = path.stat().st_size

    def grow(of, size, limits):
        if size == whole:
            with path.open("ab") as file:
                file.write(b"more")

    monkeypatch.setattr(preflight, "_check_size", grow)
    (found,) = read_files((path,), IngestSettings())
    assert "still being copied" in found.refusal.what


def test_a_file_that_is_too_large_is_told_with_more_than_the_limit(tmp_path):
    path = tmp_path / "long.csv"
    path.write_bytes(b"Title\n" * 18_000)  # 0.103 MB
    (found,) = read_files((path,), IngestSettings(max_file_mb=0.1))
    assert found.refusal.what == "The file has 0.11 MB, the limit is 0.1 MB."


def test_links_and_devices_are_no_files(tmp_path):
    (tmp_path / "link.xlsx").symlink_to(plain(tmp_path / "real.xlsx"))
    (found,) = read_files((tmp_path / "link.xlsx",), IngestSettings())
    assert "not a regular file" in found.refusal.what


def test_macros_and_links_are_noticed(tmp_path):
    path = plain(tmp_path / "carries.xlsm")
    written(path, parts_of(path) | {"xl/vbaProject.bin": b"x", "xl/externalLinks/externalLink1.xml": b"<a/>"})
    (found,) = read_files((path,), IngestSettings())
    assert found.ignored == ("links", "macros")


def test_macros_and_links_are_told(make_workbook):
    path = make_workbook("carries.xlsm", Plan="ID|Title|Owner\n1|Replace pumps|Ana Roy\n2|Read meters|Bo Lee")
    written(path, parts_of(path) | {"xl/vbaProject.bin": b"x", "xl/connections.xml": b"<a/>"})
    told = {one.code: one for one in ingest((path,), IngestSettings(), PERIOD).findings}
    assert "nothing is fetched" in told["R14"].message
    assert "They are not run" in told["R15"].message
    assert told["R15"].file == "carries.xlsm"


def test_mutated_workbooks_raise_nothing(tmp_path):
    chance = random.Random(20261122)
    whole = plain(tmp_path / "whole.xlsx").read_bytes()
    parts = parts_of(tmp_path / "whole.xlsx")
    paths = []
    for number in range(40):
        path = tmp_path / f"{number}.xlsx"
        if number % 2:
            name = chance.choice([SHEET, BOOK, TEXTS, "xl/_rels/workbook.xml.rels", "xl/styles.xml"])
            written(path, {**parts, name: mutated(parts[name], chance)})
        else:
            path.write_bytes(mutated(whole, chance))
        paths.append(path)
    assert_told(read_files(tuple(paths), IngestSettings(parse_seconds=10)))


def mutated(content: bytes, chance: random.Random) -> bytes:
    """Some bytes changed, dropped or doubled."""
    raw = bytearray(content)
    for _ in range(chance.randint(1, 8)):
        at = chance.randrange(len(raw))
        match chance.randrange(4):
            case 0:
                raw[at] = chance.randrange(256)
            case 1:
                raw[at] ^= 1 << chance.randrange(8)
            case 2:
                del raw[at : at + chance.randint(1, 20)]
            case _:
                raw[at:at] = raw[at : at + chance.randint(1, 200)]
    return bytes(raw)


def assert_told(found: tuple[RawFile, ...]) -> None:
    """Each file is refused in words, or read."""
    for one in found:
        if one.refusal is None:
            assert one.sheets, one.path.name
        else:
            assert len(one.refusal.what) > 15, one.path.name
            assert one.refusal.hint, one.path.name


def test_the_corpus_is_read_or_refused_in_words():
    """Real odd, broken and hostile files: none crashes, encrypted ones are called so, counts of cells agree."""
    root = SHARED / "hostile"
    if not root.exists():
        pytest.skip("no corpus of hostile files here")
    entries = {root / one["file"]: one for one in csv.DictReader((root / "INDEX.csv").open(encoding="utf-8"))}
    found = read_files(tuple(entries), IngestSettings(parse_seconds=10))
    assert_told(found)
    for one in found:
        entry = entries[one.path]
        if "PasswordError" in entry["calamine"]:
            assert "password" in one.refusal.what, one.path.name
        if entry["sort"] == "strict-ooxml" and one.refusal is None:
            assert sum(int(np.count_nonzero(kinds != BLANK)) for s in one.sheets for kinds in s.kinds), one.path.name
