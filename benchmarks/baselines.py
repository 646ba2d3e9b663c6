"""What a simple classifier would say of the same rows: a count of keywords, and a learned model of words."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from sources import Source

Floats = npt.NDArray[np.float64]

_FOR = re.compile(
    r"\b(projec\w*|projekt\w*|implement\w*|migrat\w*|build\w*|replac\w*|upgrad\w*|new|install\w*|construct\w*|rollout"
    r"|launch\w*|renovat\w*|neu\w*|einführ\w*|nouve\w*|nuev\w*|nov[oa]\w*|constru\w*|moderni\w*)",
    re.IGNORECASE,
)
_AGAINST = re.compile(
    r"\b(operat\w*|maint\w*|support\w*|admin\w*|monitor\w*|manag\w*|servic\w*|daily|weekly|monthly|annual\w*|ongoing"
    r"|betrieb\w*|wartung\w*|verwalt\w*|gest[iã]\w*|mantenim\w*|manuten\w*|servi\w*|entretien)",
    re.IGNORECASE,
)


def keyword_count(source: Source) -> Floats:
    """Chance of a project from some forty well-known words alone."""
    balance = [len(_FOR.findall(text)) - len(_AGAINST.findall(text)) for text in source.texts()]
    return np.asarray(1 / (1 + np.exp(-np.array(balance, dtype=float))))


def learned_words(sources: Sequence[Source]) -> dict[str, Floats] | None:
    """Chance by source from TF-IDF and logistic regression, trained on all other families of sources.

    None where scikit-learn is not installed. Sources and labels weigh alike in training.
    """
    try:
        from sklearn.feature_extraction.text import TfidfVectorizer
        from sklearn.linear_model import LogisticRegression
    except ImportError:
        return None
    found = {}
    for source in sources:
        others = [other for other in sources if other.family != source.family]
        texts = [text for other in others for text in other.texts()]
        labels = np.concatenate([other.labels for other in others])
        size = np.concatenate([np.full(len(other.labels), len(other.labels)) for other in others])
        known = np.flatnonzero(labels != "mixed")
        project = labels[known] == "project"
        weight = 1 / size[known]
        for side in (True, False):
            weight[project == side] /= weight[project == side].sum()
        cutter = TfidfVectorizer(min_df=2, sublinear_tf=True)
        seen = cutter.fit_transform([texts[row] for row in known])
        model = LogisticRegression(C=1.0, max_iter=500).fit(seen, project, sample_weight=weight * len(known))
        found[source.name] = model.predict_proba(cutter.transform(source.texts()))[:, 1]
    return found
