"""A register in parts, too large for one machine: each part judged and added up by whatever executor there is.

Three rounds over the parts; each round's function of a part is the same here, in processes and on a cluster, takes
addresses and facts, and returns facts. Rows go from the part to its result and through no other process.
"""

from __future__ import annotations

import io
import os
import tempfile
from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from pipeline.errors import RegisterError
from pipeline.executor import breadth, executor
from pipeline.model import Period
from pipeline.settings import Settings

if TYPE_CHECKING:
    import pandas as pd

    from pipeline.classify import Partial, Shared
    from pipeline.model import Portfolio, Register
    from pipeline.summarise.by_parts import Carried, Known, Names, Places, Staff

ENDINGS = (".parquet", ".csv")
T = TypeVar("T")


@dataclass(frozen=True)
class Part:
    """One part: its number and address, where its results go, and the People file (its name and bytes) if any."""

    number: int
    address: str
    output: str
    people: tuple[str, bytes] | None
    settings: Settings
    period: Period


@dataclass(frozen=True)
class Seen:
    """The first round's facts of a part; `columns`: every heading with the field it was read as."""

    facts: Partial
    names: Names
    columns: frozenset[tuple[str, str]]
    people: pd.DataFrame


def run_parts(
    folder: str, output: str, people: Path | None, settings: Settings, period: Period
) -> dict[str, pd.DataFrame]:
    """The figures of all parts together, by table, which are written too, as each part's verdicts and allocations are.

    `folder` and `output` are folders, or addresses that fsspec knows. Raises RegisterError where there is no part, or
    where one is headed so that it is read otherwise than the others; ClusterError where the cluster cannot do it.
    """
    addresses = listed(folder)
    if not addresses:
        raise RegisterError("holds no part.", folder, "Put files there that end in .parquet or .csv.")
    person = (people.name, people.read_bytes()) if people else None
    parts = [Part(number, one, output, person, settings, period) for number, one in enumerate(addresses)]
    where = settings.run.executor
    with executor(min(breadth(where), len(parts)), ("pipeline.parts",), 0, where) as pool:
        return _rounds(parts, pool)


def _rounds(parts: Sequence[Part], pool: Executor) -> dict[str, pd.DataFrame]:
    from pipeline.classify import together
    from pipeline.summarise.by_parts import figures_of, known_of, staff_of

    first = parts[0]
    seen = _each(pool, look, [(part,) for part in parts])
    _check_alike(parts, seen)
    shared, listed_people = together(one.facts for one in seen), seen[0].people
    known = known_of([one.names for one in seen], listed_people)
    places = _each(pool, judge, [(part, shared, known) for part in parts])
    staff = staff_of(places, known, listed_people, first.settings.summarise, first.period)
    carried = _each(pool, add_up, [(part, shared, staff) for part in parts])
    tables = figures_of(carried, staff, first.settings.summarise, first.period)
    for name, table in tables.items():
        put(first.output, f"{name}.parquet", _parquet(table))
    return tables


def _each(pool: Executor, work: Callable[..., T], arguments: Sequence[tuple[object, ...]]) -> list[T]:
    """What the work makes of each, in order."""
    return [future.result() for future in [pool.submit(work, *one) for one in arguments]]


def look(part: Part) -> Seen:
    """The first round: what the part adds to what is known of all rows."""
    from pipeline.classify import part_facts
    from pipeline.summarise.by_parts import names_in

    register = _register(part)
    columns = {pair for file in register.files for sheet in file.sheets for pair in sheet.mapping.items()}
    facts = part_facts(register, part.settings.classify, part.period)
    return Seen(facts, names_in(register), frozenset(columns), register.people)


def judge(part: Part, shared: Shared, known: Known) -> Places:
    """The second round: verdicts, written beside each other by part, and who is where."""
    from pipeline.summarise.by_parts import places_in

    portfolio = _portfolio(part, shared)
    verdicts = portfolio.register.items[["id", "title", "department", "file", "row"]].join(portfolio.verdicts)
    put(part.output, f"verdicts-{part.number:05d}.parquet", _parquet(verdicts))
    return places_in(portfolio, known, part.settings.summarise, part.period)


def add_up(part: Part, shared: Shared, staff: Staff) -> Carried:
    """The third round: allocations, written likewise, and their sums."""
    from pipeline.summarise.by_parts import hours_in

    portfolio = _portfolio(part, shared)
    carried, allocations = hours_in(portfolio, staff, part.number, part.settings.summarise, part.period)
    names = [*staff.people["person"], ""]
    told = allocations.assign(
        id=portfolio.register.items["id"].reindex(allocations["item"]).array,
        person=[names[person] for person in allocations["person"]],
    )
    put(part.output, f"allocations-{part.number:05d}.parquet", _parquet(told))
    return carried


def _portfolio(part: Part, shared: Shared) -> Portfolio:
    from pipeline.classify import classify_part

    return classify_part(_register(part), part.settings.classify, part.period, shared)


def _register(part: Part) -> Register:
    """The part as a register of its own, read as any file is. Raises RegisterError where it cannot be read."""
    from pipeline.ingest import ingest

    with tempfile.TemporaryDirectory(prefix="workregister-") as folder:
        path = Path(folder, part.address.rpartition("/")[2])
        path.write_bytes(fetched(part.address))
        paths = [path]
        if part.people:
            paths.append(Path(folder, f"people-{part.people[0]}"))
            paths[1].write_bytes(part.people[1])
        register = ingest(tuple(paths), part.settings.ingest, part.period)
    refused = [file.reason for file in register.files if file.status == "refused"]
    if refused:
        raise RegisterError(refused[0], part.address)
    if (register.items["file"] != path.name).any():
        assert part.people
        hint = "Give a file of people alone, headed as a People sheet is; put its work items among the parts."
        raise RegisterError("holds work items, which would count once for each part.", part.people[0], hint)
    return register


def _check_alike(parts: Sequence[Part], seen: Sequence[Seen]) -> None:
    for part, one in zip(parts, seen, strict=True):
        if other := sorted(one.columns ^ seen[0].columns):
            heading, field = other[0]
            raise RegisterError(
                f"'{heading}' is read as '{field}' in one part and not in another.",
                f"{parts[0].address}, {part.address}",
                "Head all parts alike, with all columns, or say under [ingest.synonyms] what it is.",
            )


def _parquet(table: pd.DataFrame) -> bytes:
    content = io.BytesIO()
    table.to_parquet(content, index=False)
    return content.getvalue()


def listed(folder: str) -> list[str]:
    """The addresses of the parts in a folder, in the order of their names."""
    if "://" not in folder:
        return sorted(str(path) for path in Path(folder).iterdir() if path.suffix in ENDINGS)
    import fsspec

    system, path = fsspec.core.url_to_fs(folder)
    return sorted(system.unstrip_protocol(one) for one in system.ls(path, detail=False) if one.endswith(ENDINGS))


def fetched(address: str) -> bytes:
    """The bytes at an address."""
    if "://" not in address:
        return Path(address).read_bytes()
    import fsspec

    system, path = fsspec.core.url_to_fs(address)
    return bytes(system.cat_file(path))


def put(folder: str, name: str, content: bytes) -> None:
    """A file as a whole; one that is put again, because a worker was lost, takes the place of its like."""
    if "://" not in folder:
        Path(folder).mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=folder, delete=False) as beside:
            beside.write(content)
        os.replace(beside.name, Path(folder, name))
        return
    import fsspec

    system, path = fsspec.core.url_to_fs(folder)
    system.makedirs(path, exist_ok=True)
    system.pipe_file(f"{path}/{name}", content)
