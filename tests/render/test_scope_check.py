"""A finished file is read back: a planted row is told in every format, and what is the reader's own never is."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from types import SimpleNamespace

import pandas as pd
import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.model import Seen
from pipeline.render.pdf import Paper, write_pdf
from pipeline.render.read_back import lines
from pipeline.render.scope_check import Known, foreign, mark_of_id, mark_of_name, mark_of_title
from pipeline.render.scope_marks import Marks, own_words
from tests.factories import make_register
from tests.render.conftest import needs_pdf

ROWS = [
    {"id": "WO-017", "title": "Replace pumps at Weir Lane", "department": "Water", "accountable": "Ana Roy"},
    {"id": "WO-018", "title": "Replace pumps at Weir Street", "department": "Water", "accountable": "Bo Lee"},
    {"id": "FI-201", "title": "Supplier payments and dunning", "department": "Finance", "accountable": "Cy Fox"},
    {"id": "7", "title": "Payroll", "department": "Finance", "accountable": "Mona"},
]
NO_FINDINGS = {"findings": pd.DataFrame({"message": pd.Series([], dtype="string[pyarrow]")})}


def whole(rows: list[dict[str, str]]) -> SimpleNamespace:
    """The organisation's summary, as far as marks ask it."""
    names = frozenset(row["accountable"] for row in rows)
    seen = Seen(None, names, frozenset(row["department"] for row in rows))
    return SimpleNamespace(portfolio=SimpleNamespace(register=make_register(rows)), seen=seen, tables=NO_FINDINGS)


def of_reader(rows: list[dict[str, str]], items: set[int], scope: str = "Ana Roy") -> SimpleNamespace:
    """The summary of somebody who sees these items."""
    names = frozenset(rows[item]["accountable"] for item in items) | {scope}
    return SimpleNamespace(scope=scope, seen=Seen(frozenset(items), names), tables=NO_FINDINGS)


MARKS = Marks(whole(ROWS), Path("no such folder"))  # type: ignore[arg-type]
ALLOWED = MARKS.allowed(of_reader(ROWS, {0}))  # type: ignore[arg-type]


def html(*texts: str) -> bytes:
    rows = "".join(f"<tr><td>{text}</td></tr>" for text in texts)
    return f"<title>Ana Roy: my work</title><table><tr><td>WO-017</td></tr>{rows}</table>".encode()


def xlsx(*texts: str) -> bytes:
    content = BytesIO()
    book = xlsxwriter.Workbook(content)
    sheet = book.add_worksheet("Ana Roy")
    for row, text in enumerate(texts):
        sheet.write_string(row, 0, text)
    book.close()
    return content.getvalue()


def told(content: bytes, form: str) -> tuple[str, ...]:
    return foreign(content, form, ALLOWED, MARKS.known, "Ana Roy")


PLANTED = {
    "FI-201": "the ID FI-201",
    "Supplier payments and dunning": "the title Supplier payments and dunning",
    "approved by Cy Fox in May": "the name Cy Fox",
}


@pytest.mark.parametrize("text", PLANTED)
def test_a_planted_row_is_told_in_pages_and_workbooks(text: str) -> None:
    for form, make in (("html", html), ("xlsx", xlsx)):
        assert told(make("Replace pumps at Weir Lane", text), form) == (PLANTED[text],)
        assert told(make("Replace pumps at Weir Lane", "Payroll 7"), form) == ()


@needs_pdf
def test_a_planted_row_is_told_in_a_pdf() -> None:
    page = "<html lang=en><title>Ana Roy</title><p>{}</p><svg viewBox='0 0 9 9' role=img><title>{}</title><rect width='9' height='9'/></svg>"
    own = "Replace pumps at Weir Lane (WO-017)"
    assert told(write_pdf(Paper(page.format(own, own))), "pdf") == ()
    found = told(write_pdf(Paper(page.format("Supplier <b>payments</b> and dunning FI-201", "Cy Fox"))), "pdf")
    assert sorted(found) == sorted(["the ID FI-201", "the title Supplier payments and dunning", "the name Cy Fox"])


def test_titles_that_begin_alike_tell_nothing_but_their_ids_do() -> None:
    assert told(html("Replace pumps at Weir Street"), "html") == ()
    assert told(html("Replace pumps at Weir Street, WO-018"), "html") == ("the ID WO-018",)


@pytest.mark.parametrize(
    "page",
    [
        b"<title>Ana Roy</title><p title='Cy Fox'>x</p>",
        b"<title>Ana Roy</title><p aria-label='for Cy Fox'>x</p>",
        b"<title>Ana Roy</title><p data-head='Cy Fox'>x</p>",
        b"<title>Ana Roy</title><p>Cy <b>F</b>ox</p>",
        "<title>Ana Roy</title><p>Cy F\u00ado\u200bx</p>".encode(),
        b"<title>Ana Roy</title><svg><desc>Cy Fox</desc></svg>",
    ],
)
def test_it_is_told_wherever_a_page_says_it(page: bytes) -> None:
    assert told(page, "html") == ("the name Cy Fox",)


def test_it_is_told_wherever_a_workbook_says_it() -> None:
    content = BytesIO()
    book = xlsxwriter.Workbook(content)
    book.set_properties({"title": "Ana Roy", "comments": "Cy Fox"})
    sheet = book.add_worksheet("Work")
    sheet.write_comment(0, 0, "Supplier payments and dunning")
    sheet.set_header("&LFI-201 ")
    chart = book.add_chart({"type": "column"})
    chart.add_series({"name": "Bo Lee", "values": "=Work!$A$1:$A$2"})
    sheet.insert_chart("C3", chart)
    book.close()
    assert len(told(content.getvalue(), "xlsx")) >= 3
    assert {"the name Cy Fox", "the name Bo Lee"} <= set(told(content.getvalue(), "xlsx"))
    assert "the title Supplier payments and dunning" in told(content.getvalue(), "xlsx")


@pytest.mark.parametrize(
    ("page", "found"),
    [
        ("<tr><td>Finance</td><td>120</td><td>98%</td></tr>", True),
        ("<p>Finance 120 of 130 h 92%</p>", True),
        ("<svg><text>Water</text><text>80%</text><text>Finance</text><text>92%</text></svg>", True),
        ("<tr><td>Mona</td><td>Finance</td><td>120</td></tr>", False),
        ("<tr><td>Water</td><td>120</td></tr>", False),
        ("<p>Finance takes over on 3 May</p>", False),
    ],
)
def test_figures_of_another_department_are_told(page: str, found: bool) -> None:
    water = of_reader(ROWS, {0, 1}, "Water")
    water.seen = Seen(water.seen.items, water.seen.names, frozenset(["Water"]))
    allowed = MARKS.allowed(water)  # type: ignore[arg-type]
    assert bool(foreign(f"<title>Water</title><table>{page}</table>".encode(), "html", allowed, MARKS.known)) == found


def test_a_report_that_does_not_name_its_reader_is_told() -> None:
    assert foreign(b"<p>My work</p>", "html", ALLOWED, MARKS.known, "Ana Roy") == ("it does not name its reader",)


@pytest.mark.parametrize("text", ["12", "A3", "WO17", "Q4", "", "R-9", "long name", "2026-10"])
def test_what_may_be_anything_is_no_id(text: str) -> None:
    assert mark_of_id(text) == ""


@pytest.mark.parametrize("text", ["R-031", "PRJ001", "WO017", "it/2026/4b"])
def test_ids_are_told_as_they_stand(text: str) -> None:
    known = Known({mark_of_id(text): "it"})
    assert known.within(f"see ({text}), please") == {mark_of_id(text)}
    assert known.within(f"see x{text}") == set()


def test_short_titles_and_single_names_tell_nothing() -> None:
    assert [mark_of_title(text) for text in ("Payroll", "IT", "2026 2027 2028 report", "")] == [""] * 4
    assert mark_of_title("Datenbankumstellung") == "datenbankumstellung"
    assert mark_of_title("人事制度改革計画") == "人 事 制 度"
    assert [mark_of_name(text) for text in ("Mona", "A B", "")] == ["", "", ""]


_SAID = own_words(Path("none"))[:4000]
SAID = [" ".join(_SAID[at : at + 9]) for at in range(0, len(_SAID), 9)]
WORDS = st.sampled_from(
    ["renew", "the", "report", "network", "of", "Work", "monthly", "check", "12", "Überprüfung", "人事"]
)
TITLES = st.lists(WORDS, min_size=1, max_size=7).map(" ".join)
REGISTERS = st.lists(
    st.fixed_dictionaries(
        {
            "id": st.from_regex(r"[A-Z]{0,3}-?\d{1,4}", fullmatch=True),
            "title": TITLES,
            "department": st.sampled_from(["IT", "Finance", "Work"]),
            "accountable": st.sampled_from(
                ["Ana Roy", "Bo Lee", "Cy", "Project Manager", "Maria del Mar Ruiz", "山田 太郎"]
            ),
        }
    ),
    min_size=2,
    max_size=12,
)


@settings(max_examples=12, deadline=None)
@given(rows=REGISTERS, data=st.data())
def test_no_register_raises_a_false_alarm(rows: list[dict[str, str]], data: st.DataObject) -> None:
    items = data.draw(st.sets(st.integers(0, len(rows) - 1)))
    said = data.draw(st.lists(st.sampled_from(SAID), max_size=5))
    marks = Marks(whole(rows), Path("none"))  # type: ignore[arg-type]
    reader = of_reader(rows, items)
    own = [text for item in items for text in rows[item].values()]
    counts = [str(number) for number in range(40)]
    content = xlsx(reader.scope, *own, *said, *counts, "October 2026", "Register!AB12")
    assert foreign(content, "xlsx", marks.allowed(reader), marks.known, reader.scope) == ()  # type: ignore[arg-type]


@settings(max_examples=12, deadline=None)
@given(rows=REGISTERS, data=st.data())
def test_every_row_that_can_be_told_apart_is_told(rows: list[dict[str, str]], data: st.DataObject) -> None:
    items = data.draw(st.sets(st.integers(0, len(rows) - 1)))
    planted = data.draw(st.integers(0, len(rows) - 1))
    marks = Marks(whole(rows), Path("none"))  # type: ignore[arg-type]
    allowed = marks.allowed(of_reader(rows, items))  # type: ignore[arg-type]
    for field, mark in (("id", mark_of_id), ("title", mark_of_title), ("accountable", mark_of_name)):
        text = rows[planted][field]
        expected = mark(text) in marks.known.marks and mark(text) not in allowed
        assert bool(foreign(html(text), "html", allowed, marks.known)) >= expected


def test_lines_are_read_cell_by_cell() -> None:
    page = b"<style>.x{}</style><table><tr><td>a <b>b</b></td><td>c</td></tr></table><p>d</p>"
    assert lines(page, "html") == (("a b", "c"), ("d",))
