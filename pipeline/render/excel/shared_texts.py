"""The texts of a workbook's cells, each once, as text whatever it looks like."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from xlsxwriter.sharedstrings import SharedStringTable
from xlsxwriter.xmlwriter import XMLwriter

_AT_ONCE = 1_000


class SharedTexts(SharedStringTable):  # type: ignore[misc]
    """XlsxWriter's table of texts, which writes none of them itself: it would take `<r>...</r>` for markup."""

    string_table: dict[str, int]
    texts: tuple[str, ...] = ()

    def numbers(self, texts: Sequence[str]) -> list[int | None]:
        """The place of each text, which is kept from here on; None for an empty one."""
        known = self.string_table
        found = [known.setdefault(text, len(known)) if text else None for text in texts]
        self.count += len(found) - found.count(None)
        self.unique_count = len(known)
        return found

    def written(self) -> Iterator[bytes]:
        """The texts as they stand in their part, some at a time."""
        for begin in range(0, len(self.texts), _AT_ONCE):
            some = "".join(map(_item, self.texts[begin : begin + _AT_ONCE]))
            yield XMLwriter._escape_control_characters(some).encode()

    def _sort_string_data(self) -> None:
        self.texts, self.string_table = tuple(self.string_table), {}

    def _get_shared_string(self, index: int) -> str:
        return self.texts[index]


def _item(text: str) -> str:
    return f'<si><t xml:space="preserve">{escape(text, quote=False)}</t></si>'
