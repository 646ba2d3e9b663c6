"""Why a person must look at a mail before it goes: what the ledger knows of mails like it speaks against it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pipeline.deliver.ledger.rows import DONE, Entry, Row
from pipeline.deliver.mail.recipients import another_than_last_time
from pipeline.letter import Letter
from pipeline.mail_settings import MailSettings

_OTHER_LANGUAGE = "It went to this reader in another language before."
_OTHER_NAME = (
    "A mail of this month went out before, to the same address or under a name like this one, for a report that is "
    "made no more: look whether this is the same one."
)
_NEW_NAME = (
    "A mail of this month and kind went out before for a report that is made no more, and this report is new: look "
    "whether it is the same one under another name."
)
_EARLIER_VERSION = "This month has mails of an earlier version of the program: look before it goes."
_FORGOTTEN = "The ledger no longer knows whether the mails of this month went out: look before it goes once more."


@dataclass(frozen=True)
class Holds:
    """What one run holds. `rows` are those of all months, `known` says whether those of `period` are kept.

    `languages` are those that each report is made in now, by identity.
    """

    rows: Sequence[Row]
    period: str
    known: bool
    languages: Mapping[str, set[str]]
    settings: MailSettings

    def of(self, letter: Letter, address: str, named: Entry) -> str:
        """Why a letter must be looked at, in sentences; "" where it need not be."""
        last = self._last_recipient(named)
        moved = another_than_last_time(letter, address, last, named.recipient_hash, self.settings)
        theirs = [row for row in self.rows if row.period == self.period]
        done = [row for row in theirs if row.went and row.key != named.key]
        respelt = any(self._is_by_other_name(row, named) for row in done)
        reasons = {
            _OTHER_LANGUAGE: any(self._is_in_other_language(row, named) for row in done),
            _OTHER_NAME: respelt,
            _NEW_NAME: not respelt and self._is_new(named, theirs) and any(self._is_gone(row, named) for row in done),
            _EARLIER_VERSION: any(row.is_by_name for row in done),
            _FORGOTTEN: not self.known and all(row.key != named.key for row in theirs),
        }
        return " ".join(filter(None, (letter.held, moved, *(text for text, is_so in reasons.items() if is_so))))

    def _is_in_other_language(self, row: Row, named: Entry) -> bool:
        """Whether a mail is the same report to the same address, in a language it is no longer made in."""
        same = (row.identity, row.recipient_hash) == (named.identity, named.recipient_hash)
        return same and row.language not in self.languages[named.identity]

    def _is_by_other_name(self, row: Row, named: Entry) -> bool:
        """Whether a mail may be the same report under a name that this run has no more: respelt, or renamed."""
        alike = row.recipient_hash == named.recipient_hash or _stem(row) == _stem(named)
        return alike and self._is_gone(row, named)

    def _is_gone(self, row: Row, named: Entry) -> bool:
        """Whether a mail is of the same pack, and its report one that this run has no more."""
        return row.pack == named.pack and row.identity not in self.languages

    def _is_new(self, named: Entry, theirs: Sequence[Row]) -> bool:
        """Whether no run of the month made this report beside others; what was held as new stays new."""
        return all(row.identity != named.identity or _NEW_NAME in row.held for row in theirs)

    def _last_recipient(self, named: Entry) -> str:
        """Whom this report last went to, in any month, language and spelling; "" where it went to nobody.

        A name that is like its own counts where this run has no report of that name. What waits for this recipient in
        this very month says nothing: it may be what is held.
        """
        found = [
            row
            for row in self.rows
            if (row.identity == named.identity or (row.identity not in self.languages and _stem(row) == _stem(named)))
            and row.state != "queued"
            and (row.state in DONE or (row.period, row.recipient_hash) != (self.period, named.recipient_hash))
        ]
        last = max(found, key=lambda row: (row.period, row.changed_at, row.id), default=None)
        return last.recipient_hash if last else ""


def _stem(named: Entry | Row) -> str:
    """What the name of a report keeps of pack and scope in any month, language and spelling: `owner_j-smith`.

    Names of files fold case, accents, dots and blanks (`render.text.slug`).
    """
    name = named.report[len("2026-10_") :].partition("--")[0]
    return name.removesuffix(f"_{named.language}") if named.language else name
