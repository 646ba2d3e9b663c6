"""What a person confirmed -> their pipeline.toml, whose other content and comments stay as they are."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.deliver.whole import write_named
from pipeline.errors import SettingsError

if TYPE_CHECKING:
    from tomlkit import TOMLDocument


def remember_headings(path: Path, fields: Mapping[str, Sequence[str]], ignored: Sequence[str]) -> None:
    """Add headings to `[ingest.synonyms]` by field, and those to leave unread to `ingest.ignore`.

    The file is made where there is none. A heading that is remembered anew is taken from where it stood before.
    Raises SettingsError where the file cannot be read or written.
    """
    _amend(path, lambda document: _remember(document, fields, ignored))


def remember_words(path: Path, words: Mapping[str, str], weights: Mapping[str, float]) -> None:
    """Add words with their families to `[classify.words]` and points by criterion to `[classify.weights]`.

    The file is made where there is none. Raises SettingsError where the file cannot be read or written.
    """

    def add(document: TOMLDocument) -> None:
        classify = _table(document, "classify")
        for name, added in (("words", words), ("weights", weights)):
            if added:
                _table(classify, name).update(added)

    _amend(path, add)


def _amend(path: Path, change: Callable[[TOMLDocument], None]) -> None:
    """Change the settings file and nothing else in it."""
    import tomlkit

    try:
        text = path.read_bytes().decode("utf-8") if path.exists() else ""
        document = tomlkit.parse(text)
        change(document)
        write_named(path, tomlkit.dumps(document).encode())
    except (OSError, ValueError) as problem:
        raise SettingsError(
            f"what you confirmed cannot be saved here ({problem}).", str(path), "Mend the file."
        ) from problem


def _remember(document: TOMLDocument, fields: Mapping[str, Sequence[str]], ignored: Sequence[str]) -> None:
    ingest = _table(document, "ingest")
    synonyms = _table(ingest, "synonyms")
    new = {heading for headings in (*fields.values(), ignored) for heading in headings}
    for field in list(synonyms):
        _take_out(synonyms, field, new)
    if "ignore" in ingest:
        _take_out(ingest, "ignore", new)
    for field, headings in fields.items():
        _append(synonyms, field, headings)
    if ignored:
        _append(ingest, "ignore", ignored)


def _table(parent: Any, name: str) -> Any:
    import tomlkit

    if name not in parent:
        parent[name] = tomlkit.table()
    return parent[name]


def _append(parent: Any, name: str, headings: Sequence[str]) -> None:
    import tomlkit

    if name not in parent:
        parent[name] = tomlkit.array()
    parent[name].extend(headings)


def _take_out(parent: Any, name: str, headings: set[str]) -> None:
    kept = [heading for heading in parent[name] if heading not in headings]
    if len(kept) == len(parent[name]):
        return
    if kept:
        parent[name] = kept
    else:
        del parent[name]
