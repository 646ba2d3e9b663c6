"""Writes the reference pages and the example settings from what the code declares, so that they cannot drift.

Run by `make docs`; `tests/test_docs.py` fails where a page is stale.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from types import UnionType
from typing import Any, Literal, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from pipeline.classify.criteria import CRITERIA
from pipeline.fields import FIELDS, PEOPLE_FIELDS, Field
from pipeline.findings import FINDINGS, FindingKind
from pipeline.render.interface import names
from pipeline.render.packs import PACKS
from pipeline.settings import FILE_NAME, Settings
from pipeline.summarise.tables import TABLES, Table

ROOT = Path(__file__).parents[1]
MADE = "<!-- Made by `make docs` from {source}. Change it there. -->\n\n"
LANGUAGES = {
    "en": "English", "de": "German", "fr": "French", "es": "Spanish", "pt": "Portuguese", "it": "Italian",
    "nl": "Dutch", "sv": "Swedish", "ja": "Japanese", "zh": "Chinese", "ko": "Korean", "he": "Hebrew",
}  # fmt: skip
LEVEL_MEANS = {
    "error": "something is not in the reports",
    "warning": "a figure may be wrong or missing",
    "note": "an assumption was made",
}


def fields_page() -> str:
    """Every column that is understood, with its usual headings."""
    return "".join(
        [
            MADE.format(source="`pipeline/fields.py`"),
            "# Fields\n\nEvery column of a register that is understood. Headings are compared after normalising case, "
            "accents, punctuation and line breaks; close ones are taken too, and each such guess is reported as R10. "
            "Your own headings go under `[ingest.synonyms]` in `pipeline.toml`.\n\n",
            _table(["Field", "Title", "Holds", "Meaning"], ((f"`{f.id}`", f.title, f.kind, f.meaning) for f in FIELDS)),
            "\n## The People sheet\n\nAn optional sheet of the same workbook with one row a person.\n\n",
            _table(
                ["Field", "Title", "Holds", "Meaning"],
                ((f"`{f.id}`", f.title, f.kind, f.meaning) for f in PEOPLE_FIELDS),
            ),
            "\n## Usual headings\n",
            *map(_headings, FIELDS),
            "\n## Usual headings of the People sheet\n",
            *map(_headings, PEOPLE_FIELDS),
        ]
    )


def _headings(field: Field) -> str:
    lines = [
        f"- {LANGUAGES.get(code, code)}: {', '.join(_plain(word) for word in words)}"
        for code, words in field.headings.items()
    ]
    return "\n".join([f"\n### {field.title}\n", *lines, ""])


def criteria_page() -> str:
    """Every reason to call an item a project or an operation."""
    rows = [
        (f"`{one.id}`", one.family, one.question, _read(one.fields), f"{one.points:+g}", one.source) for one in CRITERIA
    ]
    return "".join(
        [
            MADE.format(source="`pipeline/classify/criteria.py` and `families.py`"),
            "# Criteria\n\nEvery reason to call an item a project or an operation. Points are log-odds of a full "
            "answer: above zero they speak for a project, below for an operation. The points of one family are capped, "
            "so that many words cannot outvote a date; `pipeline explain ID` shows those of one item. Families: T "
            "time, O output, C change, G governance, M money, W words, E end state, X neither. Words and the criterion "
            "they belong to: [words.csv](../../pipeline/classify/words.csv). Your own words and points go under "
            "`[classify.words]` and `[classify.weights]` in `pipeline.toml`.\n\n",
            _table(["Criterion", "Family", "Question", "Reads", "Points", "Source of the rule"], rows),
        ]
    )


def _read(fields: tuple[str, ...]) -> str:
    return ", ".join(f"`{field}`" for field in fields) or "every text"


def findings_page() -> str:
    """Every problem in the data that can be named."""
    levels = "\n".join(f"- **{level}**: {meaning};" for level, meaning in LEVEL_MEANS.items()).rstrip(";") + "."
    return "".join(
        [
            MADE.format(source="`pipeline/findings.py`"),
            "# Findings\n\nEvery problem in the data that can be named. Each is reported with its file, sheet and "
            f"cell; the run goes on.\n\n{levels}\n\nWords in braces are filled with what was read.\n",
            *map(_finding, FINDINGS),
        ]
    )


def _finding(kind: FindingKind) -> str:
    return (
        f"\n## {kind.code}: {kind.title}\n\n"
        f"- Level: {kind.level}\n- Message: {_plain(kind.message)}\n- Why it matters: {_plain(kind.why)}\n"
        f"- What to do: {_plain(kind.remedy)}\n"
    )


def tables_page() -> str:
    """Every table a report may show."""
    return "".join(
        [
            MADE.format(source="`pipeline/summarise/tables.py`"),
            "# Tables\n\nEvery table a report may show, and so every table a template gets as "
            "`summary.tables[id]`. A missing number or date means unknown or not applicable, never zero.\n",
            *map(_declared_table, TABLES),
        ]
    )


def _declared_table(table: Table) -> str:
    columns = _table(["Column", "Heading", "Holds"], ((f"`{c.id}`", c.title, c.kind) for c in table.columns))
    return f"\n## {table.title} (`{table.id}`)\n\n{_plain(table.question)} {_plain(table.formula)}\n\n{columns}"


def names_page() -> str:
    """Everything that a template can name."""
    parts = [
        MADE.format(source="`pipeline/render`"),
        "# What templates can name\n\nA template gets one value, `report`. `pipeline template names` prints this list. "
        'An exhibit is shown by a macro: `{% import "shared/macros.html.j2" as m %}`, then '
        '`{{ m.show(report, "months", "wide") }}`; its share of the page is full, wide, half, narrow or third.\n',
    ]
    titles = {
        "report": "The report", "message": "Sentences", "exhibit": "Exhibits", "table": "Tables", "filter": "Filters",
        "call": "What may be called of a value", "block": "Blocks",
    }  # fmt: skip
    for kind, title in titles.items():
        rows = [(f"`{name}`", _plain(meaning)) for one, name, meaning in names() if one == kind]
        parts.append(f"\n## {title}\n\n{_table(['Written', 'What it is'], rows)}" if rows else "")
    return "".join(parts)


def packs_page() -> str:
    """Every shipped pack of reports."""
    parts = [
        MADE.format(source="`pipeline/render/packs.py`"),
        "# Packs\n\nEvery shipped pack of reports: for whom one each is made, in which formats, and its pages. To "
        "change one or add your own: [a pack of your own](../how-to/own-pack.md). Each finished report is read back "
        "before it is published, and kept back where an ID, a title, a name or figures that its reader may not see "
        "stand in it: [what is looked for and what is not]"
        "(../how-to/own-pack.md#each-reader-only-the-rows-they-may-see).\n",
    ]
    for pack in PACKS:
        pages = [*((page, "") for page in pack.pages), *((page, "annex") for page in pack.annex)]
        rows = [(f"`pages/{page.id}.html.j2`", page.title, where) for page, where in pages]
        told = f"- For each: {pack.audience}\n- Formats: {', '.join(pack.formats)}\n- Templates: "
        told += ", ".join(f"`{folder}/`" for folder in (*pack.folders, "shared"))
        parts.append(f"\n## {pack.title} (`{pack.id}`)\n\n{told}\n\n{_table(['Page', 'Title', ''], rows)}")
    return "".join(parts)


def settings_page() -> str:
    """Every setting, with its default."""
    parts = [
        MADE.format(source="`pipeline/settings.py`"),
        "# Settings\n\nEvery setting of `pipeline.toml`, with its default. The file is found by `--config`, else it is "
        "the nearest one from the working folder upward; relative paths are relative to it. A setting that is left out "
        "has its default; one that does not exist is refused with the nearest name.\n",
    ]
    for name, doc, options in _sections():
        rows = [
            (f"`{option}`", _holds(info), _default(info), str(info.description)) for option, info in options.items()
        ]
        parts.append(f"\n## `[{name}]`\n\n{doc}\n\n{_table(['Setting', 'Holds', 'Default', 'Meaning'], rows)}")
    return "".join(parts)


def example_settings() -> str:
    """`pipeline.toml` with every setting at its default."""
    lines = [
        "# Every setting with its default: change what you need, delete the rest.",
        "# Paths are relative to this file.",
    ]
    for name, doc, options in _sections():
        plain = {option: info for option, info in options.items() if info.default != {}}
        lines += ["", f"[{name}] # {doc}"]
        for option, info in plain.items():
            unset = "# " if info.default is None else ""
            value = _toml("" if unset else info.default)
            lines += [f"# {info.description}{_choices(info)}", f"{unset}{option} = {value}"]
        # Tables come last: in TOML all that follows their heading belongs to them.
        for option, info in options.items():
            if option not in plain:
                lines += ["", f"[{name}.{option}] # {info.description}"]
    return "\n".join(lines) + "\n"


def _sections(of: type[BaseModel] = Settings, within: str = "") -> Iterator[tuple[str, str, Mapping[str, FieldInfo]]]:
    """Name, meaning and options of every section, those within another after it."""
    for name, info in of.model_fields.items():
        section: Any = info.annotation
        if _is_section(info):
            options = {option: one for option, one in section.model_fields.items() if not _is_section(one)}
            yield f"{within}{name}", str(section.__doc__), options
            yield from _sections(section, f"{within}{name}.")


def _is_section(info: FieldInfo) -> bool:
    return isinstance(info.annotation, type) and issubclass(info.annotation, BaseModel)


def _default(info: FieldInfo) -> str:
    return "none" if info.default is None else f"`{_toml(info.default)}`"


def _holds(info: FieldInfo) -> str:
    words = {"gt": "above", "ge": "at least", "lt": "below", "le": "at most"}
    bounds = [
        f"{word} {getattr(limit, name):g}"
        for name, word in words.items()
        for limit in info.metadata
        if hasattr(limit, name)
    ]
    return ", ".join([_kind(info.annotation), *bounds])


def _kind(annotation: Any) -> str:
    if get_origin(annotation) is Literal:
        return " or ".join(f"`{choice}`" for choice in get_args(annotation))
    if get_origin(annotation) is list:
        return f"list of {_kind(get_args(annotation)[0])}"
    if get_origin(annotation) is dict:
        return "table"
    if get_origin(annotation) is UnionType:
        return _kind(get_args(annotation)[0])
    return {str: "text", int: "whole number", float: "number", bool: "`true` or `false`", Path: "path"}[annotation]


def _choices(info: FieldInfo) -> str:
    kind = info.annotation
    inner = get_args(kind)[0] if get_origin(kind) is list else kind
    return f" One of: {', '.join(map(_toml, get_args(inner)))}." if get_origin(inner) is Literal else ""


def _toml(value: object) -> str:
    if isinstance(value, list):
        return f"[{', '.join(map(_toml, value))}]"
    if isinstance(value, bool | dict):
        return json.dumps(value)
    if isinstance(value, int):
        return f"{value:_}" if value >= 10_000 else str(value)
    return str(value) if isinstance(value, float) else json.dumps(str(value), ensure_ascii=False)


def _table(headings: list[str], rows: Iterable[Iterable[str]]) -> str:
    lines = [headings, ["---"] * len(headings), *([_cell(text) for text in row] for row in rows)]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def _plain(text: str) -> str:
    """Text that Markdown leaves as it is."""
    return text.replace("<", "&lt;").replace("*", "\\*").replace("_", "\\_")


PAGES: Mapping[str, Callable[[], str]] = {
    "docs/reference/fields.md": fields_page,
    "docs/reference/criteria.md": criteria_page,
    "docs/reference/findings.md": findings_page,
    "docs/reference/tables.md": tables_page,
    "docs/reference/packs.md": packs_page,
    "docs/reference/settings.md": settings_page,
    "docs/reference/templates.md": names_page,
    FILE_NAME: example_settings,
}

if __name__ == "__main__":
    for place, page in PAGES.items():
        (ROOT / place).write_text(page(), encoding="utf-8", newline="\n")
