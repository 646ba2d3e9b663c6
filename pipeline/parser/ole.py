"""The streams inside an OLE compound file, which holds old .xls workbooks and password-protected new ones.

Source: [MS-CFB] Compound File Binary File Format.
"""

from __future__ import annotations

import struct
from pathlib import Path

from pipeline.parser.archive import damaged

SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LAST_SECTOR = 0xFFFFFFFA
"""Numbers from here on end a chain or mark a sector as free or special."""
_ENTRY_BYTES = 128
_STREAM, _ROOT = 2, 5


class CompoundFile:
    """Its streams by name, read whole when asked for. Raises RegisterError where its chains lead nowhere."""

    def __init__(self, path: Path) -> None:
        self._data = path.read_bytes()
        if len(self._data) < 512:
            raise damaged("it is cut off")
        sector_shift, mini_shift = struct.unpack_from("<HH", self._data, 30)
        if sector_shift not in (9, 12) or mini_shift != 6:
            raise damaged("its sectors have no usual size")
        self._size, self._mini_size = 1 << sector_shift, 64
        self._directory_start, _, self._mini_cutoff, mini_start = struct.unpack_from("<4I", self._data, 48)
        self._table = self._allocation()
        directory = self._chain(self._directory_start)
        self.names: dict[str, tuple[int, int]] = {}
        """Stream name -> first sector and bytes."""
        root = (0, 0)
        for at in range(0, len(directory) - _ENTRY_BYTES + 1, _ENTRY_BYTES):
            name, kind, start, size = _entry(directory[at : at + _ENTRY_BYTES])
            if kind == _ROOT:
                root = (start, size)
            self.names.setdefault(name, (start, size) if kind == _STREAM else (_LAST_SECTOR, 0))
        self._mini_stream = self._chain(root[0])[: root[1]]
        minis = self._chain(mini_start)
        self._mini_table = struct.unpack(f"<{len(minis) // 4}I", minis[: len(minis) // 4 * 4])

    def read(self, name: str) -> bytes:
        """One stream."""
        start, size = self.names[name]
        if size < self._mini_cutoff:
            return self._mini_chain(start)[:size]
        return self._chain(start)[:size]

    def _allocation(self) -> tuple[int, ...]:
        """The table that tells each sector's successor."""
        sectors = list(struct.unpack_from("<109I", self._data, 76))
        (next_block,) = struct.unpack_from("<I", self._data, 68)
        blocks = 0
        while next_block < _LAST_SECTOR and blocks <= len(self._data) // self._size:
            block = self._sector(next_block)
            if len(block) < self._size:
                break
            *more, next_block = struct.unpack(f"<{self._size // 4}I", block)
            sectors += more
            blocks += 1
        table = b"".join(self._sector(sector) for sector in sectors if sector < _LAST_SECTOR)
        return struct.unpack(f"<{len(table) // 4}I", table[: len(table) // 4 * 4])

    def _sector(self, number: int) -> bytes:
        return self._data[(number + 1) * self._size : (number + 2) * self._size]

    def _chain(self, sector: int) -> bytes:
        return b"".join(self._sector(number) for number in _followed(sector, self._table))

    def _mini_chain(self, sector: int) -> bytes:
        size = self._mini_size
        return b"".join(
            self._mini_stream[number * size : (number + 1) * size] for number in _followed(sector, self._mini_table)
        )


def _followed(sector: int, table: tuple[int, ...]) -> list[int]:
    """The sectors of a chain; one that bites its own tail is refused."""
    chain: list[int] = []
    while sector < _LAST_SECTOR and sector < len(table):
        chain.append(sector)
        if len(chain) > len(table):
            raise damaged("one of its chains runs in a circle")
        sector = table[sector]
    return chain


def _entry(entry: bytes) -> tuple[str, int, int, int]:
    """Name, kind, first sector and bytes of a directory entry."""
    length, kind = struct.unpack_from("<HB", entry, 64)
    start, size = struct.unpack_from("<II", entry, 116)
    return entry[: max(0, min(length, 64) - 2)].decode("utf-16-le", "replace"), kind, start, size
