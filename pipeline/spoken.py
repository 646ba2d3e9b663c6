"""Languages of reports as people write them in a cell: by code, or by name in any of the five."""

from __future__ import annotations

from collections.abc import Mapping

_NAMES: Mapping[str, str] = {
    "en": "english englisch anglais inglés ingles inglês inglese engels",
    "de": "german deutsch allemand alemán aleman alemão alemao tedesco duits",
    "fr": "french französisch franzoesisch français francais francés frances francês francese frans",
    "es": "spanish spanisch espagnol español espanol castellano espanhol spagnolo spaans",
    "pt": "portuguese portugiesisch portugais portugués portugues português portoghese portugees",
}
"""Code -> what the language is called."""
_CODES: Mapping[str, str] = {name: code for code, names in _NAMES.items() for name in (code, *names.split())}


def spoken(text: str) -> str:
    """The code of the language that a cell names: of `German`, `deutsch`, `de`, `de-AT`; "" where it names none."""
    said = text.strip().casefold()
    return _CODES.get(said) or _CODES.get(said.replace("_", "-").partition("-")[0], "")
