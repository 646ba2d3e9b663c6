"""The five values that flow through a run, each frozen and each holding the one it came from.

Registers of work become a `Register`, then a `Portfolio`, a `Summary`, `Report`s and `Delivery`s, so that
every printed figure can be followed back to a file, a sheet and a row.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from pipeline.spool import Spooled

if TYPE_CHECKING:
    import pandas as pd
    from pandas.api.extensions import ExtensionArray

    from pipeline.explanation import Explanation

Level = Literal["error", "warning", "note"]
LEVELS: tuple[Level, ...] = ("note", "warning", "error")
"""Findings' levels from light to grave; `--fail-on` compares against this order."""


Basis = Literal["exact", "synonym", "parts", "close", "content"]
"""What tells a column's field: a usual heading, the user's own synonym, a part of a longer or twofold heading, a
heading spelled nearly so, or what the cells hold."""


@dataclass(frozen=True)
class Finding:
    """One problem in the data, with its place and a message that says what to do.

    `message` is all of it in one line; `problem`, `assumed` and `remedy` are its parts.
    """

    code: str
    level: Level
    message: str
    file: str = ""
    sheet: str = ""
    cell: str = ""
    read: str = ""
    problem: str = ""
    assumed: str = ""
    """What was taken instead; "" where nothing was."""
    remedy: str = ""
    ranges: str = ""
    """Every cell it stands for where that is more than `cell`: `F40:F51 F60`."""
    count: int = 1
    """How many like it are told in this one."""
    id: str = ""
    title: str = ""
    """The work item of its row, so that it is found even when rows have moved; both "" where it concerns none."""
    field: str = ""
    heading: str = ""
    """The field of its column, and what the column is headed."""
    repeat: bool = False
    """It was told in the period before, too."""

    @property
    def place(self) -> str:
        """Where it is, as a person would write it: `q4.xlsx, Register!F12`."""
        spot = "!".join(part for part in (self.sheet, self.cell) if part)
        return ", ".join(part for part in (self.file, spot) if part)


@dataclass(frozen=True)
class SheetReading:
    """What was made of one sheet: where its table is and what became of its rows."""

    sheet: str
    header_row: int
    """1-based row of the (last) heading row on the sheet."""
    rows_in: int
    rows_used: int
    rows_refused: int
    mapping: Mapping[str, str]
    """Heading as written on the sheet -> field."""
    columns: Mapping[str, str]
    """Field -> column letter, so that a cell can be named."""
    certainty: Mapping[str, float] = field(default_factory=dict)
    """Heading -> how sure its field is, above 0 to 1 = certain."""
    basis: Mapping[str, Basis] = field(default_factory=dict)
    """Heading -> what its field was told by."""
    unread: Mapping[str, str] = field(default_factory=dict)
    """Heading that means no field -> column letter."""
    samples: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Heading -> its column's first few different values, read or unread."""
    tables: Mapping[int, Mapping[str, str]] = field(default_factory=dict)
    """Number of each table of work on the sheet -> its `columns`; empty where there is one, number 0."""


@dataclass(frozen=True)
class FileReading:
    """What was made of one file: read with its sheets, or refused with a reason."""

    path: str
    name: str
    status: Literal["read", "refused"]
    reason: str = ""
    sha256: str = ""
    size: int = 0
    sheets: tuple[SheetReading, ...] = ()


DecidedKind = Literal["project", "operation", "mixed", "evidence"]
DECIDED_KINDS: tuple[DecidedKind, ...] = ("project", "operation", "mixed", "evidence")
"""What a person may decide; `evidence` takes an earlier decision back."""


@dataclass(frozen=True)
class Decision:
    """What a person decided on one work item, with who, when and why; it stands above the evidence.

    `id`, `title` and `department` say which item; `when` and `until` are days (YYYY-MM-DD) or "", `until` being
    the last day on which it holds; `source` is where it was written, such as `2026-10.xlsx, Review!J5`.
    """

    id: str
    title: str
    department: str
    kind: DecidedKind
    who: str = ""
    when: str = ""
    why: str = ""
    until: str = ""
    source: str = ""
    key: str = ""


@dataclass(frozen=True, eq=False)
class Register:
    """All work items that were read, one row each.

    `items`: typed columns named after FIELDS, preceded by the provenance `file`, `sheet`, `row` (1-based) and
    `table` (which of the sheet's tables, 0 for the only or main one); the index is 0..n-1 and is what other frames
    call `item`. Columns and kinds: `fields.item_columns()`. Dates are `datetime64[s]` (missing = NaT); effort,
    number and share are `float64` (missing = NaN; share 1 = 100 %); cadence is one of CADENCES or ""; everything else
    is an Arrow string (missing = "").
    `cells`: the same index, one column per FIELD, each the cell's text as a person sees it ("" = blank).
    `people`: the People sheet, one row a person (columns: PEOPLE_FIELDS); empty where there is none.
    `roles`: one row per item, role and person named: `item`, `role` (accountable, responsible, deputy,
    sponsor, consulted, informed), `person`, `share` (0..1, of the role's work; shares of one item's
    responsible people add up to 1).
    `decisions`: what people wrote on Review sheets that were dropped in, in the order of the files.
    """

    items: pd.DataFrame
    cells: pd.DataFrame
    people: pd.DataFrame
    roles: pd.DataFrame
    files: tuple[FileReading, ...]
    findings: tuple[Finding, ...] = ()
    decisions: tuple[Decision, ...] = ()

    def cell_of(self, item: int, name: str) -> str:
        """The cell that holds a field of an item, such as `F12`; "" where the sheet has no such column."""
        file, sheet, table, row = self.place_of(item)
        letter = self.tables.get((file, sheet, table), {}).get(name)
        return f"{letter}{row}" if letter else ""

    def place_of(self, item: int) -> tuple[str, str, int, int]:
        """An item's file, sheet, number of its table there, and 1-based row."""
        file, sheet, table, row = (column[item] for column in self._places)
        return str(file), str(sheet), int(table), int(row)

    @cached_property
    def _places(self) -> tuple[ExtensionArray, ...]:
        """The columns of `place_of`: to look a cell up in a frame takes a hundred times as long."""
        return tuple(self.items[name].array for name in ("file", "sheet", "table", "row"))

    @cached_property
    def tables(self) -> Mapping[tuple[str, str, int], Mapping[str, str]]:
        """File, sheet and number of each table -> field -> column letter."""
        return {
            (file.name, sheet.sheet, number): columns
            for file in self.files
            for sheet in file.sheets
            for number, columns in (sheet.tables or {0: sheet.columns}).items()
        }


@dataclass(frozen=True)
class RuleSet:
    """Which rules judged: a version a person can say, and a hash of every weight and word."""

    version: str
    sha256: str


@dataclass(frozen=True, eq=False)
class Portfolio:
    """All work items with their classification.

    `verdicts` (index as `register.items`): `kind` (project, operation, mixed, undecided), `score`
    (log-odds, positive speaks for a project), `probability` (of a project, 0..1), `certainty` (clear,
    likely, to review), `review` (bool), `review_reason` (why a person should look, "" where none), `level`
    (portfolio, programme, project, task or ""),
    `decided_by` (evidence or decision), `reasons` (sentences), `contradiction` ("" or a sentence). Where a
    person decided, kind and probability are the decision's and the score stays that of the evidence.
    `evidence`: one row per item and contribution: `item` (int32), `criterion`, `family`, `field`, `quote` (the
    cell's own words), `points` (log-odds, signed, after caps and damping; they sum to the score
    together with the criterion `start`).
    Texts of both, `kind` apart, are categories: few of them differ.
    `decided`: by item, the decision that holds.
    """

    register: Register
    verdicts: pd.DataFrame
    evidence: pd.DataFrame
    rule_set: RuleSet
    findings: tuple[Finding, ...] = ()
    decided: Mapping[int, Decision] = field(default_factory=dict)


@dataclass(frozen=True, order=True)
class Period:
    """One calendar month, written `2026-10`."""

    year: int
    month: int

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.month:02d}"

    def plus(self, months: int) -> Period:
        """The month so many months later (earlier where negative)."""
        years, month = divmod(self.year * 12 + self.month - 1 + months, 12)
        return Period(years, month + 1)


@dataclass(frozen=True)
class Figure:
    """One headline number: its value, unit and the work items it was counted from.

    `value` None means not applicable or not known, never zero. `of` is the whole where the figure is a
    part. `items` are the rows behind it.
    """

    id: str
    title: str
    value: float | None
    unit: Literal["count", "share", "hours"] = "count"
    of: float | None = None
    adverse: bool = False
    """True where a figure above zero (a share: above one) asks somebody to act."""
    items: tuple[int, ...] = ()
    previous: float | None = None
    """What it was in the period compared with; None where there is none or it was not known."""


Audience = Literal["organisation", "executive", "department", "person"]
"""Whose work a summary is about, and so whom a report of it is for."""


@dataclass(frozen=True)
class Seen:
    """What the reader of a summary may see: the rule itself, from the register, not what some table came to hold.

    `items`: the work items, None for every one. `names`: the people who have a part in them. `departments`: those
    whose figures may be told.
    """

    items: frozenset[int] | None = None
    names: frozenset[str] = frozenset()
    departments: frozenset[str] = frozenset()


@dataclass(frozen=True, eq=False)
class Summary:
    """The figures and tables of one period and one scope: the organisation, or one of its parts or people."""

    portfolio: Portfolio
    period: Period
    scope: str
    """"" for the whole organisation, else the name of the executive, department or person."""
    figures: Mapping[str, Figure]
    tables: Mapping[str, pd.DataFrame]
    """Table id -> frame with the columns its entry in TABLES declares."""
    findings: tuple[Finding, ...] = ()
    assumptions: tuple[str, ...] = ()
    """Sentences on what was assumed, printed on the method page."""
    explained: Mapping[int, Explanation] = field(default_factory=dict)
    """By item, verdicts that somebody should settle, explained; those a page shows first, in their order."""
    audience: Audience = "organisation"
    run_share_band: tuple[float, float] = (0.0, 1.0)
    """Between which shares run's hours should lie; all of 0 to 1 where no target is set."""
    previous: Period | None = None
    """The last period published before this one, which figures and changes are compared with; None in a first."""
    seen: Seen = Seen()
    answer_by: tuple[date, ...] = ()
    """The days by which the first answers and those on verdicts are wanted."""


@dataclass(frozen=True, eq=False)
class Report:
    """One rendered file, for one pack and scope."""

    name: str
    """File name inside the period's folder, ASCII, stable and sortable."""
    pack: str
    scope: str
    format: str
    kept: bytes | Spooled = field(repr=False)
    language: str = "en"
    problem: str = ""
    """Why it could not be made, in a sentence; its content is then empty, and it is not published."""

    @property
    def content(self) -> bytes:
        """The bytes of the file."""
        return self.kept if isinstance(self.kept, bytes) else self.kept.read()


@dataclass(frozen=True)
class Delivery:
    """What became of one report."""

    report: str
    carrier: str
    path: Path
    sha256: str
    size: int
