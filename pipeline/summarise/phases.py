"""Which projects are parts of one: a phase or a step of a plan hands over to the next step, to no operation."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pandas as pd

from pipeline.summarise.names import each_text, folded

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
_PHASE = re.compile(rf"(?:(?:the )?project |projekt-?|phase:? ?)?(?:{_NAMES})(?:{_JOINED})*(?: phase)?")


def of_a_project(items: pd.DataFrame, register: Register) -> pd.Series:
    """Whether each item (rows of `register.items`) is a part of a project (bool).

    It is where its title is a phase's and nothing more, where its dotted code stands below that of another row of its
    sheet, and where its sheet is the plan of one project.
    """
    plans = [f"{one.file}\n{one.sheet}" for one in register.findings if one.code == _PLAN]
    sheet = items["file"].str.cat(items["sheet"], sep="\n")
    titled = each_text(items["title"], lambda title: "phase" if _PHASE.fullmatch(folded(title)) else "") != ""
    return (titled | sheet.isin(plans) | _below(items, register)).astype(bool)


def _below(items: pd.DataFrame, register: Register) -> pd.Series:
    above = items["id"].str.extract(_CODE, expand=False)
    if not above.notna().any():
        return pd.Series(False, index=items.index)
    codes, every = [items["file"], items["sheet"], above], register.items[["file", "sheet", "id"]]
    known = pd.MultiIndex.from_arrays(codes).isin(pd.MultiIndex.from_frame(every.drop_duplicates()))
    return pd.Series(known, index=items.index) & above.notna()
