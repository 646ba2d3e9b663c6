"""Whatever people, runs and senders do in whatever order: the ledger agrees with a model in memory."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, consumes, initialize, invariant, rule

from pipeline.deliver.ledger import Ledger, open_ledger
from pipeline.errors import DeliveryError
from pipeline.settings import DeliverSettings
from tests.deliver.ledger.book import PERIOD, entry

READERS = st.sampled_from("abc")
CONTENTS = st.sampled_from(["first", "second"])
BEGIN = datetime(2026, 11, 2, 7, tzinfo=UTC)


@dataclass
class _Mail:
    """What the model knows of one mail."""

    state: str
    content: str
    number: int = 0
    holder: str = ""
    due: datetime = BEGIN


class LedgerMachine(RuleBasedStateMachine):
    """Rows by reader; sendings and resends are counted, to see that none goes out twice unasked."""

    senders = Bundle("senders")

    @initialize()
    def open(self) -> None:
        self.folder = tempfile.TemporaryDirectory()
        self.now = BEGIN
        self.ledger: Ledger = open_ledger(DeliverSettings(ledger=Path(self.folder.name) / "ledger.sqlite"))
        self.ledger.clock = lambda: self.now
        self.mails: dict[str, _Mail] = {}
        self.blocks: dict[str, object] = {}
        self.claims: dict[str, int] = {}
        self.put_back: dict[str, int] = {}
        self.resends: dict[str, int] = {}

    @rule(target=senders)
    def begin(self) -> str:
        block = self.ledger.holding()
        name = block.__enter__()
        self.blocks[name] = block
        return name

    @rule(sender=consumes(senders))
    def die(self, sender: str) -> None:
        self.blocks.pop(sender).__exit__(None, None, None)  # type: ignore[attr-defined]

    @rule(contents=st.dictionaries(READERS, CONTENTS))
    def run(self, contents: dict[str, str]) -> None:
        numbers = {reader: mail.number for reader, mail in self.mails.items()}
        entries = [entry(self.ledger, *one, number=numbers.get(one[0], 0)) for one in contents.items()]
        self.ledger.queue(PERIOD, entries)
        for reader, content in contents.items():
            mail = self.mails.setdefault(reader, _Mail("queued", content))
            if mail.state in ("queued", "approved", "retry", "failed") and (
                mail.content != content or mail.state == "failed"
            ):
                self.mails[reader] = _Mail("queued", content, mail.number)
        for reader in [one for one in self.mails if one not in contents]:
            if self.mails[reader].state in ("queued", "approved", "retry", "failed"):
                del self.mails[reader]
                self.claims.pop(reader, None), self.put_back.pop(reader, None), self.resends.pop(reader, None)

    @rule()
    def approve(self) -> None:
        self.ledger.approve(self.ledger.rows(), "Ada")
        for mail in self.mails.values():
            mail.state = "approved" if mail.state == "queued" else mail.state

    @rule(reader=READERS, sender=senders)
    def claim(self, reader: str, sender: str) -> None:
        for row in self.ledger.rows():
            if row.report.endswith(f"_{reader}"):
                mail = self.mails[reader]
                may = mail.state == "approved" or (mail.state == "retry" and mail.due <= self.now)
                assert self.ledger.claim(row, sender) == may
                if may:
                    mail.state, mail.holder = "sending", sender
                    self.claims[reader] = self.claims.get(reader, 0) + 1

    @rule(reader=READERS, sender=senders, state=st.sampled_from(["sent", "retry", "failed", "unknown", "approved"]))
    def settle(self, reader: str, sender: str, state: str) -> None:
        for row in self.ledger.rows():
            if row.report.endswith(f"_{reader}"):
                mail, later = self.mails[reader], self.now + timedelta(minutes=5)
                theirs = mail.holder == sender and mail.state in ("sending", "unknown")
                assert self.ledger.settle(row.id, sender, state, "450", later) == theirs  # type: ignore[arg-type]
                if theirs:
                    mail.state, mail.due = state, later
                    self.put_back[reader] = self.put_back.get(reader, 0) + (state in ("retry", "failed", "approved"))

    @rule()
    def recover(self) -> None:
        self.ledger.recover()
        for mail in self.mails.values():
            if mail.state == "sending" and mail.holder not in self.blocks:
                mail.state = "unknown"

    @rule(reader=READERS)
    def resend(self, reader: str) -> None:
        for row in self.ledger.rows():
            if row.report.endswith(f"_{reader}"):
                mail = self.mails[reader]
                again = entry(self.ledger, reader, "again", number=mail.number + 1)
                try:
                    self.ledger.resend(row, again, "asked for", "Ada")
                except DeliveryError:
                    assert mail.state not in ("sent", "unknown", "failed")
                else:
                    assert mail.state in ("sent", "unknown", "failed")
                    self.mails[reader] = _Mail("approved", "again", mail.number + 1)
                    self.resends[reader] = self.resends.get(reader, 0) + 1

    @rule()
    def wait(self) -> None:
        self.now += timedelta(minutes=10)

    @invariant()
    def agrees(self) -> None:
        found = {row.report[-1]: (row.state, row.number) for row in self.ledger.rows()}
        assert found == {reader: (mail.state, mail.number) for reader, mail in self.mails.items()}

    @invariant()
    def nothing_goes_out_twice_unasked(self) -> None:
        for reader, claims in self.claims.items():
            assert claims <= 1 + self.put_back.get(reader, 0) + self.resends.get(reader, 0)

    def teardown(self) -> None:
        for block in self.blocks.values():
            block.__exit__(None, None, None)  # type: ignore[attr-defined]
        self.folder.cleanup()


LedgerMachine.TestCase.settings = settings(
    max_examples=12, stateful_step_count=30, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
TestLedger = LedgerMachine.TestCase
