"""Which public holidays a place has: countries and regions as people write them, looked up in the holiday library."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from functools import lru_cache

import numpy as np
import numpy.typing as npt

Days = npt.NDArray[np.datetime64]

_LOCAL: Mapping[str, str] = {
    "deutschland": "DE", "allemagne": "DE", "alemania": "DE", "alemanha": "DE", "germania": "DE", "duitsland": "DE",
    "osterreich": "AT", "autriche": "AT", "schweiz": "CH", "suisse": "CH", "svizzera": "CH", "suiza": "CH",
    "frankreich": "FR", "francia": "FR", "franca": "FR", "frankrijk": "FR", "espana": "ES", "spanien": "ES",
    "espagne": "ES", "espanha": "ES", "spagna": "ES", "spanje": "ES", "italia": "IT", "italien": "IT", "italie": "IT",
    "brasil": "BR", "brasilien": "BR", "bresil": "BR", "nederland": "NL", "niederlande": "NL", "paysbas": "NL",
    "holland": "NL", "belgie": "BE", "belgique": "BE", "belgien": "BE", "polen": "PL", "polska": "PL", "pologne": "PL",
    "greatbritain": "GB", "vereinigteskonigreich": "GB", "royaumeuni": "GB", "reinounido": "GB", "regnounito": "GB",
    "uk": "GB", "sverige": "SE", "schweden": "SE", "danmark": "DK", "danemark": "DK", "norge": "NO", "norwegen": "NO",
    "suomi": "FI", "finnland": "FI", "tschechien": "CZ", "cesko": "CZ", "irland": "IE", "irlande": "IE",
    "mexiko": "MX", "mexique": "MX", "messico": "MX", "america": "US", "unitedstatesofamerica": "US",
    "england": "GB ENG", "scotland": "GB SCT", "wales": "GB WLS", "northernireland": "GB NIR",
}  # fmt: skip
"""Countries under names that the library does not know, accents and blanks left out; some are a region, too."""


class UnknownPlace(LookupError):
    """No public holidays are known for a country, or for a region of it."""


def place_of(country: str, region: str) -> tuple[str, str]:
    """A country and region as the library calls them, such as `("DE", "BY")` for `Deutschland` and `Bayern`.

    Raises UnknownPlace where it does not know the country, or no such region of it.
    """
    import holidays  # heavy, and not needed without a country

    local, _, part = _LOCAL.get(_plain(country), "").partition(" ")
    code = local or _countries().get(_plain(country), "")
    if not code:
        raise UnknownPlace(country)
    known = holidays.country_holidays(code)
    regions = {_plain(name): name for name in known.subdivisions} | {
        _plain(alias): name for alias, name in known.subdivisions_aliases.items()
    }
    wanted = _plain(region).removeprefix(code.casefold()) if _plain(region) not in regions else _plain(region)
    if region and wanted not in regions:
        raise UnknownPlace(f"{country} {region}")
    return code, regions[wanted] if region else part


def public_holidays(country: str, region: str, years: Iterable[int]) -> Days:
    """The days off, in order, of a place as `place_of` tells it."""
    import holidays

    return np.array(
        sorted(holidays.country_holidays(country, subdiv=region or None, years=years)), dtype="datetime64[D]"
    )


@lru_cache(maxsize=1)
def _countries() -> Mapping[str, str]:
    """Every name, two-letter and three-letter code of a country -> its two-letter code."""
    from holidays.registry import COUNTRIES

    return {
        _plain(name): next(code for code in names if len(code) == 2)
        for key, names in COUNTRIES.items()
        for name in (key, *names)
    }


def _plain(text: str) -> str:
    """Letters and digits alone, without case and accents."""
    bare = unicodedata.normalize("NFKD", text).casefold()
    return "".join(letter for letter in bare if letter.isalnum())
