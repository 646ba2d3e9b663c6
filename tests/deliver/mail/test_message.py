"""A message's head is the one that was meant, whatever stands in a name; its bytes are the same every time."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes
from email.header import decode_header, make_header
from email.policy import SMTP
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from pipeline.addresses import header_text, is_address, mailbox
from pipeline.deliver.mail.message import Message, compose, dated, draft, opened
from pipeline.errors import DeliveryError
from pipeline.letter import Body, Letter
from pipeline.mail_settings import MailSettings
from tests.deliver.mail.server import letter, mail_settings

SETTINGS = mail_settings(25)
FILES = {"a.pdf": b"%PDF-1.7\n\x00\xff" * 40, "a.xlsx": b"PK\x03\x04" * 4000}
ID = "<0123456789abcdef@example.org>"
HEADERS = [
    "Content-Type", "MIME-Version", "From", "To", "Subject", "Message-ID", "Auto-Submitted", "Content-Language",
    "X-Report", "X-Report-Seal",
    "X-Report-Proof",
]  # fmt: skip
NASTY = (
    "\r\nBcc: evil@example.org", "=?utf-8?q?x=0A?= =?utf-8?q?Bcc:_evil@example.org?=", "a\nb", "\x00", "a\u2028b", "\x85",
    "=?", "\udcff", "x" * 3000, "é" * 400, "a, b <c@d>", '"', "(comment)", "\u202egnp.exe", " leading", "trailing ", "a\tb",
    "=?utf-8?b?Cg==?=", "👩‍👩‍👧", "名前", ": colon", "",
)  # fmt: skip
texts = st.one_of(st.text(), st.sampled_from(NASTY), st.lists(st.sampled_from(NASTY), max_size=3).map("".join))


def message_of(one: Letter, address: str = "ada@example.org", mail: MailSettings = SETTINGS) -> Message:
    return compose(one, address, FILES, mail, ID)


FIELDS = ("subject", "scope", "report", "sender", "body")
EXAMPLES = int(os.environ.get("PIPELINE_HEADER_EXAMPLES", "150"))
"""Strings for each field: a few here, where each is a whole message; 2000 where somebody asks for them."""
REACHED = 30
"""Messages at least that are made of wild texts in one field, so that the test cannot look at none."""


@pytest.mark.parametrize("field", FIELDS)
def test_no_text_becomes_a_header(field: str) -> None:
    made = []

    @settings(max_examples=EXAMPLES, deadline=None)
    @given(st.one_of(texts, st.text('ab1.@-_+<>,;:() "\\=é名', max_size=40)))
    def with_text(text: str) -> None:
        try:
            content = dated(wild_message(field, text), datetime(2026, 11, 2, tzinfo=UTC))
        except (DeliveryError, ValidationError):
            return
        made.append(content)
        read = message_from_bytes(content)
        assert sorted(read.keys()) == sorted([*HEADERS, "Date"])
        assert all(len(read.get_all(name, [])) == 1 for name in HEADERS)
        assert opened(content).address == "ada@example.org"
        assert b"\nbcc:" not in content.partition(b"\r\n\r\n")[0].lower()
        if field == "subject":
            assert str(make_header(decode_header(read["Subject"]))).split() == text.split()

    with_text()
    assert len(made) >= REACHED


def wild_message(field: str, text: str) -> bytes:
    """A message with this text in one field and plain ones in all others."""
    body = text.encode("utf-8", "ignore").decode() if field == "body" else "For ada"
    changes: dict[str, Any] = {"subject": {"subject": text}, "scope": {"proof": (text,)}, "report": {"report": text}}
    one = replace(letter("ada", text=body, html=body), **changes.get(field, {}))
    mail = MailSettings(sender=f"{text if field == 'sender' else 'Reports'} <reports@example.org>")
    return message_of(one, mail=mail).content


@pytest.mark.parametrize("name", ["sender", "reply_to", "operator", "contact", "host", "user"])
def test_half_a_character_is_refused_by_the_settings(name: str) -> None:
    with pytest.raises(ValidationError) as told:
        MailSettings(**{name: "\udcff<x <reports@example.org>"})
    assert str(told.value).encode()


@pytest.mark.parametrize(
    "text", [one for one in NASTY if "=?" in one or any(c in one for c in "\r\n\0\x85\u2028\u202e\t")]
)
def test_what_could_end_a_header_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="must not stand in the head of a mail"):
        header_text(text)
    with pytest.raises(DeliveryError, match="cannot be addressed"):
        message_of(letter("ada", subject=f"My work {text}"))


@settings(max_examples=500, deadline=None)
@given(st.one_of(texts, st.text('ab1.@-_+<>,;:() "\\\n=?é', max_size=12), st.tuples(texts, texts).map("@".join)))
def test_an_address_is_one_address_or_none(text: str) -> None:
    if is_address(text):
        (read,) = SMTP.header_factory("To", text).addresses
        assert (read.addr_spec, read.display_name) == (text, "")


@pytest.mark.parametrize(
    "text",
    ["a@b@c.d", "a@c.d, b@c.d", "a@c.d b@c.d", "a <b@c.d>", "a@", "@c.d", "a..b@c.d", "a@c..d", "a@-c.d", "ä@c.d",
     "a@c.d)x@e.f", '"a b"@c.d', "a%b@c.d", "a!b@c.d", "a@[127.0.0.1]", "a@c.d\n", "", "a" * 65 + "@c.d", "alice@example.org)bob@evil"],
)  # fmt: skip
def test_these_are_no_plain_addresses(text: str) -> None:
    assert not is_address(text)
    with pytest.raises(ValueError, match="no plain address"):
        mailbox(f"<{text}>")


def test_the_same_letter_is_the_same_bytes() -> None:
    one = letter("ada", ("a.pdf", "a.xlsx"))
    assert message_of(one).content == message_of(one).content
    assert message_of(one).content != compose(one, "ada@example.org", FILES, SETTINGS, "<other@example.org>").content


def test_a_message_holds_text_html_and_the_files_as_they_are() -> None:
    made = message_of(letter("ada", ("a.pdf", "a.xlsx"), language="de", text="Größe\n", html="<p>Größe</p>"))
    read = opened(made.content)
    assert dict(read.files) == FILES
    assert read.says("Content-Language") == "de"
    parts = message_from_bytes(made.content)
    kinds = [part.get_content_type() for part in parts.walk()]
    xlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    assert kinds == ["multipart/mixed", "multipart/alternative", "text/plain", "text/html", "application/pdf", xlsx]
    assert "Größe" in parts.get_payload()[0].get_payload()[0].get_payload(decode=True).decode()
    assert max(map(len, made.content.split(b"\r\n"))) <= 998
    assert b"\n" not in made.content.replace(b"\r\n", b"")


def test_a_draft_opens_for_sending_and_a_date_stands_in_the_head_once() -> None:
    content = message_of(letter("ada")).content
    assert message_from_bytes(draft(content))["X-Unsent"] == "1"
    read = message_from_bytes(dated(content, datetime(2026, 11, 2, 7, tzinfo=UTC)))
    assert read.get_all("Date") == ["Mon, 02 Nov 2026 07:00:00 +0000"]


def test_what_is_too_large_goes_without_the_workbook_then_without_a_file() -> None:
    lesser = (Body(("a.pdf",), "no workbook", "<p>no workbook</p>"), Body((), "no file", "<p>no file</p>"))
    one = letter("ada", ("a.pdf", "a.xlsx"), lesser=lesser)
    whole = message_of(one)
    small = whole.content.index(b"spreadsheetml")
    for size, kept, words in (
        (len(whole.content), {"a.pdf", "a.xlsx"}, b"For ada"),
        (len(whole.content) - 1, {"a.pdf"}, b"no workbook"),
        (small - 900, set(), b"no file"),
    ):
        mail = SETTINGS.model_copy(update={"size_mb": size / 1024 / 1024})
        made = message_of(one, mail=mail)
        assert (set(made.attachments), words in made.content) == (kept, True), size
        assert len(made.content) <= size
        assert set(made.left_out) == {"a.pdf", "a.xlsx"} - kept
    with pytest.raises(DeliveryError, match="larger than a mail may be"):
        message_of(one, mail=SETTINGS.model_copy(update={"size_mb": 0.0001}))


def test_nobody_outside_the_domains_is_written_to() -> None:
    with pytest.raises(DeliveryError, match="outside the domains") as told:
        message_of(letter("ada"), "ada@elsewhere.example")
    assert "ada@" not in str(told.value)
