"""The tables of docs/scale.md, from the samples and the simulation."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from benchmarks.scale import (
    ASSUMED,
    BEGIN,
    END,
    TURNS,
    Samples,
    figures_seconds,
    mail_hours,
    moved_bytes,
    page_seconds,
    people_bytes,
    simulated,
)

PARTS = {"look": "a part, first round", "judge": "a part, second round", "add_up": "a part, third round"}


def filled(page: str, found: Samples) -> str:
    """The page with each of its tables made anew."""
    for name, table in TABLES.items():
        before, _, rest = page.partition(BEGIN.format(name))
        _, end, after = rest.partition(END.format(name))
        assert end, name
        page = f"{before}{BEGIN.format(name)}\n\n{table(found)}\n\n{end}{after}"
    return page


def _table(head: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    lines = [head, ("---", *["--:"] * (len(head) - 1)), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def costs(found: Samples) -> str:
    """Seconds of a processor and bytes, with how far apart the samples lie."""
    rows = []
    for name, title in PARTS.items():
        fixed, each, times = found.line("parts", name)
        rows.append((title, f"{fixed:.2f}", f"{each * 1e6:.0f} µs a row", f"{times.min():.2f} to {times.max():.2f}"))
    fixed, each = figures_seconds(found)
    rows.append(
        (
            "a register to the figures of all departments",
            f"{fixed:.1f}",
            f"{each * 1e6:,.0f} µs a row",
            "two sizes, once each",
        )
    )
    (few, many) = found.column("figures", "rows")
    for name, title in (("draw", "draw"), ("search", "search"), ("lay_out", "lay out, read back")):
        for of, size in (("reports_of_few", few), ("reports", many)):
            what = f"a reader's PDF, of {size:,.0f} rows: {title}"
            rows.append((what, "", f"{_median(found, of, name):.3f} s", _span(found, name, of)))
    pages = found.column("reports", "pages")
    laid = float((found.column("reports", "lay_out") / pages).mean())
    rows.append(
        (
            "a page: lay out, read back",
            "",
            f"{laid:.3f} s",
            f"{pages.min():.0f} to {pages.max():.0f} pages a reader",
        )
    )
    for name, title in (("queue", "compose and queue"), ("send", "send")):
        rows.append(
            (f"a mail: {title}", "", f"{_median(found, 'mails', name) * 1e3:.0f} ms", _span(found, name, "mails"))
        )
    return _table(("what", "s each time", "and", "samples, of that"), rows)


def volumes(found: Samples) -> str:
    """Bytes."""
    rows = [
        ("a part read, Parquet", f"{found.line('parts', 'read_bytes')[1]:,.0f} a row"),
        ("kept between rounds and removed after them", f"{found.line('parts', 'kept_bytes')[1]:,.0f} a row"),
        ("verdicts and hours written, Parquet", f"{found.line('parts', 'written_bytes')[1]:,.0f} a row"),
        ("told by the three rounds to who asked", f"{found.line('parts', 'told_bytes')[1]:,.0f} a row"),
        ("known of everybody in the last round", f"{people_bytes(found):,.0f} a person"),
        ("a page as it goes to a worker", f"{_median(found, 'reports', 'page_bytes'):,.0f} a reader"),
        ("a PDF as it comes back", f"{_median(found, 'reports', 'pdf_bytes'):,.0f} a reader"),
        ("a mail with it", f"{_median(found, 'reports', 'pdf_bytes') * 4 / 3:,.0f} a reader, encoded"),
    ]
    return _table(("what", "bytes"), rows)


def bounds(found: Samples) -> str:
    """Where each part saturates."""
    lay_out, serial = _median(found, "reports", "lay_out"), float(np.median(page_seconds(found)))
    tasks, send = 1 / ASSUMED.dispatch_seconds, _median(found, "mails", "send")
    seconds = min(_seconds(found, name) for name in PARTS)
    stored = min(_seconds(found, name) * ASSUMED.store / moved_bytes(found, name) for name in PARTS)
    known = people_bytes(found) * ASSUMED.readers
    rows = [
        ("one scheduler, by tasks", f"{tasks:,.0f} tasks a second: {tasks * seconds:,.0f} cores of the shortest round"),
        ("storage", f"{stored:,.0f} cores of the round that moves most for its work"),
        ("one command, by drawing", f"{1 / serial:.1f} readers a second: {lay_out / serial:.1f} cores of layout"),
        ("Pango, by layout", f"{1 / lay_out:.2f} readers a second and core"),
        ("one sender, by its processor", f"{1 / send:,.0f} mails a second, if a mail server took so many"),
        ("one sender, as set by default", "1 mail a second (`per_minute = 60`)"),
        (
            f"one undivided register of {ASSUMED.readers:,} people",
            f"{known / 1e9:.1f} GB known of them, fetched and held by each process of the last round",
        ),
    ]
    return _table(("what", "saturates at"), rows)


def _seconds(found: Samples, name: str) -> float:
    fixed, each, _ = found.line("parts", name)
    return fixed + each * ASSUMED.part_rows


def stages(found: Samples) -> str:
    """What each stage of the whole takes."""
    took = simulated(found)
    cores = ASSUMED.machines * ASSUMED.cores
    titles = {
        "parts": f"{ASSUMED.rows // ASSUMED.part_rows:,} parts, three rounds, on {cores} cores",
        "reports": f"{ASSUMED.rows // ASSUMED.report_rows:,} runs, {ASSUMED.readers:,} PDFs",
        "mails": f"{ASSUMED.readers:,} mails, {ASSUMED.registers} senders, 60 a minute each",
    }
    rows = [(titles[name], f"{middle:.2f}", f"{most:.2f}") for name, (middle, most) in took.items()]
    rows += [
        (f"the same mails by one sender at {rate:,} a minute", f"{mail_hours(found, rate, 1):,.1f}", "")
        for rate in (60, 1_800)
    ]
    return _table((f"what, of {TURNS} turns", "hours, median", "longest"), rows)


def assumptions(found: Samples) -> str:
    """Everything that is taken for granted, beside the sizes that were measured."""
    one, a_reader = ASSUMED, ASSUMED.rows // ASSUMED.readers
    parts, runs = found.column("parts", "rows"), found.column("figures", "rows")
    rows = [
        ("work", f"{one.rows:,} rows, {one.readers:,} readers and as many people, in {one.registers} equal registers"),
        ("parts", f"{one.part_rows:,} rows each; measured were {parts.min():,.0f} to {parts.max():,.0f}"),
        (
            "reports",
            f"{one.report_rows:,} rows and {one.cores_a_command} cores a run, a PDF for every {a_reader} rows; "
            f"measured were {runs.min():,.0f} and {runs.max():,.0f} rows",
        ),
        ("cluster", f"{one.machines} machines of {one.cores} cores as fast as the one measured"),
        (
            "storage",
            f"{one.store / 1e9:.0f} GB a second, shared as if every core asked for some all the time; "
            f"{one.request_seconds} s a task for requests",
        ),
        ("scheduler", f"one for all parts; {one.dispatch_seconds} s a task, all that an empty one took"),
        ("stragglers", f"{one.slow_share:.0%} of tasks take {one.slow_times:.0f} times as long"),
        ("losses", f"each machine every {one.hours_between_losses:.0f} h on average, for {one.back_seconds:.0f} s"),
        ("mails", f"{one.put_off_share:.0%} are put off at each try; no other limit of the receiving side"),
        ("left out", "starting machines and commands, bringing the register into parts and to the storage, approval"),
    ]  # fmt: skip
    return _table(("of", "taken for granted"), rows).replace("--:", "---")


TABLES: dict[str, Callable[[Samples], str]] = {
    "costs": costs, "volumes": volumes, "bounds": bounds, "stages": stages, "assumptions": assumptions,
}  # fmt: skip


def _median(found: Samples, of: str, name: str) -> float:
    return float(np.median(found.column(of, name)))


def _span(found: Samples, name: str, of: str = "reports") -> str:
    taken = found.column(of, name) / _median(found, of, name)
    return f"{taken.min():.2f} to {taken.max():.2f}"
