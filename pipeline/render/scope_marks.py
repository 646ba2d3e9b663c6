"""What tells the rows, people and departments of a register apart, and which of it each reader may see."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache, cached_property, lru_cache, partial
from pathlib import Path

import pandas as pd

from pipeline.model import Summary
from pipeline.render.read_back import Read
from pipeline.render.readers import Reader
from pipeline.render.scope_check import Allowed, foreign_in
from pipeline.render.scope_figures import subject
from pipeline.render.scope_known import ALONE, Known, lengths_of
from pipeline.render.scope_rows import RowMarks, text_columns
from pipeline.render.scope_words import ID, folded, letters, mark_of_id, mark_of_title, spellings, words
from pipeline.render.shipped import shipped

SHORT = 4
"""Letters of a title or a name that is looked for beside something else."""
UNDER_WAY = 16
"""Readers of whom it is kept what they may see: their PDFs are laid out while others are drawn."""
NAMED = 3
"""Things that a sentence names."""


class Marks:
    """The marks of one run's register. Made once for all readers.

    `whole` is the organisation's summary: nothing else says what others may not see. Raises ValueError for another.
    """

    def __init__(self, whole: Summary, templates: Path) -> None:
        if whole.seen.items is not None:
            raise ValueError(f"reports are searched by the organisation's summary, not by that of {whole.scope}")
        self._whole, self._templates = whole, templates
        self._register = whole.portfolio.register
        self._printed: dict[tuple[tuple[str, ...], str], frozenset[str]] = {}
        self._latest: deque[tuple[Summary, Allowed]] = deque(maxlen=UNDER_WAY)

    @cached_property
    def known(self) -> Known:
        """What is looked for, without what the product says itself."""
        own = own_words()
        spoken = (mark for mark in self._marks if not mark.startswith(ID))
        counts = lengths_of((*spoken, *self._short, *self._singles), " ")
        said = {" ".join(own[at : at + count]) for at, word in enumerate(own) for count in counts.get(word, ())}
        departments = {folded(name): name for name in self._whole.seen.departments}
        return Known(
            {mark: told for mark, told in self._marks.items() if mark not in said},
            departments,
            {run: ids for run, ids in self._short.items() if run not in said},
            {run: name for run, name in self._singles.items() if run not in said},
            f" {' '.join(own)} ",
        )

    def prepare(self) -> None:
        """Work out what does not depend on a reader, which otherwise the first search does."""
        _ = self.known, self._of_person, self._people

    def problem(self, reader: Reader, found: Read) -> str:
        """What something made for a reader holds that they may not see, in a sentence; "" where there is nothing."""
        summary = reader.summary
        if summary.seen.items is None:
            return ""
        told = foreign_in(found, self.of(reader), self.known, summary.scope)
        said = f"What {summary.scope} may not see stands in it: {_few(told, '; ')}. "
        return f"{said}Mend the template that prints it, or leave the pack out." if told else ""

    def of(self, reader: Reader) -> Allowed:
        """What a reader may see, and the words that their pack's own templates print."""
        mine = self.allowed(reader.summary)
        printed = self.printed(reader.pack.folders, reader.language)
        return replace(mine, marks=mine.marks | printed)

    def allowed(self, summary: Summary) -> Allowed:
        """What the reader of a summary may see; the same again for the next file of theirs.

        Working it out asks for their tables, which clears away those of the reader who is served meanwhile.
        """
        told = next((mine for one, mine in self._latest if one is summary), None)
        if told is None:
            told = self._allowed(summary)
            self._latest.append((summary, told))
        return told

    def _allowed(self, summary: Summary) -> Allowed:
        seen = summary.seen
        if seen.items is None:
            every = (*self.known.marks, *(f"{ALONE}{run}" for run in (*self.known.short, *self.known.singles)))
            return Allowed(frozenset(every), frozenset(self.known.departments))
        mine = {mark for text in (*seen.names, summary.scope) for mark in self.known.within(text)}
        mine |= self._proposed(summary)
        mine |= self._telling(seen.items)
        for name in seen.names:
            mine |= self._of_person.get(name, frozenset())
        speaker = cache(partial(self._speaker, seen.items))
        standing = cache(partial(self._standing, seen.items))
        return Allowed(
            frozenset(self._spelt(mine)),
            frozenset(folded(name) for name in seen.departments),
            _colleagues(summary) if getattr(summary, "audience", "") == "person" else frozenset(),
            lambda start: speaker()(start),
            lambda marks: standing() & marks,
        )

    def _telling(self, items: Collection[int]) -> set[str]:
        """The marks by which these rows are told: those of their IDs and titles."""
        rows = self._register.items.take([*items])
        return {marks[text] for name, marks in self._each for text in rows[name].unique().tolist()} - {""}

    def _standing(self, items: Collection[int]) -> set[str]:
        """The marks that stand in any column of these rows."""
        return self._spelt(self._of_item.of(items))

    def _speaker(self, items: Collection[int]) -> Callable[[str], bool]:
        return self._of_item.speaker(items)

    def _spelt(self, marks: set[str]) -> set[str]:
        """The same, and every other way to write the names among them."""
        return marks.union(*(self._people[mark] for mark in marks & self._people.keys()))

    def printed(self, folders: Sequence[str], language: str) -> frozenset[str]:
        """The marks that the user's own templates of these folders, or their catalogue of a language, print."""
        key = (tuple(folders), language)
        if key not in self._printed:
            texts = printed_texts(self._templates, key[0], language)
            self._printed[key] = frozenset(mark for text in texts for mark in self.known.within(text))
        return self._printed[key]

    def unsought(self, readers: Iterable[Reader]) -> tuple[str, ...]:
        """What is not looked for, in sentences; empty where everything is."""
        own = [said for mark, said in self._marks.items() if mark not in self.known.marks]
        printed: dict[str, list[str]] = {}
        for reader in readers:
            marks = self.printed(reader.pack.folders, reader.language) & self.known.marks.keys()
            printed.setdefault(reader.pack.id, []).extend(self.known.marks[mark] for mark in sorted(marks))
        told = [f"The reports themselves say {_few(own)}: in none of them is it looked for."] if own else []
        told += [
            f"Your templates of the pack {pack} say {_few(said)}: in its reports it is not looked for."
            for pack, said in printed.items()
            if said
        ]
        return (*told, *self._unguarded())

    def _unguarded(self) -> Iterator[str]:
        rows = self._guards
        count = int((~rows).sum())
        if count:
            which, they, stand = ("row has", "it", "stands") if count == 1 else ("rows have", "them", "stand")
            yield (
                f"{count:,} {which} neither an ID nor a title that tells {they} apart, of {len(rows):,}: whether "
                f"{'it' if count == 1 else 'they'} {stand} in a report of somebody else is not checked."
            )

    @cached_property
    def _guards(self) -> pd.Series:
        """By item, whether anything tells its row."""
        items, known = self._register.items, self.known
        told = [
            ~items[name].isin([text for text, mark in marks.items() if mark not in known.marks])
            for name, marks in self._each
        ]
        beside = {said for ids in known.short.values() for said in ids.values()}
        return (
            told[0]
            | told[1]
            | pd.Series([_row(*row) in beside for row in self._weak], self._weak.index).reindex(
                items.index, fill_value=False
            )
        )

    @cached_property
    def _marks(self) -> dict[str, str]:
        marks = {way: f"the name {name}" for name, ways in self._names.items() for way in reversed(ways)}
        marks |= {ways[0]: f"the name {name}" for name, ways in self._names.items() if ways}
        for id, mark in self._ids.items():
            marks.setdefault(mark, f"the ID {id}")
        for title, mark in self._titles.items():
            marks.setdefault(mark, f"the title {title[:40]}")
        marks.pop("", None)
        return marks

    @cached_property
    def _names(self) -> dict[str, tuple[str, ...]]:
        """Name -> every way in which it is looked for, in the order of names."""
        return {name: spellings(name) for name in sorted(self._whole.seen.names)}

    @cached_property
    def _ids(self) -> dict[str, str]:
        """ID -> its mark."""
        return {id: mark_of_id(id) for id in self._register.items["id"].unique().tolist()}

    @cached_property
    def _titles(self) -> dict[str, str]:
        """Title -> its mark."""
        return {title: mark_of_title(title) for title in self._register.items["title"].unique().tolist()}

    @property
    def _each(self) -> tuple[tuple[str, Mapping[str, str]], ...]:
        """The columns whose texts tell rows apart, each with the marks of its texts."""
        return ("id", self._ids), ("title", self._titles)

    @cached_property
    def _singles(self) -> dict[str, str]:
        """Names that have no mark, as words -> as they are written."""
        alone = {name: words(name) for name, ways in self._names.items() if not ways}
        return {" ".join(said): name for name, said in alone.items() if letters(said) >= SHORT}

    @cached_property
    def _weak(self) -> pd.Series:
        """ID and title of each row that neither tells apart; the index is that of the items."""
        items = self._register.items
        plain = [items[name].isin([text for text, mark in marks.items() if not mark]) for name, marks in self._each]
        rows = items.loc[plain[0] & plain[1], ["id", "title"]]
        return pd.Series(list(zip(rows["id"], rows["title"], strict=True)), rows.index, dtype=object)

    @cached_property
    def _short(self) -> dict[str, dict[str, str]]:
        found: dict[str, dict[str, str]] = {}
        for id, title in self._weak.unique():
            first = words(title)[:4]
            if words(id) and letters(first) >= SHORT:
                found.setdefault(" ".join(first), {})[" ".join(words(id))] = _row(id, title)
        return found

    def _proposed(self, summary: Summary) -> set[str]:
        """The names that a finding on a row of the reader holds against one that stands there: spelt nearly so."""
        messages = summary.tables["findings"]["message"].unique()
        return {mark for text in messages for mark in self.known.within(str(text)) if mark in self._people}

    @cached_property
    def _people(self) -> dict[str, set[str]]:
        """Mark of a name -> every way in which it is looked for."""
        return {ways[0]: set(ways) for ways in self._names.values() if ways}

    @cached_property
    def _of_item(self) -> RowMarks:
        """By item, the marks that stand in its own row, whosever they are."""
        return RowMarks(text_columns(self._register.items, self._register.cells), self.known)

    @cached_property
    def _of_person(self) -> dict[str, frozenset[str]]:
        """By name, the words in its row of the People sheet that only tell something beside others."""
        people = self._register.people
        if not (self.known.short or self.known.singles):
            return {}
        found = RowMarks(text_columns(people), self.known)
        found.of(range(len(people)))  # all at once: each by itself takes far longer
        return {
            str(name): frozenset(mark for mark in found.of([at]) if mark.startswith(ALONE))
            for at, name in enumerate(people["name"])
        }


def _colleagues(summary: Summary) -> frozenset[str]:
    """Those whom the reader of a summary sees beside themselves, however their names are written."""
    return frozenset().union(*map(_called, summary.seen.names)) - _called(summary.scope)


def _called(name: str) -> set[str]:
    """Every way to write a name, in words."""
    return {subject(name), *spellings(name)}


def _row(id: str, title: str) -> str:
    return f"the row {id} {title[:40]}"


def _few(said: Sequence[str], apart: str = ", ") -> str:
    each = list(dict.fromkeys(said))
    more = f" and {len(each) - NAMED} more" if len(each) > NAMED else ""
    return f"{apart.join(each[:NAMED])}{more}"


@lru_cache(maxsize=1)
def own_words() -> tuple[str, ...]:
    """The words of every text of the shipped catalogues, in all their languages, in order."""
    catalogues = [path.read_text(encoding="utf-8") for path in sorted(shipped().glob("languages/*.po"))]
    return tuple(words("\n".join(text for catalogue in catalogues for text in _QUOTED.findall(catalogue))))


def printed_texts(templates: Path, folders: Sequence[str], language: str) -> Iterator[str]:
    """The texts that a user's templates of these folders print as they stand there, and their catalogue's."""
    from jinja2 import Environment, TemplateSyntaxError

    if templates.resolve() == shipped().resolve():
        return
    paths = [path for folder in (*folders, "shared") for path in sorted((templates / folder).rglob("*.j2"))]
    for path in paths:
        try:
            tokens = list(Environment().lex(path.read_text(encoding="utf-8", errors="replace")))
        except TemplateSyntaxError:
            continue
        data = "".join(text for _, kind, text in tokens if kind == "data")
        yield _COMMENT.sub(" ", data)
        yield _TAG.sub(" ", _COMMENT.sub(" ", data))
        yield from (text[1:-1] for _, kind, text in tokens if kind == "string")
    own = templates / "languages" / f"{language}.po"
    if own.is_file():
        yield from _QUOTED.findall(own.read_text(encoding="utf-8", errors="replace"))


_QUOTED = re.compile(r'"(.*)"$', re.MULTILINE)
_COMMENT = re.compile("<!--.*?-->", re.DOTALL)
_TAG = re.compile("<[^>]*>")
