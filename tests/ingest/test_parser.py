"""What the parser says of a workbook beside its cells: tables, names, filters, hidden rows and columns."""

from __future__ import annotations

import datetime as dt
import time
from pathlib import Path

import pytest
import xlsxwriter

from pipeline.ingest import ingest
from pipeline.ingest.reader import Area, RawSheet, read_files
from pipeline.model import Finding
from pipeline.parser.text import delimiter_of
from pipeline.settings import IngestSettings
from tests.conftest import PERIOD
from tests.ingest.archives import replaced


def read(path: Path) -> tuple[RawSheet, ...]:
    (raw,) = read_files((path,), IngestSettings())
    assert raw.refusal is None, raw.refusal
    return raw.sheets


@pytest.fixture
def book(tmp_path):
    """A workbook to write on; `sheets()` closes it and reads it back."""

    class Book(xlsxwriter.Workbook):
        def sheets(self) -> tuple[RawSheet, ...]:
            self.close()
            return read(Path(self.filename))

    return Book(str(tmp_path / "book.xlsx"), {"strings_to_formulas": False})


def test_tables_names_and_filters_are_told_with_their_corners(book):
    sheet = book.add_worksheet("It's work")
    sheet.add_table("B3:C6", {"name": "Work", "columns": [{"header": "Title"}, {"header": "Owner"}], "total_row": True})
    other = book.add_worksheet("Other")
    other.write_row(0, 0, ["Title", "Owner"])
    other.autofilter("A1:B9")
    other.print_area("A1:B9")
    book.define_name("Register", "='It''s work'!$B$3:$C$6")
    book.define_name("Rate", "=0.5")
    first, second = book.sheets()
    assert first.areas == (
        Area("Work", "It's work", "table", 2, 1, 5, 2, header_rows=1, totals_rows=1),
        Area("Register", "It's work", "name", 2, 1, 5, 2),
    )
    assert second.areas == (Area("_xlnm._FilterDatabase", "Other", "filter", 0, 0, 8, 1, header_rows=1),)


def test_hidden_rows_columns_and_sheets_are_told(book):
    sheet, other = book.add_worksheet("Plan"), book.add_worksheet("Kept")
    for row in range(5):
        sheet.write_row(row, 0, ["a", "b", "c", "d"])
    sheet.set_row(2, None, None, {"hidden": True})
    sheet.set_column("B:C", None, None, {"hidden": True})
    other.write(0, 0, "x")
    other.hide()
    first, second = book.sheets()
    assert (first.hidden_rows, first.hidden_columns, first.hidden) == ((2,), (1, 2), False)
    assert second.hidden


def told(path: Path, code: str) -> list[Finding]:
    return [one for one in ingest((path,), IngestSettings(), PERIOD).findings if one.code == code]


def csv_of(tmp_path: Path, content: str | bytes) -> Path:
    path = tmp_path / "register.csv"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


@pytest.mark.parametrize(
    ("text", "width"),
    [
        ("Title;Owner;Notes\nA job;Ana;see a, b, c, d\nB job;Bo;x, y, z, w\n", 3),
        ('Title,Owner\nA job,Ana\n"x; y; z; z;\n;;;;;;;",Bo\n', 2),
        ("Title\tOwner\nA, b\tAna\nB, c\tBo\n", 2),
        ('Title|Owner\n"A, b"|Ana\n', 2),
        ("Title;Effort\nA job;5,5\nB job;6,5\n", 2),
    ],
)
def test_the_separator_is_what_parts_the_lines_evenly(tmp_path, text, width):
    assert len(read(csv_of(tmp_path, text))[0].texts) == width


@pytest.mark.parametrize("rest", ["'\n" * 32000, ',"a' * 20000, ',"""' * 20001, ',""' * 20000 + '"'])
def test_marks_without_end_cost_no_time(rest):
    started = time.perf_counter()
    delimiter_of("Title,Owner\n" + rest)
    assert time.perf_counter() - started < 1


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('Title,Owner,Effort\n"unclosed,Ana,5\nB job,Bo,6', 2),
        ('Title,Owner,Effort\nA job,Ana,5\n"two\nlines","unclosed,5\nB job,Bo,6\n', 4),
        ('Title,Owner,Effort\n"two\r\nlines",Ana,5\r\n"unclosed,Ana,5\r\nB job,"Bo, Cy",6\r\nC job,Di,7\r\n', 4),
        ('Title,Owner,Effort\nA job,Ana,5\nB job,Bo,"', 3),
    ],
)
def test_a_quotation_mark_that_is_never_closed_is_refused_with_its_line(tmp_path, text, line):
    (raw,) = read_files((csv_of(tmp_path, text),), IngestSettings())
    assert f"in line {line} is not closed" in raw.refusal.what
    assert f"Close the mark in line {line}" in raw.refusal.hint


def test_marks_out_of_place_within_a_line_lose_nothing(tmp_path):
    (sheet,) = read(csv_of(tmp_path, 'Title,Owner\n"Big" job,Ana\n5" pipe,"Bo"\n"two\nlines",Cy\n'))
    assert sheet.texts[0].to_pylist() == ["Title", "Big job", '5" pipe', "two\nlines"]


def test_a_byte_of_another_encoding_changes_no_other_letter(tmp_path):
    content = "Title,Owner\nCafé,Zoé\n".encode() + b"Caf\xe9,Bo\n" + b'"a\nb\x81",Cy\n'
    (sheet,) = read(csv_of(tmp_path, content))
    assert sheet.texts[0].to_pylist() == ["Title", "Café", "Café", "a\nb\ufffd"]
    assert sheet.texts[1].to_pylist() == ["Owner", "Zoé", "Bo", "Cy"]
    assert sheet.odd == ((2, 0), (3, 0))
    (one,) = told(tmp_path / "register.csv", "R19")
    assert (one.sheet, one.cell, one.ranges, one.count) == ("CSV", "A3", "A3:A4", 2)
    assert "'Café' holds letters that the file's encoding does not know" in one.message


def test_a_file_wholly_in_one_encoding_is_not_told(tmp_path):
    for encoding in ("utf-8", "cp1252"):
        assert told(csv_of(tmp_path, "Title,Owner\nCafé,Zoé\n".encode(encoding)), "R19") == []


def test_more_values_than_headings_are_told_with_their_rows(tmp_path):
    text = "Title;Owner;Effort\nA; B job;Ana;5\nB job;Bo;6\nC job;Cy;7;;\nD job;Di;8;extra;more\n"
    (one,) = told(csv_of(tmp_path, text), "R18")
    assert (one.level, one.sheet, one.cell, one.ranges) == ("warning", "CSV", "D2", "D2 D5")
    assert "2 rows have more values than there are headings: rows 2, 5" in one.message


def test_what_stands_beside_the_table_of_a_workbook_is_no_surplus(make_workbook):
    assert told(make_workbook(Plan="Title|Owner|Effort\nA job|Ana|5|extra\nB job|Bo|6"), "R18") == []


@pytest.mark.parametrize("strange", [b"", b"<!-- said otherwise -->"], ids=["usual", "unusual"])
def test_a_number_below_zero_keeps_its_sign_where_a_date_belongs(book, strange):
    sheet = book.add_worksheet("Plan")
    dates, hours = book.add_format({"num_format": "yyyy-mm-dd"}), book.add_format({"num_format": "[h]:mm"})
    sheet.write_row(0, 0, ["Title", "Owner", "Start", "Effort"])
    for row, (start, effort) in enumerate([(-5, -1.5), (0.5, 0.25), (46000, -3)], start=1):
        sheet.write_row(row, 0, [f"Job {row}", "Ana"])
        sheet.write_number(row, 2, start, dates)
        sheet.write_number(row, 3, effort, hours)
    book.close()
    path = replaced(Path(book.filename), "xl/worksheets/sheet1.xml", b"</sheetData>", strange + b"</sheetData>")
    (sheet,) = read(path)
    assert sheet.texts[2].to_pylist() == ["Start", "-5", "12", "2025-12-09"]
    assert sheet.texts[3].to_pylist() == ["Effort", "-36", "6", "-72"]
    messages = [one.message for one in told(path, "R30")]
    assert [message.partition(" is not")[0] for message in messages] == ["'-5'", "'12:00'"]


def test_no_time_of_day_becomes_the_next_day(book):
    sheet = book.add_worksheet("Plan")
    moment = book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"})
    sheet.write_datetime(0, 0, dt.datetime(2026, 3, 4, 23, 59, 59, 999000), moment)
    sheet.write_number(1, 0, 46000.99999999, moment)
    sheet.write_datetime(2, 0, dt.datetime(2026, 3, 4, 12, 0, 0, 600000), moment)
    (plan,) = book.sheets()
    assert plan.texts[0].to_pylist() == ["2026-03-04 23:59:59", "2025-12-09 23:59:59", "2026-03-04 12:00:01"]


def test_merged_cells_below_the_last_filled_row_break_nothing(book):
    sheet = book.add_worksheet("Plan")
    for row, cells in enumerate([["ID", "Title", "Owner"], [1, "Replace pumps", "Ana"], [2, "Read meters", "Bo"]]):
        sheet.write_row(row, 0, cells)
    sheet.merge_range("B9:B11", "")
    sheet.merge_range("H1:H2", "")
    assert book.sheets()[0].merges == ()
    assert len(ingest((Path(book.filename),), IngestSettings(), PERIOD).items) == 2


def test_no_process_outlives_the_answers_of_its_files(book, tmp_path, monkeypatch):
    from pipeline.ingest import answers
    from pipeline.parser.process import Parser

    monkeypatch.setattr(answers, "Parser", Parser)
    book.add_worksheet("Plan").write_row(0, 0, ["ID", "Title"])
    book.close()
    with answers.Answers((Path(book.filename),), IngestSettings()) as asked:
        (process,) = [one._process for one in asked._parsers]
        assert [one.refusal for one in asked] == [None]
        assert process.poll() is None
    assert process.poll() is not None
