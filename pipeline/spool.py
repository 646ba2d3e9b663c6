"""Finished files that wait on the disk until they are published, so that memory does not grow with their number."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import BinaryIO

_PIECE = 1 << 20


@dataclass(frozen=True, eq=False)
class Spooled:
    """Bytes that were put aside."""

    file: BinaryIO
    start: int
    size: int

    def __reduce__(self) -> tuple[type[bytes], tuple[bytes]]:
        """In another process, which does not have the file, they are the bytes themselves."""
        return bytes, (self.read(),)

    def read(self) -> bytes:
        """The bytes."""
        return b"".join(self.pieces())

    def pieces(self) -> Iterator[bytes]:
        """The bytes, some at a time: a file beside a workbook may be as large as all else that is held."""
        for at in range(0, self.size, _PIECE):
            self.file.seek(self.start + at)
            yield self.file.read(min(_PIECE, self.size - at))


class Spool:
    """A file without a name, which goes when nobody holds any of its bytes any more, killed or not.

    There is none before something is put aside: a process may have few files open at a time.
    """

    def __init__(self) -> None:
        self._file: BinaryIO | None = None
        self._end = 0

    def put(self, content: bytes) -> Spooled | bytes:
        """The bytes put aside; the bytes themselves where the disk does not take them."""
        return self.gather(lambda: (content,))

    def gather(self, made: Callable[[], Iterable[bytes | memoryview]]) -> Spooled | bytes:
        """What is made in pieces put aside, one piece at a time; made again and held where the disk takes none."""
        try:
            if self._file is None:
                self._file = tempfile.TemporaryFile()  # noqa: SIM115 - it lives as long as what was put aside
            file = self._file
            file.seek(self._end)
            size = sum(file.write(piece) for piece in made())
            file.flush()
        except OSError:
            return b"".join(made())
        self._end += size
        return Spooled(file, self._end - size, size)
