"""Shipped templates as they are compiled: kept beside what Python keeps of this room's modules, as it keeps it."""

from __future__ import annotations

import hashlib
import sys
from contextlib import suppress
from pathlib import Path

import jinja2
from jinja2.bccache import Bucket, FileSystemBytecodeCache

from pipeline.render import layout_lines, sandbox

_FOLDER = Path(__file__).parent / "__pycache__"
_MAKERS = (__file__, layout_lines.__file__, sandbox.__file__, str(Path(__file__).with_name("environment.py")))
"""What makes code of a template, beside the template language itself."""


class Compiled(FileSystemBytecodeCache):
    """Compiled templates, of those under `home` alone: one of the user's own is compiled anew by each process.

    They lie in `folder`, where whoever may write may change the modules beside them, so that nothing is run that was
    not trusted before. A folder that takes no files, and a Python that is to write none, keep nothing. `plain`:
    compiled for plain text.
    """

    def __init__(self, home: Path, plain: bool, folder: Path = _FOLDER) -> None:
        super().__init__(str(folder), f"%s.{sys.implementation.cache_tag}.template")
        self._home, self._plain = home.resolve(), plain
        made = [jinja2.__version__.encode()]
        with suppress(OSError):  # where the program is installed without its sources nothing is kept
            made += [Path(one).read_bytes() for one in _MAKERS]
        self._made_by = hashlib.sha256(b"\0".join(made)).hexdigest() if len(made) > 1 else ""

    def get_cache_key(self, name: str, filename: str | None = None) -> str:
        """What a template is kept under; "" where it is not kept."""
        if not self._made_by or filename is None or not Path(filename).resolve().is_relative_to(self._home):
            return ""
        return super().get_cache_key(name, f"{filename}|{self._plain}")

    def get_source_checksum(self, source: str) -> str:
        """What a template's code comes of: its source and all that makes code of it; another is kept in its place."""
        return hashlib.sha256(f"{self._made_by}\0{source}".encode()).hexdigest()

    def load_bytecode(self, bucket: Bucket) -> None:
        """What is kept, where that is of the same source and whole; what is not is made and kept anew."""
        if bucket.key:
            try:
                super().load_bytecode(bucket)
            except Exception:  # a file that was cut off: what unpickling raises is anything
                bucket.reset()

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep it, where Python keeps what it compiles."""
        if bucket.key and not sys.dont_write_bytecode:
            with suppress(OSError):
                super().dump_bytecode(bucket)
