"""The organisation's logo at the head of a workbook's first sheet."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from io import BytesIO
from typing import Any

from xlsxwriter.image import Image

from pipeline.render.view import View

_TALL, _WIDE = 40, 150
"""Pixels that it may take: the two lines above the headline."""
_DOTS = 96
"""Dots an inch of a screen, by which a sheet measures pixels."""


def place_logo(sheet: Any, view: View, widths: Sequence[float]) -> None:
    """Put the logo, if there is one, on the right above the headline; whole, in its own proportions."""
    if not view.logo:
        return
    content = base64.b64decode(str(view.logo).partition(";base64,")[2])
    picture = Image(BytesIO(content))
    wide, tall = picture.width * _DOTS / picture.x_dpi, picture.height * _DOTS / picture.y_dpi
    scale = min(_TALL / tall, _WIDE / wide)
    across = sum(_pixels(width) for width in widths)
    options = {
        "image_data": BytesIO(content),
        "x_scale": scale,
        "y_scale": scale,
        "x_offset": max(0, across - round(wide * scale)),
        "description": view.organisation or view.scope,
        "object_position": 3,
    }
    sheet.insert_image(0, 0, "logo", options)


def _pixels(width: float) -> int:
    """What a column of so many characters takes on a screen."""
    return int(width * 7 + 5)
