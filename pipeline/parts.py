"""A register in parts, too large for one machine: each part judged and added up by whatever executor there is.

Three rounds over the parts; each round's function of a part is the same here, in processes and on a cluster, takes
addresses and returns facts. What is known of all rows is kept once beside the results, where each process fetches it,
and so is what a round made of a part's rows, for the next: a part is read once and judged once, and its rows go through
no other process.
"""

from __future__ import annotations

import io
import tempfile
from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from pipeline.errors import RegisterError
from pipeline.executor import breadth, executor
from pipeline.model import Period
from pipeline.settings import Settings
from pipeline.storage import Kept, dropped, fetched, keep, listed, put, recalled

if TYPE_CHECKING:
    import pandas as pd

    from pipeline.classify import Partial
    from pipeline.model import Register
    from pipeline.summarise.by_parts import Carried, Names, Places

T = TypeVar("T")


@dataclass(frozen=True)
class Part:
    """One part: its number and address, where its results go, and the People file (its name, its bytes) if any."""

    number: int
    address: str
    output: str
    people: tuple[str, Kept] | None
    settings: Settings
    period: Period


@dataclass(frozen=True)
class Seen:
    """The first round's facts of a part; `columns`: every heading with the field it was read as; `people`: the People
    sheet, which is the same in all parts and comes from the first alone; `register`: the part as it was read.
    """

    facts: Partial
    names: Names
    columns: frozenset[tuple[str, str]]
    people: pd.DataFrame
    register: Kept


@dataclass(frozen=True)
class Judged:
    """The second round's facts of a part; `portfolio`: what the third needs of the part as it was judged."""

    places: Places
    portfolio: Kept


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
    output, where = output.rstrip("/"), settings.run.executor
    try:
        person = (people.name, keep(_meanwhile(output), people.read_bytes())) if people else None
        parts = [Part(number, one, output, person, settings, period) for number, one in enumerate(addresses)]
        with executor(min(breadth(where), len(parts)), ("pipeline.parts",), 0, where) as pool:
            return _rounds(parts, pool)
    finally:
        dropped(_meanwhile(output))


def _meanwhile(output: str) -> str:
    """The folder of what is kept until all rounds are over."""
    return f"{output}/.workregister-meanwhile"


def _rounds(parts: Sequence[Part], pool: Executor) -> dict[str, pd.DataFrame]:
    from pipeline.classify import together
    from pipeline.summarise.by_parts import figures_of, known_of, staff_of

    first, meanwhile = parts[0], _meanwhile(parts[0].output)
    seen = _each(pool, look, [(part,) for part in parts])
    _check_alike(parts, seen)
    people = seen[0].people
    known = known_of([one.names for one in seen], people)
    facts = keep(meanwhile, (together(one.facts for one in seen), known))
    judged = _each(pool, judge, [(part, one.register, facts) for part, one in zip(parts, seen, strict=True)])
    staff = staff_of([one.places for one in judged], known, people, first.settings.summarise, first.period)
    told = keep(meanwhile, staff)
    carried = _each(pool, add_up, [(part, one.portfolio, told) for part, one in zip(parts, judged, strict=True)])
    tables = figures_of(carried, staff, first.settings.summarise, first.period)
    for name, table in tables.items():
        put(first.output, f"{name}.parquet", _parquet(table))
    return tables


def _each(pool: Executor, work: Callable[..., T], arguments: Sequence[tuple[object, ...]]) -> list[T]:
    """What the work makes of each, in order."""
    return [future.result() for future in [pool.submit(work, *one) for one in arguments]]


def look(part: Part) -> Seen:
    """The first round: the part is read, and what it adds to what is known of all rows."""
    from pipeline.classify import part_facts
    from pipeline.summarise.by_parts import names_in

    register = _register(part)
    columns = {pair for file in register.files for sheet in file.sheets for pair in sheet.mapping.items()}
    facts = part_facts(register, part.settings.classify, part.period)
    people = register.people if part.number == 0 else register.people.iloc[:0]
    return Seen(facts, names_in(register), frozenset(columns), people, keep(_meanwhile(part.output), register))


def judge(part: Part, register: Kept, facts: Kept) -> Judged:
    """The second round: verdicts, written beside each other by part, and who is where.

    `facts` are the `Shared` and the `Known` of all parts.
    """
    from pipeline.classify import classify_part
    from pipeline.summarise.by_parts import places_in

    shared, known = _of_all(facts)
    portfolio = classify_part(recalled(register), part.settings.classify, part.period, shared)
    texts = dict.fromkeys(portfolio.verdicts.select_dtypes("category"), "string[pyarrow]")
    named = portfolio.register.items[["id", "title", "department", "file", "row"]]
    verdicts = named.join(portfolio.verdicts.astype(texts))
    put(part.output, f"verdicts-{part.number:05d}.parquet", _parquet(verdicts))
    places = places_in(portfolio, known, part.settings.summarise, part.period)
    none = portfolio.evidence.iloc[:0]
    slim = replace(portfolio, register=replace(portfolio.register, cells=none), evidence=none)
    return Judged(places, keep(_meanwhile(part.output), slim))


def add_up(part: Part, portfolio: Kept, staff: Kept) -> Carried:
    """The third round: allocations, written likewise, and their sums; `staff` is the `Staff` of all parts."""
    from pipeline.summarise.by_parts import hours_in

    judged, everybody = recalled(portfolio), _of_all(staff)
    carried, allocations = hours_in(judged, everybody, part.number, part.settings.summarise, part.period)
    names = [*everybody.people["person"], ""]
    told = allocations.assign(
        id=judged.register.items["id"].reindex(allocations["item"]).array,
        person=[names[person] for person in allocations["person"]],
    )
    put(part.output, f"allocations-{part.number:05d}.parquet", _parquet(told))
    return carried


@lru_cache(maxsize=1)
def _of_all(facts: Kept) -> Any:
    """What is known of all parts: a process that is given many of them fetches it once."""
    return recalled(facts)


def _register(part: Part) -> Register:
    """The part as a register of its own, read as any file is. Raises RegisterError where it cannot be read."""
    from pipeline.ingest import ingest

    with tempfile.TemporaryDirectory(prefix="workregister-") as folder:
        path = Path(folder, part.address.rpartition("/")[2])
        path.write_bytes(fetched(part.address))
        paths = [path]
        if part.people:
            paths.append(Path(folder, f"people-{part.people[0]}"))
            paths[1].write_bytes(recalled(part.people[1]))
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
