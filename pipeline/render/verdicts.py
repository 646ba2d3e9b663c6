"""Verdicts explained on a page: what speaks either way and in which cell, what turns them, how a row may be split."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate

import pandas as pd

from pipeline.explanation import Change, Explanation, Part, Reason, Turn
from pipeline.fields import FIELDS
from pipeline.findings import clamp
from pipeline.render import fit, found
from pipeline.render.facts import Facts, Row, plain_rows
from pipeline.render.language import Language
from pipeline.render.messages import MESSAGES
from pipeline.render.quoted import quoted

SHOWN = 4
"""Verdicts that a page explains."""
STRONGEST = 3
"""Reasons that are shown for each side; the others are added up."""
_HEADLINE = 21.7
"""Points of a line of the page's message."""
_ROW, _SECOND_LINE, _TURNING = 14.9, 10.4, 18.4
"""Points of a row, of a second line that says where a verdict stands, and of the caption over what would turn it."""
_TITLES = {field.id: field.title for field in FIELDS}


@dataclass(frozen=True)
class Otherwise:
    """What a row would be if it said something else, or what one part of it would be."""

    said: str
    kind: str
    certainty: str


@dataclass(frozen=True)
class Verdict:
    """One verdict explained; its points are log-odds, positive for a project, and add up to the score."""

    told: Explanation
    row: Row
    say: Language

    def heading(self, letters: int) -> str:
        """`“Enrolment help desk” is likely an operation`; the title in so many letters at most."""
        title = clamp(self.told.title, letters)
        said = {
            ("project", "clear"): self.say.gettext("“{title}” is clearly a project", title=title),
            ("project", "likely"): self.say.gettext("“{title}” is likely a project", title=title),
            ("operation", "clear"): self.say.gettext("“{title}” is clearly an operation", title=title),
            ("operation", "likely"): self.say.gettext("“{title}” is likely an operation", title=title),
        }
        review = self.say.gettext("“{title}” is to review", title=title)
        return said.get((self.told.kind, self.told.certainty), review)

    @property
    def title(self) -> str:
        """What its drawing is called."""
        if not self.told.title:
            return self.say.gettext("Verdict")
        return self.say.gettext("Verdict on {title}", title=self.told.title)

    @property
    def why(self) -> str:
        """Why a person should look; "" where none need."""
        return self.say.word(self.told.review_reason)

    @property
    def place(self) -> str:
        """`Row 217 of sheet Register, IT Services, accountable P. Raman, 46 h in the month`."""
        say, who, hours = self.say.gettext, self.row["accountable"], self.row["month_hours"]
        parts = (
            say("Row {row} of sheet {sheet}", row=self.row["row"], sheet=self.row["sheet"]),
            self.row["department"],
            say("accountable {person}", person=who) if who else say("nobody accountable"),
            say("hours unknown") if hours is None else say("{hours} in the month", hours=self.say.hours(hours)),
        )
        return ", ".join(part for part in parts if part)

    @property
    def contradiction(self) -> str:
        """How its cells contradict each other; "" where they do not."""
        return found.contradiction(self.told.contradiction, self.say)

    def reason(self, one: Reason) -> str:
        """A reason as a sentence, quoting its cell."""
        if not one.message:
            return one.sentence
        field = self.say.word(_TITLES.get(one.field, one.field))
        return self.say.gettext(one.message, field=field, quote=quoted(clamp(one.quote), self.say))

    @cached_property
    def reasons(self) -> tuple[Reason, ...]:
        """The strongest for a project, then the strongest for an operation."""
        return (*_strongest(self.told.reasons, 1), *_strongest(self.told.reasons, -1))

    @property
    def most(self) -> float:
        """The weight of the strongest reason."""
        return max((abs(one.points) for one in self.reasons), default=0.0)

    @property
    def rest(self) -> str:
        """`Every row starts at +0.01; two other reasons add −0.45`."""
        start = self.say.points(self.told.start)
        others = [one.points for one in self.told.reasons if one not in self.reasons]
        if not others:
            return self.say.gettext("Every row starts at {start}", start=start)
        return self.say.ngettext(
            "Every row starts at {start}; one other reason adds {points}",
            "Every row starts at {start}; {n} other reasons add {points}",
            len(others),
            start=start,
            points=self.say.points(sum(others)),
        )

    @property
    def turns(self) -> tuple[Otherwise, ...]:
        """What would turn it, the smallest change first."""
        return tuple(Otherwise(_changes(turn, self.say), turn.kind, turn.certainty) for turn in self.told.turning.turns)

    @property
    def parts(self) -> tuple[Otherwise, ...]:
        """The rows it may be split into."""
        return tuple(Otherwise(part.title, part.kind, part.certainty) for part in self.told.turning.parts)

    @property
    def height(self) -> float:
        """Points that it takes on paper, with the gap after it."""
        below = max(len(self.turns), len(self.parts))
        rows = max(1, len(self.reasons)) + 1 + below
        turning = _TURNING + fit.TABLE_HEAD if below else 0.0
        return fit.GAP + fit.HEAD + _SECOND_LINE + fit.TABLE_HEAD + turning + _ROW * rows


def explained(facts: Facts) -> tuple[Verdict, ...]:
    """The first few verdicts that somebody should settle: those to review, as long as there is any."""
    every, review = facts.summary.explained, set(facts.table("review")["item"].tolist())
    asked = {item: one for item, one in every.items() if item in review}
    told = dict(list((asked or every).items())[:SHOWN])
    register = facts.table("register")
    rows = {row["item"]: row for row in plain_rows(register[register["item"].isin(list(told))])}
    made = tuple(Verdict(one, rows[item], facts.language) for item, one in told.items() if item in rows)
    return _first_sheet(made, facts) if facts.medium == "paper" else made


def _first_sheet(made: tuple[Verdict, ...], facts: Facts) -> tuple[Verdict, ...]:
    """As many as the sheet holds that they open, one at least: the list of the others fills what is left of it."""
    room = fit.PAGE[facts.paper] - _HEADLINE * fit.lines(MESSAGES["review"](facts), 54)
    ends = accumulate(one.height for one in made)
    return made[: max(1, sum(end <= room for end in ends))]


def with_turns(review: pd.DataFrame, told: Mapping[int, Explanation], say: Language) -> pd.DataFrame:
    """The table of rows to review, with `turn`: in words, what would turn each that was explained."""
    said = [" ".join(_sentences(told[item], say)) if item in told else "" for item in review["item"].tolist()]
    return review.assign(turn=pd.Series(said, index=review.index, dtype="string[pyarrow]"))


def _strongest(reasons: Sequence[Reason], sign: int) -> tuple[Reason, ...]:
    """The strongest of one side; a fourth that would stand alone in the rest is shown too."""
    side = [one for one in reasons if one.points * sign > 0]
    return tuple(side if len(side) == STRONGEST + 1 else side[:STRONGEST])


def _sentences(told: Explanation, say: Language) -> Iterator[str]:
    for turn in told.turning.turns:
        verdict = _verdict(turn, say)
        yield say.gettext("{change}: {verdict}.", change=_changes(turn, say), verdict=verdict)
    if told.turning.parts:
        rows = "; ".join(_part(part, say) for part in told.turning.parts)
        yield say.gettext("Split in two: {rows}.", rows=rows)


def _part(part: Part, say: Language) -> str:
    return say.gettext("‘{title}’ {verdict}", title=clamp(part.title), verdict=_verdict(part, say))


def _verdict(one: Turn | Part, say: Language) -> str:
    return f"{say.word(one.kind)}, {say.word(one.certainty)}"


def _changes(turn: Turn, say: Language) -> str:
    return say.listed(_change(one, say) for one in turn.changes)


def _change(one: Change, say: Language) -> str:
    title = say.word(_TITLES.get(one.field, one.field))
    where = " ".join(part for part in (title, one.cell) if part)
    if one.without:
        return say.gettext("{cell} without ‘{text}’", cell=where, text=clamp(one.without, 40))
    if one.now:
        return say.gettext("{cell} saying ‘{text}’", cell=where, text=quoted(clamp(one.now, 40), say))
    return say.gettext("{cell} left blank", cell=where)
