"""The columns of the register that we hand out, in order: what each holds and what its drop-down offers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Holds = Literal["text", "code", "date", "share", "hours", "days"]
"""A code keeps its leading zeros."""


@dataclass(frozen=True)
class Column:
    """One column of a sheet to fill in; its words are in `languages/`, under its field."""

    field: str
    width: int
    """In characters."""
    holds: Holds = "text"
    offers: str = ""
    """The list its drop-down offers: one of the language's lists, or `people`."""
    several: bool = False
    """Cells may hold more than the drop-down offers, such as several people with shares."""


REGISTER: tuple[Column, ...] = (
    Column("id", 9, "code"),
    Column("title", 34),
    Column("description", 40),
    Column("type", 12, offers="type"),
    Column("department", 20, offers="department"),
    Column("owner", 18, offers="people"),
    Column("responsible", 26, offers="people", several=True),
    Column("deputy", 18, offers="people"),
    Column("start", 12, "date"),
    Column("finish", 12, "date"),
    Column("cadence", 15, offers="cadence"),
    Column("status", 15, offers="status"),
    Column("phase", 14, offers="phase"),
    Column("health", 10, offers="health"),
    Column("progress", 15, "share"),
    Column("effort", 14, "hours"),
    Column("deliverable", 26),
    Column("handover_to", 20),
    Column("notes", 40),
)
"""Of all FIELDS, those that a register kept by hand needs for every report."""

PEOPLE: tuple[Column, ...] = (
    Column("name", 26),
    Column("aliases", 28),
    Column("email", 30),
    Column("role", 26),
    Column("team", 18),
    Column("department", 20, offers="department"),
    Column("executive", 18, offers="people"),
    Column("manager", 18, offers="people"),
    Column("weekly_hours", 17, "hours"),
    Column("target", 15, "share"),
    Column("leave_days", 13, "days"),
    Column("start", 12, "date"),
    Column("finish", 12, "date"),
)

LISTS: tuple[str, ...] = ("department", "type", "status", "phase", "health", "cadence")
"""The drop-downs' lists, by the register's field that they serve."""
