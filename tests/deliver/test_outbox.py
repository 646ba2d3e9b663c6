"""Messages in the outbox and the rows that are bound to them: whatever a run, a person or a kill does in between."""

from __future__ import annotations

import errno
import hashlib
import os
import random
import stat
import sys
from dataclasses import replace
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import update

from pipeline.deliver.ledger import Ledger, Row, open_ledger
from pipeline.deliver.ledger.rows import nameless
from pipeline.deliver.ledger.schema import mails
from pipeline.deliver.mail.recipients import Unaddressed
from pipeline.deliver.outbox import Filled, fill, message_id, missing, resend, take_back
from pipeline.errors import DeliveryError
from pipeline.letter import Letter
from pipeline.mail_settings import MailSettings
from pipeline.model import Period
from pipeline.seal import seal
from pipeline.settings import DeliverSettings
from tests.deliver.kills import events_of, killed_after, needs_fork
from tests.deliver.ledger.first_version import make_first_version
from tests.deliver.mail.server import sealed_page

OCTOBER = Period(2026, 10)
KILLS = 8
SEAL = seal("2026-10", "executive", "", "en")
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
    name = f"{report}.html"
    html = f"<p>{text}</p>"
    pack, _, scope = report[8:].partition("_")
    return Letter(report, pack, scope, "organisation", "en", SUBJECT, text, html, (name,), ("Report",), held, seal=SEAL)


def filled(settings: DeliverSettings, ledger: Ledger, *letters: Letter, to: tuple[str, ...] = (ADDRESS,)) -> Filled:
    files = {name: sealed_page(SEAL, f"Report {CELL} {name}") for one in letters for name in one.files}
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
    parts = {part.get_filename(): part.get_payload(decode=True) for part in read(path).iter_attachments()}
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
    fill([(one, address)], {one.files[0]: sealed_page(SEAL, "Report Ada")}, settings, month, ledger)
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
    mail = settings.mail.model_copy(update={"readers": {"ada-byron": ["new@example.org"]}})
    settings = settings.model_copy(update={"mail": mail})
    assert to_reader(settings, ledger, "new@example.org", OCTOBER.plus(1)).held == ""


def person(scope: str, name: str, **more: Any) -> Letter:
    """A letter about a person, whose files are called so."""
    return replace(letter(f"2026-10_owner_{name}", **more), scope=scope)


def test_another_reader_of_the_same_name_leaves_each_their_own_mail(settings: DeliverSettings, ledger: Ledger) -> None:
    """One address for all, as of a manager who gets the pages of two people."""
    filled(settings, ledger, person("J. Smith", "j-smith"))
    first = sent(ledger)
    both = [person("J Smith", "j-smith--1a"), person("J. Smith", "j-smith--2b")]
    done = filled(settings, ledger, *both).queued
    assert ([row.id for row in done.kept], len(done.new)) == ([first.id], 1)
    alone = filled(settings, ledger, person("J Smith", "j-smith")).queued
    assert [row.id for row in alone.replaced] == [done.new[0].id], "the name of the first is not its mail"
    assert {row.id: row.state for row in ledger.rows()} == {first.id: "sent", done.new[0].id: "queued"}
    assert len(files_of(settings)) == 3


NAMED_OTHERWISE = "for a report that is made no more"


@pytest.mark.parametrize("end", ["sent", "unknown", "sending", "drafted"])
@pytest.mark.parametrize(
    ("before", "after", "to"),
    [
        (("J. Smith", "j-smith"), ("J Smith", "j-smith"), ADDRESS),
        (("J. Smith", "j-smith--1a"), ("j smith", "j-smith"), "other@example.org"),
        (("IT & Services", "it-services"), ("IT and Services", "it-and-services"), ADDRESS),
    ],
)
def test_a_name_that_is_respelt_after_its_mail_went_is_held(
    settings: DeliverSettings, ledger: Ledger, before: tuple[str, str], after: tuple[str, str], to: str, end: str
) -> None:
    filled(settings, ledger, person(*before))
    (row,) = ledger.approve(ledger.rows(), "Ada")
    with ledger.holding() as holder:
        assert ledger.draft(row, "Ada") if end == "drafted" else ledger.claim(row, holder)
        if end in ("sent", "unknown"):
            ledger.settle(row.id, holder, end)  # type: ignore[arg-type]
        for _ in "twice":
            filled(settings, ledger, person(*after), to=(to,))
            (new,) = ledger.rows(states=["queued"])
            assert NAMED_OTHERWISE in new.held
            assert ("The address is another than last time." in new.held) == (to != ADDRESS)
            assert ledger.approve([new], "automatically") == ()
    both = filled(settings, ledger, person(*before), person(*after)).queued
    assert all(NAMED_OTHERWISE not in one.held for one in (*both.new, *both.replaced, *both.same)), "two people"


def test_a_report_that_is_new_beside_one_that_is_made_no_more_is_held(
    settings: DeliverSettings, ledger: Ledger
) -> None:
    """Another name, another file and another address: nothing but the place it takes tells that it is the same one."""
    it, board = ("IT & Services", "it-services"), ("Board", "board")
    filled(settings, ledger, person(*it), to=("it@example.org",))
    first = sent(ledger)
    filled(settings, ledger, person(*it), person(*board), to=("it@example.org",))
    renamed = [person("IT and Services", "it-and-services"), person(*board)]
    for _ in "twice":
        filled(settings, ledger, *renamed, to=("new@example.org",))
        held = {row.report: row.held for row in ledger.rows(states=["queued"])}
        assert "whether it is the same one under another name" in held["2026-10_owner_it-and-services"]
        assert "under another name" not in held["2026-10_owner_board"], "it was made beside the other"
    assert ledger.rows(states=["sent"])[0].id == first.id


def test_what_a_person_has_sent_once_more_waits_though_its_report_is_renamed(
    settings: DeliverSettings, ledger: Ledger
) -> None:
    filled(settings, ledger, person("IT & Services", "it-services"))
    again = resend(sent(ledger), "she lost it", "Ada", settings, ledger)
    done = filled(settings, ledger, person("IT and Services", "it-and-services")).queued
    assert done.dropped == ()
    assert NAMED_OTHERWISE in done.new[0].held
    (left,) = ledger.rows(states=["approved"])
    assert (left.id, missing([left], settings.outbox)) == (again.id, ())


@pytest.mark.parametrize(
    ("reason", "name", "kept"),
    [
        ("Add 'organisation' to readers.", "", "Add 'organisation' to readers."),
        ("Add 'O'Hara's 'old' team' to 'readers'.", "O'Hara's 'old' team", "Add NAME to 'readers'."),
        (
            "Its reader's name: 'O'Hara' 's'. It is this person's.",
            None,
            "Its reader's name: NAME. It is this person's.",
        ),
    ],
)
def test_a_reason_is_kept_without_the_name_it_quotes(reason: str, name: str | None, kept: str) -> None:
    assert nameless(reason, name) == kept.replace("NAME", "the name of its reader, as the run told it,")


@pytest.mark.parametrize("months_later", [1, 3])
def test_another_address_is_held_though_the_name_is_respelt_too(
    settings: DeliverSettings, ledger: Ledger, months_later: int
) -> None:
    filled(settings, ledger, replace(person("J. Smith", "j-smith_de"), language="de"))
    sent(ledger)
    later = OCTOBER.plus(months_later)
    one = replace(letter(f"{later}_owner_j-smith"), scope="J Smith")
    files = {one.files[0]: sealed_page(SEAL, "Report Ada")}
    (new,) = fill([(one, "thief@example.org")], files, settings, later, ledger).queued.new
    assert new.held == "The address is another than last time."
    (same,) = fill([(one, ADDRESS)], files, settings, later, ledger).queued.new
    assert same.held == ""


def test_a_month_with_mails_of_an_earlier_version_is_held(settings: DeliverSettings, ledger: Ledger) -> None:
    filled(settings, ledger, person("J. Smith", "j-smith"))
    before = sent(ledger)
    with ledger._change() as connection:
        connection.execute(update(mails).values(message_id="<as-then@example.org>"))
        make_first_version(connection, next_id=9)
    ledger = open_ledger(settings)
    for _ in "twice":
        done = filled(settings, ledger, person("J. Smith", "j-smith"), letter("2026-10_pmo"))
        rows = ledger.rows(states=["queued"])
        assert len(rows) == 2
        assert all("mails of an earlier version of the program" in row.held for row in rows)
    assert done.queued.dropped == ()
    assert ledger.row(before.id).state == "sent"  # type: ignore[union-attr]
    assert to_reader(settings, ledger, "ada@example.org", OCTOBER.plus(1)).held == ""


def test_what_went_out_in_another_language_is_held(settings: DeliverSettings, ledger: Ledger) -> None:
    english, german = person("Ada", "ada"), replace(person("Ada", "ada_de"), language="de")
    both = filled(settings, ledger, english, german).queued.new
    assert [row.held for row in both] == ["", ""], "a pack in two languages is two mails"
    filled(settings, ledger, english)
    sent(ledger)
    (row,) = filled(settings, ledger, german).queued.new
    assert row.held == "It went to this reader in another language before."


def test_a_resend_goes_on_when_the_sender_has_another_domain(settings: DeliverSettings, ledger: Ledger) -> None:
    filled(settings, ledger, letter())
    before = sent(ledger)
    moved = settings.model_copy(
        update={"mail": MailSettings(sender="reports@example.com", domains=["example.org", "example.com"])}
    )
    (row,) = filled(moved, ledger, letter()).queued.kept
    assert row.message_id == before.message_id
    again = resend(row, "the old server lost it", "Ada", moved, ledger)
    assert again.message_id.endswith("@example.com>")
    head = read(moved.outbox / again.message_path)
    assert (head["Message-ID"], head["From"]) == (again.message_id, "reports@example.com")
    assert [one.id for one in filled(moved, ledger, letter()).queued.same] == [row.id]
    (back,) = filled(settings, ledger, letter()).queued.replaced
    assert (back.number, back.message_id.endswith("@example.org>")) == (1, True)
    assert back.message_id != before.message_id


def test_letters_without_an_address_are_known_later(settings: DeliverSettings, ledger: Ledger) -> None:
    water = Unaddressed("2026-10_department_water", f"Add '{CELL}' to readers, not {ADDRESS} .", "department")
    nobody = [water, Unaddressed("2026-10_owner_bo", "It is about no work item.", "owner", empty=True)]
    fill([], {}, settings, OCTOBER, ledger, None, nobody)
    (known,) = ledger.without("2026-10")
    said = "Add the name of its reader, as the run told it, to readers, not (address) ."
    assert (known.report, known.reason) == (water.report, said)
    fill([], {}, settings, OCTOBER, ledger, ["pmo"])
    assert len(ledger.without()) == 1, "a run of other packs says nothing of it"
    fill([], {}, settings, OCTOBER, ledger)
    assert ledger.without() == ()


@pytest.mark.parametrize("anew", [False, True])
def test_a_draft_is_sent_by_nobody_else_until_a_person_takes_it_back(
    settings: DeliverSettings, ledger: Ledger, anew: bool
) -> None:
    filled(settings, ledger, letter())
    (row,) = ledger.approve(ledger.rows(), "Ada")
    assert ledger.draft(row, "Ada")
    assert not ledger.draft(row, "Bo")
    with ledger.holding() as holder:
        assert not ledger.claim(row, holder)
    if anew:
        (row,) = filled(settings, ledger, letter(text="Hours fell.")).queued.kept
    (row,) = ledger.rows(states=["drafted"])
    assert take_back(row, "Ada", settings, ledger)
    assert not take_back(row, "Ada", settings, ledger)
    (row,) = ledger.rows()
    held = "It was made anew since its draft was written." if anew else ""
    assert (row.state, row.held, row.anew_path) == ("queued" if anew else "approved", held, "")
    assert (b"fell" in (settings.outbox / row.message_path).read_bytes()) == anew
    assert missing([row], settings.outbox) == ()


def test_what_the_ledger_was_told_to_forget_is_held_when_it_is_made_again(
    settings: DeliverSettings, ledger: Ledger
) -> None:
    filled(settings, ledger, letter())
    sent(ledger)
    assert (ledger.forget(["2026-10", "2026-09"]), ledger.rows(), ledger.events()) == (1, (), ())
    (row,) = filled(settings, ledger, letter()).queued.new
    assert "no longer knows" in row.held
    assert (ledger.knows("2026-10"), ledger.knows("2026-11")) == (False, True)
    assert ledger.forget(["2026-10"]) == 0, "it waits"
