"""Each finished file carries the seal of its report, and is looked through, as a PDF too."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest

from pipeline.deliver.mail.proof import check_seals, says, sealed
from pipeline.errors import DeliveryError
from pipeline.model import Summary
from pipeline.render.formats import FORMATS, with_seal
from pipeline.render.own_workbook.package import write_parts
from pipeline.render.own_workbook.sealed import add_seal
from pipeline.render.pdf import Paper, pdf_engine_problem, write_pdf
from pipeline.seal import seal
from tests.deliver.mail.server import letter, seal_of
from tests.render.conftest import SETTINGS, reader_of
from tests.render.own_workbook.conftest import filled, make_template
from tests.render.sample import make_summary

OURS, OTHER = seal("2026-10", "executive", "", "en"), seal("2026-10", "executive", "Finance", "en")
PROOF = ("Executive report, October 2026", "Eastmere University")


@pytest.fixture(scope="module")
def summary() -> Summary:
    return make_summary(3, 3)


@pytest.fixture(scope="module")
def files(summary: Summary) -> Mapping[str, bytes]:
    """The executive report in each format, as the pipeline makes it."""
    reader = reader_of(summary)
    drawn = {f"{OURS[:4]}.{one.id}": one for one in FORMATS if one.id != "pdf" or not pdf_engine_problem()}
    return {name: one.finish(one.draw(reader, SETTINGS)) for name, one in drawn.items()}


def test_every_file_of_a_report_carries_its_seal_and_no_other(files: Mapping[str, bytes], summary: Summary) -> None:
    assert reader_of(summary).seal == OURS
    for name, content in files.items():
        assert sealed(name, content, OURS), name
        assert not sealed(name, content, OTHER), name
        assert not sealed(name, content, ""), name
        assert not sealed(name, content[: len(content) // 2], OURS) or name.endswith("html")
        assert not sealed(name, b"", OURS), name


def test_every_file_says_its_title_and_scope_and_nothing_proves_nothing(files: Mapping[str, bytes]) -> None:
    for name, content in files.items():
        assert says(name, content, PROOF), name
        assert not says(name, content, (*PROOF, "Somebody Else")), name
        assert not says(name, content, ()), name
        assert not says(name, b"no such file", PROOF), name


def test_a_report_is_sealed_by_its_month_pack_scope_and_language() -> None:
    given = ("2026-10", "owner", "Ada Byron", "en")
    others = [
        ("2026-11", *given[1:]), ("2026-10", "pmo", *given[2:]), (*given[:2], "Bo", "en"), (*given[:3], "de"),
        ("2026-10", "owner Ada", "Byron", "en"),
    ]  # fmt: skip
    assert len({seal(*one) for one in (given, *others)}) == 6
    assert seal(*given) == seal(*given)


@pytest.mark.skipif(bool(pdf_engine_problem()), reason="the PDF engine cannot be loaded here")
@pytest.mark.parametrize(
    "name", ["Ana Garc\u00eda\u2010L\u00f3pez", "Meier\u2011Schmidt", "Donau\u00addampf", "Ada \u200bByron-King"]
)
def test_hyphens_of_every_kind_and_parted_words_break_no_name(name: str) -> None:
    html = f'<!doctype html><html lang="de"><head><title>t</title></head><body><p style="width: 4em; hyphens: auto">{name}</p></body></html>'
    made = write_pdf(Paper(html, seal=OURS))
    plain = name.replace("\u2010", "-").replace("\u2011", "-").replace("\u00ad", "").replace("\u200b", "")
    assert says("a.pdf", made, (plain,))
    assert says("a.pdf", made, (name,))
    assert sealed("a.pdf", made, OURS)
    assert says("a.html", html.encode(), (plain,))


@pytest.mark.parametrize(
    "begins", ["<!doctype html>\n<html lang='en'>\n<head>", "\n<!-- ours --><html><HEAD>", "<!doctype html>", ""]
)
def test_a_page_of_ones_own_has_its_seal_where_its_head_begins(begins: str) -> None:
    page = with_seal(f"{begins}<title>t</title><header>h</header>", OURS)
    assert page.startswith(begins)
    assert page.count(OURS) == 1
    assert sealed("a.html", page.encode(), OURS)
    assert not sealed("a.html", with_seal(page, OTHER).encode(), OURS), "two seals are none"


def test_a_workbook_of_ones_own_is_sealed_beside_its_own_properties(tmp_path: Path) -> None:
    make_template(tmp_path / "pmo" / "report.xlsx")
    content = filled(tmp_path)
    ours = seal("2026-10", "pmo", "", "en")
    assert sealed("a.xlsx", content, ours)
    assert content == filled(tmp_path)
    with zipfile.ZipFile(BytesIO(content)) as book:
        parts = {name: book.read(name) for name in book.namelist()}
    parts["docProps/custom.xml"] = parts["docProps/custom.xml"].replace(b"</Properties>", b"%s</Properties>" % THEIRS)
    add_seal(parts, OTHER, "report.xlsx")
    text = parts["docProps/custom.xml"].decode()
    assert (text.count(OTHER), text.count(ours), text.count('pid="7"'), text.count('pid="8"')) == (1, 0, 1, 1)
    parts["docProps/custom.xml"] = text.replace("ReportSeal", "reportseal").encode()
    add_seal(parts, ours, "report.xlsx")
    assert parts["docProps/custom.xml"].count(OTHER.encode()) == 0, "names of properties have no case"


def test_a_workbook_of_ones_own_says_which_report_it_is_whatever_its_cells_say(tmp_path: Path) -> None:
    make_template(tmp_path / "pmo" / "report.xlsx")
    with zipfile.ZipFile(BytesIO(filled(tmp_path))) as book:
        parts = {name: book.read(name) for name in book.namelist()}
    add_seal(parts, OURS, "report.xlsx", "My load, October 2026", "R&D; <Labs>")
    said = ("My load, October 2026", "R&D; <Labs>")
    assert says("a.xlsx", write_parts(parts), said)
    assert not says("a.xlsx", filled(tmp_path), said)


def test_the_seals_of_a_page_are_those_of_its_head_and_none_in_a_comment() -> None:
    ours = f'<meta name="report-seal" content="{OURS}"/>'
    other = f"<META content='{OTHER}' name='Report-Seal'>"
    assert sealed("a.html", f"<head><!-- {other} -->{ours}</head><body>".encode(), OURS)
    assert not sealed("a.html", f"<head><!-- {ours} --></head>".encode(), OURS)
    assert not sealed("a.html", f"<head>{other}{ours}</head>".encode(), OURS)


THEIRS = (
    b'<property fmtid="{D5CDD505-2E9C-101B-9397-08002B2CF9AE}" pid="7" name="Owner">'
    b'<vt:lpwstr xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">PMO</vt:lpwstr></property>'
)


def test_a_letter_takes_along_only_files_of_its_own_report(files: Mapping[str, bytes]) -> None:
    one = replace(letter("ada", tuple(files)), seal=OURS)
    check_seals(one, files)
    for wrong in (seal_of("ada"), ""):
        with pytest.raises(DeliveryError, match="does not carry the mark of this report"):
            check_seals(replace(one, seal=wrong), files)
