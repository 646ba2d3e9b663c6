"""Which projects are parts of one: a phase or a step of a plan hands over to the next step, to no operation."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import pandas as pd

from pipeline.summarise.names import fold

if TYPE_CHECKING:
    from pipeline.model import Register

_PLAN = "R26"
"""The finding on a sheet whose rows are the plan of one project."""
_CODE = r"^(\d+(?:\.\d+)*)\.\d+$"
"""A dotted code such as 1.2.3; what it groups is the code of the row above."""
_NAMES = (
    "initiation|planning|execution|closure|closing|close-?out|kick-?off|lessons learned|initialisierung|initiierung"
    "|planung|durchführung|abschluss|lancement|démarrage|planification|exécution|clôture|inicio|planificación"
    "|ejecución|cierre|iniciação|planejamento|execução|encerramento"
)
_JOINED = rf"(?: ?[&/,+] ?| (?:and|und|et|y|e) )(?:{_NAMES})"
_PHASE = rf"^(?:(?:the )?project |projekt-?|phase:? ?)?(?:{_NAMES})(?:{_JOINED})*(?: phase)?$"


def of_a_project(items: pd.DataFrame, register: Register) -> npt.NDArray[np.bool_]:
    """Whether each item (rows of `register.items`) is a part of a project.

    It is where its title is a phase's and nothing more, where its dotted code stands below that of another row of its
    sheet, and where its sheet is the plan of one project.
    """
    plans = {(one.file, one.sheet) for one in register.findings if one.code == _PLAN}
    planned = pd.MultiIndex.from_frame(items[["file", "sheet"]]).isin(plans) if plans else np.False_
    return _fits(fold(items["title"]), _PHASE) | planned | _below(items, register)


def _below(items: pd.DataFrame, register: Register) -> npt.NDArray[np.bool_]:
    below = _fits(items["id"], _CODE.replace(r"\d", r"\p{Nd}"))  # the digits of every script, as in `extract`
    if below.any():
        coded, every = items.loc[below, ["file", "sheet", "id"]], register.items[["file", "sheet", "id"]]
        codes = [coded["file"], coded["sheet"], coded["id"].str.extract(_CODE, expand=False)]
        below[below] = pd.MultiIndex.from_arrays(codes).isin(pd.MultiIndex.from_frame(every.drop_duplicates()))
    return below


def _fits(texts: pd.Series, pattern: str) -> npt.NDArray[np.bool_]:
    import pyarrow as pa
    import pyarrow.compute as pc

    return np.array(pc.match_substring_regex(pa.array(texts), pattern), dtype=np.bool_)
