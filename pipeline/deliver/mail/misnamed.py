"""Names in `readers` under [deliver.mail] that nothing is for: most are misspelt, and their mail would reach nobody."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from difflib import get_close_matches
from pathlib import Path

from pipeline.deliver.snapshot import published_folders
from pipeline.mail_settings import ORGANISATION, MailSettings

_LIKE = 0.6
"""How alike a name must be to be proposed, from 0 to 1."""


def misnamed(mail: MailSettings, reports: Collection[tuple[str, str]], names: Collection[str]) -> tuple[str, ...]:
    """A sentence for each name that is neither in `reports` of a run, as pack and scope, nor one of other `names`."""
    called = [scope or ORGANISATION for _, scope in reports]
    known = [
        *dict.fromkeys([*called, *(f"{pack}/{scope or ORGANISATION}" for pack, scope in reports), *filter(None, names)])
    ]
    folded = {_folded(name): name for name in reversed(known)}
    return tuple(_sentence(name, "", _nearest(name, folded)) for name in mail.readers if _folded(name) not in folded)


def misnamed_since(mail: MailSettings, output: Path, slug: Callable[[str], str]) -> tuple[str, ...]:
    """The same, held against the names of the reports that were published last; nothing where none were.

    `slug` is how the names of reports are written in those of files.
    """
    folders = published_folders(output) if mail.readers and output.is_dir() else []
    if not folders:
        return ()
    period, folder = folders[0]
    stems = sorted({path.stem.partition("--")[0] for path in folder.iterdir() if path.name.startswith(f"{period}_")})
    return tuple(_missed(mail, str(period), stems, slug)) if stems else ()


def _missed(mail: MailSettings, period: str, stems: list[str], slug: Callable[[str], str]) -> Iterator[str]:
    every = [set(stem.split("_")) for stem in stems]
    for name in mail.readers:
        pack, _, scope = name.rpartition("/")
        wanted = {part for part in (pack, "" if _folded(scope) == ORGANISATION else slug(scope)) if part}
        if not any(wanted <= parts for parts in every):
            like = {stem.rpartition("_")[2]: stem for stem in reversed(stems)}
            yield _sentence(name, f" of {period}", _nearest(slug(scope), like))


def _nearest(name: str, known: dict[str, str]) -> str:
    near = get_close_matches(_folded(name), known, n=1, cutoff=_LIKE)
    return known[near[0]] if near else ""


def _sentence(name: str, when: str, near: str) -> str:
    hint = f" The nearest is '{near}'." if near else ""
    return f"'{name}', in readers under [deliver.mail], is the name of no report{when}: nobody gets mail by it.{hint}"


def _folded(name: str) -> str:
    return name.strip().casefold()
