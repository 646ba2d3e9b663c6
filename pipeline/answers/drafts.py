"""Drafts of the mails that are due, for those who send by hand: written, noted, and told."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.answers.sending import Plan, Planned, planned
from pipeline.answers.text import table
from pipeline.deliver.folder import sync_folder
from pipeline.deliver.ledger import Ledger
from pipeline.deliver.mail.message import draft
from pipeline.deliver.outbox import take_back
from pipeline.deliver.private import write_private
from pipeline.errors import DeliveryError
from pipeline.findings import counted

if TYPE_CHECKING:
    from pipeline.settings import DeliverSettings


def write_drafts(
    plan: Plan, folder: Path, ledger: Ledger, settings: DeliverSettings, by: str
) -> list[tuple[Planned, Path]]:
    """A copy of each message as a draft that mail programs open for sending.

    Each is on the disk under a hidden name before the ledger knows of it, and gets its own name after that: so none
    that is there to be sent by hand is sent by the program as well. One of a process that died in between is found
    again, and gets its name now. What is due and is written is in a person's hands from then on; what cannot be
    written waits as it did. Raises DeliveryError.
    """
    left = planned(ledger, settings, ledger.rows(states=["drafted"]))
    written = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for one in left.mails:
            if not one.problem and _is_there(one, folder, settings):
                written.append((one, _named(one, folder)))
        for one in plan.mails:
            if not one.problem and _drafted(one, folder, ledger, settings, by):
                written.append((one, _place(one, folder)))
        sync_folder(folder)
    except OSError as problem:
        what = f"drafts cannot be written there: {(problem.strerror or str(problem)).lower()}."
        raise DeliveryError(what, str(folder), "Choose another folder with --drafts.") from problem
    return written


def _drafted(one: Planned, folder: Path, ledger: Ledger, settings: DeliverSettings, by: str) -> bool:
    """Write one draft, and note it; False where the mail is not due any more. Raises OSError."""
    hidden = _hidden(one, folder)
    write_private(hidden, _content(one, settings))
    sync_folder(folder)
    if not ledger.draft(one.row, by):
        hidden.unlink()
        return False
    try:
        _named(one, folder)
    except OSError:
        with suppress(DeliveryError):  # else it is drafted still, and the next call finds the hidden file
            take_back(one.row, by, settings, ledger)
        raise
    return True


def _content(one: Planned, settings: DeliverSettings) -> bytes:
    return draft((settings.outbox / one.row.message_path).read_bytes())


def _is_there(one: Planned, folder: Path, settings: DeliverSettings) -> bool:
    """Whether the hidden draft of a mail is there, as it would be written now."""
    hidden = _hidden(one, folder)
    return hidden.is_file() and not hidden.is_symlink() and hidden.read_bytes() == _content(one, settings)


def _named(one: Planned, folder: Path) -> Path:
    """Give a hidden draft its name. Raises OSError."""
    os.replace(_hidden(one, folder), _place(one, folder))
    return _place(one, folder)


def _place(one: Planned, folder: Path) -> Path:
    return folder / Path(one.row.message_path).name


def _hidden(one: Planned, folder: Path) -> Path:
    return _place(one, folder).with_name(f".{Path(one.row.message_path).name}.draft")


def draft_lines(written: Sequence[tuple[Planned, Path]], folder: Path) -> Iterator[str]:
    """Which drafts were written, for whom, and what is to be done with them."""
    if not written:
        yield "No mail is due: `pipeline status` says how all stand."
        return
    yield f"{counted(len(written), 'draft')} written to {folder}, none sent:"
    yield from table([(f"  {one.to}", one.subject, place.name) for one, place in written])
    yield (
        "Open each in your mail program and send it there. `pipeline send --really` leaves these alone from now on; "
        "`pipeline approve --drafted` lets it send those that nobody sent by hand."
    )


def drafts_object(written: Sequence[tuple[Planned, Path]]) -> dict[str, Any]:
    """The same as plain values."""
    mails = [
        {"period": one.row.period, "report": one.row.report, "to": one.to, "draft": str(place)}
        for one, place in written
    ]  # fmt: skip
    return {"really": False, "drafts": mails}
