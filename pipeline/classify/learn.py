"""What decisions teach: words and weights an organisation may want to add, each with what speaks for it."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from pipeline.classify.columns import arrow_text
from pipeline.classify.criteria import CRITERIA
from pipeline.classify.lexicon import Lexicon, grammar, load_lexicon
from pipeline.classify.tokens import cut
from pipeline.model import Portfolio
from pipeline.settings import ClassifySettings

Source = Literal["decisions", "register"]
LEAST: dict[Source, tuple[int, float]] = {"decisions": (4, 0.02), "register": (8, 0.001)}
"""Different titles a word must stand in, all of one kind, and the most likely that may be by chance alone."""
LEAST_WEIGHED, WRONG = 8, 0.75
"""Decided titles on which a criterion must have spoken, and the share of them in which it spoke for the wrong side."""
FAMILIES = {
    "project": {"asset": 0.5, "develop": 0.8, "build": 1.5},
    "operation": {"people": 0.7, "admin": 1.2, "run": 1.4},
}
"""Families a learnt word may join, with their points: it joins the one nearest to what its rows bear out."""
MOST = 10
"""Proposals made at once, of each source."""
SHRUNK = 10
"""Rows' worth of doubt in what a word's own rows bear out."""
_READ = ("title", "description")
_NAMES = ("department", "team", "executive", "parent", *("accountable", "responsible", "owner", "deputy", "sponsor"))
_LOWER = 0.7
"""In a text of which so many words begin with a small letter, a capital inside it begins a name."""


@dataclass(frozen=True)
class Proposal:
    """A word and the family it would join, or a criterion and the points it would have; nothing is added unasked."""

    sort: Literal["word", "weight"]
    name: str
    value: str | float
    kind: str
    """The kind of work its rows were judged."""
    titles: int
    """Different titles that bear it out."""
    against: int
    chance: float
    """How likely so much agreement is by chance alone."""
    source: Source
    items: tuple[int, ...]


def propose(portfolio: Portfolio, settings: ClassifySettings, source: Source) -> tuple[Proposal, ...]:
    """Words (and, from decisions, weights) that rows judged alike have in common, the best borne out first.

    Labels are the items that people decided or, for `register`, those that the evidence finds clear and nobody has
    decided. A word already known, a number, a name of a person, unit or place, and one that stands in rows of both
    kinds is not proposed. The chance of a fluke is that of as many titles of one kind at the labels' own rate.
    """
    labels = _labels(portfolio, source)
    found = _words(portfolio, load_lexicon(settings.words), labels, source)
    if source == "decisions":
        found += _weights(portfolio, settings, labels)
    return tuple(sorted(found, key=lambda one: (one.chance, one.name))[:MOST])


def accepted(settings: ClassifySettings, proposals: Iterable[Proposal]) -> ClassifySettings:
    """The settings with these proposals in them."""
    chosen = list(proposals)
    words = {one.name: one.value for one in chosen if one.sort == "word"}
    weights = {one.name: one.value for one in chosen if one.sort == "weight"}
    return settings.model_copy(
        update={"words": {**settings.words, **words}, "weights": {**settings.weights, **weights}}
    )


def _labels(portfolio: Portfolio, source: Source) -> pd.Series:
    """Item -> project or operation, for the items that may teach."""
    verdicts = portfolio.verdicts
    by, clear = verdicts["decided_by"], verdicts["certainty"] == "clear"
    chosen = by == "decision" if source == "decisions" else (by == "evidence") & clear
    kinds = verdicts.loc[chosen, "kind"]
    return kinds[kinds.isin(["project", "operation"])].astype("string[pyarrow]")


def _words(portfolio: Portfolio, lexicon: Lexicon, labels: pd.Series, source: Source) -> list[Proposal]:
    least, likely = LEAST[source]
    frame = _spoken(portfolio, labels)
    titles = frame.drop_duplicates(["word", "title"]).groupby(["word", "kind"]).size().unstack(fill_value=0)
    titles = titles.reindex(columns=["project", "operation"], fill_value=0)
    rates = _plain(portfolio.register.items["title"].loc[labels.index]).groupby(labels).nunique()
    found = []
    for kind in ("project", "operation"):
        rate = float(rates.get(kind, 0)) / max(1, int(rates.sum()))
        alone = titles[(titles[kind] >= least) & (titles.drop(columns=kind).sum(axis=1) == 0)]
        counts = {str(word): int(count) for word, count in alone[kind].items()}
        words = _unknown(list(counts), lexicon, _names(portfolio))
        for word, rows in _different(frame[frame["word"].isin(words)]):
            count = counts[word]
            if rate**count <= likely:
                found.append(Proposal("word", word, _family(kind, count), kind, count, 0, rate**count, source, rows))
    return found


def _spoken(portfolio: Portfolio, labels: pd.Series) -> pd.DataFrame:
    """One row for each labelled item and word of its title or description: `item`, `word`, `title`, `kind`."""
    parts = []
    for field in _READ:
        words = cut(arrow_text(portfolio.register.cells.loc[labels.index, field]))
        spelling = words.spellings.take(pa.array(words.raw))
        folded = words.folded.take(pa.array(words.raw)).to_pandas()
        small = np.asarray(pc.match_substring_regex(spelling, r"^\p{Ll}"), dtype=bool)
        first = np.diff(words.text, prepend=-1) != 0
        share = np.bincount(words.text, weights=small, minlength=len(labels)) / np.maximum(
            1, np.bincount(words.text, minlength=len(labels))
        )
        name = ~small & ~first & (share[words.text] >= _LOWER)
        parts.append(pd.DataFrame({"item": labels.index.to_numpy()[words.text], "word": folded, "name": name}))
    spoken = pd.concat(parts, ignore_index=True)
    named = spoken.groupby("word")["name"].transform("any")
    spoken = spoken[~named & spoken["word"].astype("string[pyarrow]").str.match(r"^[^\W\d_][^\d_]{2,}[^\W\d_]$")]
    spoken = spoken.drop_duplicates(["item", "word"])
    titles = _plain(portfolio.register.items["title"])
    return spoken.assign(title=spoken["item"].map(titles), kind=spoken["item"].map(labels))


def _unknown(words: Sequence[str], lexicon: Lexicon, names: set[str]) -> list[str]:
    """Those of these words that say nothing yet and name nobody."""
    if not words:
        return []
    known = cut(pa.array(words, pa.string()))
    said = {words[text] for text in known.text[lexicon.find(known).first].tolist()}
    small = {word for part in ("link", "join", "add", "verb", "number") for word in grammar(part)}
    return [word for word in words if word not in said | small | names]


def _names(portfolio: Portfolio) -> set[str]:
    """Every word in the name of a person, a unit or a programme."""
    register = portfolio.register
    texts = [register.cells[field] for field in _NAMES if field in register.cells]
    texts += [register.people[field] for field in ("name", "aliases", "department", "team") if field in register.people]
    texts.append(register.roles["person"])
    distinct = pd.concat([text.drop_duplicates().astype("string[pyarrow]") for text in texts]).drop_duplicates()
    words = cut(arrow_text(distinct))
    return set(words.folded.to_pylist())


def _different(frame: pd.DataFrame) -> list[tuple[str, tuple[int, ...]]]:
    """Words with the items that hold them; of words that stand in the same items the longest alone."""
    by_items: dict[tuple[int, ...], str] = {}
    for word, group in frame.groupby("word")["item"]:
        items = tuple(sorted(map(int, group)))
        by_items[items] = max(by_items.get(items, ""), str(word), key=lambda one: (len(one), one))
    return [(word, items) for items, word in by_items.items()]


def _family(kind: str, titles: int) -> str:
    """The family whose points are nearest to the log-odds that so many titles of one kind bear out, shrunk."""
    borne_out = math.log(titles + 1) * titles / (titles + SHRUNK)
    return min(FAMILIES[kind], key=lambda family: abs(FAMILIES[kind][family] - borne_out))


def _weights(portfolio: Portfolio, settings: ClassifySettings, labels: pd.Series) -> list[Proposal]:
    """Criteria that spoke for the wrong side in most decided rows, at half their points."""
    lines = portfolio.evidence[portfolio.evidence["item"].isin(labels.index)]
    side = np.where(lines["item"].map(labels) == "project", 1, -1)
    frame = pd.DataFrame(
        {
            "criterion": lines["criterion"].astype(str),
            "title": lines["item"].map(_plain(portfolio.register.items["title"])),
            "item": lines["item"],
            "wrong": side * lines["points"] < 0,
        }
    ).drop_duplicates(["criterion", "title"])
    found = []
    for criterion in CRITERIA:
        rows = frame[frame["criterion"] == criterion.id]
        wrong, size = int(rows["wrong"].sum()), len(rows)
        chance = sum(math.comb(size, least) for least in range(wrong, size + 1)) / 2**size
        if size >= LEAST_WEIGHED and wrong >= WRONG * size and chance <= LEAST["decisions"][1]:
            points = round(settings.weights.get(criterion.id, criterion.points) / 2, 2)
            kind = "operation" if criterion.points > 0 else "project"
            items = tuple(map(int, rows.loc[rows["wrong"], "item"]))
            found.append(
                Proposal("weight", criterion.id, points, kind, wrong, size - wrong, chance, "decisions", items)
            )
    return found


def _plain(texts: pd.Series) -> pd.Series:
    return texts.str.casefold().str.strip()
