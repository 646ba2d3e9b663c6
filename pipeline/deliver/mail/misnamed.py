"""Names in `readers` under [deliver.mail] that nothing is for: most are misspelt, and their mail would reach nobody."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from difflib import get_close_matches
from pathlib import Path

from pipeline.deliver.snapshot import published_folders
from pipeline.mail_settings import EVERYBODY, ORGANISATION, MailSettings

_LIKE = 0.6
"""How alike a name must be to be proposed, from 0 to 1."""
_LISTED = 10
"""Names that are listed where none is near."""
_PEOPLE = ("people", "nobody on the People sheet")


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
    folders = published_folders(output) if (mail.readers or mail.people) and output.is_dir() else []
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
    pages = {stem.rpartition("_")[2]: stem for stem in stems if "owner" in stem.split("_")}
    parts = {part for stem in pages.values() for part in stem.split("_")}
    for name in mail.people:
        if pages and _folded(name) != EVERYBODY and slug(name) not in parts:
            yield _sentence(name, f" of {period}", _nearest(slug(name), pages), ("people", "the name of no report"))


def misnamed_people(mail: MailSettings, names: Collection[str]) -> tuple[str, ...]:
    """A sentence for each name in `people` that is not one of the `names` of the People sheet; EVERYBODY is none."""
    folded = {_folded(name): name for name in names}
    missed = [name for name in mail.people if _folded(name) not in {*folded, _folded(EVERYBODY)}]
    return tuple(_sentence(name, "", _nearest(name, folded), _PEOPLE) for name in missed)


def _nearest(name: str, known: dict[str, str]) -> str:
    """What is said of the name that is meant: the nearest, else the first there are; "" where there is none."""
    near = get_close_matches(_folded(name), known, n=1, cutoff=_LIKE)
    if near:
        return f" The nearest is '{known[near[0]]}'."
    names = sorted({one for one in known.values() if "/" not in one})
    return f" There are: {', '.join(names[:_LISTED])}." if names else ""


def _sentence(name: str, when: str, hint: str, what: tuple[str, str] = ("readers", "the name of no report")) -> str:
    setting, wrong = what
    return f"'{name}', in {setting} under [deliver.mail], is {wrong}{when}: nobody gets mail by it.{hint}"


def _folded(name: str) -> str:
    return name.strip().casefold()
