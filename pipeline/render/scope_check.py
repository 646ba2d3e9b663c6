"""Proof on the finished file: a report holds nothing that its reader may not see, and names its reader.

What is looked for is what tells a row, a person or a department apart, in the words of the register itself:

- an ID with a letter and a digit, of four signs or more, that does not read as a cell (`R-031`, `PRJ001`; not `12`,
  `A3`, `WO17`), whatever parts its letters and digits (`FI-201/FI-202`, `FI_201`), and in a PDF over the end of a line;
  with a space in it (`PRJ 001`) where it has a number of three digits that is no year; and what of it stands before
  `…` (`FI-20…`), where that could be an ID by itself and none of the reader's own begins so;
- the beginning of a title: its first four words, or all of them, where these have twelve letters or more that are not
  in a word of numbers, and there are two words or more (one, where it alone has fourteen letters); and what of it
  stands before `…`, from twelve letters on;
- the name of a person: of two words or more, with four letters, as it is written and as `Fox, Cy`, `C. Fox`, `Fox, C.`;
- where a row has neither such an ID nor such a title, both together on one line;
- a line of figures of a department or of somebody with a name of one word: the name, then nothing but figures, or in a
  sentence hours or a share soon after it; in a person's report those of colleagues, too, as their names are written.

Signs of Chinese, Japanese and Korean are a word each, and four of them do for twelve letters.

What also stands in a row that the reader may see, is the name of somebody with a part in one, or is one of the
product's own words (its catalogues), tells nothing: it may stand in any report; nor does a name that a finding on such
a row proposes, or a word that a user's own template prints in the reports it is for. So a title that begins like one of
the reader's own, a register whose rows are all called alike, or a number raise no alarm.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from dataclasses import dataclass

from pipeline.render.read_back import Line, Read, read
from pipeline.render.scope_figures import figures_in, subject
from pipeline.render.scope_known import ALONE, Known, joined
from pipeline.render.scope_words import WORDS, folded, words


@dataclass(frozen=True)
class Allowed:
    """What one reader may see.

    `marks` of a register, those by which their own rows are told among them; `departments`, folded, whose figures may
    be told; `colleagues`, as words, of whom only the names may; `says`: whether the beginning of a title stands in a
    row of theirs; `stands`: which of some marks do, in whatever column: going through all of them takes long.
    """

    marks: frozenset[str]
    departments: frozenset[str] = frozenset()
    colleagues: frozenset[str] = frozenset()
    says: Callable[[str], bool] = lambda _: False
    stands: Callable[[Set[str]], Set[str]] = lambda _: frozenset()

    def not_of(self, marks: Set[str]) -> set[str]:
        """The marks that they may not see."""
        left = {*marks} - self.marks
        return left - self.stands(left) if left else left


def foreign(content: bytes, form: str, allowed: Allowed, known: Known, reader: str = "") -> tuple[str, ...]:
    """What a finished report holds that its reader may not see, each once, in words; empty where it holds nothing.

    `form` is the id of its format. Parts that cannot be read back are told; where the reader's name is given and the
    report does not say it, that is told, too.
    """
    return foreign_in(read(content, form), allowed, known, reader)


def foreign_in(found: Read, allowed: Allowed, known: Known, reader: str = "") -> tuple[str, ...]:
    """The same of a report that is read back already."""
    texts = dict.fromkeys([*found.flows, *(text for line in found.lines for text in line)])
    stands = {text: known.within(text) for text in texts}
    every = allowed.not_of(set[str]().union(*stands.values()))
    told = [known.marks[mark] for mark in sorted(every & known.marks.keys())]
    told += _cut(texts, allowed, known)
    told += _beside(found.lines, stands, {mark for mark in every if mark.startswith(ALONE)}, known)
    told += _figures(found.lines, allowed, known)
    told += ["it does not name its reader"] if reader and not _names(found.lines, reader) else []
    return tuple(dict.fromkeys([*told, *found.unread]))


def _cut(texts: Iterable[str], allowed: Allowed, known: Known) -> Iterator[str]:
    """Titles and IDs of which only the beginning stands there; none where one of the reader's begins so, too."""
    for start, alike in (found for text in texts for found in known.cut(text)):
        if allowed.marks.intersection(alike) or f" {start}" in known.own or allowed.says(start):
            continue
        if len(allowed.not_of({*alike})) == len(alike):
            yield known.marks[alike[0]]


def _beside(lines: list[Line], stands: dict[str, Set[str]], alone: set[str], known: Known) -> Iterator[str]:
    """Rows whose ID and title say too little each, where both stand on one line."""
    if not alone or not known.short:
        return
    for line in lines:
        for mark in sorted(alone.intersection(*[set[str]().union(*(stands[text] for text in line))])):
            ids = known.short.get(mark.removeprefix(ALONE), {})
            yield from (said for id, said in ids.items() if f" {id} " in joined(line))


def _figures(lines: list[Line], allowed: Allowed, known: Known) -> Iterator[str]:
    """The departments, and people with a name of one word, whose figures stand there."""
    departments = {folded: name for folded, name in known.departments.items() if folded not in allowed.departments}
    called = {**known.singles, **departments, **{subject(name): name for name in departments.values()}}
    alone = {f"{ALONE}{name}" for name in known.singles} - allowed.marks
    found = _figures_of(lines, allowed, known, departments, alone)
    if alone.intersection(f"{ALONE}{way}" for name in found for way in (name, subject(name))):
        found = _figures_of(lines, allowed, known, departments, allowed.not_of(alone))
    for name in found:
        yield f"figures of {called.get(name, name)[:40]}"


def _figures_of(
    lines: list[Line], allowed: Allowed, known: Known, departments: Mapping[str, str], alone: Set[str]
) -> list[str]:
    """Those of these departments and of these names of one word, as marks, whose figures stand there."""
    singles = {mark.removeprefix(ALONE) for mark in alone}
    spoken = {subject(name) for name in departments.values() if f" {subject(name)} " not in known.own}
    kinds, spoken = (departments.keys(), singles, allowed.colleagues), spoken | singles | allowed.colleagues
    if any(figures_in(dict.fromkeys(lines), kinds, spoken)):
        lines = [line for line in lines if not _is_own(line, allowed)]
        return [*figures_in(dict.fromkeys(lines), kinds, spoken)]
    return []


def _is_own(line: Line, allowed: Allowed) -> bool:
    """Whether a line is one text, which a row of the reader's says: a title like Depot 5 is no figure of the Depot."""
    return len(line) == 1 and allowed.says(f"{' '.join(words(line[0]))} ")


def _names(read_lines: list[Line], reader: str) -> bool:
    """Whether any line has the reader's name, or the beginning of a long one."""
    wanted = " ".join(words(reader)[:WORDS])
    first = folded(reader)[:2]
    texts = (text for line in read_lines for text in line)
    return any(wanted in " ".join(words(text)) for text in texts if first in folded(text))
