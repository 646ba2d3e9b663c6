"""Makes one marked copy within limits: `python -P -m pipeline.marker FOLDER`, where the request lies."""

from __future__ import annotations

import gc
import json
import sys
from dataclasses import asdict
from pathlib import Path

from pipeline.marker.package import cells_in, left_out
from pipeline.marker.request import ANSWER, COPY, REQUEST, Answer, Request
from pipeline.parser.serve import limit


def main(folder: Path) -> None:
    """Leave the copy and the answer in the folder."""
    request = Request.of(json.loads((folder / REQUEST).read_text(encoding="utf-8")))
    limit(request.memory_mb, request.seconds)
    gc.disable()  # a workbook is made of many small values, and this process ends with it
    try:
        answer = _copied(request, folder / COPY)
    except MemoryError:
        answer = Answer([], "it takes more memory than the limit allows")
    except Exception:  # whatever openpyxl raises on a file it does not understand
        answer = Answer(
            [], "the program that writes copies cannot read it; what Excel adds, such as slicers, may be the cause"
        )
    (folder / ANSWER).write_text(json.dumps(asdict(answer)), encoding="utf-8")


def _copied(request: Request, target: Path) -> Answer:
    for unused in ("numpy", "PIL", "lxml"):  # openpyxl would load them: half of the time that a small copy takes
        sys.modules[unused] = None  # type: ignore[assignment]
    from pipeline.marker.book import built, opened
    from pipeline.marker.issues import add_issues
    from pipeline.marker.mark import mark
    from pipeline.marker.save import saved

    if request.path and cells_in(Path(request.path), request.max_cells + 1) > request.max_cells:
        return Answer([], f"it has more than {request.max_cells:,} cells")
    lacks = left_out(Path(request.path)) if request.path else []
    book = opened(request.path) if request.path else built(request.plain)
    names = book.sheetnames if request.path else [one.name for one in request.plain]
    sheets = dict(zip(names, book.worksheets, strict=True))
    shown = {one.name: {row for row, _, _ in one.rows} for one in request.plain if one.sparse}
    untold = mark(sheets, request.marks, shown)
    remarks = list(request.remarks)
    if lacks:
        remarks.append(f"This copy leaves out: {', '.join(lacks)}.")
    if untold:
        remarks.append(f"{untold:,} more cells have no note; the lines below name their ranges.")
    titles = {name: sheet.title for name, sheet in sheets.items()}
    add_issues(book, request.name, request.summary, remarks, request.issues, titles)
    target.write_bytes(saved(book))
    return Answer(lacks)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
