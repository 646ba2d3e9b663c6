"""Drafts of a process that is killed at any moment: each mail has its draft or waits as it did."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from pipeline.answers.drafts import write_drafts
from pipeline.answers.sending import chosen, planned
from pipeline.deliver.ledger import Ledger, open_ledger
from pipeline.errors import DeliveryError
from pipeline.settings import DeliverSettings
from tests.deliver.kills import events_of, killed_after, needs_fork
from tests.deliver.mail.server import deliver_settings, mail_settings, page_for, queue_mails

READERS = ("ada-lovelace", "bo-diddley")


@pytest.fixture
def settings(tmp_path: Path) -> DeliverSettings:
    return deliver_settings(tmp_path, mail_settings(25))


@pytest.fixture
def ledger(settings: DeliverSettings) -> Ledger:
    ledger = open_ledger(settings)
    queue_mails(settings, ledger, {one: page_for(one) for one in READERS})
    return ledger


def drafts(settings: DeliverSettings, folder: Path) -> list[str]:
    """Write what is due; the names of what was written."""
    ledger = open_ledger(settings)
    plan = planned(ledger, settings, chosen(ledger, None, "", None))
    return [place.name for _, place in write_drafts(plan, folder, ledger, settings, "Ada")]


def shown(folder: Path) -> list[str]:
    """What a person sees in the folder."""
    return sorted(path.name for path in folder.glob("[!.]*"))


@pytest.mark.parametrize("noted", [False, True])
def test_who_dies_before_a_draft_has_its_name_leaves_it_to_the_next(
    settings: DeliverSettings, ledger: Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, noted: bool
) -> None:
    draft = Ledger.draft

    def dying(*given: object) -> bool:
        if noted:
            draft(*given)  # type: ignore[arg-type]
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(Ledger, "draft", dying)
        with pytest.raises(KeyboardInterrupt):
            drafts(settings, tmp_path / "drafts")
    assert shown(tmp_path / "drafts") == []
    written = drafts(settings, tmp_path / "drafts")
    assert sorted(written) == shown(tmp_path / "drafts") == [f"2026-10_owner_{one}--1.eml" for one in READERS]
    assert drafts(settings, tmp_path / "drafts") == []


@needs_fork
def test_no_kill_leaves_a_draft_that_is_sent_too_or_none(
    settings: DeliverSettings, ledger: Ledger, tmp_path: Path
) -> None:
    chance, folder = random.Random(4), tmp_path / "drafts"
    events = events_of(drafts, settings, tmp_path / "measured")
    for number in range(3):
        for row in ledger.rows():
            assert ledger.draft(row, "Ada") or row.state == "drafted"
        with ledger._change() as connection:
            connection.exec_driver_sql("UPDATE mails SET state = 'approved'")
        folder = tmp_path / str(number)
        killed_after(events // 2 + chance.randrange(events // 2), drafts, settings, folder)
        drafted = {Path(row.message_path).name for row in ledger.rows(states=["drafted"])}
        assert set(shown(folder)) <= drafted, "what a person may send the program must not"
        drafts(settings, folder)
        assert len(shown(folder)) == len(READERS)


@pytest.mark.parametrize("harm", ["folder", "name"])
def test_what_cannot_be_written_waits_as_it_did_and_says_why(
    settings: DeliverSettings, ledger: Ledger, tmp_path: Path, harm: str
) -> None:
    folder = tmp_path / "drafts"
    if harm == "folder":
        folder.write_text("mine")
    else:
        (folder / "2026-10_owner_ada-lovelace--1.eml").mkdir(parents=True)
    with pytest.raises(DeliveryError, match="drafts cannot be written there"):
        drafts(settings, folder)
    assert {row.state for row in ledger.rows()} == {"approved"}
