"""One sheet -> one table: its columns mapped to fields, its rows told apart, or why the sheet is passed over."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from pipeline.fields import FIELDS, PEOPLE_FIELDS
from pipeline.findings import counted, finding
from pipeline.ingest.content import checked_by_content
from pipeline.ingest.header import Header, find_header
from pipeline.ingest.headings import Headings, Match, assign, normalise
from pipeline.ingest.people import is_code_column
from pipeline.ingest.reader import BLANK, RawSheet
from pipeline.ingest.rows import Rows, name_column, tell_rows
from pipeline.model import Finding, SheetReading

_SHOWN_REFUSALS = 20
_SAMPLED, _SAMPLES = 200, 3
"""Rows looked at for a column's first different values, and how many of those are kept."""
_FIELD_TITLES = {field.id: field.title for field in FIELDS}
_FIELD_KINDS = {field.id: field.kind for field in FIELDS}
_PIVOT = re.compile(
    r"(?i)^(?:(?:sum|count|average|min|max|summe|anzahl|mittelwert|somme|nombre|moyenne|suma|cuenta|promedio|soma|contagem"
    r"|média|somma|conteggio|media|som|aantal|gemiddelde) (?:of|von|de|di|van) |row labels|zeilenbeschriftungen"
    r"|étiquettes de lignes|etiquetas de fila|rótulos de linha|etichette di riga|rijlabels)"
)
"""How spreadsheet programs head the columns of a pivot table."""
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
        used = self.used
        return pc.utf8_trim_whitespace(self.sheet.texts[column].take(pa.array(used))), self.sheet.kinds[column][used]

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
            samples={
                self.heading(column): self._sample(column) for column in (*self.fields.values(), *self.unmapped)
            },
        )

    def _sample(self, column: int) -> tuple[str, ...]:
        """The first few different values of a column's used rows."""
        return tuple(text for text in self.column_at(column)[0][:_SAMPLED].unique().to_pylist() if text)[:_SAMPLES]

    def heading(self, column: int) -> str:
        """The heading of a sheet column, or its letter where it has none."""
        return self.header.headings[column] or f"column {letters(column)}"


def letters(column: int) -> str:
    """0 -> A, 26 -> AA."""
    text = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        text = chr(65 + rest) + text
    return text


def read_table(file: str, sheet: RawSheet, known: Headings) -> Table | str:
    """The register on a sheet, or the reason why there is none."""
    header = find_header(sheet, known)
    if header is None:
        return "no row of headings over work items was found" if sheet.rows else "it is empty"
    if any(_PIVOT.match(heading) for heading in header.headings):
        return "it is a pivot table, which sums up other rows"
    sheet, merged = _unmerged(sheet, header)
    columns = _table_columns(sheet, header)
    chosen, contests = assign(header.headings, known)
    chosen = checked_by_content(sheet, header, {column: match for column, match in chosen.items() if column in columns})
    fields = {match.field: column for column, match in chosen.items()}
    matches = {match.field: match for match in chosen.values()}
    findings = [*merged_findings(file, sheet, merged), *_mapping_findings(file, sheet, header, chosen, contests)]
    names = [fields[name] for name in ("title", "description") if name in fields]
    if "title" not in fields:
        column = name_column(sheet, header, columns, set(fields.values()))
        if column is not None and ("description" not in fields or not header.headings[column]):
            fields["title"], matches["title"] = column, Match("title", 0.5, "", 0, "content")
            names.insert(0, column)
            heading = header.headings[column] or f"column {letters(column)}"
            findings.append(
                finding("R13", file=file, sheet=sheet.name, cell=f"{letters(column)}{header.last + 1}", heading=heading)
            )
    if not names:
        return "no column names work items"
    spare = name_column(sheet, header, columns, set(fields.values()))
    telling = [column for field, column in fields.items() if column not in names and _only_work_has(field)]
    rows = tell_rows(sheet, header, columns, names, spare, fields.get("id"), telling)
    unmapped = tuple(column for column in columns if column not in fields.values())
    findings += _row_findings(file, sheet, rows, hidden=sheet.hidden_rows)
    names += [] if spare is None else [spare]
    matrix = tuple(column for column in unmapped if header.headings[column] and _holds_codes(sheet, header, column))
    strength = _strength(fields, chosen) + (2 if matrix else 0)
    return Table(file, sheet, header, fields, rows, strength, tuple(names), unmapped, matrix, tuple(findings), matches)


def is_people(sheet: RawSheet, header: Header | None, people: Headings) -> bool:
    """The sheet lists people: it is called so or says their hours or addresses, and heads a column of names."""
    if header is None:
        return False
    found = {match.field for match in assign(header.headings, people)[0].values() if match.certainty > 0.9}
    telling = found & {"weekly_hours", "fte", "email", "manager", "aliases", "target", "leave_days"}
    called = normalise(sheet.name) in _PEOPLE_NAMES
    return "name" in found and ((called and len(found) >= 3) or (len(telling) >= 2 and len(found) >= 4))


def people_headings() -> Headings:
    """What the columns of a People sheet are called."""
    return Headings(PEOPLE_FIELDS)


def _only_work_has(field: str) -> bool:
    """Fields of words and dates that a work item fills and a total does not."""
    return _FIELD_KINDS[field] in ("people", "date", "cadence") or field in ("status", "phase")


def _strength(fields: dict[str, int], chosen: dict[int, Match]) -> int:
    """Telling fields: a name, and what only work has (people, dates, effort, status, cadence)."""
    named = any(match.field in ("title", "description") and match.certainty >= 0.7 for match in chosen.values())
    work = sum(_only_work_has(field) or field in ("effort", "progress", "type", "budget") for field in fields)
    return (2 if named else 0) + work


def _holds_codes(sheet: RawSheet, header: Header, column: int) -> bool:
    texts = sheet.texts[column].slice(header.last + 1).unique().to_pylist()
    return len(texts) < 20 and is_code_column(texts)


def _table_columns(sheet: RawSheet, header: Header) -> list[int]:
    """The headed columns, and columns without a heading to their left or among them that hold something."""
    headed = [column for column, heading in enumerate(header.headings) if heading]
    held = [column for column in range(len(header.headings)) if np.any(sheet.kinds[column][header.last + 1 :] != BLANK)]
    last = max(headed)
    beside = [column for column in held if column > last] if len(headed) == 1 else []
    return sorted({*headed, *(column for column in held if column < last), *beside})


def _unmerged(sheet: RawSheet, header: Header) -> tuple[RawSheet, list[str]]:
    """The sheet with each merged block below the headings filled down from its first cell, and those blocks."""
    blocks: list[str] = []
    texts, kinds = list(sheet.texts), list(sheet.kinds)
    by_column: dict[int, list[tuple[int, int]]] = {}
    for top, left, bottom, right in sheet.merges:
        if top > header.last and bottom > top and right == left and left < len(texts) and kinds[left][top] != BLANK:
            by_column.setdefault(left, []).append((top, min(bottom, sheet.rows - 1)))
            blocks.append(f"{letters(left)}{top + 2}:{letters(left)}{bottom + 1}")
    for column, spans in by_column.items():
        source = np.arange(sheet.rows)
        for top, bottom in spans:
            source[top : bottom + 1] = top
        texts[column], kinds[column] = texts[column].take(pa.array(source)), kinds[column][source]
    return RawSheet(sheet.name, tuple(texts), tuple(kinds), sheet.hidden, sheet.merges, sheet.hidden_rows), blocks


def merged_findings(file: str, sheet: RawSheet, blocks: Sequence[str]) -> list[Finding]:
    """One note for all merged blocks that were filled."""
    if not blocks:
        return []
    return [
        finding(
            "R06",
            file=file,
            sheet=sheet.name,
            cell=blocks[0],
            cells=counted(len(blocks), "block of cells is", "blocks of cells are"),
            where=shortened(blocks),
        )
    ]


def _mapping_findings(
    file: str, sheet: RawSheet, header: Header, chosen: dict[int, Match], contests: list[tuple[int, int, str]]
) -> list[Finding]:
    row = header.last + 1
    close = [
        finding(
            "R10",
            file=file,
            sheet=sheet.name,
            cell=f"{letters(column)}{row}",
            heading=header.headings[column],
            field=_FIELD_TITLES[match.field],
            synonym=match.synonym,
        )
        for column, match in sorted(chosen.items())
        if match.certainty <= 0.9
    ]
    lost = [
        finding(
            "R11",
            file=file,
            sheet=sheet.name,
            cell=f"{letters(loser)}{row}",
            heading=header.headings[loser],
            other=header.headings[winner],
            field=_FIELD_TITLES[field],
        )
        for loser, winner, field in contests
    ]
    return close + lost


def _row_findings(file: str, sheet: RawSheet, rows: Rows, hidden: Sequence[int]) -> list[Finding]:
    found = [
        *_refusals("R20", file, sheet, rows.numbers(rows.nameless)),
        *_refusals("R23", file, sheet, rows.numbers(rows.labels)),
    ]
    for mask, kind in (
        (rows.totals, "totals"),
        (rows.sections, "section titles or notes"),
        (rows.headings, "repeated headings"),
        (rows.examples, "examples, as their titles say"),
    ):
        numbers = rows.numbers(mask)
        if len(numbers):
            where = ("row " if len(numbers) == 1 else "rows ") + shortened([str(number) for number in numbers])
            found.append(
                finding(
                    "R04",
                    file=file,
                    sheet=sheet.name,
                    cell=f"A{numbers[0]}",
                    rows=counted(len(numbers), "row is", "rows are"),
                    kind=kind,
                    where=where,
                )
            )
    among = [row + 1 for row in hidden if row >= rows.first]
    if among:
        found.append(
            finding(
                "R05", file=file, sheet=sheet.name, cell=f"A{among[0]}", rows=counted(len(among), "row is", "rows are")
            )
        )
    return found


def _refusals(code: str, file: str, sheet: RawSheet, numbers: np.ndarray) -> list[Finding]:
    """One finding for each of the first refused rows, and one for all that follow."""
    shown = [
        finding(code, file=file, sheet=sheet.name, cell=f"A{number}", rows="The row", read=_row_text(sheet, number))
        for number in numbers[:_SHOWN_REFUSALS]
    ]
    rest = numbers[_SHOWN_REFUSALS:]
    if len(rest):
        rows = f"And {counted(len(rest), 'row')} more (to row {rest[-1]}): each"
        shown.append(finding(code, file=file, sheet=sheet.name, cell=f"A{rest[0]}", rows=rows, read="the same"))
    return shown


def _row_text(sheet: RawSheet, number: int) -> str:
    return " ".join(filter(None, (texts[number - 1].as_py().strip() for texts in sheet.texts)))


def shortened(parts: Sequence[str], limit: int = 6) -> str:
    """The first few of a list in words: `3, 9, 14 and 5 more`."""
    more = len(parts) - limit
    return ", ".join(parts[:limit]) + (f" and {more} more" if more > 0 else "")
