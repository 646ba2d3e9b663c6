"""Responsibility matrices: columns headed by people or positions, whose cells are the letters of their roles."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from pipeline.fields import FIELDS
from pipeline.findings import counted, finding, standing_for
from pipeline.ingest.headings import Headings, normalise
from pipeline.ingest.names import person_key
from pipeline.ingest.ranges import cell_ranges, letters
from pipeline.ingest.reader import RawSheet
from pipeline.model import Finding

if TYPE_CHECKING:
    from pipeline.ingest.header import Header
    from pipeline.ingest.table import Table

LETTERS: Mapping[str, str] = {
    "R": "responsible",
    "A": "accountable",
    "C": "consulted",
    "I": "informed",
    "S": "responsible",
}
"""Letter -> role; S is support, the helping hand of those responsible."""
_CODE = r"[RACIS](?:\s*[/,;+&|.]?\s*\(?[RACIS]\)?)*\.?"
_IS_CODE = re.compile(_CODE)
_NOTHING = frozenset(("", "-", "–", "—", ".", "/", "n/a", "N/A"))
_NEARLY_ALL, _MOST = 0.8, 0.5
"""The share of a column's cells that are letters of roles; the smaller one beside a matrix, under a name."""
_MOST_CODES = 40
"""A matrix says few different things; more are words."""
_PERSON = re.compile(r"[^\W\d_a-z][\w'’.\-]*(?:\s+[\w'’.\-]+){1,3}|[^\W\d_a-z]\.\s?\w[\w'’\-]+")
_GRADES = frozenset(
    "state status class type kind decision result outcome rag confidence criticality critical health priority risk"
    " grade rating level category code severity impact stage phase rank tier band flag score size zone"
    " zustand stand typ art entscheidung klasse stufe ergebnis prioritat risiko note bewertung kategorie ampel"
    " etat statut classe resultat priorite risque niveau categorie criticite gravite sante confiance"
    " estado clase tipo resultado prioridad riesgo nivel categoria criticidad gravedad salud confianza calificacion"
    " situacao decisao prioridade risco criticidade gravidade saude confianca classificacao"
    " stato esito decisione risultato priorita rischio livello criticita gravita salute fiducia valutazione"
    " staat soort besluit resultaat prioriteit risico klasse beoordeling oordeel".split()
)  # fmt: skip
"""What is graded by letters, in seven languages, normalised: such a heading names nobody."""
_GRADED = ("status", "klasse", "stufe", "ergebnis", "entscheidung", "prioritat", "risiko", "bewertung", "kategorie",
           "resultaat", "besluit", "prioriteit", "risico", "categorie", "beoordeling")  # fmt: skip
"""How compounds of these end."""
_HEADS_FIRST = frozenset(
    "etat statut classe resultat priorite niveau categorie criticite gravite estado clase tipo resultado prioridad"
    " nivel categoria criticidad gravedad situacao decisao prioridade stato esito decisione risultato priorita"
    " livello".split()
)  # fmt: skip
"""Those that stand first in Romance languages; a `Decision maker` and a `Risk manager` are somebody."""
_NAMES_APART = re.compile(r"[,;/&\n]")
_PEOPLE = frozenset(field.id for field in FIELDS if field.kind == "people")


def is_code(text: str) -> bool:
    """The text is the letter of a role, or several (`R/A`, `RA`, `I;C`)."""
    return _IS_CODE.fullmatch(text) is not None


def matrix_columns(sheet: RawSheet, header: Header, known: Headings) -> tuple[int, ...]:
    """The columns that make a matrix of roles; none where there is no such matrix.

    The cells of each are nearly all letters of roles, and its heading means no field but people and is nothing that is
    graded. Several such columns together hold an A, an R, and a C or an I; one alone holds an A or an R. Where a
    person among them is named in a column of people too, the A and the R will do; one alone needs that. Beside them,
    a column under what looks like a person's name may hold other texts too.
    """
    headed = [at for at, heading in enumerate(header.headings) if heading and _may_be_a_person(heading, known)]
    said = {at: _codes(sheet, header, at) for at in headed}
    named = {at for at in headed if _PERSON.fullmatch(header.headings[at].strip())}
    sure = {at: codes for at, (codes, share) in said.items() if codes and share >= _NEARLY_ALL}
    spoken = {letter for codes in sure.values() for code in codes for letter in code if letter in LETTERS}
    if len(sure) > 1:
        roles = {"A", "R"} <= spoken and (bool(spoken & {"C", "I"}) or _named_elsewhere(sheet, header, sure, known))
    else:
        roles = bool(spoken & {"A", "R"}) and _named_elsewhere(sheet, header, sure, known)
    if not roles:
        return ()
    return tuple(at for at in headed if at in sure or (at in named and said[at][1] >= _MOST))


def without(header: Header, matrix: Sequence[int]) -> list[str]:
    """The headings, blank over a matrix, whose person or position stands for itself, and where a group is in doubt."""
    unread = {*matrix, *(column for box in header.boxes if not box.left_out for column in box.columns)}
    return ["" if at in unread else heading for at, heading in enumerate(header.headings)]


def matrix_cells(tables: Sequence[Table]) -> pd.DataFrame:
    """The cells of all matrices that are letters of roles: `item`, `person` (the heading), `codes`."""
    parts = [pd.DataFrame({"item": np.zeros(0, np.int64), "person": np.zeros(0, object), "codes": np.zeros(0, object)})]
    offset = 0
    for table in tables:
        for column in table.matrix:
            texts = table.column_at(column)[0]
            rows = np.flatnonzero(_match(texts))
            codes = texts.take(pa.array(rows)).to_numpy(zero_copy_only=False)
            parts.append(pd.DataFrame({"item": rows + offset, "person": table.heading(column), "codes": codes}))
        offset += len(table.used)
    return pd.concat(parts, ignore_index=True) if len(parts) > 1 else parts[0]


def matrix_findings(table: Table) -> list[Finding]:
    """R68, that columns are read as a matrix, and for each of them R69 where it holds something else too."""
    if not table.matrix:
        return []
    first, *more = table.matrix
    place = {"file": table.file, "sheet": table.sheet.name}
    row = table.header.last + 1
    told = finding(
        "R68",
        **place,
        cell=f"{letters(first)}{row}",
        ranges=" ".join(f"{letters(column)}{row}" for column in table.matrix) if more else "",
        read=", ".join(table.heading(column) for column in table.matrix),
        columns=counted(len(table.matrix), "column is", "columns are"),
    )
    return [told, *(one for column in table.matrix for one in _other_texts(table, column, place))]


def _other_texts(table: Table, column: int, place: Mapping[str, str]) -> list[Finding]:
    texts = table.column_at(column)[0]
    other = ~_match(texts) & ~np.asarray(pc.is_in(texts, pa.array(sorted(_NOTHING))))
    rows = table.used[other] + 1
    if not len(rows):
        return []
    read = texts[int(np.flatnonzero(other)[0])].as_py()
    cell = f"{letters(column)}{rows[0]}"
    one = finding("R69", **place, cell=cell, read=read, heading=table.heading(column))
    return [standing_for(one, cell_ranges(letters(column), rows), len(rows))]


def _codes(sheet: RawSheet, header: Header, column: int) -> tuple[list[str], float]:
    """The different letters of roles below a heading, and the share of the filled cells that they are."""
    counts = pc.value_counts(pc.utf8_trim_whitespace(sheet.texts[column].slice(header.last + 1)))
    if len(counts) > _MOST_CODES:
        return [], 0.0
    filled = {one["values"]: one["counts"] for one in counts.to_pylist() if one["values"] not in _NOTHING}
    codes = [text for text in filled if is_code(text)]
    return codes, sum(filled[text] for text in codes) / max(1, sum(filled.values()))


def _named_elsewhere(sheet: RawSheet, header: Header, columns: Collection[int], known: Headings) -> bool:
    """Somebody who heads one of the columns stands in a column of people on the sheet."""
    asked = {person_key(header.headings[at]) for at in columns}
    for at, heading in enumerate(header.headings):
        if at not in columns and any(one.field in _PEOPLE and one.certainty > 0.9 for one in known.matches(heading)):
            cells = sheet.texts[at].slice(header.last + 1).unique().to_pylist()
            if not asked.isdisjoint(person_key(name) for cell in cells for name in _NAMES_APART.split(cell)):
                return True
    return False


def _is_graded(heading: str) -> bool:
    """What the heading is called by, its last word or its first, is graded: `Risk class`, `Estado del registro`."""
    words = normalise(heading).split()
    return bool(words) and (words[0] in _HEADS_FIRST or words[-1] in _GRADES or words[-1].endswith(_GRADED))


def _may_be_a_person(heading: str, known: Headings) -> bool:
    """The heading is no usual one of another field, and not the letter of a role itself."""
    if len(person_key(heading)) < 2 or _is_graded(heading) or normalise(heading) in known.ignored:
        return False
    return all(match.field in _PEOPLE for match in known.matches(heading) if match.certainty > 0.9)


def _match(texts: pa.Array) -> np.ndarray:
    return np.asarray(pc.match_substring_regex(texts, rf"^{_CODE}$"))
