"""Texts -> numbers and shares, with either decimal mark, the signs of money and the words for thousands."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal

Mark = Literal[".", ",", ""]

LONGEST = 100
"""Longer texts are sentences, no amounts."""
_CURRENCY = re.compile(
    r"(?:us|can|au|nz|r)?\$|[€£¥]|\b(?:euros?|eur|usd|gbp|chf|cad|aud|nzd|brl|mxn|pen|jpy|sek|nok|dkk|kr)\b|\bfr\b\.?(?=\s?\d)|(?<=\d )fr\b"
)
_SCALES = {
    **dict.fromkeys(("k", "t", "tsd", "tausend", "thousand", "thousands", "mil", "miles", "mila", "milliers", "'000", "000"), 1e3),
    **dict.fromkeys(("m", "mio", "mn", "mill", "million", "millions", "millionen", "millones", "milhoes", "milioni", "miljoen"), 1e6),
    **dict.fromkeys(("mrd", "bn", "md", "billion", "billions", "milliarden", "miljard"), 1e9),
}  # fmt: skip
_IN_FRONT = re.compile(
    r"(?:ca|circa|approx|approximately|about|around|etwa|rund|env|environ|aprox|cerca|max|up to|bis zu)\b\.?\s*|[~≈]\s*"
)
_BETWEEN = re.compile(r"(?:between|zwischen|entre|tra|tussen|from|von|de|da|van)\s+")
_JOINT = re.compile(r"\s*(?:-|\bto\b|\bbis\b|\bà\b|\ba\b|\baté\b|\btot\b|\bund\b|\band\b|\bet\b|\by\b|\be\b|\ben\b)\s*")
_DIGITS = r"\d{1,3}(?:(?:[ ']\d{3})+(?:[.,]\d+)?|(?:\.\d{3})+(?:,\d+)?|(?:,\d{3})+(?:\.\d+)?)(?![\d.,]\d)|\d*[.,]?\d+"
NUMBER = re.compile(
    rf"(?P<whole>\d{{1,4}}) (?P<part>[1-9])/(?P<of>[2-8])|(?P<sole>[1-9])/(?P<below>[2-8])|(?P<digits>{_DIGITS})(?P<power>e[+\-]?\d{{1,2}})?(?![\d/])"
)
"""A number at the beginning of a folded text: `1 1/2`, `1/2`, `1.234,5`, `1.5e+03`."""
_PERCENT = re.compile(r"(?i)%|\bpercent\b|\bprozent\b")
_AMBIGUOUS = re.compile(r"[1-9]\d{0,2}([.,])\d{3}")
_FRACTIONS = {"½": " 1/2", "¼": " 1/4", "¾": " 3/4", "⅓": " 1/3", "⅔": " 2/3"}
_NOTHING = frozenset(
    (
        "|nan|null|#n/a|-|–|—|--|---|n/a|na|n.a.|n. a.|none|?|??|???|tbc|tbd|tba|t.b.c.|t.b.d.|unknown|k.a.|offen|nc|nd|por definir|a definir|à définir|n.b.|n.n.|n.n.b.|da definire|nvt|n.v.t.|ntb|n.t.b."
        "|to be defined|to be confirmed|to be determined|noch offen|unbekannt|à déterminer|à confirmer|por determinar|por confirmar|pendiente|pendente|nader te bepalen|onbekend|inconnu|keine|keine angabe|s/o|open"
    ).split("|")
)  # fmt: skip


@dataclass(frozen=True)
class Amount:
    """A number that was read, and whether it is the middle of a range.

    `other`: the second reading where nothing says which mark parts decimals (`1.234`).
    """

    value: float
    ranged: bool = False
    other: float | None = None
    scaled: bool = False
    """The text names its own scale: `5k`, `50 %`."""


def is_nothing(text: str) -> bool:
    """The text says that there is no value (yet)."""
    return text.strip().casefold() in _NOTHING


def folded(text: str) -> str:
    """Without case, with plain dashes, quotes and blanks; fractions are written out."""
    for sign, words in _FRACTIONS.items():
        text = text.replace(sign, words)
    plain = re.sub(r"[\u2010-\u2015\u2212]", "-", text.casefold()).replace("\u2019", "'")
    return " ".join(_IN_FRONT.sub("", " ".join(plain.split()), count=1).split())


def names_money(text: str) -> bool:
    """The text holds a sign or code of a currency."""
    return _CURRENCY.search(text.casefold()) is not None


def read_number(text: str, mark: Mark = "") -> Amount | None:
    """The number a text stands for (`1.234,5`, `$5k`, `(120)`, `5000-10000` at its middle), or None.

    `mark` is what parts decimals in its column. The time is linear in the text.
    """
    if len(text) > LONGEST:
        return None
    return _read(" ".join(_CURRENCY.sub(" ", _glued(folded(text))).split()), mark)


def share_of(text: str, mark: Mark = "") -> Amount | None:
    """`50 %` -> 0.5; a bare number is returned as it stands (the column decides what it means)."""
    amount = read_number(_PERCENT.sub(" ", text), mark)
    if amount is None or not _PERCENT.search(text):
        return amount
    return replace(amount, value=amount.value / 100, other=amount.other and amount.other / 100, scaled=True)


def read_share(text: str) -> float | None:
    """A share that can be read in one way alone, as `share_of` reads it."""
    amount = share_of(text)
    return None if amount is None or amount.other is not None else amount.value


def mark_of(texts: Iterable[str]) -> tuple[Mark, str]:
    """What parts decimals in a column, and the text that decides; ("", "") where none does.

    `1.234,5` and `0,25` decide; `1.234` may be a thousand or a little over one. At least two such texts that all
    end in a nought are thousands: nobody writes 1.200 and 3.500 for 1.2 and 3.5. Where texts contradict, none decides.
    """
    votes: dict[Mark, str] = {}
    unsure: dict[str, str] = {}
    for text in texts:
        for match in NUMBER.finditer(folded(text[:LONGEST])):
            digits = match["digits"] or ""
            if _AMBIGUOUS.fullmatch(digits):
                unsure.setdefault(digits, text)
            elif mark := _mark_in(digits):
                votes.setdefault(mark, text)
    if not votes and len(unsure) > 1 and all(digits.endswith("0") for digits in unsure):
        grouping = {_AMBIGUOUS.fullmatch(digits)[1] for digits in unsure}  # type: ignore[index]
        votes = {"." if mark == "," else ",": next(iter(unsure.values())) for mark in grouping}
    return next(iter(votes.items())) if len(votes) == 1 else ("", "")


def heading_scale(heading: str) -> float:
    """What a heading says its numbers are counted in: `Budget (k€)`, `TEUR`, `Kosten in Mio.`, `USD '000`; else 1."""
    plain = folded(heading)
    if not names_money(_glued(plain)) and not re.search(r"\b(?:mio|tsd|miles|thousands?|millions?)\b", plain):
        return 1.0
    words = re.findall(
        r"'?[a-z0-9.]+", _CURRENCY.sub(" ", _glued(plain)).replace("1.000", "000").replace("1,000", "000")
    )
    scales = {_SCALES[word.rstrip(".")] for word in words if word.rstrip(".") in _SCALES}
    return scales.pop() if len(scales) == 1 else 1.0


def _glued(plain: str) -> str:
    """`teur`, `k€`, `£m`: the scale is parted from the currency."""
    return re.sub(r"\b([tkm])(?=eur\b|€|\$|£|usd\b|chf\b|gbp\b)|(?<=[€$£])([tkm])\b", r" \1\2 ", plain)


def _mark_in(digits: str) -> Mark:
    """What parts decimals in one number that leaves no doubt; "" where it has no mark or may be read both ways."""
    marks = [letter for letter in digits if letter in ".,"]
    if not marks:
        return ""
    if len(marks) > 1 and len(set(marks)) == 1:
        return "," if marks[0] == "." else "."
    return "." if marks[-1] == "." else ","


def _read(plain: str, mark: Mark) -> Amount | None:
    negative = (plain.startswith("(") and plain.endswith(")")) or (
        plain.endswith("-") and plain[:-1].strip("0123456789., '") == "" and not plain.endswith((".-", ".--", "--"))
    )
    bare = plain.strip("()").strip().rstrip("-").rstrip(". ")
    if bare[:1] in ("-", "+"):
        negative, bare = negative != (bare[0] == "-"), bare[1:].strip()
    scaled = re.fullmatch(r"(k|t|m|mio|tsd)\.? (.+)", bare)
    if scaled:
        bare = f"{scaled[2]} {scaled[1]}"
    match = NUMBER.match(bare)
    if match:
        rest = bare[match.end() :].strip().rstrip(".").strip()
        if not rest or rest in _SCALES:
            read = _times(value_of(match, mark), (-1.0 if negative else 1.0) * _SCALES.get(rest, 1.0))
            return replace(read, scaled=bool(rest)) if read else None
    return None if negative else _middle(bare, mark)


def _middle(bare: str, mark: Mark) -> Amount | None:
    """`5-10k`, `between 5 and 10`: the middle; the low end has the high end's scale where it names none."""
    bare = _BETWEEN.sub("", bare, count=1)
    match = NUMBER.match(bare)
    if not match:
        return None
    scale = re.match(r"\s?([a-z]{1,8})\b\.?(?=\s*(?:-|to|bis|und|and))", bare[match.end() :])
    start = match.end() + (scale.end() if scale and scale[1] in _SCALES else 0)
    joint = _JOINT.match(bare, start)
    if not joint:
        return None
    low, high = value_of(match, mark), _read(bare[joint.end() :], mark)
    if low is None or high is None or high.ranged:
        return None
    after = re.search(r"([a-z']+)\.?$", bare)
    own = scale[1] if scale and scale[1] in _SCALES else after[1] if after and after[1] in _SCALES else ""
    low = _times(low, _SCALES.get(own, 1.0)) or low
    if low.other is not None or high.other is not None:
        return Amount(low.value, True, high.value)
    return Amount((low.value + high.value) / 2, True, scaled=high.scaled) if low.value <= high.value else None


def _times(amount: Amount | None, factor: float) -> Amount | None:
    if amount is None:
        return None
    return replace(amount, value=amount.value * factor, other=None if amount.other is None else amount.other * factor)


def value_of(match: re.Match[str], mark: Mark) -> Amount | None:
    """What the digits of a match of NUMBER stand for; None where their marks stand wrongly (`1.2.3`)."""
    if match["whole"] or match["sole"]:
        part = int(match["part"] or match["sole"]) / int(match["of"] or match["below"])
        return Amount(int(match["whole"] or 0) + part) if part < 1 else None
    digits = re.sub(r"[ ']", "", match["digits"])
    power = 10.0 ** int((match["power"] or "e0")[1:])
    if _AMBIGUOUS.fullmatch(digits) and not re.search(r"[ ']", match["digits"]):
        whole, fraction = float(re.sub(r"[.,]", "", digits)), float(digits.replace(",", "."))
        if not mark:
            return Amount(whole * power, other=fraction * power)
        return Amount((fraction if mark in digits else whole) * power)
    decimal = _mark_in(digits)
    other = "," if decimal == "." else "."
    return Amount(float(digits.replace(other, "").replace(decimal, ".") if decimal else digits) * power)
