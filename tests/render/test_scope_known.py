"""Marks are found in a text by the faster ways as by the plain ones: every run of words and of an ID's parts tried."""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise

import pandas as pd
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pipeline.render.scope_known import Known, joined
from pipeline.render.scope_rows import RowMarks
from pipeline.render.scope_words import ID, RUN, folded, letters, words

KNOWN = Known(
    dict.fromkeys(
        ["#fi-201", "#fi-2-b", "#a-2026-b", "#prj001", "#人-7x", "prj 001", "c. fox", "cy fox", "pumps at weir lane"],
        "it",
    ),
    short={"pump": {"7": "the row 7 Pump"}},
    singles={"mona": "Mona", "ø": "Ø"},
)
PARTS = st.sampled_from(
    "-|_|.|/| |:|…|\u00ad|\u2011|\u200b|\x1c|FI|fi-201|2|201|B|b.|a|2026|PRJ001|prj 001|人|7x|C.|c|Fox|cy|Ｃy"
    "|pumps at| Weir lane|Pump| Mona|Ø|½|²|ß".split("|")
)
SIGNS = "\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff"
"""Chinese, Japanese and Korean."""


def plain_words(plain: str) -> list[str]:
    """Words, sign by sign as their rule is written, without any shorter way."""
    return re.findall(rf"[{SIGNS}]|(?<![^\W_])[^\W\d_]\.|[^\W_]+?(?=[\W_{SIGNS}]|$)", plain)


def within(text: str) -> set[str]:
    """The marks of a text of one line: every run of words, every run of parts with one sign between them, is tried."""
    hidden = "[\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]"
    plain = " ".join(re.sub(hidden, "", unicodedata.normalize("NFKC", text)).casefold().split())
    every, parts = plain_words(plain), list(RUN.finditer(plain))
    runs = {" ".join(every[at:end]) for at in range(len(every)) for end in range(at + 1, len(every) + 1)}
    found = {mark for mark in KNOWN.marks if mark in runs}
    found |= {f"~{run}" for run in (*KNOWN.short, *KNOWN.singles) if run in runs}
    between = r"[-\u2010-\u2015\u2212/_.:+&~|\\,]?"
    for at in range(len(parts)):
        for end in range(at + 1, len(parts) + 1):
            some = parts[at:end]
            if all(re.fullmatch(between, plain[one.end() : two.start()]) for one, two in pairwise(some)):
                found |= {f"{ID}{'-'.join(one[0] for one in some)}"} & KNOWN.marks.keys()
    return found


TEXTS = st.lists(PARTS, max_size=12).map("".join)


@settings(max_examples=100, deadline=None)
@given(text=TEXTS)
@example("see FI-201/b.a.2026_B, c.fox: PUMPS at Weir-Lane")
@example("FI.201 人7x ②prj001")
def test_the_marks_of_a_text_are_those_of_every_run_of_it(text: str) -> None:
    assert KNOWN.within(text) == within(text)
    assert words(text) == plain_words(folded(text))
    said = [word for word in words(text) if not any(sign.isdigit() for sign in word)]
    assert letters(words(text)) == sum(
        3 if re.fullmatch(f"[{SIGNS}]", word) else len(word.rstrip(".")) for word in said
    )


@settings(max_examples=40, deadline=None)
@given(texts=st.lists(TEXTS | st.none(), min_size=4, max_size=4), rows=st.sets(st.integers(0, 1)), data=st.data())
def test_rows_tell_what_each_of_their_texts_tells(texts: list[str | None], rows: set[int], data: st.DataObject) -> None:
    columns = [pd.Series(some, dtype="string[pyarrow]") for some in (texts[:2], texts[2:])]
    theirs = [text for row in rows for text in (texts[row], texts[2 + row]) if text is not None]
    of = RowMarks(columns, KNOWN)
    assert of.of({0}) | of.of(rows) == set().union(
        *(KNOWN.within(text) for text in (*theirs, texts[0], texts[2]) if text)
    )
    start = " ".join(words(data.draw(TEXTS)))[: data.draw(st.integers(2, 9))] or "fi"
    assert of.speaker(rows)(start) == any(f" {start}" in joined([text]) for text in theirs)
