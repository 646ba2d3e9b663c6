"""Collects every text that a report prints into the catalogues of `templates/languages`, keeping what is translated.

Run by `make languages`; `tests/render/test_catalogues.py` fails where a catalogue is stale or a translation missing.
Texts come from three places: calls of `gettext` and `ngettext` in Python, the same and `_` in templates, and the texts
that declared tuples hold (titles of figures, tables, fields, findings, criteria), which are said by their values.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from io import BytesIO
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.pofile import read_po, write_po
from jinja2.ext import babel_extract

from pipeline.classify.criteria import CRITERIA
from pipeline.fields import FIELDS
from pipeline.findings import FINDINGS
from pipeline.render.catalogues import FOLDER, forms
from pipeline.render.found import MANY, SENTENCES
from pipeline.render.language import LANGUAGES, SMALL
from pipeline.render.packs import PACKS
from pipeline.render_settings import RenderSettings
from pipeline.summarise.assumptions import COUNTED, RULES
from pipeline.summarise.figures import TITLES
from pipeline.summarise.tables import TABLES
from pipeline.vocabulary import every_word

ROOT = Path(__file__).parents[1]
TEMPLATES = ROOT / "templates"
TRANSLATED = tuple(code for code in LANGUAGES if code != "en")
"""The languages that have a catalogue."""
ONE_AND_MANY = "nplurals=2; plural=(n != 1);"
"""Of every catalogue, French too: the sentence for one says it in words, which nought is not."""
_KEYWORDS: Mapping[str, Any] = {
    "_": None,
    "say": None,
    "gettext": None,
    "ngettext": (1, 2),
    "saying": None,
    "counting": (2, 3),
}
Text = str | tuple[str, str]
"""A sentence, or the one for one and that for many."""


def texts() -> frozenset[Text]:
    """Every text that a report prints."""
    return frozenset(one for one in (*_called(), *_declared()) if one and _has_words(one))


def _called() -> Iterator[Text]:
    """What Python and templates say by a call."""
    for path in sorted((ROOT / "pipeline").rglob("*.py")):
        yield from _extracted("python", path, {})
    for path in _templates():
        yield from _extracted(babel_extract, path, {"trim_blocks": "true", "lstrip_blocks": "true"})


def _extracted(method: Any, path: Path, options: dict[str, str]) -> Iterator[Text]:
    found = extract(method, BytesIO(path.read_bytes()), _KEYWORDS, (), options, strip_comment_tags=False)
    for _, message, _, _ in found:
        yield message if isinstance(message, str) else (message[0], message[1])


def _templates() -> list[Path]:
    return sorted(TEMPLATES.rglob("*.j2"))


def _declared() -> Iterator[Text]:
    yield from (text for pack in PACKS for text in (pack.title, *(page.title for page in (*pack.pages, *pack.annex))))
    yield from TITLES.values()
    yield from (text for table in TABLES for text in (table.title, *(column.title for column in table.columns)))
    yield from (field.title for field in FIELDS)
    yield from (text for kind in FINDINGS for text in (kind.title, kind.why, kind.remedy) if "{" not in text)
    yield from (criterion.explanation for criterion in CRITERIA)
    yield from every_word()
    yield from (*RULES, *COUNTED, *SMALL, *SENTENCES, MANY, str(RenderSettings.model_fields["confidentiality"].default))


def _has_words(text: Text) -> bool:
    """Whether there is something to translate; `{reasons}` alone has none."""
    return bool(re.search(r"[^\W\d_]", re.sub(r"\{\w*\}", "", text if isinstance(text, str) else text[0])))


def updated(code: str, wanted: Iterable[Text]) -> Catalog:
    """The catalogue of a language with exactly these texts, those that were translated still so."""
    old, new = committed(code), Catalog(locale=code, fuzzy=False)
    for one in wanted:
        before = old.get(one)
        keep = before.string if before is not None and any(forms(before)) and _like(before.id, one) else None
        new.add(one, keep)
    return new


def _like(before: Any, now: Text) -> bool:
    return (tuple(before) if isinstance(before, (list, tuple)) else before) == now


def committed(code: str) -> Catalog:
    """The catalogue of a language as it is in the tree; an empty one where there is none."""
    path = place(code)
    if not path.is_file():
        return Catalog(locale=code)
    with path.open("rb") as stream:
        return read_po(stream, locale=code)


def place(code: str) -> Path:
    """Where the catalogue of a language is."""
    return TEMPLATES / FOLDER / f"{code}.po"


def written(code: str, catalog: Catalog) -> bytes:
    """The catalogue as bytes: sorted, with no line numbers, dates or names; the same texts are the same file."""
    stream = BytesIO()
    write_po(stream, catalog, width=0, no_location=True, omit_header=True, sort_output=True, ignore_obsolete=True)
    head = (
        f"Language: {code}\\n",
        "MIME-Version: 1.0\\n",
        "Content-Type: text/plain; charset=utf-8\\n",
        "Content-Transfer-Encoding: 8bit\\n",
        f"Plural-Forms: {ONE_AND_MANY}\\n",
    )
    lines = "\n".join(['msgid ""', 'msgstr ""', *(f'"{line}"' for line in head)])
    return f"{lines}\n\n".encode() + stream.getvalue().strip() + b"\n"


def missing(catalog: Catalog) -> list[str]:
    """The English of what a catalogue does not say in every form."""
    return [str(one.id) for one in catalog if one.id and not all(forms(one))]


def main() -> None:
    """Write every catalogue anew and say what each still lacks."""
    wanted = sorted(texts(), key=str)
    for code in TRANSLATED:
        catalog = updated(code, wanted)
        place(code).parent.mkdir(exist_ok=True)
        place(code).write_bytes(written(code, catalog))
        lacks = missing(catalog)
        print(f"{code}: {len(wanted):,} texts, {len(lacks):,} to translate")
        print("".join(f"  {text}\n" for text in lacks), end="")


if __name__ == "__main__":
    main()
