"""What an earlier month shows about items: whose ID changed, what is gone, what cannot be told apart."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from pipeline.findings import clamp, counted, finding, standing_for
from pipeline.ingest.ranges import cell_ranges
from pipeline.model import Finding, Register
from pipeline.snapshots import Snapshot

NAME, TITLE, NEAR = "title and department", "title", "nearly the title"
"""What told that an item is the same although its ID is another."""
_EVIDENCE = {
    NAME: "it has the same title and department",
    TITLE: "it has the same title",
    NEAR: "its title was '{title}', in the same department",
}
_SHOWN = 50


def changed_ids(
    register: Register, before: Snapshot, now: pd.DataFrame, then: pd.DataFrame, links: pd.DataFrame
) -> Iterator[Finding]:
    """H01 for each item that was recognised although its ID is another; past so many, one for the rest of a sheet."""
    was = then["id"].reindex(links["then"]).fillna("").to_numpy(object)
    differs = (now["id"].to_numpy(object) != was) | (links["by"] == NEAR).to_numpy()
    changed = links.index[(links["then"] >= 0).to_numpy() & differs]
    for item in changed[:_SHOWN]:
        yield _changed(register, before, links, item)
    rest = register.items.loc[changed[_SHOWN:], ["file", "sheet", "row"]]
    for _, part in rest.groupby(["file", "sheet"], sort=False):
        one = _changed(register, before, links, part.index[0])
        yield standing_for(one, cell_ranges(one.cell.rstrip("0123456789"), part["row"].to_numpy()), len(part))


def _changed(register: Register, before: Snapshot, links: pd.DataFrame, item: int) -> Finding:
    link = links.loc[item].to_dict()
    old = before.items.iloc[int(link["then"])]
    place, given = register.items.loc[item], str(register.cells.at[item, "id"])
    now, was = (f"'{clamp(text)}'" if text else "" for text in (given, str(old["id"])))
    return finding(
        "H01",
        file=str(place["file"]),
        sheet=str(place["sheet"]),
        cell=register.cell_of(item, "id") or register.cell_of(item, "title") or f"A{place['row']}",
        read=given,
        changed=_in_words(now, was),
        month=before.period,
        evidence=_EVIDENCE[str(link["by"])].format(title=clamp(str(old["title"]))),
    )


def _in_words(now: str, was: str) -> str:
    if now and was:
        return f"{now} was {was}" if now != was else f"{now} was called otherwise"
    if was:
        return f"This item has no ID and was {was}"
    return f"{now} had no ID" if now else "This item was called otherwise"


def unsure_items(
    register: Register, before: Snapshot, now: pd.DataFrame, then: pd.DataFrame, links: pd.DataFrame
) -> Iterator[Finding]:
    """H04 for each sheet with items that may be one of several of last month."""
    left = ~np.isin(np.arange(len(then)), links["then"])
    unsure = now["name"].isin(then["name"][left]) & (links["then"] < 0)
    places = register.items.loc[unsure, ["file", "sheet", "row", "title"]]
    for (file, sheet), part in places.groupby(["file", "sheet"], sort=False):
        cell = register.cell_of(int(part.index[0]), "title") or f"A{part['row'].iloc[0]}"
        yield finding(
            "H04",
            file=str(file),
            sheet=str(sheet),
            cell=cell,
            ranges=cell_ranges(cell.rstrip("0123456789"), part["row"].to_numpy()) if len(part) > 1 else "",
            rows=counted(len(part), "item"),
            month=before.period,
            read=part["title"].iloc[0],
        )


def gone_items(
    register: Register, before: Snapshot, now: pd.DataFrame, then: pd.DataFrame, links: pd.DataFrame, *, whole: bool
) -> Iterator[Finding]:
    """H02 for each item that was active and is no longer here, by its register of then.

    A register that is not there any more is told in one finding, and only where the `whole` input was read. Items of
    a file that is refused now are not told: that finding says that nothing of it is used.
    """
    refused = {file.name for file in register.files if file.status == "refused"}
    left = np.isin(np.arange(len(then)), links["then"])
    unsure = then["name"].isin(now["name"][(links["then"] < 0).to_numpy()]).to_numpy(bool)
    active = before.items["active"].to_numpy(bool) & ~before.items["file"].isin(refused).to_numpy(bool)
    missing = before.items[~left & ~unsure & active]
    alive = set(before.items.loc[left, ["file", "sheet"]].drop_duplicates().itertuples(index=False, name=None))
    for (file, sheet), part in missing.groupby(["file", "sheet"], sort=False):
        place = _place(register, str(file), str(sheet))
        if place or (file, sheet) in alive:
            yield from _each(part, place, before)
        elif whole:
            yield _gone(f"Every one of {counted(len(part), 'item')} of {file}, {sheet} was", place, before)


def _each(part: pd.DataFrame, place: dict[str, str], before: Snapshot) -> Iterator[Finding]:
    for id, title in part[["id", "title"]].head(_SHOWN).itertuples(index=False, name=None):
        name = f"'{clamp(id)}' ({clamp(title)}) was" if id else f"'{clamp(title)}' was"
        yield _gone(name, place, before, id or title)
    if len(part) > _SHOWN:
        more = f"{counted(len(part) - _SHOWN, 'more item was', 'more items were')}"
        yield _gone(more, place, before)


def _gone(gone: str, place: dict[str, str], before: Snapshot, read: str = "") -> Finding:
    return finding("H02", **place, read=read, gone=gone, month=before.period)


def _place(register: Register, file: str, sheet: str) -> dict[str, str]:
    """The sheet an item was on, where that is among those read now."""
    here = any(one.name == file and any(s.sheet == sheet for s in one.sheets) for one in register.files)
    return {"file": file, "sheet": sheet} if here else {}
