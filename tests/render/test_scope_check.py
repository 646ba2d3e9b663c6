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
from pipeline.render import unsought
from pipeline.render.read_back import read
from pipeline.render.scope_check import foreign
from pipeline.render.scope_known import Known
from pipeline.render.scope_marks import Marks, own_words
from pipeline.render.scope_words import mark_of_id, mark_of_name, mark_of_title
from tests.factories import make_register

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


def of_reader(
    rows: list[dict[str, str]], items: set[int], scope: str = "Ana Roy", audience: str = "person"
) -> SimpleNamespace:
    """The summary of somebody who sees these items."""
    names = frozenset(rows[item]["accountable"] for item in items) | {scope}
    return SimpleNamespace(scope=scope, seen=Seen(frozenset(items), names), tables=NO_FINDINGS, audience=audience)


MARKS = Marks(whole(ROWS), Path("no such folder"))  # type: ignore[arg-type]
ALLOWED = MARKS.allowed(of_reader(ROWS, {0}))  # type: ignore[arg-type]


def html(*texts: str) -> bytes:
    rows = "".join(f"<tr><td>{text}</td></tr>" for text in texts)
    told = f"<title>Ana Roy: my work</title></head><body><table><tr><td>WO-017</td></tr>{rows}</table></body>"
    return f"<!doctype html><html><head>{told}</html>".encode()


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
        assert told(make("Replace pumps at Weir Lane", "Payroll", "7"), form) == ()


@pytest.mark.parametrize("text", ["FI-201/FI-202", "FI-201–203", "FI-201_x", "FI_201", "FI‑201", "FI-202:FI-201+x"])
def test_an_id_is_told_whatever_stands_beside_it(text: str) -> None:
    for form, make in (("html", html), ("xlsx", xlsx)):
        assert told(make("Ana Roy", f"see {text}"), form) == ("the ID FI-201",)


@pytest.mark.parametrize("text", ["FI-2010", "FI-20", "XFI-201", "FI201", "FI", "201"])
def test_another_id_is_not_taken_for_it(text: str) -> None:
    assert told(html(text), "html") == ()


@pytest.mark.parametrize("text", ["Fox, Cy", "C. Fox", "Fox, C.", "CY FOX", "cy.fox@example.org"])
def test_a_name_is_told_however_it_is_written(text: str) -> None:
    for form, make in (("html", html), ("xlsx", xlsx)):
        assert told(make("Ana Roy", text), form) == ("the name Cy Fox",)


_marks: dict[str, Marks] = {}
"""By the register's rows: what is looked for in reports of it."""


def searched(rows: list[dict[str, str]], items: set[int], content: bytes, audience: str = "person") -> tuple[str, ...]:
    """What is told to somebody who may see these items of a register."""
    marks = _marks.setdefault(repr(rows), Marks(whole(rows), Path("none")))  # type: ignore[arg-type]
    allowed = marks.allowed(of_reader(rows, items, audience=audience))  # type: ignore[arg-type]
    return foreign(content, "html", allowed, marks.known)


def test_a_name_that_may_be_a_colleagues_is_none() -> None:
    rows = [*ROWS, {"id": "WO-019", "title": "Paint", "department": "Water", "accountable": "Carl Fox"}]
    assert searched(rows, {0, 4}, html("C. Fox")) == ()
    assert searched(rows, {0, 4}, html("Cy Fox")) == ("the name Cy Fox",)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Supplier payments and d…", True),
        ("next: Supplier paymen...", True),
        ("Supplier pay…", False),
        ("Supplier payments and delivery", False),
        ("Replace pumps at W…", False),
    ],
)
def test_a_title_that_is_cut_is_told_from_twelve_letters_on(text: str, found: bool) -> None:
    assert told(html(text), "html") == (("the title Supplier payments and dunning",) if found else ())


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("see FI-20…", True),
        ("FI-2...", True),
        ("(FI_20…)", True),
        ("FI-…", False),
        ("FI-30…", False),
        ("WO-01…", False),
        ("FI-20 and more", False),
    ],
)
def test_an_id_that_is_cut_is_told_where_none_of_the_readers_begins_so(text: str, found: bool) -> None:
    for form, make in (("html", html), ("xlsx", xlsx)):
        assert told(make("Ana Roy", text), form) == (("the ID FI-201",) if found else ())


def test_a_word_of_the_readers_own_row_that_is_cut_is_no_id_of_anothers() -> None:
    rows = [{**ROWS[0], "notes": "as in FI-2010"}, *ROWS[1:]]
    assert searched(rows, {0}, html("as in FI-20…")) == ()


def test_a_cut_text_of_the_readers_own_row_is_no_title_of_anothers() -> None:
    rows = [{**ROWS[0], "notes": "after supplier payments and delivery"}, *ROWS[1:]]
    assert searched(rows, {0}, html("supplier payments and d…")) == ()
    assert searched(ROWS, {0}, html("supplier payments and d…")) == ("the title Supplier payments and dunning",)


NUMBERED = [
    {"id": "7", "title": "Payroll", "department": "Finance", "accountable": "Cy Fox"},
    {"id": "8", "title": "Telephony", "department": "IT", "accountable": "Ana Roy"},
    {"id": "", "title": "Audit", "department": "Finance", "accountable": "Cy Fox"},
]


@pytest.mark.parametrize(
    ("page", "found"),
    [
        ("<tr><td>Payroll</td><td>weekly</td><td>7</td></tr>", True),
        ("<p>Payroll (7) is late</p>", True),
        ("<tr><td>Payroll</td></tr><tr><td>7</td></tr>", False),
        ("<tr><td>Payroll</td><td>70</td></tr>", False),
        ("<tr><td>Telephony</td><td>7</td></tr>", False),
    ],
)
def test_a_row_of_number_and_one_word_is_told_where_both_are_on_a_line(page: str, found: bool) -> None:
    content = f"<table>{page}</table>".encode()
    assert searched(NUMBERED, {1}, content) == (("the row 7 Payroll",) if found else ())


def test_a_run_says_how_many_rows_nothing_tells_apart() -> None:
    found = Marks(whole(NUMBERED), Path("none")).unsought([])  # type: ignore[arg-type]
    assert found == (
        "1 row has neither an ID nor a title that tells it apart, of 3: whether it stands in a report of somebody else "
        "is not checked.",
    )
    assert Marks(whole(ROWS), Path("none")).unsought([]) == ()  # type: ignore[arg-type]


def test_titles_that_begin_alike_tell_nothing_but_their_ids_do() -> None:
    assert told(html("Replace pumps at Weir Street"), "html") == ()
    assert told(html("Replace pumps at Weir Street, WO-018"), "html") == ("the ID WO-018",)


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


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Mona carries 120 h in October", "figures of Mona"),
        ("Load by person. Mona: 92 %, you 80 %", "figures of Mona"),
        ("Bo Lee is at 92%", "figures of bo lee"),
        ("Finance: 120 hours", "figures of Finance"),
        ("Ana Roy carries 120 h", ""),
        ("Mona takes over on 3 May. You carry 120 h", ""),
        ("Bo Lee takes over 3 projects", ""),
    ],
)
def test_figures_of_a_colleague_are_told_in_sentences_and_drawings(text: str, found: str) -> None:
    for page in (f"<p>{text}</p>", f"<img alt='{text}'>", f"<svg><title>{text}</title></svg>"):
        assert searched(ROWS, {0, 1}, page.encode()) == ((found,) if found else ())


@pytest.mark.parametrize("name", ["Bo Lee", "Lee, Bo", "B. Lee", "bo  lee"])
def test_figures_of_a_colleague_are_told_in_rows_of_a_persons_report(name: str) -> None:
    (said,) = searched(ROWS, {0, 1}, html("Ana Roy", f"{name}</td><td>120</td><td>92%"))
    assert said.startswith("figures of ")
    for row in (f"{name}</td><td>monthly", f"WO-018</td><td>{name}</td><td>120", "Ana Roy</td><td>120</td><td>92%"):
        assert searched(ROWS, {0, 1}, html("Ana Roy", row)) == ()


def test_a_department_sees_what_its_people_carry() -> None:
    assert searched(ROWS, {0, 1}, b"<p>Bo Lee is at 92%", "department") == ()
    assert searched(ROWS, {0, 1}, b"<tr><td>Mona</td><td>120</td></tr>", "department") == ("figures of Mona",)


def test_a_report_that_does_not_name_its_reader_is_told() -> None:
    assert foreign(b"<p>My work</p>", "html", ALLOWED, MARKS.known, "Ana Roy") == ("it does not name its reader",)


@pytest.mark.parametrize("text", ["12", "A3", "WO17", "Q4", "", "R-9", "long name", "2026-10", "May 2026"])
def test_what_may_be_anything_is_no_id(text: str) -> None:
    assert mark_of_id(text) == ""


@pytest.mark.parametrize("text", ["R-031", "PRJ001", "WO017", "it/2026/4b", "PRJ 001"])
def test_ids_are_told_as_they_stand(text: str) -> None:
    known = Known({mark_of_id(text): "it"})
    assert known.within(f"see ({text}), please") == {mark_of_id(text)}
    assert known.within(f"see x{text}") == set()


def test_short_titles_and_single_names_tell_nothing() -> None:
    assert [mark_of_title(text) for text in ("Payroll", "IT", "2026 2027 2028 report", "")] == [""] * 4
    assert mark_of_title("Datenbankumstellung") == "datenbankumstellung"
    assert mark_of_title("人事制度改革計画") == "人 事 制 度"
    assert [mark_of_name(text) for text in ("Mona", "A B", "")] == ["", "", ""]


_SAID = own_words()[:4000]
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


def test_a_title_of_a_department_and_a_number_is_no_figure() -> None:
    rows = [row | {"title": f"Water {row['id']}"} for row in ({**ROWS[0], "id": "12"}, {**ROWS[1], "id": "40"})]
    marks, reader = Marks(whole(rows), Path("none")), of_reader(rows, {0})  # type: ignore[arg-type]
    told = [foreign(html(text), "html", marks.allowed(reader), marks.known) for text in ("Water 12", "Water 40")]  # type: ignore[arg-type]
    assert told == [(), ("the row 40 Water 40", "figures of Water")]


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
@given(rows=REGISTERS, number=st.integers(1000, 9999), data=st.data())
def test_a_row_with_an_id_a_title_and_a_name_of_its_own_is_told(
    rows: list[dict[str, str]], number: int, data: st.DataObject
) -> None:
    items = data.draw(st.sets(st.integers(0, len(rows) - 1)))
    theirs = {"id": f"ZZ-{number}", "title": "Quarry blasting licences", "department": "IT", "accountable": "Zoe Zech"}
    for field, what in (("id", "ID"), ("title", "title"), ("accountable", "name")):
        assert f"the {what} {theirs[field]}" in searched([*rows, theirs], items, html(theirs[field]))


@pytest.fixture
def board(tmp_path: Path) -> Path:
    """Templates of the user's own: a comment with somebody's name in one, a title printed by it."""
    (tmp_path / "board").mkdir()
    page = "{# like Cy Fox #}<!-- and Bo Lee --><h1>Supplier <b>payments</b> and dunning</h1>{{ report.title }}"
    (tmp_path / "board" / "page.html.j2").write_text(page, encoding="utf-8")
    return tmp_path


def of_pack(pack: str) -> SimpleNamespace:
    """A reader of a pack."""
    of = SimpleNamespace(id=pack, folders=(pack,))
    return SimpleNamespace(pack=of, language="en", summary=of_reader(ROWS, {0}))


def test_what_a_template_of_the_users_prints_is_allowed_in_its_own_pack_only(board: Path) -> None:
    marks = Marks(whole(ROWS), board)  # type: ignore[arg-type]
    planted = html("Cy Fox", "Supplier payments and dunning")
    found = {
        pack: foreign(planted, "html", marks.of(of_pack(pack)), marks.known)  # type: ignore[arg-type]
        for pack in ("board", "owner")
    }
    assert found == {
        "board": ("the name Cy Fox",),
        "owner": ("the name Cy Fox", "the title Supplier payments and dunning"),
    }
    assert marks.unsought([of_pack("board"), of_pack("owner")]) == (  # type: ignore[list-item]
        "Your templates of the pack board say the title Supplier payments and dunning: in its reports it is not looked "
        "for.",
    )


def test_nothing_is_told_of_a_search_that_no_reader_needs(monkeypatch: pytest.MonkeyPatch) -> None:
    everyone, bounded = SimpleNamespace(summary=whole(ROWS)), SimpleNamespace(summary=of_reader(ROWS, {0}))
    marks = SimpleNamespace(unsought=lambda readers: ("not looked for",))
    for readers, told in (([everyone], ()), ([everyone, bounded], ("not looked for",))):
        monkeypatch.setattr("pipeline.render.readers.readers", lambda summaries, settings, found=readers: found)
        assert unsought((), None, marks) == told  # type: ignore[arg-type]


def test_the_columns_of_a_register_are_gone_through_only_for_what_its_ids_and_titles_do_not_settle() -> None:
    rows = [{**ROWS[0], "description": "As FI-201"}, *ROWS[1:]]
    marks = Marks(whole(rows), Path("none"))  # type: ignore[arg-type]
    reader = SimpleNamespace(pack=SimpleNamespace(folders=()), language="en", summary=of_reader(rows, {0}))
    told = [
        (marks.problem(reader, read(html(text), "html")), "_of_item" in vars(marks))  # type: ignore[arg-type]
        for text in ("Replace pumps at Weir Lane", "FI-201")
    ]
    assert told == [("", False), ("", True)]


def test_what_the_product_says_itself_is_not_looked_for_and_told() -> None:
    rows = [*ROWS, {"id": "WO-019", "title": "How verdicts are reached", "department": "IT", "accountable": "Cy Fox"}]
    assert Marks(whole(rows), Path("none")).unsought([]) == (  # type: ignore[arg-type]
        "The reports themselves say the title How verdicts are reached: in none of them is it looked for.",
    )
