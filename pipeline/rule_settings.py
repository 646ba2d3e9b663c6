"""The settings of a rule of one's own, by which verdicts are told."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import Field, model_validator

from pipeline.section import Section


class RuleSettings(Section):
    """A rule of your own: one test of a column, the kind of work it speaks for, and its points."""

    question: str = Field("", description="What the rule asks, for people.")
    fields: list[str] = Field(min_length=1, description="The columns that are read; the first that fits is quoted.")
    kind: Literal["project", "operation"] = Field(description="What it speaks for.")
    points: float = Field(gt=0, le=4.5, description="Log-odds where it fits; a date of its own has about 1.")
    matches: str = Field("", description="Test: a pattern (RE2) stands in the cell, whatever the case.")
    says: list[str] = Field([], description="Test: the cell is one of these, whatever the case.")
    filled: bool | None = Field(None, description="Test: the cell is filled (true) or blank (false).")
    above: float | None = Field(None, description="Test: the number is greater.")
    below: float | None = Field(None, description="Test: the number is smaller.")
    after: date | None = Field(None, description="Test: the day is later.")
    before: date | None = Field(None, description="Test: the day is earlier.")

    @property
    def test(self) -> str:
        """The name of its test."""
        return self._tests()[0]

    @model_validator(mode="after")
    def _one_test(self) -> RuleSettings:
        if len(self._tests()) != 1:
            raise ValueError(f"write one test, out of {', '.join(TESTS)}")
        return self

    def _tests(self) -> list[str]:
        return [name for name in TESTS if getattr(self, name) not in ("", [], None)]


TESTS = ("matches", "says", "filled", "above", "below", "after", "before")
"""What a rule of one's own can test."""
