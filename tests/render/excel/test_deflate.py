"""Parts that are compressed in stretches are what any program unpacks, each with its check sum."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from io import BytesIO
from types import SimpleNamespace
from zipfile import ZipFile

import pytest

from pipeline.render.excel import packing
from pipeline.render.excel.deflate import Stretch, deflated, zipped


def test_a_part_is_its_stretches_one_after_the_other() -> None:
    head, rows, foot = [b"<sheet>"], [b"<row/>" * 5_000, memoryview(b"\x00<row/>")], [b"</sheet>"]
    parts = {"sheet.xml": (head, rows, foot), "empty.xml": (), "\u00e9.xml": (rows, [], rows)}
    content = zipped((name, map(deflated, stretches)) for name, stretches in parts.items())
    with ZipFile(BytesIO(content)) as made:
        assert made.testzip() is None
        assert made.namelist() == [*parts]
        for name, stretches in parts.items():
            assert made.read(name) == b"".join(bytes(piece) for one in stretches for piece in one)
            assert made.getinfo(name).date_time == (1980, 1, 1, 0, 0, 0)


def test_texts_are_made_while_they_are_compressed(monkeypatch: pytest.MonkeyPatch) -> None:
    """All of them at a time would fill memory."""
    begun: list[bool] = []

    def compressed(pieces: Iterable[bytes | memoryview]) -> Stretch:
        begun.append(True)
        return deflated(pieces)

    def written() -> Iterator[bytes]:
        assert begun
        yield b"<si/>"

    monkeypatch.setattr(packing, "deflated", compressed)
    plain = BytesIO()
    with ZipFile(plain, "w") as parts:
        parts.writestr("xl/sharedStrings.xml", "<sst></sst>")
    book = SimpleNamespace(str_table=SimpleNamespace(written=written))
    with packing.Packing() as made, ZipFile(BytesIO(made.packed(plain, book))) as parts:
        assert parts.read("xl/sharedStrings.xml") == b"<sst><si/></sst>"
