"""Who gets which report: every pack, for each scope it is made for, in each language that is wanted."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from pipeline.model import Summary
from pipeline.render.packs import Pack, packs
from pipeline.render.text import slug
from pipeline.render_settings import FormatId, RenderSettings
from pipeline.seal import seal
from pipeline.spoken import spoken


@dataclass(frozen=True, eq=False)
class Reader:
    """One report to make: a pack about a summary in a language; `name` is its file's, without ending."""

    pack: Pack
    summary: Summary
    language: str
    name: str

    @property
    def formats(self) -> tuple[FormatId, ...]:
        """Its formats."""
        return self.pack.formats

    @property
    def seal(self) -> str:
        """What its files carry, and no other report's."""
        return seal(str(self.summary.period), self.pack.id, self.summary.scope, self.language)


def readers(summaries: Sequence[Summary], settings: RenderSettings) -> tuple[Reader, ...]:
    """Every report of a run, pack by pack, in the order of the summaries; each file name once.

    `2026-10_executive`, `2026-10_department_it-services`, `2026-10_owner_j-smith_de`: ASCII, stable and sortable. The
    language is named where it is not the settings' own. Where names are alike, each says by letters of its own whose
    it is, whatever order they come in: `2026-10_owner_j-smith--1f0c2a9b`.
    """
    found = [
        Reader(pack, summary, code, _name(pack, summary, code, settings))
        for pack in packs(settings)
        for summary in summaries
        if _is_for(pack, summary)
        for code in _languages(pack, summary, settings)
    ]
    counts = Counter(one.name for one in found)
    return tuple(replace(one, name=_own_name(one)) if counts[one.name] > 1 else one for one in found)


def _is_for(pack: Pack, summary: Summary) -> bool:
    """An executive's pack is for the whole organisation, too: somebody answers for all of it."""
    whole = summary.audience == "organisation"
    return pack.audience == summary.audience or (whole and pack.audience == "executive")


def _languages(pack: Pack, summary: Summary, settings: RenderSettings) -> Iterator[str]:
    if pack.languages:
        yield from dict.fromkeys(pack.languages)
    else:
        yield settings.languages.get(summary.scope) or _own(summary) or settings.language


def _own(summary: Summary) -> str:
    """The language that the People sheet has for the person a summary is about; "" where it says none."""
    people = summary.portfolio.register.people
    if not summary.scope or "language" not in people.columns:
        return ""
    said = people.loc[people["name"] == summary.scope, "language"]
    return spoken(str(said.iloc[0])) if len(said) else ""


def _name(pack: Pack, summary: Summary, code: str, settings: RenderSettings) -> str:
    parts = [str(summary.period), pack.id, slug(summary.scope) if summary.scope else ""]
    return "_".join(part for part in (*parts, code if code != settings.language else "") if part)


def _own_name(reader: Reader) -> str:
    """The name of a report whose name others have, with the beginning of its scope's SHA-256."""
    scope = reader.summary.scope.encode(errors="surrogatepass")
    return f"{reader.name}--{hashlib.sha256(scope).hexdigest()[:8]}"
