"""What becomes of reports in the processes that make them; imports little, as each of those processes imports it."""

from __future__ import annotations

import os

from pipeline.render.pdf import PdfEngineMissing


def finish(drawn: tuple[str, str]) -> bytes:
    what, content = drawn
    if what == "breaks":
        os._exit(1)
    if what == "hoards":
        return bytes(bytearray(900 << 20))[:1]
    if what == "has no engine":
        raise PdfEngineMissing("The PDF engine cannot be loaded.")
    if what == "fails":
        raise KeyError("a cell's text")
    return content.encode()
