"""Marks by which we know our own: the sheets we wrote into a workbook, and rows that are examples."""

from __future__ import annotations

from collections.abc import Mapping

OWN_SHEET = "workregister · "
"""What the first cell of a sheet of ours begins with, where the sheet holds no work: instructions, lists."""

EXAMPLE: Mapping[str, str] = {
    "en": "[Example]", "de": "[Beispiel]", "fr": "[Exemple]", "es": "[Ejemplo]", "pt": "[Exemplo]", "it": "[Esempio]",
    "nl": "[Voorbeeld]",
}  # fmt: skip
"""Language -> what the title of an example row (the name of an example person) begins with."""

EXAMPLE_PATTERN = (
    r"(?i)^\s*(?:" + "|".join(word.replace("[", r"\[").replace("]", r"\]") for word in EXAMPLE.values()) + ")"
)
"""The start of an example's title, in any language."""
