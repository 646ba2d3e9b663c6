"""What tells the rows, people and departments of a register apart, and which of it each reader may see."""

from __future__ import annotations

import re
from functools import cached_property, lru_cache
from pathlib import Path

import numpy as np
import pandas as pd
from pandas.api.types import is_string_dtype

from pipeline.model import Summary
from pipeline.render.scope_check import Known, folded, mark_of_id, mark_of_name, mark_of_title, words
from pipeline.render.shipped import shipped


class Marks:
    """The marks of one run's register; `whole` is the organisation's summary. Made once for all readers."""

    def __init__(self, whole: Summary, templates: Path) -> None:
        self._whole, self._templates = whole, templates
        self._register = whole.portfolio.register

    @cached_property
    def known(self) -> Known:
        """What is looked for, without what the product says itself."""
        marks = {mark_of_name(name): f"the name {name}" for name in sorted(self._whole.seen.names)}
        for id, title in self._register.items[["id", "title"]].drop_duplicates().itertuples(index=False):
            marks.setdefault(mark_of_id(id), f"the ID {id}")
            marks.setdefault(mark_of_title(title), f"the title {title[:40]}")
        marks.pop("", None)
        departments = [folded(name) for name in self._whole.seen.departments]
        own = Known(marks).runs(own_words(self._templates))
        return Known({mark: said for mark, said in marks.items() if mark not in own}, departments)

    def allowed(self, summary: Summary) -> frozenset[str]:
        """The marks that the reader of a summary may see, and the departments."""
        seen = summary.seen
        if seen.items is None:
            return frozenset(self.known.marks) | self.known.departments
        texts = [*seen.names, summary.scope]
        mine = {mark for text in texts for mark in self.known.within(text)}
        mine |= self._proposed(summary)
        for item in seen.items:
            mine |= self._of_item[item]
        return frozenset(mine) | {folded(name) for name in seen.departments}

    def _proposed(self, summary: Summary) -> set[str]:
        """The names that a finding on a row of the reader holds against one that stands there: spelt nearly so."""
        messages = summary.tables["findings"]["message"].unique()
        return {mark for text in messages for mark in self.known.within(str(text)) if mark in self._people}

    @cached_property
    def _people(self) -> frozenset[str]:
        return frozenset(mark_of_name(name) for name in self._whole.seen.names)

    @cached_property
    def _of_item(self) -> list[frozenset[str]]:
        """By item, the marks that stand in its own row, whosever they are."""
        frames = (self._register.items, self._register.cells)
        columns = [frame[name] for frame in frames for name in frame.columns if is_string_dtype(frame[name].dtype)]
        found = [set[str]() for _ in range(len(self._register.items))]
        told: dict[str, set[str]] = {}
        for column in columns:
            codes, texts = pd.factorize(column)
            marks = [told.setdefault(text, self.known.within(text)) for text in texts.astype(object)]
            holding = np.array([bool(one) for one in marks] + [False])[codes]
            for item in np.flatnonzero(holding):
                found[item] |= marks[codes[item]]
        return [frozenset(one) for one in found]


@lru_cache(maxsize=4)
def own_words(templates: Path) -> tuple[str, ...]:
    """The words of every text of the catalogues, in all their languages, and of the user's own templates, in order."""
    folders = [folder for folder in (shipped(), templates) if folder.is_dir()]
    catalogues = [path.read_text(encoding="utf-8") for folder in folders for path in folder.glob("languages/*.po")]
    own = [path.read_text(encoding="utf-8", errors="replace") for path in sorted(templates.rglob("*.j2"))]
    texts = [text for catalogue in catalogues for text in _QUOTED.findall(catalogue)]
    return tuple(words("\n".join([*texts, *own])))


_QUOTED = re.compile(r'"(.*)"$', re.MULTILINE)
