"""What is ready for the handovers of the example register's projects, and what those projects learned."""

# ruff: noqa: E501 (a row of a sheet reads best unbroken)
from __future__ import annotations

from datetime import date

COLUMNS = (
    "ID", "Title", "Handover date", "Support team", "SLA agreed", "Runbook ready", "Knowledge transfer",
    "Monitoring ready", "Known issues accepted", "Hypercare until", "Lesson learned", "Lesson status",
)  # fmt: skip

HANDOVERS: tuple[tuple[str | date | None, ...], ...] = (
    ("DT-002", "Data centre exit", None, "Infrastructure", "Yes", "In draft", "Yes", "Yes", "", "",
     "Move test systems first.\nBook the haulier before the lease ends.", "Adopted"),
    ("DT-004", "Service desk tool replacement", date(2026, 12, 14), "Service Desk", "Yes", "Yes", "Planned", "Yes", "No", date(2027, 1, 29),
     "", ""),
    ("DT-005", "Finance system upgrade to release 12", None, "", "", "No", "", "Yes", "", "", "", ""),
    ("DT-007", "Multi-factor sign-in for all staff", date(2026, 11, 23), "Service Desk", "Yes", "Yes", "Yes", "n/a", "Yes", date(2026, 12, 18),
     "Field crews need a key fob, not a phone.", "Open"),
    ("DT-011", "Windows refresh of 640 laptops", None, "Service Desk", "n/a", "Yes", "Yes", "Yes", "", "", "Order docking stations with the laptops.", ""),
)  # fmt: skip
"""One row a project that ends soon; blank: nobody has said yet."""
