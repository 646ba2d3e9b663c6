"""What was measured, as JSON: versions, machine, commit, day, and each measurement by itself."""

from __future__ import annotations

import json
import math
import os
import platform
import statistics
import subprocess
import sys
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from benchmarks.processes import ROOT

FOLDER = Path(__file__).parent / "results"
PACKAGES = (
    "duckdb fastexcel jinja2 leather numpy openpyxl pandas plutoprint polars pyarrow pygal python-calamine reportlab "
    "scikit-learn typer typst weasyprint xlsxwriter"
).split()


@dataclass(frozen=True)
class Measurement:
    """One way once: seconds of wall and processor, MB of memory at its peak."""

    part: str
    way: str
    size: int
    turn: int
    wall: float
    cpu: float
    memory_mb: float


@dataclass(frozen=True)
class LeftOut:
    """A way that was not measured at a size, and why."""

    part: str
    way: str
    size: int
    why: str


@dataclass(frozen=True)
class Middle:
    """The medians of a way's turns at one size."""

    wall: float
    cpu: float
    memory_mb: float


@dataclass
class Results:
    """Everything of one call."""

    about: Mapping[str, object]
    measurements: list[Measurement] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)

    def middle(self, part: str, way: str, size: int) -> Middle | None:
        """Medians over turns; None where it was not measured."""
        found = [one for one in self.measurements if (one.part, one.way, one.size) == (part, way, size)]
        if not found:
            return None
        taken = [(one.wall, one.cpu, one.memory_mb) for one in found]
        return Middle(*map(statistics.median, zip(*taken, strict=True)))

    def why_not(self, part: str, way: str, size: int) -> str:
        """Why it was not measured; "" where it was."""
        return next((one.why for one in self.left_out if (one.part, one.way, one.size) == (part, way, size)), "")

    def sizes(self, part: str, way: str = "") -> list[int]:
        """The sizes at which a part or one of its ways was measured."""
        return sorted({one.size for one in self.measurements if one.part == part and way in ("", one.way)})

    def slope(self, part: str, way: str) -> float:
        """How wall time grows between the two largest sizes, on logarithms: 1 is in proportion; nan for one size."""
        points = [(size, self.middle(part, way, size)) for size in self.sizes(part, way)[-2:]]
        if len(points) < 2:
            return math.nan
        (fewer, quick), (more, slow) = points
        assert quick
        assert slow
        return math.log(slow.wall / quick.wall) / math.log(more / fewer)


def about() -> dict[str, object]:
    """The day, the commit, the machine and the versions."""
    changed = _git("status", "--porcelain", "--", "pipeline", "templates", "benchmarks")
    return {
        "date": datetime.now(UTC).isoformat(timespec="seconds"),
        "commit": _git("rev-parse", "HEAD") + ("+" if changed else ""),
        "machine": {
            "system": platform.platform(),
            "processor": _processor(),
            "cores": len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count(),
            "memory_mb": _memory_mb(),
            "load_before": os.getloadavg()[0],
        },
        "versions": {
            "python": platform.python_version(),
            **{name: one for name in PACKAGES if (one := _version(name))},
        },
    }


def write(results: Results, path: Path) -> None:
    """Keep them as JSON, one measurement a line, so that a change is read in git."""
    told = asdict(results)
    lists = ("measurements", "left_out")
    head = json.dumps({name: value for name, value in told.items() if name not in lists}, indent=1)[:-2]
    parts = [f' "{name}": [\n  ' + ",\n  ".join(map(_rounded, told[name])) + "\n ]" for name in lists]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(",\n".join([head, *parts]) + "\n}\n", encoding="utf-8")


def read(path: Path) -> Results:
    """Results that were kept."""
    told = json.loads(path.read_text(encoding="utf-8"))
    measurements = [Measurement(**one) for one in told["measurements"]]
    return Results(told["about"], measurements, [LeftOut(**one) for one in told["left_out"]])


def _rounded(one: Mapping[str, object]) -> str:
    return json.dumps({name: round(value, 4) if isinstance(value, float) else value for name, value in one.items()})


def _git(*arguments: str) -> str:
    done = subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, text=True, check=False)
    return done.stdout.strip()


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return ""


def _processor() -> str:
    if sys.platform == "linux":
        lines: Iterable[str] = Path("/proc/cpuinfo").read_text().splitlines()
        return next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), "")
    return platform.processor()


def _memory_mb() -> int:
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") >> 20 if hasattr(os, "sysconf") else 0
