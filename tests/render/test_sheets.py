"""Parts of a report follow each other on a sheet that would be mostly white, and only there."""

from __future__ import annotations

from io import BytesIO

import pytest
from pypdf import PdfReader

from pipeline.render.pdf import Paper, write_pdf
from pipeline.render.sheets import Box, shared
from tests.render.conftest import needs_pdf, pages_of

TOP, ROOM = 21 * 96 / 25.4, 1000.0
HEIGHT = ROOM + 40 * 96 / 25.4


def laid_out(**blocks: list[int]) -> list[dict[str, Box]]:
    """Sheets of parts that each open their own, by the heights of their headline and exhibits; none is over a sheet."""
    sheets = []
    for part, heights in blocks.items():
        boxes, top = {part: (0.0, TOP, 600.0, TOP + sum(heights))}, TOP + heights[0]
        for at, tall in enumerate(heights[1:]):
            boxes[f"{part}-{at}"] = (0.0, top, 600.0, top + tall)
            top += tall
        sheets.append(boxes)
    return sheets


@pytest.mark.parametrize(
    ("blocks", "follow"),
    [
        ({"a": [60, 700], "b": [60, 100]}, ()),
        ({"a": [60, 300], "b": [60, 100]}, ("b",)),
        ({"a": [60, 300], "b": [60, 600]}, ()),
        ({"a": [60, 300], "b": [60, 200, 500], "c": [60, 100]}, ("b", "c")),
        ({"a": [60, 300], "b": [60, 200, 700], "c": [60, 100]}, ("b",)),
        ({"a": [60, 200], "b": [60, 100], "c": [60, 100], "d": [60, 700]}, ("b", "c")),
    ],
    ids=["full", "short", "first exhibit too tall", "pushes on", "pushes on and fills", "three on one"],
)
def test_a_part_follows_where_much_is_white_and_its_first_exhibit_fits(
    blocks: dict[str, list[int]], follow: tuple[str, ...]
) -> None:
    assert shared(list(blocks), laid_out(**blocks), HEIGHT) == follow


def test_a_report_of_one_sheet_or_of_very_many_stays_as_it_is() -> None:
    many = {f"part-{at}": [60, 100] for at in range(40)}
    assert shared(["a"], laid_out(a=[60, 100]), HEIGHT) == ()
    assert shared(list(many), laid_out(**many), HEIGHT) == ()


@needs_pdf
def test_the_engine_lays_short_parts_on_one_sheet_against_the_style_of_the_page() -> None:
    style = "@page { size: A4; margin: 21mm 16mm 19mm } .page { break-before: page }"
    parts = "".join(
        f'<section class="page" id="part-{at}"><h1>Part {at}</h1><div class="exhibit" id="x{at}" style="height: {tall}mm">'
        "Text</div></section>"
        for at, tall in enumerate((60, 70, 220))
    )
    html = f'<html lang="en"><head><title>Report</title><style>{style}</style></head><body>{parts}</body></html>'
    first, second = pages_of(PdfReader(BytesIO(write_pdf(Paper(html)))))
    assert "Part 0" in first
    assert "Part 1" in first
    assert "Part 2" in second
