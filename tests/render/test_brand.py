"""An organisation's own look: colours, logo and fonts by settings, and what cannot be used is told."""

from __future__ import annotations

import base64
import io
import re
from dataclasses import replace
from importlib.resources import files
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from pydantic import ValidationError

from pipeline.errors import SettingsError
from pipeline.model import Summary
from pipeline.render.brand import brand
from pipeline.render.formats import page
from pipeline.render.palette import LIGHT
from pipeline.render.readers import readers
from pipeline.render.view import View
from pipeline.render_settings import COLOURS, BrandSettings, RenderSettings
from pipeline.settings import load_settings
from tests.render.conftest import drawn as bytes_of
from tests.render.conftest import needs_pdf
from tests.render.sample import make_summary

PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


def book_of(summary: Summary, settings: RenderSettings) -> Workbook:
    return load_workbook(io.BytesIO(bytes_of(summary, "xlsx", settings)))


def drawn(settings: RenderSettings, medium: str = "paper") -> str:
    reader = next(one for one in readers((make_summary(3, 1),), settings) if one.pack.id == "executive")
    return page(reader, settings, medium)  # type: ignore[arg-type]


def test_colours_reach_styles_and_charts() -> None:
    html = drawn(RenderSettings(brand=BrandSettings(colours={"change": "#0B3D2E"})))
    assert "--change: #0B3D2E" in html
    assert 'fill="#0B3D2E"' in html
    assert "#12506A" not in html


def test_the_logo_is_inside_the_report(tmp_path: Path) -> None:
    path = tmp_path / "logo.png"
    path.write_bytes(PNG)
    settings = RenderSettings(organisation="Eastmere", brand=BrandSettings(logo=path))
    for medium in ("paper", "screen"):
        image = re.search(r'<img class="logo" src="([^"]*)" alt="Eastmere"/>', drawn(settings, medium))
        assert image, medium
        assert image[1] == f"data:image/png;base64,{base64.b64encode(PNG).decode()}"
    assert "<img" not in drawn(RenderSettings())


def test_paths_of_the_brand_are_relative_to_the_settings(tmp_path: Path) -> None:
    (tmp_path / "pipeline.toml").write_text('[render.brand]\nlogo = "ours/logo.png"\n')
    assert load_settings(tmp_path / "pipeline.toml").render.brand.logo == tmp_path / "ours" / "logo.png"


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("logo", b"GIF89a", "is no PNG or JPEG picture"),
        ("logo", PNG + bytes(2_000_001), "larger than 2 MB"),
        ("sans", b"not a font", "is no font file"),
        ("serif", None, "the font cannot be read: no such file"),
    ],
)
def test_what_cannot_be_used_is_told_with_its_place(
    tmp_path: Path, name: str, content: bytes | None, said: str
) -> None:
    path = tmp_path / "file"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(SettingsError, match=said) as caught:
        brand(BrandSettings(**{name: path}))
    assert caught.value.where == str(path)
    assert caught.value.hint


@pytest.mark.parametrize(
    ("colours", "said"),
    [
        ({"chnage": "#12506A"}, "no colour is called 'chnage'"),
        ({"run": "red;} body {"}, "is no colour; write one like"),
    ],
)
def test_only_known_roles_and_plain_colours_are_taken(colours: dict[str, str], said: str) -> None:
    with pytest.raises(ValidationError, match=said):
        BrandSettings(colours=colours)


@pytest.mark.parametrize(
    ("colours", "pair", "place"),
    [
        ({"alert": "#FF9999"}, "alert on bg needs 4.5", "alert"),
        ({"heat2": "#333333"}, "onheat on heat2 needs 4.5", "heat2"),
        ({"onheat": "#FFFFFF"}, "onheat on heat1 needs 4.5", "onheat"),
        ({"heat4": "#E0A080"}, "onover on heat4 needs 4.5", "heat4"),
        ({"onover": "#333333"}, "onover on heat4 needs 4.5", "onover"),
        ({"paper2": "#444444"}, "ink on paper2 needs 4.5", "paper2"),
        ({"ink2": "#6A6560", "paper": "#D0D0D0"}, "ink2 on paper needs 4.5", "ink2"),
        ({"run": "#F0D0A0"}, "run on bg needs 3 to 1", "run"),
    ],
)
def test_colours_that_cannot_be_told_apart_are_refused_by_their_names(
    colours: dict[str, str], pair: str, place: str
) -> None:
    with pytest.raises(SettingsError) as caught:
        brand(BrandSettings(colours=colours))
    assert pair in caught.value.hint
    assert caught.value.where == f"[render.brand] colours.{place}"


def test_every_pair_of_the_design_can_be_told_apart() -> None:
    own = {role: colour for role, colour in LIGHT.items() if role in COLOURS}
    assert brand(BrandSettings(colours=own)).light == LIGHT


LINE = "Eastmere plc, 1 High Street & Co"


def test_the_own_footer_is_at_the_foot_of_a_page_of_the_web(tmp_path: Path) -> None:
    settings = RenderSettings(brand=BrandSettings(footer=f"{LINE} <b>"))
    foot = drawn(settings, "screen").rpartition("<footer>")[2].partition("</footer>")[0]
    assert "Eastmere plc, 1 High Street &amp; Co &lt;b&gt;" in foot
    assert "string(foot)" not in drawn(RenderSettings())


def test_the_own_footer_is_at_the_foot_of_every_printed_sheet() -> None:
    settings = RenderSettings(brand=BrandSettings(footer=LINE + " x" * 200), templates=Path("no such folder"))
    book = book_of(make_summary(3, 1), settings)
    assert all(LINE in sheet.oddFooter.left.text.replace("&&", "&") for sheet in book)
    assert all(len(str(sheet.oddFooter)) < 255 for sheet in book)


@needs_pdf
def test_the_pdf_has_the_logo_the_own_font_and_the_footer(tmp_path: Path) -> None:
    from fontTools.ttLib import TTFont
    from pypdf import PdfReader

    from pipeline.render.formats import FORMATS

    logo, font = tmp_path / "logo.png", tmp_path / "own.ttf"
    logo.write_bytes(PNG)
    font.write_bytes((files("fontpkg_heebo") / "files" / "Heebo[wght].ttf").read_bytes())
    own = BrandSettings(logo=logo, sans=font, footer=LINE + " and so on" * 50)
    settings = RenderSettings(brand=own, organisation="Eastmere")
    reader = next(one for one in readers((make_summary(3, 1),), settings) if one.pack.id == "executive")
    reader = replace(reader, pack=replace(reader.pack, pages=reader.pack.pages[:1], annex=()))
    form = next(one for one in FORMATS if one.id == "pdf")
    first = PdfReader(io.BytesIO(form.finish(form.draw(reader, settings)))).pages[0]
    sans = [
        one.get_object()
        for one in first["/Resources"]["/Font"].values()
        if "Plex-Sans" in str(one.get_object()["/BaseFont"])
    ]  # type: ignore[index]
    described = [one["/DescendantFonts"][0].get_object()["/FontDescriptor"] for one in sans]
    units = {TTFont(io.BytesIO(one["/FontFile2"].get_data()))["head"].unitsPerEm for one in described}
    assert units == {TTFont(font)["head"].unitsPerEm} != {1000}, "the file is Heebo's, under the name that styles use"
    assert len(first.images) == 1
    line = next(line for line in first.extract_text().splitlines() if LINE in line)
    assert line.endswith("…"), "it ends before the number of the page"
    assert len(line) < 120


@needs_pdf
def test_a_logo_takes_no_page_of_its_own(tmp_path: Path) -> None:
    from pypdf import PdfReader

    from pipeline.render.formats import FORMATS

    (tmp_path / "logo.png").write_bytes(PNG)
    form = next(one for one in FORMATS if one.id == "pdf")
    counts = []
    for look in (BrandSettings(), BrandSettings(logo=tmp_path / "logo.png")):
        settings = RenderSettings(brand=look)
        reader = next(one for one in readers((make_summary(3, 1),), settings) if one.pack.id == "executive")
        reader = replace(reader, pack=replace(reader.pack, pages=reader.pack.pages[:1], annex=()))
        pages = PdfReader(io.BytesIO(form.finish(form.draw(reader, settings)))).pages
        headline = View(reader, settings, "paper").message["headline"]
        assert headline[:12] in " ".join(pages[0].extract_text().split())
        counts.append(len(pages))
    assert counts[0] == counts[1]


def test_template_check_tells_all_at_once(ask, tmp_path: Path) -> None:
    """A logo that is missing, colours that cannot be told apart, and a template, in one go and before any trial."""
    brand = '[render.brand]\nlogo = "none.png"\n[render.brand.colours]\nink = "#fafafa"\nink2 = "#fafafa"\n'
    (tmp_path / "pipeline.toml").write_text(brand)
    (tmp_path / "templates" / "board").mkdir(parents=True)
    (tmp_path / "templates" / "board" / "report.html.j2").write_text("{{ nothing }}")
    code, out, _ = ask("template", "check")
    assert code == 1
    for said in ("There is no 'nothing'", "logo cannot be read", "colours.ink:", "colours.ink2:", "belongs to no pack"):
        assert said in out
    assert "A trial with the register follows once they are mended." in out
