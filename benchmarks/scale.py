"""What a run for 100 million rows and a million readers would take on a cluster, simulated from measured samples.

python -m benchmarks.scale        # writes the tables of docs/scale.md anew

What is measured is in results/scale.json (by `benchmarks.scale_samples`); what is assumed is in ASSUMED, all of it, and
the page tells both. Seeded: the same samples give the same page.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from benchmarks.results import FOLDER
from benchmarks.simulate import Losses, Pool, makespan

PAGE = Path(__file__).parents[1] / "docs" / "scale.md"
BEGIN, END = "<!-- generated: {} -->", "<!-- end: {} -->"
SEED, TURNS = 8, 9
ROUNDS = ("look", "judge", "add_up")


@dataclass(frozen=True)
class Assumed:
    """What is not measured: the work, the cluster, and what goes wrong in it."""

    rows: int = 100_000_000
    readers: int = 1_000_000
    registers: int = 100
    """Registers of equal size, each by a command of its own; a part of one names all of its people."""
    part_rows: int = 40_000
    report_rows: int = 50_000
    """Rows of a command that makes reports: its readers are a hundredth as many."""
    machines: int = 100
    cores: int = 8
    cores_a_command: int = 4
    store: float = 5e9
    """Bytes a second of the shared storage, of all machines together."""
    request_seconds: float = 0.05
    dispatch_seconds: float = 0.009
    """Of the one scheduler for each task, one after the other: what a task that does nothing was measured to take."""
    slow_share: float = 0.01
    slow_times: float = 4.0
    hours_between_losses: float = 200.0
    """Of one machine, on average; it is back after `back_seconds`, its tasks are made again by others."""
    back_seconds: float = 300.0
    put_off_share: float = 0.02


ASSUMED = Assumed()


@dataclass(frozen=True)
class Samples:
    """The measured samples, by what they are of."""

    told: Mapping[str, Sequence[Mapping[str, float]]]

    def column(self, of: str, name: str) -> np.ndarray:
        """One figure of all samples."""
        return np.array([one[name] for one in self.told[of]])

    def line(self, of: str, name: str, by: str = "rows") -> tuple[float, float, np.ndarray]:
        """Seconds (or bytes) a task and a row, by least relative squares; and each sample as a multiple of that."""
        rows, taken = self.column(of, by), self.column(of, name)
        fixed, each = np.linalg.lstsq(np.stack([1 / taken, rows / taken], 1), np.ones(len(rows)), rcond=None)[0]
        fixed = max(fixed, 0.0)
        each = each if fixed else float((taken / rows).mean())
        return float(fixed), float(each), taken / (fixed + each * rows)


def samples() -> Samples:
    """Those that were kept."""
    return Samples(json.loads((FOLDER / "scale.json").read_text(encoding="utf-8")))


def simulated(found: Samples, assumed: Assumed = ASSUMED) -> dict[str, tuple[float, float]]:
    """Hours of each stage: the median turn and the longest."""
    turns = [_once(found, assumed, np.random.default_rng([SEED, turn])) for turn in range(TURNS)]
    return {stage: _middle([turn[stage] for turn in turns]) for stage in turns[0]}


def _middle(seconds: Sequence[float]) -> tuple[float, float]:
    return float(np.median(seconds)) / 3600, max(seconds) / 3600


def _once(found: Samples, assumed: Assumed, chance: np.random.Generator) -> dict[str, float]:
    parts = _parts(found, assumed, chance)
    reports = _reports(found, assumed, chance)
    return {"parts": parts, "reports": reports, "mails": _mails(found, assumed, chance)}


def _parts(found: Samples, assumed: Assumed, chance: np.random.Generator) -> float:
    """Three rounds over all parts, each begun when the one before has ended and its facts are together.

    The commands share the workers and their scheduler; each puts its own facts together, at the same time as others.
    """
    tasks = assumed.rows // assumed.part_rows
    pool = Pool(assumed.machines * assumed.cores, assumed.cores, assumed.dispatch_seconds)
    taken = 0.0
    for name in ROUNDS:
        cpu = _drawn(found.line("parts", name), assumed.part_rows, tasks, chance)
        moving = assumed.request_seconds + moved_bytes(found, name) / (assumed.store / min(pool.slots, tasks))
        taken += makespan(_troubled(cpu + moving, assumed, chance), pool, _losses(assumed), chance)
    return taken + found.line("parts", "between")[1] * assumed.rows / assumed.registers


def moved_bytes(found: Samples, name: str, assumed: Assumed = ASSUMED) -> float:
    """What a part reads and writes in a round, the facts of all parts included."""
    fixed, each, _ = found.line("parts", f"{name}_bytes")
    return fixed + each * assumed.part_rows


def people_bytes(found: Samples) -> float:
    """Bytes of one person in what is known of all of them in the last round."""
    return found.line("parts", "people_bytes", by="people")[1]


def _reports(found: Samples, assumed: Assumed, chance: np.random.Generator) -> float:
    """Ordinary runs: each reads and counts, then draws on one core what the others lay out."""
    commands = assumed.rows // assumed.report_rows
    readers = assumed.readers // commands
    chosen = chance.integers(0, len(found.told["reports"]), (commands, readers))
    serial = page_seconds(found, assumed)[chosen].sum(axis=1)
    laid_out = found.column("reports", "lay_out")[chosen].sum(axis=1) / assumed.cores_a_command
    fixed, each = figures_seconds(found)
    seconds = fixed + each * assumed.report_rows + np.maximum(serial, laid_out)
    per_machine = assumed.cores // assumed.cores_a_command
    pool = Pool(assumed.machines * per_machine, per_machine, 0.0)
    return makespan(_troubled(seconds, assumed, chance), pool, _losses(assumed), chance)


def page_seconds(found: Samples, assumed: Assumed = ASSUMED) -> np.ndarray:
    """Of drawing and searching a reader's PDF: samples of the larger register, and more in a still larger one.

    By how much more is told by the line through the medians of the two registers.
    """
    few, many = (found.column(of, "draw") + found.column(of, "search") for of in ("reports_of_few", "reports"))
    rows = found.column("figures", "rows")
    each = max(float(np.median(many) - np.median(few)) / float(rows[1] - rows[0]), 0.0)
    return many * (1 + each * float(assumed.report_rows - rows[1]) / float(np.median(many)))


def figures_seconds(found: Samples) -> tuple[float, float]:
    """From the register to all tables: seconds a command and a row, by the two sizes measured."""
    (few, many) = found.told["figures"]
    each = (many["seconds"] - few["seconds"]) / (many["rows"] - few["rows"])
    return max(few["seconds"] - each * few["rows"], 0.0), each


def _mails(found: Samples, assumed: Assumed, chance: np.random.Generator, per_minute: float = 60) -> float:
    """A sender for each register, at its settings' pace; those put off are tried again after 1, 4 and 16 minutes."""
    count = assumed.readers // assumed.registers
    return max(_sender(found, count, assumed.put_off_share, chance, per_minute) for _ in range(assumed.registers))


def _sender(found: Samples, count: int, put_off: float, chance: np.random.Generator, per_minute: float) -> float:
    each = np.maximum(chance.choice(found.column("mails", "send"), count), 60 / per_minute)
    again = int(chance.binomial(count, put_off))
    ends = float(each.sum()) + again * float(each.mean())
    last = chance.random(again) < put_off
    return ends + (60 * (4 if last.any() else 1) if again else 0)


def _drawn(line: tuple[float, float, np.ndarray], rows: int, tasks: int, chance: np.random.Generator) -> np.ndarray:
    fixed, each, times = line
    return (fixed + each * rows) * chance.choice(times, tasks)


def _troubled(seconds: np.ndarray, assumed: Assumed, chance: np.random.Generator) -> np.ndarray:
    """Some tasks meet a slow machine."""
    return np.where(chance.random(len(seconds)) < assumed.slow_share, seconds * assumed.slow_times, seconds)


def _losses(assumed: Assumed) -> Losses:
    return Losses(assumed.hours_between_losses * 3600, assumed.back_seconds)


def mail_hours(found: Samples, per_minute: float, senders: int) -> float:
    """Hours for all mails at another pace and number of senders."""
    chance = np.random.default_rng(SEED)
    count = ASSUMED.readers // senders
    return _sender(found, count, ASSUMED.put_off_share, chance, per_minute) / 3600


def main() -> None:
    """Write the page's tables anew."""
    from benchmarks.scale_page import filled

    PAGE.write_text(filled(PAGE.read_text(encoding="utf-8"), samples()), encoding="utf-8")


if __name__ == "__main__":
    main()
