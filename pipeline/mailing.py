"""From published reports to mails that wait in the outbox: whose report is for whom, and what names fit nobody."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.errors import DeliveryError
from pipeline.model import Delivery, Period, Register, Summary

if TYPE_CHECKING:
    from pipeline.deliver.outbox import Filled
    from pipeline.render.letters import Writer
    from pipeline.settings import Settings


def fill_outbox(
    deliveries: tuple[Delivery, ...],
    summaries: tuple[Summary, ...],
    writer: Writer,
    register: Register,
    settings: Settings,
    period: Period,
) -> Filled:
    """The mails that take the published reports to their readers, put into the outbox.

    Raises DeliveryError where they cannot be put there, though the reports are published.
    """
    from pipeline.deliver.ledger import open_ledger
    from pipeline.deliver.mail.recipients import addressed
    from pipeline.deliver.outbox import fill
    from pipeline.deliver.publish import Published
    from pipeline.render.packs import packs

    deliver, files = settings.deliver, Published(deliveries)
    try:
        found = addressed(tuple(writer.letters(summaries, files)), register.people, deliver.mail)
        made = {pack.id for pack in packs(settings.render)}
        return fill(found.pairs, files, deliver, period, open_ledger(deliver), made, found.without)
    except DeliveryError as problem:
        what = f"the reports are published, but their mails are not in the outbox: {problem.what}"
        raise DeliveryError(what, problem.where, problem.hint) from problem


def misnamed_readers(summaries: tuple[Summary, ...], register: Register, settings: Settings) -> tuple[str, ...]:
    """What is to be said of names in the settings of mail that neither a report nor the register has."""
    mail = settings.deliver.mail
    if not mail.wanted:
        return ()
    from pipeline.deliver.mail.misnamed import misnamed, misnamed_people
    from pipeline.render.readers import readers

    reports = {(one.pack.id, one.summary.scope) for one in readers(summaries, settings.render)}
    names = {*register.items["department"], *register.people["name"]}
    people = sorted(set(register.people["name"]) - {""})
    return misnamed(mail, sorted(reports), sorted(names)) + misnamed_people(mail, people)
