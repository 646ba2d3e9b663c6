"""From a run to its mails, by the commands a person types."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.deliver.ledger import open_ledger
from pipeline.deliver.locks import RUNNING, locked
from pipeline.settings import load_settings

REGISTER = """
ID|Title|Department|Owner|Start|Finish|Frequency|Status
WO-17|New billing system|Water|Ada Byron|2026-06-01|2026-12-01||In progress
WO-18|Read meters|Water|Bo Lee|||monthly|Live
"""
SETTINGS = """[render]
formats = ["html"]
[render.packs]
executive = {make = false}
owner = {make = false}
[deliver.mail]
sender = "Work register <reports@example.org>"
attach = ["html"]
[deliver.mail.readers]
organisation = ["canary.coo@example.org"]
Water = ["canary.water@example.org", "canary.deputy@example.org"]
"""
Ask = Callable[..., tuple[int, str, str]]


@pytest.fixture
def home(tmp_path: Path, make_workbook: Callable[..., Path]) -> Path:
    (tmp_path / "pipeline.toml").write_text(SETTINGS)
    make_workbook("input/register.xlsx", Register=REGISTER)
    return tmp_path


def test_from_a_run_to_a_mail_that_is_sent_once_more(home: Path, ask: Ask) -> None:
    code, out, err = ask("run", "--period", "2026-10", "--json")
    assert code == 0, err
    outbox = json.loads(out)["outbox"]
    reports = outbox["new"]
    assert outbox["without"] == []
    assert len(reports) == len(set(reports)) + 1, "one report goes to two"
    assert "canary" not in (home / "output" / "2026-10" / "run.json").read_text()

    code, out, _ = ask("status")
    assert code == 0
    assert f"{len(reports)} queued" in out
    assert "c...@example.org" in out
    assert "canary" not in out

    name = next(one for one in reports if reports.count(one) == 1)
    assert ask("approve", "--only", name, "--json")[1].count(name) == 1
    code, _, err = ask("approve", "--only", name)
    assert (code, "waits for approval" in err) == (2, True)
    assert f"{len(reports) - 1} mails approved" in ask("approve")[1]

    settings = load_settings(home / "pipeline.toml").deliver
    ledger = open_ledger(settings)
    with ledger.holding() as holder:
        for row in ledger.rows():
            assert ledger.claim(row, holder)
            assert ledger.settle(row.id, holder, "sent", "250")
    assert json.loads(ask("status", "--json")[1])["complete"]

    double = next(one for one in reports if reports.count(one) == 2)
    code, _, err = ask("resend", double, "--because", "lost")
    assert (code, "went to 2 addresses" in err) == (2, True)
    to = ("--to", "canary.deputy@example.org")
    code, out, _ = ask("resend", double, "--because", "lost", *to, "--json")
    assert (code, json.loads(out)["approved"]) == (0, [double])
    code, _, err = ask("resend", double, "--because", "lost", *to)
    assert (code, "only after it was sent" in err) == (4, True)
    assert ledger.rows(states=["approved"])[0].recipient_hash == ledger.hashed("canary.deputy@example.org")

    again = json.loads(ask("run", "--period", "2026-10", "--json")[1])["outbox"]
    assert sorted(again["same"]) == sorted(reports), "the same month again gives the same mails"

    code, out, _ = ask("ledger", "check")
    assert (code, "is whole" in out) == (0, True)
    assert ask("ledger", "backup", "kept.sqlite")[0] == 0
    assert (home / "kept.sqlite").exists()
    assert (home / "kept.key").exists()
    for path in (home / "outbox" / "2026-10").glob("*.eml"):
        path.write_bytes(b"changed")
    code, _, err = ask("ledger", "check")
    assert (code, double in err) == (4, True)


def test_approving_automatically_leaves_nothing_to_do_but_sending(home: Path, ask: Ask) -> None:
    code, _, err = ask("run", "--period", "2026-10", "--packs", "pmo", "--approve-automatically")
    assert (code, "1 mail approved" in err) == (0, True)
    (path, *_) = sorted((home / "outbox" / "2026-10").glob("*.eml"))
    assert {row["state"] for row in json.loads(ask("status", "--json")[1])["mails"]} == {"approved"}
    path.write_bytes(b"changed")
    assert "not in the outbox as it was queued" in " ".join(ask("status")[1].split())


def test_where_no_mail_is_set_up_it_is_said_and_nothing_is_made(tmp_path: Path, ask: Ask) -> None:
    assert "no mails yet" in ask("status")[1]
    for command in (["approve"], ["resend", "x", "--because", "y"], ["ledger", "check"]):
        code, _, err = ask(*command)
        assert (code, "no mail is set up" in err) == (2, True)
    assert list(tmp_path.iterdir()) == []


def test_where_mails_cannot_be_prepared_the_reports_are_published_all_the_same(home: Path, ask: Ask) -> None:
    (home / "outbox").write_text("mine")
    code, _, err = ask("run", "--period", "2026-10", "--packs", "pmo")
    assert (code, "the reports are published, but their mails are not in the outbox" in err) == (4, True)
    assert (home / "output" / "2026-10" / "run.json").exists()


def test_status_says_who_is_at_work(tmp_path: Path, ask: Ask) -> None:
    (tmp_path / "output").mkdir()
    with locked(tmp_path / "output", RUNNING, "making the reports of 2026-10"):
        assert "Another run is making the reports of 2026-10" in ask("status")[1]
    assert json.loads(ask("status", "--json")[1])["running"] == ""
