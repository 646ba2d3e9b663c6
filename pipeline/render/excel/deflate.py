"""A zip file whose parts are compressed in stretches, some of them beside other work and before the rest is known."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import reduce
from io import BytesIO
from struct import pack
from zipfile import ZIP_DEFLATED, ZipInfo

_LEVEL = 5
"""Of compression: the next takes half as long again for a fiftieth less."""
_END = b"\x03\x00"
"""The empty block that ends what is compressed."""
_OWNERS = 0o600 << 16
"""Who may read and write a part that is unpacked by itself."""
_DIVISOR = 0xEDB88320
"""What CRC-32 divides by."""


@dataclass(frozen=True)
class Stretch:
    """Part of a part: compressed without regard to what stands before it, with the CRC-32 and length of what it was."""

    pieces: Sequence[bytes]
    crc: int
    size: int


def deflated(pieces: Iterable[bytes | memoryview]) -> Stretch:
    """These pieces, one after the other, compressed."""
    stream = zlib.compressobj(_LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)
    made: list[bytes] = []
    crc, size = 0, 0
    for piece in pieces:
        crc, size = zlib.crc32(piece, crc), size + len(piece)
        made.append(stream.compress(piece))
    return Stretch([*made, stream.flush(zlib.Z_FULL_FLUSH)], crc, size)


def zipped(parts: Iterable[tuple[str, Iterable[Stretch]]]) -> bytes:
    """A zip file of parts by name, each the stretches it is made of; of no day, so that it is always the same."""
    target, listed = BytesIO(), []
    for name, stretches in parts:
        info, every = ZipInfo(name), [*stretches]
        info.compress_type, info.header_offset, info.external_attr = ZIP_DEFLATED, target.tell(), _OWNERS
        info.compress_size = sum(len(piece) for one in every for piece in one.pieces) + len(_END)
        info.file_size = sum(one.size for one in every)
        info.CRC = reduce(_followed, every, 0)
        target.write(info.FileHeader(zip64=False))
        target.writelines(piece for one in every for piece in one.pieces)
        target.write(_END)
        listed.append(info)
    begin = target.tell()
    target.writelines(map(_entry, listed))
    target.write(pack("<4s4H2LH", b"PK\5\6", 0, 0, len(listed), len(listed), target.tell() - begin, begin, 0))
    return target.getvalue()


def _followed(crc: int, next_one: Stretch) -> int:
    """The CRC-32 of something of this CRC-32 and what follows it: the sum of both, the first moved along by the other.

    A CRC-32 is the rest of a division of polynomials over bits, so to move it along is to multiply it.
    """
    step, bits = 1 << 30, 8 * next_one.size  # x, which moves along by one bit
    while bits:
        if bits & 1:
            crc = _times(step, crc)
        step, bits = _times(step, step), bits >> 1
    return crc ^ next_one.crc


def _times(one: int, other: int) -> int:
    """The product of two polynomials of CRC-32, their highest power the lowest bit."""
    product = 0
    for bit in range(31, -1, -1):
        if one >> bit & 1:
            product ^= other
        other = other >> 1 ^ (_DIVISOR if other & 1 else 0)
    return product


def _entry(info: ZipInfo) -> bytes:
    """A part's line in the list of all, which repeats its header."""
    header = info.FileHeader(zip64=False)
    return b"".join(
        (
            pack("<4sBB", b"PK\1\2", info.create_version, info.create_system),
            header[4:30],
            pack("<3H2L", 0, 0, 0, info.external_attr, info.header_offset),
            header[30:],
        )
    )
