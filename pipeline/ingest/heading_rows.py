"""Put headings of several rows together: what each column is called, and which merged groups only box headings in."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from pipeline.fields import FIELDS
from pipeline.ingest.group_words import BOXES, MONEY, OTHER_PARTIES, OTHER_THINGS, VAGUE
from pipeline.ingest.heading_words import COMMON, normalise, on_one_line, sense
from pipeline.ingest.headings import Headings
from pipeline.ingest.reader import RawSheet

_CERTAIN = 0.9
_KINDS = {field.id: field.kind for field in FIELDS}
_OF_THE_ITEM = ("id", "title")
_OF_WORK = frozenset(("id", "cadence", "effort"))
"""Two of these, or the title, hardly speak of anything but the item; dates, people and status speak of anything."""
_UNITS = ("department", "team")
"""Fields that stand beside people where a group says who does the work."""


@dataclass(frozen=True)
class Box:
    """A group's text above headings that mean something without it: its 0-based cell, and those headings."""

    row: int
    column: int
    text: str
    headings: tuple[str, ...]
    columns: tuple[int, ...]
    left_out: bool
    """They are read without it; otherwise that is a question, and they are not read."""


@dataclass(frozen=True)
class _Group:
    """Columns side by side under the same group, which no heading joined with it explains."""

    first: int
    words: tuple[str, ...]
    lowers: tuple[str, ...]
    """The lower headings."""
    fields: tuple[str, ...]
    """What each of them means for certain, or ""."""
    joined: tuple[str, ...]
    """What each means together with the group."""

    @property
    def freed(self) -> dict[int, str]:
        """Column -> field, of those that mean something, or something else, without the group."""
        pairs = enumerate(zip(self.fields, self.joined, strict=True), start=self.first)
        return {column: field for column, (field, whole) in pairs if field and whole != field}


def joined(
    rows: Sequence[Sequence[str]], first: int, last: int, sheet: RawSheet, known: Headings | None
) -> tuple[tuple[str, ...], tuple[Box, ...]]:
    """One heading a column, and the groups they are read without, or may have to be.

    A heading is the texts of the heading rows from top to bottom, merged ones spread: `Plan` over `Start` is `Plan
    Start`. A group that nothing is known of (`Planning data` over `Hours`) is left out where it only boxes headings
    in: it says nothing of another thing (`Vendor` over `Contact`), no column outside means what they mean, and they
    are plainly the item's. `Warranty` over `Start` is kept, and asked about.
    """
    levels = _levels(rows, first, last, sheet)
    if known is None:
        return tuple(" ".join(parts) for parts in levels), ()
    headings = [_meaning(parts, known) for parts in levels]
    boxes = []
    for group in _boxes(levels, headings, known):
        told = {column: group.lowers[column - group.first] for column in group.freed}
        left_out = _says_what_it_is(group) or _is_of_people(group, known) or _is_of_the_item(group)
        if left_out:
            headings = [told.get(column, heading) for column, heading in enumerate(headings)]
        text = " ".join(levels[group.first][:-1])
        row = next(at for at in range(first, last + 1) if rows[at][group.first].strip())
        boxes.append(Box(row, group.first, text, tuple(told.values()), tuple(told), left_out))
    return tuple(headings), tuple(boxes)


def _levels(rows: Sequence[Sequence[str]], first: int, last: int, sheet: RawSheet) -> list[list[str]]:
    """The texts over each column, from top to bottom, each once."""
    grid = [list(rows[at]) for at in range(first, last + 1)]
    for top, left, bottom, right in sheet.merges:
        if first <= top and bottom <= last:
            for column in range(left, min(right + 1, len(grid[0]))):
                grid[top - first][column] = rows[top][left]
    columns = zip(*grid, strict=True)
    return [list(dict.fromkeys(on_one_line(text) for text in column if text.strip())) for column in columns]


def _meaning(parts: Sequence[str], known: Headings) -> str:
    """The levels of a heading together, or the lowest two that mean something where all together do not."""
    whole, tail = " ".join(parts), " ".join(parts[-2:])
    return tail if len(parts) > 2 and not known.matches(whole) and known.matches(tail) else whole


def _boxes(levels: Sequence[list[str]], headings: Sequence[str], known: Headings) -> list[_Group]:
    """The groups that may only box headings in, from left to right."""
    certain = [_means(heading, known) for heading in headings]
    found = [group for group in _groups(levels, certain, known) if group.freed and _may_be_left_out(group, known)]
    freed = {column: field for group in found for column, field in group.freed.items()}
    claims = {column: freed.get(column, field) for column, field in enumerate(certain)}
    return [group for group in found if not _says_it_again(group, claims)]


def _groups(levels: Sequence[list[str]], certain: Sequence[str], known: Headings) -> Iterable[_Group]:
    for above, columns in groupby(range(len(levels)), key=lambda column: tuple(levels[column][:-1])):
        held = list(columns)
        if above:
            words = tuple(normalise(" ".join(above)).split())
            lowers = tuple(levels[column][-1] for column in held)
            fields = tuple(_means(lower, known) for lower in lowers)
            yield _Group(held[0], words, lowers, fields, tuple(certain[column] for column in held))


def _may_be_left_out(group: _Group, known: Headings) -> bool:
    """A word for a box, or an unknown one over headings most of which we know and that mean little else.

    People are of the item only in company: a lone `Owner` may own what the group names. Over one heading, and over
    amounts of money, the word has to say what it is.
    """
    if _is_of_people(group, known):
        return True
    if any(whole and lower and whole != lower for whole, lower in zip(group.joined, group.fields, strict=True)):
        return False
    if _says_what_it_is(group):
        return True
    if (
        len(group.lowers) == 1
        or known.matches(" ".join(group.words))
        or any(word.startswith(MONEY) or _speaks_of_another(word) for word in group.words)
    ):
        return False
    plain = [normalise(lower) for lower in group.lowers]
    if any(len(lower) < 2 or lower in VAGUE for lower in plain):
        return False
    who = [field for field in group.fields if field in _UNITS or _KINDS.get(field) == "people"]
    alone = len(who) == 1 and who[0] not in _UNITS and not set(_OF_THE_ITEM) & set(group.fields)
    return 2 * sum(map(bool, group.fields)) > len(group.fields) and not alone


def _is_of_people(group: _Group, known: Headings) -> bool:
    """A word for people over several roles (`Stakeholders` over `Accountable | Responsible`): each says its own."""
    above = {match.field for match in known.matches(" ".join(group.words))}
    roles = all(_KINDS.get(field) == "people" for field in group.fields)
    several = len(set(group.fields)) == len(group.fields) > 1
    return roles and several and any(_KINDS.get(field) == "people" or field in _UNITS for field in above)


def _says_what_it_is(group: _Group) -> bool:
    """A word for a box, or one for money over amounts of it."""
    if all(word in BOXES or word in COMMON or sense(word) == "plan" for word in group.words):
        return True
    money = any(word.startswith(MONEY) for word in group.words)
    return money and all(_KINDS[field] == "number" for field in group.freed.values())


def _is_of_the_item(group: _Group) -> bool:
    """An unknown word boxes in what only the item has."""
    fields = set(group.freed.values())
    return "title" in fields or len(fields & _OF_WORK) >= 2


def _speaks_of_another(word: str) -> bool:
    """Another party or thing than the item, one of several (`Phase 2`), or what is no plan."""
    another = word not in BOXES and word.startswith(OTHER_PARTIES + OTHER_THINGS)
    return another or any(map(str.isdigit, word)) or bool(sense(word))


def _says_it_again(group: _Group, claims: dict[int, str]) -> bool:
    """A column outside means what one inside means: the group tells the two apart. Words on the item may repeat."""
    inside = range(group.first, group.first + len(group.fields))
    others = {field for column, field in claims.items() if column not in inside}
    return any(field in others and (_KINDS[field] != "text" or field == "title") for field in group.freed.values())


def _means(heading: str, known: Headings) -> str:
    """The field a heading means for certain, or ""."""
    matches = known.matches(heading)
    return matches[0].field if matches and matches[0].certainty > _CERTAIN else ""
