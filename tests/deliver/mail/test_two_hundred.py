"""Two hundred readers, each with a PDF of their own, and a server that refuses, puts off, hangs up and says nothing."""

from __future__ import annotations

import random
from io import BytesIO
from pathlib import Path

import pydyf
import pypdfium2
import pytest

from pipeline.deliver.ledger import open_ledger
from pipeline.deliver.mail import smtp
from pipeline.deliver.mail.message import opened
from pipeline.deliver.mail.sending import Sender, due
from pipeline.deliver.mail.smtp import Server
from pipeline.render.pdf import Paper, pdf_engine_problem, write_pdf
from pipeline.seal import PROPERTY
from tests.deliver.mail.server import PERIOD, Box, deliver_settings, mail_settings, queue_mails, seal_of, serving

READERS = [f"reader-{number:03d}-end" for number in range(200)]
PATIENCE_SECONDS = 1.5
FATES = {
    "rcpt 450": "retry", "data 451": "retry", "rcpt drop": "retry", "rcpt hang": "retry", "rcpt 550": "failed",
    "data 552": "failed", "data drop": "unknown", "data drop taken": "unknown", "data hang": "unknown",
    "data hang taken": "unknown",
}  # fmt: skip
"""Fault -> what becomes of the mail. `taken`: the server has it all the same."""


def small_pdf(reader: str) -> bytes:
    """A PDF of one line, which carries its reader's seal."""
    made = pydyf.PDF()
    font = pydyf.Dictionary({"Type": "/Font", "Subtype": "/Type1", "BaseFont": "/Helvetica"})
    text = pydyf.Stream()
    text.begin_text()
    text.set_font_size("F1", 12)
    text.set_text_matrix(1, 0, 0, 1, 50, 700)
    text.show_text_string(f"My work, October 2026, {reader}")
    text.end_text()
    for one in (font, text):
        made.add_object(one)
    resources = pydyf.Dictionary({"Font": pydyf.Dictionary({"F1": font.reference})})
    page = {"Type": "/Page", "Parent": made.pages.reference, "MediaBox": pydyf.Array([0, 0, 595, 842])}
    made.add_page(pydyf.Dictionary({**page, "Contents": text.reference, "Resources": resources}))
    made.info[PROPERTY] = pydyf.String(seal_of(reader))
    made.write(written := BytesIO())
    return written.getvalue()


def report(reader: str) -> bytes:
    """The same as the pipeline's own engine makes it."""
    html = (
        f"<!doctype html><html><head><title>r</title></head><body><p>My work, October 2026, {reader}</p></body></html>"
    )
    return write_pdf(Paper(html, seal=seal_of(reader)))


def text_of(content: bytes) -> str:
    with pypdfium2.PdfDocument(content) as document:
        return "".join(page.get_textpage().get_text_range() for page in document)


def faults_at_random() -> dict[str, str]:
    """Reader -> what the server does to their mail; a few are met with silence, which takes time."""
    chance = random.Random(3)
    silent = ("rcpt hang", "data hang", "data hang taken")
    quick = [one for one in FATES if one not in silent]
    found = {one: chance.choice(quick) for one in READERS if chance.random() < 0.3}
    return found | dict(zip(chance.sample(READERS, 3), silent, strict=True))


def test_every_mail_ends_in_its_state_with_its_own_pdf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(smtp, "LAST_REPLY_SECONDS", PATIENCE_SECONDS)
    faults = faults_at_random()
    files = {one: small_pdf(one) for one in READERS}
    if not pdf_engine_problem():
        files["reader-000-end"] = report("reader-000-end")
    box = Box({one: [fault] for one, fault in faults.items()}, hang_seconds=3 * PATIENCE_SECONDS)
    with serving(box) as port:
        settings = deliver_settings(tmp_path, mail_settings(port, timeout_seconds=PATIENCE_SECONDS))
        ledger = open_ledger(settings)
        queue_mails(settings, ledger, files, "pdf")
        with Server(settings.mail, lambda _: None) as server, ledger.holding() as holder:
            tally = Sender(ledger, settings, server, holder).send(due(ledger, ledger.clock()))
    wanted = {one: FATES[faults[one]] if one in faults else "sent" for one in READERS}
    assert {row.report.rpartition("_")[2]: row.state for row in ledger.rows()} == wanted
    assert {*FATES.values(), "sent"} == set(wanted.values())
    assert tally.expected == 200 == sum(map(len, (tally.sent, tally.put_off, tally.failed, tally.unknown)))
    reached = {one for one in READERS if wanted[one] == "sent" or faults.get(one, "").endswith("taken")}
    assert dict(box.counts()) == {f"{one}@example.org": 1 for one in reached}
    for address, content in box.taken:
        reader = address.partition("@")[0]
        message = opened(content)
        assert message.address == address
        assert message.files == {f"{PERIOD}_owner_{reader}.pdf": files[reader]}
        text = text_of(files[reader])
        assert [one for one in READERS if one in text] == [reader]
