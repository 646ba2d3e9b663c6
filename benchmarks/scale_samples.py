"""Measures what the cost model stands on: processor seconds and bytes of parts, reports and mails, each by itself.

python -m benchmarks.scale_samples        # keeps them as benchmarks/results/scale.json; takes about five minutes
"""

from __future__ import annotations

import json
import pickle
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks.processes import used
from benchmarks.registers import make_register
from benchmarks.results import FOLDER, about

FILE = FOLDER / "scale.json"
PART_ROWS = {2_000: 4, 10_000: 3, 40_000: 2}
"""Rows of a part -> how often it is measured."""
ROWS_A_READER = 100
READERS, DRAWN = (20, 200), 15
"""Readers of the two registers, of which so many reports are made each."""
MAILS, BATCHES = 25, 6
SAMPLE = dict[str, float]


def measured() -> dict[str, list[SAMPLE]]:
    """Every sample, by what it is of."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        _part(home / "first", min(PART_ROWS))  # imports are no part of the work
        parts = [_part(home / f"{rows}-{turn}", rows) for rows, turns in PART_ROWS.items() for turn in range(turns)]
        (few, some), (many, more) = (_reports(home, readers) for readers in READERS)
        return {
            "parts": parts, "figures": [few, many], "reports_of_few": some, "reports": more, "mails": _mails(home),
        }  # fmt: skip


def _timed(work: Callable[[], Any]) -> tuple[Any, float]:
    """What it returns, and the processor seconds it took, those of processes that it began included."""
    before = used()
    found = work()
    return found, used() - before


def _size(value: object) -> int:
    return len(pickle.dumps(value, protocol=5))


def _part(home: Path, rows: int) -> SAMPLE:
    """The three rounds of one part, what the asking process does between them, and the bytes that each round moves."""
    from pipeline.classify import together
    from pipeline.model import Period
    from pipeline.parts import Part, add_up, judge, look
    from pipeline.settings import Settings
    from pipeline.storage import keep
    from pipeline.summarise.by_parts import figures_of, known_of, staff_of

    home.mkdir()
    make_register(home / "part.parquet", rows)
    settings, period, out = Settings(), Period(2026, 10), str(home / "out")
    part = Part(0, str(home / "part.parquet"), out, None, settings, period)
    seen, looked = _timed(lambda: look(part))
    (shared, known), met = _timed(lambda: (together([seen.facts]), known_of([seen.names], seen.people)))
    facts = keep(out, (shared, known))
    found, judged = _timed(lambda: judge(part, seen.register, facts))
    staff, placed = _timed(lambda: staff_of([found.places], known, seen.people, settings.summarise, period))
    everybody = keep(out, staff)
    carried, added = _timed(lambda: add_up(part, found.portfolio, everybody))
    _, summed = _timed(lambda: figures_of([carried.carried], staff, settings.summarise, period))
    read, register, told, portfolio, people, verdicts, hours = (
        Path(one).stat().st_size
        for one in (
            part.address, seen.register.address, facts.address, found.portfolio.address, everybody.address,
            f"{out}/verdicts-00000.parquet", f"{out}/allocations-00000.parquet",
        )
    )  # fmt: skip
    return {
        "rows": rows, "people": len(staff.people), "look": looked, "judge": judged, "add_up": added,
        "between": met + placed + summed, "look_bytes": read + register,
        "judge_bytes": register + told + verdicts + portfolio, "add_up_bytes": portfolio + people + hours,
        "read_bytes": read, "kept_bytes": register + portfolio, "written_bytes": verdicts + hours,
        "told_bytes": _size(seen) + _size(found) + _size(carried), "people_bytes": people,
    }  # fmt: skip


def _reports(home: Path, readers: int) -> tuple[SAMPLE, list[SAMPLE]]:
    """The figures of so many departments, and the PDFs of some: drawn and searched by the command itself, laid out and
    read back by its workers.
    """
    import pypdfium2

    from benchmarks.kits import begin
    from pipeline.render.finished import finished
    from pipeline.render.formats import FORMATS
    from pipeline.render.readers import readers as every
    from pipeline.render.scope_marks import Marks

    register = home / f"readers-{readers}.parquet"
    make_register(register, ROWS_A_READER * readers, readers)
    work = begin(register, "department")
    summaries, figures = _timed(lambda: work.summaries)
    settings, form = work.settings.render, FORMATS[0]
    marks, found = Marks(summaries[0], settings.templates), []
    drawn = every(summaries, settings)
    for one in drawn[:: len(drawn) // (DRAWN + 1)][: DRAWN + 1]:
        paper, took = _timed(lambda one=one: form.draw(one, settings))
        made, laid = _timed(lambda paper=paper: finished(form.finish, paper, form.id, True))
        _, sought = _timed(lambda one=one, made=made: marks.problem(one, made.says))
        with pypdfium2.PdfDocument(made.content) as document:
            pages = len(document)
        found.append(
            {"draw": took, "lay_out": laid, "search": sought, "pages": pages, "pdf_bytes": len(made.content)}
            | {"page_bytes": _size(paper)}
        )
    return {"rows": ROWS_A_READER * readers, "seconds": figures}, found[1:]  # the first pays for what is loaded once


def _mails(home: Path) -> list[SAMPLE]:
    """Batches of mails, composed and queued, then sent to a server in this process, its share included."""
    from tests.deliver.mail.server import Box, serving

    with serving(Box()) as port:
        return [_batch(home / f"mails-{batch}", port) for batch in range(BATCHES)]


def _batch(home: Path, port: int) -> SAMPLE:
    from pipeline.deliver.ledger import open_ledger
    from pipeline.deliver.mail.sending import Sender
    from pipeline.deliver.mail.smtp import Server
    from tests.deliver.mail.server import deliver_settings, mail_settings, page_for, queue_mails

    settings = deliver_settings(home, mail_settings(port))
    ledger = open_ledger(settings)
    pages = {f"reader-{number:03d}-end": page_for(f"reader-{number:03d}-end") for number in range(MAILS)}
    rows, queued = _timed(lambda: queue_mails(settings, ledger, pages))

    def send() -> None:
        with Server(settings.mail) as server, ledger.holding() as holder:
            Sender(ledger, settings, server, holder).send(ledger.rows(states=["approved"]))

    _, sent = _timed(send)
    assert all(row.state == "sent" for row in ledger.rows())
    return {"queue": queued / len(rows), "send": sent / len(rows)}


def main() -> None:
    """Measure and keep."""
    told = {"about": about(), **measured()}
    lines = ",\n".join(
        f' "{name}": ' + (json.dumps(value) if name == "about" else _list(value)) for name, value in told.items()
    )
    FILE.write_text(f"{{\n{lines}\n}}\n", encoding="utf-8")


def _list(samples: list[SAMPLE]) -> str:
    rounded = [{name: round(value, 4) for name, value in one.items()} for one in samples]
    return "[\n  " + ",\n  ".join(map(json.dumps, rounded)) + "\n ]"


if __name__ == "__main__":
    sys.exit(main())
