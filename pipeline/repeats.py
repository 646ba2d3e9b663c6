"""Findings that the period before had too, told by what they concern and not by where they stand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import replace

from pipeline.findings import KINDS
from pipeline.model import Finding


def mark_repeats(findings: Iterable[Finding], earlier: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings, those that the earlier ones hold too marked as repeats.

    Two are the same where code, field, work item (its ID, else its title) and the text that was read are; rows,
    columns and sheets may have moved. A file that was not there before may be a later version of one that no longer
    is (`register-oct.xlsx`, `register-nov v2.xlsx`), so between such files names do not count. As many are marked as
    there were: the second of two like findings is new where there was one.
    """
    now, then = tuple(findings), tuple(earlier)
    stayed = {one.file for one in now} & {one.file for one in then}
    left = Counter(_key(one, stayed) for one in then)
    marked = []
    for one in now:
        key = _key(one, stayed)
        marked.append(replace(one, repeat=left[key] > 0))
        left[key] -= 1
    return tuple(marked)


def _key(one: Finding, stayed: Collection[str]) -> tuple[str, ...]:
    """What a finding concerns: the person, or the item and field, with what was read there."""
    file = one.file if one.file in stayed else ""
    person = KINDS[one.code].person if one.code in KINDS else False
    item = "" if person else (one.id or one.title)
    field = "" if person else one.field
    return file, one.code, field, item.casefold(), "" if one.count > 1 else one.read.casefold()
