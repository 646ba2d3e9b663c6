"""What one row of the example register holds, and two short ways to write one down."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

TEAMS = {
    "Treatment": "Water Operations",
    "Networks": "Water Operations",
    "Water Quality": "Water Operations",
    "Contact Centre": "Customer Services",
    "Billing": "Customer Services",
    "Service Desk": "Digital and Technology",
    "Infrastructure": "Digital and Technology",
    "Applications": "Digital and Technology",
    "Data": "Digital and Technology",
    "HR Services": "People and Organisation",
    "Learning": "People and Organisation",
    "Safety": "People and Organisation",
}
EXECUTIVES = {
    "Water Operations": "Helena Marsh",
    "Customer Services": "Helena Marsh",
    "Digital and Technology": "Tomasz Adler",
    "People and Organisation": "Grace Okafor",
}


@dataclass(frozen=True)
class Row:
    """One work item as it stands on the sheet; a date may be text where the register has it so."""

    id: str
    title: str
    description: str
    type: str
    team: str
    accountable: str
    responsible: str
    deputy: str
    start: date | str | None
    finish: date | str | None
    frequency: str
    status: str
    phase: str
    progress: float | None
    effort: str
    budget: int | None
    handover: str
    becomes: str
    programme: str
    notes: str


def project(
    id: str, team: str, title: str, description: str, who: str, when: str, state: str, effort: str,
    budget: int | None = None, *, to: str = "", becomes: str = "", programme: str = "", notes: str = "",
    type: str = "Project",
) -> Row:  # fmt: skip
    """A row with dates.

    `who`: accountable > responsible > deputy; `when`: start > finish; `state`: status > phase > per cent complete.
    """
    accountable, responsible, deputy = _parts(who)
    start, finish, _ = _parts(when)
    status, phase, percent = _parts(state)
    return Row(
        id, title, description, type, team, accountable, responsible, deputy, _date(start), _date(finish), "",
        status, phase, int(percent) / 100 if percent else None, effort, budget, to, becomes, programme, notes,
    )  # fmt: skip


def operation(
    id: str, team: str, title: str, description: str, who: str, frequency: str, effort: str,
    budget: int | None = None, *, notes: str = "", type: str = "BAU", status: str = "Live", when: str = "",
) -> Row:  # fmt: skip
    """A row with a cadence. `who`: accountable > responsible > deputy; `when`: start > finish, mostly blank."""
    accountable, responsible, deputy = _parts(who)
    start, finish, _ = _parts(when)
    return Row(
        id, title, description, type, team, accountable, responsible, deputy, _date(start), _date(finish), frequency,
        status, "", None, effort, budget, "", "", "", notes,
    )  # fmt: skip


def _parts(text: str) -> tuple[str, str, str]:
    first, second, third, *_ = [*(part.strip() for part in text.split(">")), "", ""]
    return first, second, third


def _date(text: str) -> date | str | None:
    """An ISO date as a date; anything else stays the text it is in the register."""
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return text
