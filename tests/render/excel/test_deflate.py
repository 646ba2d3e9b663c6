"""Parts that are compressed in stretches are what any program unpacks, each with its check sum."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZipFile

from pipeline.render.excel.deflate import deflated, zipped


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
