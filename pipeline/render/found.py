"""What findings say, in a reader's language: their sentences are known, what they quote of the register is not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime
from functools import cache, lru_cache

import pandas as pd

from pipeline.fields import FIELDS
from pipeline.findings import KINDS
from pipeline.render.language import Language
from pipeline.render.reasons import reasons_in_language

SENTENCES: tuple[str, ...] = (
    "The register says '{read}', the evidence says {kind}: {reasons}",
    "The register says '{read}', the evidence says {kind}.",
    "The finish {day} has passed and the item is still active ('{read}').",
    "The finish {day} has passed and the item is still active.",
    "It is called a project, runs since {day} and has no finish.",
    "It is called a project, runs and has no finish.",
    "The ID '{read}' is also on {other}; both rows are kept.",
    "This row is the same as {other}; both are kept.",
    "'{read}' is not a date. {field} is left empty.",
    "'{read}' is text; it is read as {day}.",
    "{day} is no real date but stands for 'none'; {field} is left open.",
    "The finish {day} is before the start {start}; both are kept, and no effort is spread over them.",
    "There is no day '{read}'. {field} is left empty.",
    "'{read}' names no year, and the other dates of this column do not lie in one. {field} is left empty.",
    "'{read}' is not a number. {field} is left empty.",
    "'{read}' is not an amount of work. Effort is left empty.",
    "'{read}' is no known cadence. Cadence is left empty.",
    "'{read}' is not between 0 and 100 %. Progress is left empty.",
    "The cell shows {read}. {field} is left empty.",
    "The formula has never been calculated. {field} is left empty.",
    "No accountable, responsible or owning person is named.",
    "'{read}' names nobody. {field} is left empty.",
    "'{read}' looks like {other}; they are kept apart.",
    "'{read}' and {other} differ by one letter; they are two people here.",
    "'{read}' is not on the People sheet; a full-time capacity is assumed.",
    "'{read}' is read as one person, {other}.",
    "'{read}' is read as {day}.",
    "The project ends on {day} and names nobody to take over.",
    "The project is closed, and names neither an operation nor anybody who takes its result over.",
    "The project is closed, and names no operation that carries its result on.",
    "The project is closed, and its successor is no operation of the register.",
    "{person} is at {load} of capacity in {month}.",
)  # fmt: skip
"""What is said of an item's cells, as the kinds of finding word it; a longer one before one that begins like it."""
MANY = "{count} like this ({places}), such as: {text}"
"""How a finding begins that stands for others."""
_DAY = r"\d{4}-\d{2}-\d{2}|\d{1,2} [A-Z][a-z]{2} \d{4}"
_PLACES = {
    "day": _DAY, "start": _DAY, "kind": "project|operation|mixed", "load": r">?\d+(?:\.\d)?%",
    "month": r"[A-Z][a-z]+ \d{4}",
    "field": "|".join(re.escape(one.title) for one in FIELDS),
}  # fmt: skip
_MANY = re.compile(r"(?P<count>[\d,]+) like this \((?P<places>.*?)\), such as: (?P<text>.*)", re.DOTALL)
_BESIDE = re.compile(r"(?<=\.) (?=The register says|The finish|It is called)")
_NAMED = re.compile(r"\(\?P<\w+>")
_ISO = re.compile(r"(?<!['\d-])\d{4}-\d{2}-\d{2}(?!['\d-])")


def said(message: str, code: str, read: str, say: Language) -> str:
    """What a finding says without its remedy; a sentence that is none of ours gives way, abroad, to what was read."""
    text = _remedy_of(code).sub("", message)
    many = _MANY.fullmatch(text)
    if many:
        return say.gettext(
            MANY, count=many["count"], places=many["places"], text=said(many["text"], code, read, say)
        ).strip()
    for pattern, sentence in _patterns():
        found = pattern.fullmatch(text)
        if found:
            return say.gettext(sentence, **{name: _value(name, was, say) for name, was in found.groupdict().items()})
    if say.code == "en":
        return _ISO.sub(lambda day: _day(day.group(), say), text)
    spoken = str(reasons_in_language(pd.Series([text], dtype="string"), say).iat[0])
    return spoken if spoken != text else read


def told(findings: pd.DataFrame, say: Language) -> pd.Series:
    """The messages of a table of findings in a reader's language: what each says, and what to do about it.

    Abroad, one that is said in no sentence of ours tells its kind and why that matters.
    """
    columns = (findings["message"], findings["code"], findings["read"].fillna(""))
    return pd.Series(
        [_told(str(message), str(code), str(read), say) for message, code, read in zip(*columns, strict=True)],
        findings.index,
        dtype=findings["message"].dtype,
    )


def _told(message: str, code: str, read: str, say: Language) -> str:
    what, kind = said(message, code, read, say), KINDS.get(code)
    if kind and what == read:
        what = f"{say.word(kind.title)}. {say.word(kind.why)}"
    return f"{what} {remedy(code, say)}".strip()


def contradiction(text: str, say: Language) -> str:
    """How an item's cells contradict each other, in one sentence or several."""
    return " ".join(said(one, "", "", say) for one in _BESIDE.split(text) if one)


def remedy(code: str, say: Language) -> str:
    """What to do about it, where that is the same for every finding of the kind."""
    kind = KINDS.get(code)
    return say.word(kind.remedy) if kind and "{" not in kind.remedy else ""


@cache
def _remedy_of(code: str) -> re.Pattern[str]:
    """How the messages of a kind end: what to do, whatever its places hold; blanks alone where it is all place."""
    kind = KINDS.get(code)
    words = re.search(r"\w", re.sub(r"\{\w+\}", "", kind.remedy)) if kind else None
    ending = _NAMED.sub("(?:", "".join(_parts(kind.remedy))) if kind and words else ""
    return re.compile(rf"\s*{ending}\Z", re.DOTALL)


@lru_cache(maxsize=1)
def _patterns() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile("".join(_parts(one)), re.DOTALL), one) for one in SENTENCES)


def _parts(sentence: str) -> Iterator[str]:
    for part in re.split(r"(\{\w+\})", sentence):
        name = part[1:-1]
        yield f"(?P<{name}>{_PLACES.get(name, '.+?')})" if part.startswith("{") else re.escape(part)


def _value(name: str, text: str, say: Language) -> str:
    if name in ("day", "start"):
        return _day(text, say)
    if name == "load":
        return say.load(float(text.strip(">%")) / 100 + text.startswith(">"))
    if name == "month":
        return say.period(datetime.strptime(text, "%B %Y").date())
    if name == "reasons":
        return str(reasons_in_language(pd.Series([text], dtype="string"), say).iat[0])
    return say.word(text) if name in ("kind", "field") else text


def _day(text: str, say: Language) -> str:
    """`2026-10-31` or `31 Oct 2026` as the reader writes days; what is no day stays."""
    try:
        return say.full_day(date.fromisoformat(text) if "-" in text else datetime.strptime(text, "%d %b %Y").date())
    except ValueError:
        return text
