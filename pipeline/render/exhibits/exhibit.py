"""What an exhibit is: one sentence, what is shown, and the rows or the drawing that show it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

from markupsafe import Markup

from pipeline.render.charts import Sheet
from pipeline.render.facts import Facts

Span = Literal["full", "wide", "half", "narrow", "third"]
"""How much of a page's width a drawing takes: 12, 7, 6, 5 or 4 of 12 columns."""
_PAPER: Mapping[Span, float] = {"full": 504, "wide": 286, "half": 243, "narrow": 202, "third": 156}
_SCREEN: Mapping[Span, float] = {"full": 1200, "wide": 660, "half": 560, "narrow": 470, "third": 360}
_PHONE, _PHONE_TEXT = 358, 12


@dataclass(frozen=True)
class Exhibit:
    """One exhibit of a report, declared: every part is computed from the facts and said in their language.

    `message` states the finding; `what` says measure, unit and period; `rows` is what its template lists, or None;
    `chart` draws it; `note` is what a reader could misread, or "". Its body is the template `exhibits/<id>.html.j2`;
    one without a template shows its chart alone. `speaks` tells whether there is anything to show.
    """

    id: str
    message: Callable[[Facts], str]
    what: Callable[[Facts], str] = lambda _: ""
    rows: Callable[[Facts], Any] = lambda _: None
    chart: Callable[[Facts, Sheet], Markup] | None = None
    note: Callable[[Facts], str] = lambda _: ""
    speaks: Callable[[Facts], bool] = lambda _: True


class Shown:
    """An exhibit with the facts of one report: what its template gets as `one`."""

    def __init__(self, exhibit: Exhibit, facts: Facts, medium: str, colours: Mapping[str, str]) -> None:
        self.id, self._exhibit, self._facts = exhibit.id, exhibit, facts
        self._medium, self._colours = medium, colours

    @cached_property
    def message(self) -> str:
        """The sentence over it."""
        return self._exhibit.message(self._facts)

    @cached_property
    def what(self) -> str:
        """Measure, unit and period; or nothing."""
        return self._exhibit.what(self._facts)

    @cached_property
    def note(self) -> str:
        """What a reader could misread; or nothing."""
        return self._exhibit.note(self._facts)

    @cached_property
    def speaks(self) -> bool:
        """Whether it has anything to show."""
        return self._exhibit.speaks(self._facts)

    @cached_property
    def rows(self) -> Any:
        """What its template lists; None where it lists nothing."""
        return self._exhibit.rows(self._facts)

    def chart(self, span: Span = "full") -> Markup:
        """Its drawing at a share of the page's width; on a screen with a narrow one beside it, for phones."""
        if self._exhibit.chart is None:
            return Markup("")
        if self._medium == "paper":
            return self._drawn(_PAPER[span], 7.5)
        wide, phone = self._drawn(_SCREEN[span], 13), self._drawn(_PHONE, _PHONE_TEXT)
        return Markup('<div class="desk">{}</div><div class="phone">{}</div>').format(wide, phone)

    def _drawn(self, width: float, text_size: float) -> Markup:
        assert self._exhibit.chart is not None
        return self._exhibit.chart(self._facts, Sheet(width, text_size, self._colours, self._facts.language))
