"""Makes the pictures of the gallery from the example register, as poppler, LibreOffice and Chromium show its reports.

python docs/gallery.py     needs pdftoppm, soffice and chromium
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
IMAGES = ROOT / "docs" / "images"
DOTS = 92
"""Dots an inch: a page of A4 is 760 wide, which a page of documentation shows in full."""
PAGES = {
    "executive": ("2026-10_executive.pdf", (1, 2, 3, 4)),
    "department": ("2026-10_department_water-operations.pdf", (1, 3, 6)),
    "owner": ("2026-10_owner_lorna-tait.pdf", (1,)),
    "german": ("2026-10_executive_de.pdf", (1,)),
}
"""Picture -> report and its pages."""
SETTINGS = """
[render]
organisation = "Otterford Water"
[render.packs.executive]
languages = ["en", "de"]
"""
_CHROMIUM = (
    "chromium",
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--hide-scrollbars",
    "--force-prefers-reduced-motion",
)


def main() -> None:
    """Run the example, then picture what came out."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        (folder / "pipeline.toml").write_text(SETTINGS)
        run = (Path(sys.executable).with_name("pipeline"), "run", "--config", folder / "pipeline.toml")
        what = (
            "--input",
            ROOT / "input" / "example-register.xlsx",
            "--period",
            "2026-10",
            "--output",
            folder / "output",
        )
        subprocess.run([*run, *what], check=True, capture_output=True)
        made = folder / "output" / "2026-10"
        for picture, (name, pages) in PAGES.items():
            for page in pages:
                _page(made / name, page, IMAGES / f"{picture}-{page}.png")
        _sheet(made / "2026-10_pmo.xlsx", folder, IMAGES / "workbook.png")
        _screen(made / "2026-10_executive.html", IMAGES / "web.png", 1280, 1500)
        _screen(
            made / "2026-10_executive.html",
            IMAGES / "phone.png",
            390,
            1500,
            "--force-dark-mode",
            "--enable-features=WebContentsForceDark:0",
            "--blink-settings=preferredColorScheme=0",
        )
    for path in sorted(IMAGES.glob("*.png")):
        _fewer_colours(path)


def _page(report: Path, page: int, target: Path) -> None:
    span = ["-f", str(page), "-l", str(page), "-singlefile"]
    subprocess.run(["pdftoppm", "-r", str(DOTS), "-png", *span, report, target.with_suffix("")], check=True)


def _sheet(book: Path, folder: Path, target: Path) -> None:
    subprocess.run(
        ["soffice", "--headless", "--convert-to", "pdf", "--outdir", folder, book], check=True, capture_output=True
    )
    _page(folder / book.with_suffix(".pdf").name, 1, target)


def _screen(page: Path, target: Path, width: int, height: int, *more: str) -> None:
    command = [*_CHROMIUM, *more, f"--screenshot={target}", f"--window-size={width},{height}", page.as_uri()]
    subprocess.run(command, check=True, capture_output=True)


def _fewer_colours(path: Path) -> None:
    """A page has few colours: 256 of them, small areas kept true, make the file much lighter."""
    from PIL import Image

    with Image.open(path) as picture:
        picture.convert("RGB").quantize(256, method=Image.Quantize.FASTOCTREE).save(path, optimize=True)


if __name__ == "__main__":
    main()
