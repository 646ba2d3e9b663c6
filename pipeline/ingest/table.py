"""One sheet -> one table: its columns mapped to fields, its rows told apart, or why the sheet is passed over."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from pipeline.fields import FIELDS, HANDOVER_CHECKS, PEOPLE_FIELDS
from pipeline.findings import finding
from pipeline.ingest.content import checked_by_content, titled_by_the_fuller
from pipeline.ingest.fill import carried_down, unmerged
from pipeline.ingest.header import Header
from pipeline.ingest.headings import Headings, Match, assign, normalise
from pipeline.ingest.matrix import matrix_columns, without
from pipeline.ingest.ranges import letters
from pipeline.ingest.reader import BLANK, TEXT, Area, RawSheet
from pipeline.ingest.rows import Rows, name_column, tell_rows
from pipeline.ingest.told import (
    carried_findings,
    mapping_findings,
    merged_findings,
    outside_findings,
    row_findings,
    surplus_findings,
)
from pipeline.model import Finding, SheetReading

_SAMPLED, _SAMPLES = 200, 3
"""Rows looked at for a column's first different values, and how many of those are kept."""
_FIELD_KINDS = {field.id: field.kind for field in FIELDS}
_ADDRESS = r"^\s*[^\s@]+@[^\s@]+\.\w+\s*$"
_PHONE = re.compile(
    r"(phone|tel|mobile|mobil|handy|telefon\w*|telefoon|movil|cellulare|celular|portable)( (no|nr|number))?"
)
_FEWEST_CHECKS = 3
_PLANNED = frozenset(("start", "effort", "cadence", "progress", "type", "budget"))
"""What a register says of its work, and a list of handovers does not."""
STRONG = 3
"""The strength of a table with a name column and something only work has."""
_PEOPLE_NAMES = {
    normalise(name)
    for name in (
        "People|Person|Staff|Team|Capacity|Resources|Personal|Personen|Mitarbeiter|Kapazität|Personnel|Personnes|Équipe"
        "|Capacité|Personas|Capacidad|Pessoas|Equipe|Capacidade|Persone|Capacità|Mensen|Medewerkers|Capaciteit"
    ).split("|")
}
"""What sheets that list people are called."""


@dataclass(frozen=True, eq=False)
class Table:
    """A table on a sheet. `fields`: field -> sheet column; `rows`: what each row is."""

    file: str
    sheet: RawSheet
    header: Header
    fields: dict[str, int]
    rows: Rows
    strength: int
    """How sure it is a register of work: number of telling fields, 0 = none."""
    names: tuple[int, ...]
    """Columns that name an item, in order of preference."""
    unmapped: tuple[int, ...]
    matrix: tuple[int, ...]
    """Columns of a RACI matrix: each is headed by a person and holds letters."""
    findings: tuple[Finding, ...]
    matches: Mapping[str, Match]
    """Field -> how its heading was told."""
    number: int = 0
    """Its place among the tables of its sheet, 0 for the main one."""
    _columns: dict[int, tuple[pa.StringArray, np.ndarray]] = field(default_factory=dict, init=False, repr=False)
    """Columns that were asked for, since each is asked for several times."""

    @property
    def used(self) -> np.ndarray:
        """0-based sheet rows of the items that are used."""
        return np.flatnonzero(self.rows.items & ~self.rows.refused) + self.rows.first

    def column(self, field: str) -> tuple[pa.StringArray, np.ndarray] | None:
        """The used rows' texts and kinds of a field; None where the sheet has no such column."""
        if field not in self.fields:
            return None
        return self.column_at(self.fields[field])

    def column_at(self, column: int) -> tuple[pa.StringArray, np.ndarray]:
        """The used rows' texts (trimmed) and kinds of a sheet column."""
        if column not in self._columns:
            used, texts, kinds = self.used, self.sheet.texts[column], self.sheet.kinds[column]
            if len(used) and used[-1] - used[0] + 1 == len(used):  # the usual case, for which nothing is copied
                texts, kinds = texts[used[0] : used[-1] + 1], kinds[used[0] : used[-1] + 1]
            else:
                texts, kinds = texts.take(pa.array(used)), kinds[used]
            trimmed = pc.utf8_trim_whitespace(texts)
            self._columns[column] = texts if trimmed.nbytes == texts.nbytes else trimmed, kinds  # held once if alike
        return self._columns[column]

    def reading(self) -> SheetReading:
        """What was made of the sheet, for the record."""
        items, refused = int(self.rows.items.sum()), int(self.rows.refused.sum())
        return SheetReading(
            sheet=self.sheet.name,
            header_row=self.header.last + 1,
            rows_in=items,
            rows_used=items - refused,
            rows_refused=refused,
            mapping={self.heading(column): field for field, column in self.fields.items()},
            columns={field: letters(column) for field, column in self.fields.items()},
            certainty={self.heading(self.fields[field]): match.certainty for field, match in self.matches.items()},
            basis={self.heading(self.fields[field]): match.basis for field, match in self.matches.items()},
            unread={self.heading(column): letters(column) for column in self.unmapped if column not in self.matrix},
            samples={self.heading(column): self._sample(column) for column in (*self.fields.values(), *self.unmapped)},
        )

    def _sample(self, column: int) -> tuple[str, ...]:
        """The first few different values of a column's used rows."""
        return tuple(text for text in self.column_at(column)[0][:_SAMPLED].unique().to_pylist() if text)[:_SAMPLES]

    def heading(self, column: int) -> str:
        """The heading of a sheet column, or its letter where it has none."""
        return self.header.headings[column] or f"column {letters(column)}"


def read_table(file: str, sheet: RawSheet, header: Header, known: Headings, area: Area | None = None) -> Table | str:
    """The register under these headings, or the reason why there is none; `area` is the Excel Table it is."""
    sheet, merged = unmerged(sheet, header)
    held = _held_columns(sheet, header)
    columns = [column for column in held if column <= _last_column(header)]
    matrix = tuple(column for column in matrix_columns(sheet, header, known) if column in columns)
    chosen, contests = assign(without(header, matrix), known)
    chosen = checked_by_content(sheet, header, {column: match for column, match in chosen.items() if column in columns})
    chosen, contests = titled_by_the_fuller(sheet, header, chosen, contests)
    fields = {match.field: column for column, match in chosen.items()}
    matches = {match.field: match for match in chosen.values()}
    findings = [*merged_findings(file, sheet, merged), *mapping_findings(file, sheet, header, chosen, contests)]
    names = [fields[name] for name in ("title", "description") if name in fields]
    ignored = [column for column in columns if normalise(header.headings[column]) in known.ignored]
    if not names and says_what_is_ready(fields):
        names = [fields["id"]]  # a list of handovers may call its items by their IDs alone
    elif "title" not in fields:
        column = _naming(sheet, header, columns, fields)
        if column is not None and ("description" not in fields or not header.headings[column]):
            fields = {field: at for field, at in fields.items() if at != column} | {"title": column}
            matches = {field: matches[field] for field in fields if field in matches}
            matches["title"] = Match("title", 0.5, "", 0, "content")
            names.insert(0, column)
            heading = header.headings[column] or f"column {letters(column)}"
            findings.append(
                finding("R13", file=file, sheet=sheet.name, cell=f"{letters(column)}{header.last + 1}", heading=heading)
            )
    if not names:
        return "no column names work items"
    spare = name_column(sheet, header, columns, {*fields.values(), *ignored})
    telling = [column for field, column in fields.items() if column not in names and _only_work_has(field)]
    rows = tell_rows(sheet, header, columns, names, spare, fields, telling, area)
    sheet, carried = carried_down(sheet, rows, fields)
    unmapped = tuple(column for column in held if column not in fields.values())
    findings += [*carried_findings(file, sheet, header, carried), *row_findings(file, sheet, rows)]
    findings += [*outside_findings(file, sheet, rows, area), *surplus_findings(file, sheet, header, rows)]
    names += [] if spare is None else [spare]
    strength = _strength(fields, chosen) + (2 if matrix else 0)
    if strength <= 2 and _lists_addresses(sheet, header, columns):
        return "it lists people and how to reach them"
    return Table(file, sheet, header, fields, rows, strength, tuple(names), unmapped, matrix, tuple(findings), matches)


def is_people(sheet: RawSheet, header: Header | None, people: Headings) -> bool:
    """The sheet lists people: it is called so or says their hours or addresses, and heads a column of names."""
    if header is None:
        return False
    found = {match.field for match in assign(header.headings, people)[0].values() if match.certainty > 0.9}
    telling = found & {"weekly_hours", "fte", "email", "manager", "aliases", "target", "leave_days"}
    called = normalise(sheet.name) in _PEOPLE_NAMES
    return "name" in found and ((called and len(found) >= 3) or (len(telling) >= 2 and len(found) >= 4))


def says_what_is_ready(fields: Collection[str]) -> bool:
    """The columns are those of a list of handovers: an item, three checks or more, and none that only work has."""
    checks = len(HANDOVER_CHECKS.intersection(fields))
    return checks >= _FEWEST_CHECKS and _PLANNED.isdisjoint(fields) and not {"id", "title"}.isdisjoint(fields)


def people_headings() -> Headings:
    """What the columns of a People sheet are called."""
    return Headings(PEOPLE_FIELDS)


def _naming(sheet: RawSheet, header: Header, columns: list[int], fields: Mapping[str, int]) -> int | None:
    """The column that names the items where none is headed so: one that means nothing else, else texts or ids."""
    column = name_column(sheet, header, columns, set(fields.values()))
    if column is not None or "description" in fields:
        return column
    return name_column(
        sheet, header, columns, {at for field, at in fields.items() if _FIELD_KINDS[field] not in ("text", "id")}
    )


def _only_work_has(field: str) -> bool:
    """Fields of words and dates that a work item fills and a total does not."""
    return _FIELD_KINDS[field] in ("people", "date", "cadence") or field in ("status", "phase")


def _strength(fields: dict[str, int], chosen: dict[int, Match]) -> int:
    """Telling fields: a name, and what only work has (people, dates, effort, status, cadence).

    A type and a budget add to those; alone they tell no work from other lists.
    """
    named = any(match.field in ("title", "description") and match.certainty >= 0.7 for match in chosen.values())
    work = sum(_only_work_has(field) or field in ("effort", "progress") for field in fields)
    more = sum(field in ("type", "budget") for field in fields) if work else 0
    return (2 if named else 0) + work + more


def _lists_addresses(sheet: RawSheet, header: Header, columns: Sequence[int]) -> bool:
    """A column of e-mail addresses, or one headed as telephone numbers."""
    for column in columns:
        if _PHONE.fullmatch(normalise(header.headings[column])):
            return True
        is_text = pa.array(sheet.kinds[column][header.last + 1 :][:_SAMPLED] == TEXT)
        texts = sheet.texts[column].slice(header.last + 1, _SAMPLED).filter(is_text)
        if len(texts) >= 2 and np.mean(np.asarray(pc.match_substring_regex(texts, _ADDRESS))) >= 0.6:
            return True
    return False


def _last_column(header: Header) -> int:
    """The table's last column: that of its last heading, or the sheet's where one heading stands for all."""
    headed = [column for column, heading in enumerate(header.headings) if heading]
    return headed[-1] if len(headed) > 1 else len(header.headings) - 1


def _held_columns(sheet: RawSheet, header: Header) -> list[int]:
    """The headed columns, and those without a heading that hold something."""
    held = [np.any(kinds[header.last + 1 :] != BLANK) for kinds in sheet.kinds]
    return [column for column, heading in enumerate(header.headings) if heading or held[column]]
