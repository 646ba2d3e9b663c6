"""Who gets a letter: addresses from the settings, and those rows of the People sheet that the settings approve."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.addresses import is_address
from pipeline.letter import Letter
from pipeline.mail_settings import EVERYBODY, ORGANISATION, MailSettings

if TYPE_CHECKING:
    from pandas import DataFrame


@dataclass(frozen=True)
class Unaddressed:
    """A letter that goes to nobody, and why, in a sentence without an address."""

    report: str
    reason: str
    pack: str = ""
    empty: bool = False
    """Whether nobody misses it: it is about no work item."""
    name: str | None = None
    """What the reason quotes of a register, "" where it quotes nothing; None where nobody knows what it quotes."""


@dataclass(frozen=True)
class Addressed:
    """Each letter with each of its addresses, and the letters that have none."""

    pairs: tuple[tuple[Letter, str], ...]
    without: tuple[Unaddressed, ...]


def addressed(letters: Sequence[Letter], people: DataFrame, settings: MailSettings) -> Addressed:
    """Every letter with whom it goes to, in the order of the letters.

    `people` is the People sheet with columns `name` and `email`. What the settings say of a reader counts before the
    sheet. A letter about no work item goes to nobody.
    """
    sheet = _sheet(people)
    pairs: list[tuple[Letter, str]] = []
    without: list[Unaddressed] = []
    for letter in letters:
        addresses, reason = _of(letter, sheet, settings)
        pairs += [(letter, address) for address in addresses]
        if reason:
            without.append(Unaddressed(letter.report, reason, letter.pack, not letter.items, letter.scope))
    return Addressed(tuple(pairs), tuple(without))


def another_than_last_time(letter: Letter, address: str, last: str, hashed: str, settings: MailSettings) -> str:
    """Why a letter is held: the address, `hashed`, is not the one its reader's last mail went to, whose hash is `last`.

    "" where it is, where there was none, and where the settings name the address: only a register can redirect it.
    """
    if not last or last == hashed or address in _from_settings(letter, settings):
        return ""
    return "The address is another than last time."


def _of(letter: Letter, sheet: dict[str, tuple[str, ...]], settings: MailSettings) -> tuple[list[str], str]:
    """The addresses of a letter; where it has none, why."""
    if not letter.items:
        return [], "It is about no work item."
    set_ones = _from_settings(letter, settings)
    if set_ones:
        return set_ones, ""
    if letter.audience != "person":
        return [], f"Nobody is named for it: add '{letter.scope or ORGANISATION}' to readers under [deliver.mail]."
    return _from_sheet(letter, sheet, settings)


def _from_settings(letter: Letter, settings: MailSettings) -> list[str]:
    reader = letter.scope or ORGANISATION
    wanted = {_alike(reader), _alike(f"{letter.pack}/{reader}")}
    return _once(one for name, those in settings.readers.items() if _alike(name) in wanted for one in those)


def _from_sheet(letter: Letter, sheet: dict[str, tuple[str, ...]], settings: MailSettings) -> tuple[list[str], str]:
    found = sheet.get(_alike(letter.scope), ())
    if found in ((), ("",)):
        return [], "The People sheet has no e-mail address for this person."
    approved = {_alike(name) for name in settings.people}
    if EVERYBODY not in approved and _alike(letter.scope) not in approved:
        return [], "Its reader is not approved: add the name to people under [deliver.mail]."
    if "" in found:
        return [], "The People sheet has this name more than once, and not always with an address: say who is who."
    if len(found) > 1:
        return [], "The People sheet has several addresses for this person: leave one."
    if not is_address(found[0]):
        return [], "What the People sheet has as this person's address is no plain address, such as name@example.org."
    if not settings.allows(found[0]):
        return [], "The address on the People sheet is outside the domains that mail may go to."
    return [found[0]], ""


def _sheet(people: DataFrame) -> dict[str, tuple[str, ...]]:
    """The different addresses of each name on the People sheet; "" is that of one who has none."""
    if not len(people):
        return {}
    rows = people[["name", "email"]].fillna("").astype(str).assign(key=people["name"].str.strip().str.casefold())
    grouped = rows["email"].str.strip().groupby(rows["key"])
    return {str(key): tuple(_once(texts.tolist())) for key, texts in grouped}


def _once(addresses: Iterable[str]) -> list[str]:
    """Each address once, whatever its case."""
    return list({address.casefold(): address for address in reversed(list(addresses))}.values())[::-1]


def _alike(name: str) -> str:
    return name.strip().casefold()
