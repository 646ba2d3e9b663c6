"""Labels from words alone, without a reason: TF-IDF and logistic regression."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

TRAINED = 5_000
"""Rows that the learned words are trained on, before they are measured."""


def words(_: Path, rows: int) -> Callable[[], object]:
    """Trained on the first rows to tell from their words what they are declared to be."""
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression

    from benchmarks.texts import make_texts

    cells = make_texts(rows).cells
    texts = (cells["title"] + ". " + cells["description"]).tolist()
    declared = cells["type"].eq("Project").to_numpy(dtype=bool)[:TRAINED]
    learned, model = TfidfVectorizer(), LogisticRegression(solver="liblinear")
    model.fit(learned.fit_transform(texts[:TRAINED]), declared)
    return lambda: model.predict_proba(learned.transform(texts))
