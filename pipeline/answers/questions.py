"""What a person may settle about headings: those that are uncertain, then those that are not read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from pipeline.answers.check import BASIS_WORDS, TITLES, letter, uncertain
from pipeline.answers.text import shortened
from pipeline.model import Register, SheetReading


@dataclass(frozen=True)
class Question:
    """One heading to settle: where it stands, what its column holds, and the field it is taken for ("" = none)."""

    heading: str
    place: str
    field: str
    how: str
    samples: tuple[str, ...]
    others: Mapping[str, str]
    """Field -> the heading of the sheet's column that is read as it."""

    def lines(self) -> Iterator[str]:
        """The question in words."""
        held = f"holds {shortened(', '.join(self.samples), 60)}" if self.samples else "is blank"
        yield f"'{shortened(self.heading, 50)}'  ({self.place}; it {held})"
        if self.field:
            yield f"  is read as {TITLES[self.field]} ({self.how}). [Enter] keeps that, - leaves it unread."
        else:
            yield "  is not read. [Enter] leaves it so for now, - for good."


def questions(register: Register, ignored: Sequence[str]) -> list[Question]:
    """Every heading to settle, once, in the order of the files; none of `ignored`, which are settled."""
    from pipeline.ingest.headings import normalise

    asked = {normalise(heading) for heading in ignored}
    found: list[Question] = []
    for file in register.files:
        for sheet in file.sheets:
            for heading in (*uncertain(sheet), *sheet.unread):
                place = f"column {letter(sheet, heading)} of {file.name}, {sheet.sheet}"
                if normalise(heading) not in asked and not _is_a_letter(sheet, heading):
                    asked.add(normalise(heading))
                    found.append(_question(sheet, heading, place))
    return found


def field_called(text: str) -> str | None:
    """The field that a person names by its id, its title or one of its usual headings; None where there is none."""
    from pipeline.fields import FIELDS
    from pipeline.ingest.headings import Headings, normalise

    for field in FIELDS:
        if normalise(text) in (normalise(field.id), normalise(field.title)):
            return field.id
    matches = Headings(FIELDS).matches(text)
    return matches[0].field if matches and matches[0].basis == "exact" else None


def _question(sheet: SheetReading, heading: str, place: str) -> Question:
    field = sheet.mapping.get(heading, "")
    how = BASIS_WORDS[sheet.basis.get(heading, "exact")]
    others = {taken: other for other, taken in sheet.mapping.items()}
    return Question(heading, place, field, how, sheet.samples.get(heading, ()), others)


def _is_a_letter(sheet: SheetReading, heading: str) -> bool:
    """The column has no heading of its own, so there is nothing to remember it by."""
    return heading == f"column {letter(sheet, heading)}"
