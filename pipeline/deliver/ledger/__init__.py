"""What was sent to whom, once: a database of mails that no crash, second sender or second run makes forget."""

from pipeline.deliver.ledger.ledger import Ledger, Outcome
from pipeline.deliver.ledger.opening import open_ledger
from pipeline.deliver.ledger.rows import (
    DONE,
    OPEN,
    SETTLED,
    STATES,
    WAITING,
    Attachment,
    Entry,
    Queued,
    Row,
    State,
    Without,
)

__all__ = [
    "DONE",
    "OPEN",
    "SETTLED",
    "STATES",
    "WAITING",
    "Attachment",
    "Entry",
    "Ledger",
    "Outcome",
    "Queued",
    "Row",
    "State",
    "Without",
    "open_ledger",
]
