"""Proof on the finished file: a report holds nothing that its reader may not see, and names its reader.

What is looked for is what tells a row, a person or a department apart, in the words of the register itself:

- an ID with a letter and a digit, of four signs or more, that does not read as a cell (`R-031`, `PRJ001`; not `12`,
  `A3`, `WO17`), as one word;
- the beginning of a title: its first four words, or all of them, where these have twelve letters or more that are not
  in a word of numbers, and there are two words or more (one, where it alone has fourteen letters);
- the name of a person: of two words or more, with four letters;
- a line of figures of a department: its name, then nothing but figures.

Signs of Chinese, Japanese and Korean are a word each, and four of them do for twelve letters.

What also stands in a row that the reader may see, is the name of somebody with a part in one, or is one of the
product's own words (its templates and catalogues), tells nothing: it may stand in any report; nor does a name that a
finding on such a row proposes. So a title that begins like one of the reader's own, a register whose rows are all
called alike, or a number raise no alarm.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence, Set

from pipeline.render.read_back import Line, lines

WORDS = 4
"""Words of a title that are looked for, from its beginning."""
LETTERS, ALONE, NAME_LETTERS, ID_SIGNS = 12, 14, 4, 4
_SIGNS = r"\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff"
_WORD = re.compile(rf"[{_SIGNS}]|[^\W_{_SIGNS}]+")
_WIDE = re.compile(f"[{_SIGNS}]")
_HIDDEN = re.compile("[\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")
_ID = "#"
"""What the mark of an ID begins with: no word does."""
_EDGES = "()[]{}<>.,;:!?'\"“”‘’«»…|/\\*"
_LIKE_CELL = re.compile(r"[a-z]{1,2}[1-9]\d*")
_UNITS = re.compile(r"\b(?:h|of|von|sur|de|pts?)\b")
"""Words between the figures of a line, in the languages of reports."""
_FIGURES = re.compile(r"[\s\d.,%+\u2212\u2013/:()-]*\d[\s\d.,%+\u2212\u2013/:()-]*")


class Known:
    """What a register is told apart by. `marks`: what is looked for -> what it is, in words a person can follow."""

    def __init__(self, marks: Mapping[str, str], departments: Collection[str] = ()) -> None:
        self.marks, self.departments = dict(marks), frozenset(departments)
        self._lengths: dict[str, set[int]] = {}
        for mark in self.marks:
            if not mark.startswith(_ID):
                first, *rest = mark.split(" ")
                self._lengths.setdefault(first, set()).add(1 + len(rest))

    def within(self, text: str) -> set[str]:
        """The marks that stand in a text."""
        plain = folded(text)
        ids = {f"{_ID}{part.strip(_EDGES)}" for part in plain.split()}
        return self.runs(_WORD.findall(plain)) | (ids & self.marks.keys())

    def runs(self, every: Sequence[str]) -> set[str]:
        """The marks that stand in a row of words, see `words`."""
        found = (
            " ".join(every[at : at + count])
            for at, word in enumerate(every)
            if word in self._lengths
            for count in self._lengths[word]
        )
        return {run for run in found if run in self.marks}


def foreign(content: bytes, form: str, allowed: Set[str], known: Known, reader: str = "") -> tuple[str, ...]:
    """What a finished report holds that its reader may not see, each once, in words; empty where it holds nothing.

    `allowed` are the marks, and the folded names of departments, that its reader may see; `form` is the id of its
    format. Where the reader's name is given and the report does not say it, that is told too.
    """
    read = lines(content, form)
    every = {mark for line in read for text in line for mark in known.within(text)}
    found = [known.marks[mark] for mark in sorted(every - allowed)]
    figures = [told for line in read for told in _figures_of(line, known.departments, allowed)]
    unnamed = ["it does not name its reader"] if reader and not _names(read, reader) else []
    return tuple(dict.fromkeys([*found, *figures, *unnamed]))


def _names(read: Iterable[Line], reader: str) -> bool:
    """Whether any line has the reader's name, or the beginning of a long one."""
    wanted = " ".join(words(reader)[:WORDS])
    return any(wanted in " ".join(words(text)) for line in read for text in line)


def _figures_of(line: Line, departments: frozenset[str], mine: Set[str]) -> Iterator[str]:
    """The foreign departments whose figures a line holds: the name, then nothing but figures."""
    for at, text in enumerate(line):
        name, rest = _split(text) if len(line) == 1 else (folded(text), "")
        if name not in departments or name in mine:
            continue
        after = rest or (line[at + 1] if at + 1 < len(line) else "")
        before = line[at - 1] if at else ""
        opens = not before or _FIGURES.fullmatch(before) or folded(before) in departments
        if opens and _is_figure(after):
            yield f"figures of the department {text.strip()[:40]}"


def _split(text: str) -> tuple[str, str]:
    """A line of a page as its words and the figures they end in."""
    found = re.match(r"(.*?[^\W\d])\s+([\d\u2212+].*)$", text.strip())
    return (folded(found[1]), found[2]) if found else (folded(text), "")


def _is_figure(text: str) -> bool:
    return bool(_FIGURES.fullmatch(_UNITS.sub(" ", text)))


def folded(text: str) -> str:
    """A text as it is compared: one case, one way to write each sign, one space between words, nothing unseen."""
    return " ".join(_HIDDEN.sub("", unicodedata.normalize("NFKC", text)).casefold().split())


def words(text: str) -> list[str]:
    """The words of a text, as they are compared; each Chinese, Japanese or Korean sign is one."""
    return _WORD.findall(folded(text))


def mark_of_id(text: str) -> str:
    """What an ID is told by; "" for one that may be anything."""
    plain = folded(text).strip(_EDGES)
    told = len(plain) >= ID_SIGNS and " " not in plain and not _LIKE_CELL.fullmatch(plain)
    return f"{_ID}{plain}" if told and re.search(r"[^\W\d_]", plain) and re.search(r"\d", plain) else ""


def mark_of_title(text: str) -> str:
    """What a title is told by: how it begins; "" for one that says too little."""
    first = words(text)[:WORDS]
    letters = [word for word in first if not any(sign.isdigit() for sign in word)]
    size = sum(3 if _WIDE.fullmatch(word) else len(word) for word in letters)
    enough = size >= (LETTERS if len(letters) > 1 else ALONE)
    return " ".join(first) if enough else ""


def mark_of_name(text: str) -> str:
    """What a person is told by; "" for a name of one word."""
    parts = words(text)
    letters = sum(3 if _WIDE.fullmatch(word) else len(word) for word in parts)
    return " ".join(parts[:WORDS]) if len(parts) > 1 and letters >= NAME_LETTERS else ""
