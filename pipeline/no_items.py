"""Why there is nothing to report on, in words that say what to do."""

from __future__ import annotations

from pathlib import Path

from pipeline.errors import RegisterError
from pipeline.model import Register


def no_work_items(register: Register, paths: tuple[Path, ...], moved: str = "") -> RegisterError:
    """Why there is nothing to report on, with the first refusal's reason and where refused files were `moved`."""
    refused = [file for file in register.files if file.status == "refused"]
    where = ", ".join(str(path) for path in paths)
    if refused:
        return RegisterError(f"no work items could be read. {refused[0].name}: {refused[0].reason}", where, moved)
    if register.files:
        names = ", ".join(file.name for file in register.files[:3])
        verb = "holds" if len(register.files) == 1 else "hold"
        return RegisterError(
            f"{names} {verb} no work item yet.",
            where,
            "Write one in each row, below headings such as ID, Title, Owner; rows marked [Example] do not count.",
        )
    return RegisterError(
        "there are no work items here.", where, "Drop a register (.xlsx, .xls, .ods, .csv, .parquet) into this folder."
    )
