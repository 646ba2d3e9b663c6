"""Words in drawings are laid out as words, so that scripts from right to left stay whole."""

from __future__ import annotations

import io

import pytest

from pipeline.render.charts import Sheet
from pipeline.render.charts.drawing import Drawing
from pipeline.render.palette import LIGHT
from pipeline.render.pdf import Paper, PdfIncomplete, write_pdf
from tests.render.conftest import needs_pdf

pytestmark = needs_pdf


def laid_out(words: str) -> bytes:
    drawing = Drawing(Sheet(400, 12, LIGHT), 60)
    drawing.text(20, 30, words)
    svg = drawing.markup("A title", "A description")
    return write_pdf(Paper(f'<html lang="en"><head><title>t</title></head><body><h1>t</h1>{svg}</body></html>'))


@pytest.mark.parametrize("words", ["שלום עולם", "مرحبا بالعالم", "Plain words, 1,240 h", "漢字と仮名"])
def test_a_text_can_be_read_back_whole(words: str) -> None:
    import pypdfium2

    page = pypdfium2.PdfDocument(laid_out(words))[0].get_textpage().get_text_bounded()
    assert words in page.replace("\r", " ").replace("\n", " ")


def test_arabic_letters_are_joined() -> None:
    """Joined, the four letters take less room than side by side: the glyphs are other ones."""
    from pypdf import PdfReader

    def glyphs(words: str) -> set[bytes]:
        fonts = PdfReader(io.BytesIO(laid_out(words))).pages[0]["/Resources"]["/Font"].values()  # type: ignore[index]
        return {font.get_object()["/ToUnicode"].get_object().get_data() for font in fonts}

    assert glyphs("بيتك") != glyphs("ب ي ت ك")


def test_a_drawing_that_fails_is_never_left_out_in_silence() -> None:
    broken = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9" transform="rotate(a)"/></svg>'
    with pytest.raises(PdfIncomplete, match="could not draw 1"):
        write_pdf(Paper(f'<html lang="en"><head><title>t</title></head><body><h1>t</h1>{broken}</body></html>'))
