"""Catalogues: what each sentence is in another language, `templates/languages/<code>.po`, a user's own first."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po

from pipeline.errors import TemplateError
from pipeline.render.places import places

FOLDER = "languages"


class Catalogue(GNUTranslations):
    """A catalogue that knows which English sentences it, or one behind it, has."""

    known: frozenset[str] = frozenset()


@lru_cache(maxsize=16)
def translations(code: str, folders: tuple[Path, ...]) -> NullTranslations:
    """The catalogues of a language, chained: what one folder does not have the next may; what none has stays English.

    Raises TemplateError naming a catalogue that cannot be read, or a sentence whose places are not the English ones.
    """
    chain: NullTranslations = NullTranslations()
    for folder in reversed(folders):
        path = folder / FOLDER / f"{code}.po"
        if path.is_file():
            own = _compiled(path, code)
            own.add_fallback(chain)
            own.known |= known_to(chain)
            chain = own
    return chain


def known_to(chain: NullTranslations) -> frozenset[str]:
    """The English sentences that a chain of catalogues has."""
    return chain.known if isinstance(chain, Catalogue) else frozenset()


def forms(message: Message) -> tuple[str, ...]:
    """What a catalogue says for a message: one text, or one for each plural form; "" where it says nothing."""
    said = message.string
    return tuple(said) if isinstance(said, (tuple, list)) else (said or "",)


def originals(message: Message) -> tuple[str, ...]:
    """The English of a message: one text, or the one for one and that for many."""
    return tuple(message.id) if isinstance(message.id, (tuple, list)) else (message.id,)


def misplaced(message: Message) -> Iterator[str]:
    """Texts of a message that cannot be filled: their places are not those of the English, of which singular forms may
    leave out the count.
    """
    english = originals(message)
    known = frozenset[str]().union(*map(places, english))
    for at, text in enumerate(forms(message)):
        try:
            has = places(text)
        except ValueError:
            yield text
            continue
        needed = places(english[min(at, len(english) - 1)]) - ({"count", "n"} if len(english) > 1 else frozenset())
        if text and not (needed <= has <= known | ({"count", "n"} if len(english) > 1 else frozenset())):
            yield text


def _compiled(path: Path, code: str) -> Catalogue:
    try:
        with path.open("rb") as stream:
            catalog = read_po(stream, locale=code, abort_invalid=True)
    except (OSError, UnicodeDecodeError, PoFileError) as problem:
        raise TemplateError(f"{problem}.", str(path), "Mend that line of the catalogue.") from problem
    _only_complete(catalog, path)
    compiled = BytesIO()
    write_mo(compiled, catalog)
    compiled.seek(0)
    made = Catalogue(compiled)
    made.known = frozenset(text for one in catalog if one.id for text in originals(one))
    return made


def _only_complete(catalog: Catalog, path: Path) -> None:
    """Leave what is not translated, in all its forms, to the next catalogue."""
    for message in [one for one in catalog if one.id]:
        if not all(forms(message)):
            catalog.delete(message.id, message.context)
        for text in misplaced(message):
            wanted = ", ".join(
                f"{{{name}}}" for name in sorted(frozenset[str]().union(*map(places, originals(message))))
            )
            raise TemplateError(
                f"'{text}' has other places than the English sentence.", str(path), f"Known: {wanted or 'none'}."
            )
