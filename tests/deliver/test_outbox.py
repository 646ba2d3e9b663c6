"""Messages in the outbox and the rows that are bound to them: whatever a run, a person or a kill does in between."""

from __future__ import annotations

import errno
import hashlib
import os
import random
import stat
import sys
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path

import pytest

from pipeline.deliver.ledger import Ledger, Row, open_ledger
from pipeline.deliver.outbox import Filled, fill, message_id, missing, resend
from pipeline.errors import DeliveryError
from pipeline.letter import Letter
from pipeline.mail_settings import MailSettings
from pipeline.model import Period
from pipeline.settings import DeliverSettings
from tests.deliver.kills import events_of, killed_after, needs_fork

OCTOBER = Period(2026, 10)
KILLS = 8
CELL, ADDRESS, SUBJECT = "CANARY-cell-4711", "canary.address@example.org", "CANARY-subject"


@pytest.fixture
def settings(tmp_path: Path) -> DeliverSettings:
    return DeliverSettings(
        outbox=tmp_path / "outbox",
        ledger=tmp_path / "ledger" / "ledger.sqlite",
        mail=MailSettings(sender="Work register <reports@example.org>"),
    )


@pytest.fixture
def ledger(settings: DeliverSettings) -> Ledger:
    return open_ledger(settings)


def letter(report: str = "2026-10_executive", text: str = "Hours rose.", held: str = "") -> Letter:
    name = f"{report}.pdf"
    html = f"<p>{text}</p>"
    return Letter(report, "executive", "", "organisation", "en", SUBJECT, text, html, (name,), ("Report",), held)


def filled(settings: DeliverSettings, ledger: Ledger, *letters: Letter, to: tuple[str, ...] = (ADDRESS,)) -> Filled:
    files = {name: f"%PDF {CELL} {name}".encode() for one in letters for name in one.files}
    return fill([(one, address) for one in letters for address in to], files, settings, OCTOBER, ledger)


def files_of(settings: DeliverSettings) -> dict[str, str]:
    """Name -> SHA-256 of each message in the outbox."""
    folder = settings.outbox / "2026-10"
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(folder.iterdir())}


def read(path: Path) -> EmailMessage:
    return message_from_bytes(path.read_bytes(), policy=SMTP)  # type: ignore[return-value]


def sent(ledger: Ledger) -> Row:
    """The one mail, sent."""
    (row,) = ledger.approve(ledger.rows(), "Ada")
    with ledger.holding() as holder:
        assert ledger.claim(row, holder)
        assert ledger.settle(row.id, holder, "sent", "250")
    return ledger.rows()[0]


def test_a_mail_is_a_file_and_a_row_bound_to_its_bytes(settings: DeliverSettings, ledger: Ledger) -> None:
    (row,) = filled(settings, ledger, letter()).queued.new
    path = settings.outbox / row.message_path
    content = path.read_bytes()
    assert path.name == "2026-10_executive--1.eml"
    assert hashlib.sha256(content).hexdigest() == row.sha256
    assert read(path)["To"] == ADDRESS
    assert read(path)["Message-ID"] == row.message_id
    assert "Date" not in read(path)
    parts = {part.get_filename(): part.get_content() for part in read(path).iter_attachments()}
    assert row.attachments == tuple((name, hashlib.sha256(part).hexdigest()) for name, part in parts.items())
    if sys.platform != "win32":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_one_file_a_recipient(settings: DeliverSettings, ledger: Ledger) -> None:
    rows = filled(settings, ledger, letter(), to=("ada@example.org", "bo@example.org")).queued.new
    found = {read(settings.outbox / row.message_path)["To"] for row in rows}
    assert found == {"ada@example.org", "bo@example.org"}
    assert len({row.message_id for row in rows}) == 2


def test_a_run_again_gives_the_same_bytes_and_keeps_the_approval(settings: DeliverSettings, ledger: Ledger) -> None:
    filled(settings, ledger, letter())
    before = files_of(settings)
    ledger.approve(ledger.rows(), "Ada")
    (row,) = filled(settings, ledger, letter()).queued.same
    assert (row.state, files_of(settings)) == ("approved", before)


def test_a_message_that_somebody_changed_is_made_again(settings: DeliverSettings, ledger: Ledger) -> None:
    (row,) = filled(settings, ledger, letter()).queued.new
    path = settings.outbox / row.message_path
    path.write_bytes(path.read_bytes() + b"more")
    assert missing([row], settings.outbox) == (row,)
    filled(settings, ledger, letter())
    assert missing(ledger.rows(), settings.outbox) == ()


def test_other_words_take_another_file_and_the_old_one_goes(settings: DeliverSettings, ledger: Ledger) -> None:
    filled(settings, ledger, letter())
    ledger.approve(ledger.rows(), "Ada")
    (row,) = filled(settings, ledger, letter(text="Hours fell.")).queued.replaced
    assert (row.state, list(files_of(settings))) == ("queued", ["2026-10_executive--2.eml"])
    assert missing([row], settings.outbox) == ()


def test_what_went_out_stays_as_it_was_and_what_was_made_since_lies_beside(
    settings: DeliverSettings, ledger: Ledger
) -> None:
    filled(settings, ledger, letter())
    before = sent(ledger)
    (row,) = filled(settings, ledger, letter(text="Hours fell.")).queued.kept
    assert files_of(settings) == {
        "2026-10_executive--1.eml": before.sha256,
        "2026-10_executive--2.eml": row.anew_sha256,
    }
    filled(settings, ledger, letter(text="Hours fell.")), filled(settings, ledger, letter(text="Hours fell."))
    assert len(files_of(settings)) == 2


@pytest.mark.parametrize("anew", [False, True])
def test_a_resend_is_another_message_with_the_newest_content(
    settings: DeliverSettings, ledger: Ledger, anew: bool
) -> None:
    filled(settings, ledger, letter())
    before = sent(ledger)
    if anew:
        filled(settings, ledger, letter(text="Hours fell."))
    row = resend(ledger.rows()[0], "She deleted it", "Ada", settings, ledger)
    content = (settings.outbox / row.message_path).read_bytes()
    assert row.message_id != before.message_id
    assert read(settings.outbox / row.message_path)["Message-ID"] == row.message_id
    assert hashlib.sha256(content).hexdigest() == row.sha256
    assert (b"fell" in content) == anew
    assert row.attachments == before.attachments
    assert filled(settings, ledger, letter(text="Hours fell." if anew else "Hours rose.")).queued.same[0].id == row.id


def test_nothing_is_resent_without_a_reason_or_its_message(settings: DeliverSettings, ledger: Ledger) -> None:
    filled(settings, ledger, letter())
    row = sent(ledger)
    with pytest.raises(DeliveryError, match="say why"):
        resend(row, "", "Ada", settings, ledger)
    (settings.outbox / row.message_path).write_bytes(b"other")
    with pytest.raises(DeliveryError, match="not in the outbox as it was queued"):
        resend(row, "lost", "Ada", settings, ledger)
    assert ledger.rows() == (row,)


def test_a_letter_that_cannot_be_a_mail_is_told_and_stops_no_other(settings: DeliverSettings, ledger: Ledger) -> None:
    bad = Letter("2026-10_pmo", "pmo", "", "organisation", "en", "a\r\nBcc: evil@example.org", "t", "<p>t</p>")
    done = filled(settings, ledger, bad, letter())
    assert [row.report for row in done.queued.new] == ["2026-10_executive"]
    assert [one.report for one in done.without] == ["2026-10_pmo"]


def test_letters_that_a_run_makes_no_more_go_from_the_outbox(settings: DeliverSettings, ledger: Ledger) -> None:
    filled(settings, ledger, letter(), letter("2026-10_pmo"))
    (settings.outbox / "2026-10" / "note.txt").write_text("mine")
    assert [row.report for row in filled(settings, ledger, letter()).queued.dropped] == ["2026-10_pmo"]
    assert list(files_of(settings)) == ["2026-10_executive--1.eml", "note.txt"]


def test_what_is_held_is_held(settings: DeliverSettings, ledger: Ledger) -> None:
    filled(settings, ledger, letter(held="Hours moved by 80 % since 2026-09."))
    assert ledger.approve(ledger.rows(), "Ada") == ()


def test_a_full_disk_leaves_ledger_and_outbox_as_they_were(
    settings: DeliverSettings, ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    filled(settings, ledger, letter())
    before, files = ledger.rows(), files_of(settings)

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(DeliveryError, match="no space left on device"):
        filled(settings, ledger, letter(text="Hours fell."))
    assert (ledger.rows(), files_of(settings)) == (before, files)


def test_a_second_run_at_once_is_told(settings: DeliverSettings, ledger: Ledger) -> None:
    from pipeline.deliver.locks import lock

    settings.outbox.mkdir()
    with open(settings.outbox / ".outbox.lock", "ab") as handle:
        lock(handle.fileno())
        with pytest.raises(DeliveryError, match="another run is filling it"):
            filled(settings, ledger, letter())


def test_the_message_id_is_of_mail_and_number(settings: DeliverSettings) -> None:
    parts = ("2026-10", "2026-10_executive", "ab" * 32, 0, "example.org")
    expected = hashlib.sha256(f"2026-10\n2026-10_executive\n{'ab' * 32}\n0".encode()).hexdigest()[:32]
    assert message_id(*parts) == f"<{expected}@example.org>"
    assert len({message_id(*parts[:3], number, "example.org") for number in range(3)}) == 3


def _two(settings: DeliverSettings, text: str) -> None:
    filled(settings, open_ledger(settings), letter(text=text), letter("2026-10_pmo", text))


@needs_fork
def test_a_killed_run_leaves_every_row_with_its_message(settings: DeliverSettings, ledger: Ledger) -> None:
    chance = random.Random(5)
    _two(settings, "Hours rose.")
    events = events_of(_two, settings, "Hours fell.")
    for number in range(KILLS):
        killed_after(chance.randrange(events), _two, settings, f"Hours moved by {number}.")
        assert missing(ledger.rows(), settings.outbox) == ()
        assert len(ledger.rows()) == 2
    _two(settings, "Hours rose.")
    named = {row.message_path.rpartition("/")[2] for row in ledger.rows()}
    assert named == files_of(settings).keys(), "what killed runs left is cleared away"


def test_the_ledger_holds_nothing_of_cells_addresses_or_subjects(settings: DeliverSettings, ledger: Ledger) -> None:
    import sqlite3
    from contextlib import closing

    with closing(sqlite3.connect(settings.ledger)) as keeps_the_journal, ledger.holding() as holder:
        keeps_the_journal.execute("SELECT * FROM mails")
        filled(settings, ledger, letter(text=CELL, held=""))
        (row,) = ledger.approve(ledger.rows(), "Ada")
        ledger.claim(row, holder)
        ledger.settle(row.id, holder, "unknown", f"550 5.1.1 <{ADDRESS}>: {CELL}")
        filled(settings, ledger, letter(text=f"{CELL} again"))
        resend(ledger.rows()[0], f"{ADDRESS} lost it", "Ada", settings, ledger)
        ledger.backup(settings.ledger.parent / "backup.sqlite")
        files = [path for path in settings.ledger.parent.rglob("*") if path.is_file()]
        found = {path.name: path.read_bytes() for path in files}
    assert "ledger.sqlite-wal" in found
    told = "".join(map(repr, (*ledger.rows(), *ledger.events()))).encode()
    for secret in (CELL, ADDRESS, "canary.address", SUBJECT):
        assert [name for name, content in found.items() if secret.encode() in content] == []
        assert secret.encode() not in told
    assert any(CELL.encode() in path.read_bytes() for path in (settings.outbox / "2026-10").iterdir())


def to_reader(settings: DeliverSettings, ledger: Ledger, address: str, month: Period = OCTOBER) -> Row:
    """The waiting mail of a month to a reader at this address."""
    one = letter(f"{month}_owner_ada-byron")
    fill([(one, address)], {one.files[0]: b"%PDF"}, settings, month, ledger)
    return next(row for row in ledger.rows(str(month)) if row.recipient_hash == ledger.hashed(address))


@pytest.mark.parametrize("months_later", [0, 1, 3])
def test_a_reader_whose_address_is_another_than_last_time_is_held(
    settings: DeliverSettings, ledger: Ledger, months_later: int
) -> None:
    assert to_reader(settings, ledger, "ada@example.org").held == ""
    sent(ledger)
    later = OCTOBER.plus(months_later)
    row = to_reader(settings, ledger, "thief@example.org", later)
    assert row.held == "The address is another than last time."
    assert ledger.approve([row], "automatically") == ()
    assert to_reader(settings, ledger, "thief@example.org", later.plus(1)).held, "what is held is no last time"
    ledger.approve([row], "Ada", held=True)
    assert to_reader(settings, ledger, "thief@example.org", later).state == "approved", "what a person saw stays"
    assert to_reader(settings, ledger, "thief@example.org", later.plus(2)).held == ""
    assert to_reader(settings, ledger, "ada@example.org", later.plus(2)).held, "last time it was another"


def test_an_address_of_the_settings_is_not_held(settings: DeliverSettings, ledger: Ledger) -> None:
    to_reader(settings, ledger, "ada@example.org")
    sent(ledger)
    mail = settings.mail.model_copy(update={"readers": {"organisation": ["new@example.org"]}})
    settings = settings.model_copy(update={"mail": mail})
    assert to_reader(settings, ledger, "new@example.org", OCTOBER.plus(1)).held == ""
