"""A register in parts, too large for one machine: each part judged and added up by whatever executor there is.

Three rounds over the parts; each round's function of a part is the same here, in processes and on a cluster, takes
addresses and returns facts. What is known of all rows is kept once beside the results, where each process fetches it,
and so is what a round made of a part's rows, for the next: a part is read once and judged once, and its rows go through
no other process.
"""

from __future__ import annotations

import io
import json
import tempfile
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Executor, as_completed
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from pipeline.errors import RegisterError, SettingsError
from pipeline.executor import breadth, executor
from pipeline.findings import counted
from pipeline.model import Period
from pipeline.parts_record import (
    RECORD,
    allocations_name,
    clear_unfinished,
    make_room,
    record,
    table_name,
    verdicts_name,
)
from pipeline.settings import Settings
from pipeline.storage import Kept, dropped, fetched, keep, listed, put, recalled, within

if TYPE_CHECKING:
    import pandas as pd

    from pipeline.classify import Partial
    from pipeline.model import FileReading, Register
    from pipeline.summarise.by_parts import Carried, Names, Places

T = TypeVar("T")
Say = Callable[[str], None]
Progress = Callable[[int, int, str], None]


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
    sheet, which is the same in all parts and comes from the first alone; `rows`: how many there are, were used and
    were refused; `register`: the part as it was read.
    """

    facts: Partial
    names: Names
    columns: frozenset[tuple[str, str]]
    people: pd.DataFrame
    rows: Mapping[str, int]
    register: Kept


@dataclass(frozen=True)
class Judged:
    """The second round's facts of a part; `verdicts`: how many there are, by kind where active; `portfolio`: what the
    third round needs of the part as it was judged.
    """

    places: Places
    verdicts: Mapping[str, int]
    portfolio: Kept


@dataclass(frozen=True)
class Added:
    """The third round's facts of a part; `rows`: how many allocations were written."""

    carried: Carried
    rows: int


@dataclass(frozen=True)
class Done:
    """What all parts came to: the figures by table, and the record that was left beside the results."""

    tables: Mapping[str, pd.DataFrame]
    record: Mapping[str, Any]


def run_parts(
    folder: str,
    output: str,
    people: Path | None,
    settings: Settings,
    period: Period,
    say: Say = lambda _: None,
    progress: Progress = lambda *_: None,
) -> Done:
    """The figures of all parts together, which are written too, as each part's verdicts and allocations are.

    `folder` and `output` are folders, or addresses that fsspec knows. What an earlier run by parts left in the output
    is removed once every part has been read; a run that fails later leaves nothing. `say` is told what is begun,
    `progress` of each part that is over in it. Raises RegisterError where there is no part, where the folder holds
    anything else, or where a part is headed so that it is read otherwise than the others; SettingsError where the
    output lies among the parts; ClusterError where the cluster cannot do it; DeliveryError where results cannot be
    written.
    """
    if within(output, folder):
        raise SettingsError(f"{output} lies in the folder of the parts.", "--output", "Choose a folder beside it.")
    addresses = listed(folder)
    if not addresses:
        raise RegisterError("holds no part.", folder, "Put files there that end in .parquet or .csv.")
    output, where = output.rstrip("/"), settings.run.executor
    meanwhile = _meanwhile(output)
    try:
        person = (people.name, keep(meanwhile, _people(people))) if people else None
        parts = [Part(number, one, output, person, settings, period) for number, one in enumerate(addresses)]
        with executor(min(breadth(where), len(parts)), ("pipeline.parts",), 0, where) as pool:
            return _rounds(parts, Rounds(pool, say, progress))
    except BaseException:
        clear_unfinished(output, meanwhile)
        raise
    finally:
        dropped(meanwhile)


def _name(part: Part) -> str:
    return part.address.rpartition("/")[2]


def _meanwhile(output: str) -> str:
    """The folder of what is kept until all rounds are over."""
    return f"{output}/.workregister-meanwhile"


def _people(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as problem:
        hint = "Look at --people."
        raise RegisterError(f"cannot be read ({problem.strerror}).", str(path), hint) from problem


@dataclass(frozen=True)
class Rounds:
    """What the rounds run on, and who is told of them."""

    pool: Executor
    say: Say
    progress: Progress

    def each(self, doing: str, work: Callable[..., T], arguments: Sequence[tuple[Any, ...]]) -> list[T]:
        """What the work makes of each part, the first of its arguments, in order.

        Raises what the first one that failed raised; what has not begun by then is left.
        """
        self.say(f"{doing} {counted(len(arguments), 'part')}")
        futures = {self.pool.submit(work, *one): _name(one[0]) for one in arguments}
        try:
            for over, future in enumerate(as_completed(futures), start=1):
                future.result()
                self.progress(over, len(futures), futures[future])
        except BaseException:
            self.pool.shutdown(cancel_futures=True)
            raise
        return [future.result() for future in futures]


def _rounds(parts: Sequence[Part], rounds: Rounds) -> Done:
    from pipeline.classify import together
    from pipeline.summarise.by_parts import TABLES, figures_of, known_of, staff_of

    output, settings, period = parts[0].output, parts[0].settings.summarise, parts[0].period
    meanwhile = _meanwhile(output)
    seen = rounds.each("Reading", look, [(part,) for part in parts])
    _check_alike(parts, seen)
    people = seen[0].people
    known = known_of([one.names for one in seen], people)
    facts = keep(meanwhile, (together(one.facts for one in seen), known))
    make_room(output, meanwhile, len(parts), list(TABLES))
    judged = rounds.each("Judging", judge, [(part, one.register, facts) for part, one in zip(parts, seen, strict=True)])
    staff = staff_of([one.places for one in judged], known, people, settings, period)
    told = keep(meanwhile, staff)
    added = rounds.each(
        "Adding up", add_up, [(part, one.portfolio, told) for part, one in zip(parts, judged, strict=True)]
    )
    tables = figures_of([one.carried for one in added], staff, settings, period)
    for name, table in tables.items():
        put(output, table_name(name), _parquet(table))
    left = record(
        period,
        [
            {"address": part.address, "rows": one.rows, "verdicts": two.verdicts, "allocations": three.rows}
            for part, one, two, three in zip(parts, seen, judged, added, strict=True)
        ],
        {name: len(table) for name, table in tables.items()},
    )
    put(output, RECORD, json.dumps(left, indent=1).encode())
    return Done(tables, left)


def look(part: Part) -> Seen:
    """The first round: the part is read, and what it adds to what is known of all rows."""
    from pipeline.classify import part_facts
    from pipeline.summarise.by_parts import names_in

    register = _register(part)
    columns = {pair for file in register.files for sheet in file.sheets for pair in sheet.mapping.items()}
    facts = part_facts(register, part.settings.classify, part.period)
    people = register.people if part.number == 0 else register.people.iloc[:0]
    rows = _rows([file for file in register.files if file.name == _name(part)])
    return Seen(facts, names_in(register), frozenset(columns), people, rows, keep(_meanwhile(part.output), register))


def judge(part: Part, register: Kept, facts: Kept) -> Judged:
    """The second round: verdicts, written beside each other by part, and who is where.

    `facts` are the `Shared` and the `Known` of all parts.
    """
    from pipeline.classify import classify_part
    from pipeline.summarise.by_parts import places_in

    shared, known = _of_all(facts)
    portfolio = classify_part(recalled(register), part.settings.classify, part.period, shared)
    places, told = places_in(portfolio, known, part.settings.summarise, part.period)
    texts = dict.fromkeys(portfolio.verdicts.select_dtypes("category"), "string[pyarrow]")
    named = portfolio.register.items[["id", "title", "department", "file", "row"]]
    named = named.assign(active=told["active"])
    verdicts = _numbered(part, named.join(portfolio.verdicts.assign(review=told["review"]).astype(texts)))
    put(part.output, verdicts_name(part.number), _parquet(verdicts))
    none = portfolio.evidence.iloc[:0]
    slim = replace(portfolio, register=replace(portfolio.register, cells=none), evidence=none)
    return Judged(places, _counts(verdicts), keep(_meanwhile(part.output), slim))


def add_up(part: Part, portfolio: Kept, staff: Kept) -> Added:
    """The third round: allocations, written likewise, and their sums; `staff` is the `Staff` of all parts."""
    from pipeline.summarise.by_parts import hours_in
    from pipeline.summarise.calendar import calendar_of

    judged, everybody = recalled(portfolio), _of_all(staff)
    carried, allocations = hours_in(judged, everybody, part.number, part.settings.summarise, part.period)
    names = [*everybody.people["person"], ""]
    told = allocations.assign(
        id=judged.register.items["id"].reindex(allocations["item"]).array,
        person=[names[person] for person in allocations["person"]],
        month=calendar_of(part.settings.summarise, part.period).months[allocations["month"]].astype("datetime64[s]"),
    )
    told.insert(0, "part", part.number)
    put(part.output, allocations_name(part.number), _parquet(told))
    return Added(carried, len(told))


def _numbered(part: Part, rows: pd.DataFrame) -> pd.DataFrame:
    """Rows with their part's number and their own, by which allocations name them."""
    rows.insert(0, "part", part.number)
    rows.insert(1, "item", rows.index.astype("int64"))
    return rows


def _counts(verdicts: pd.DataFrame) -> dict[str, int]:
    """How many rows are active projects, operations and neither for sure, how many to review, and how many over."""
    active = verdicts["active"]
    kinds = verdicts.loc[active, "kind"].value_counts()
    settled = {name: int(kinds.get(name, 0)) for name in ("project", "operation")}
    undecided = int(active.sum()) - sum(settled.values())
    return settled | {
        "undecided": undecided,
        "not active": int((~active).sum()),
        "review": int(verdicts["review"].sum()),
    }


def _rows(files: Sequence[FileReading]) -> dict[str, int]:
    """Rows that hold work items: all, used and refused."""
    sheets = [sheet for file in files for sheet in file.sheets]
    return {name: sum(getattr(sheet, f"rows_{name}") for sheet in sheets) for name in ("in", "used", "refused")}


@lru_cache(maxsize=1)
def _of_all(facts: Kept) -> Any:
    """What is known of all parts: a process that is given many of them fetches it once."""
    return recalled(facts)


def _register(part: Part) -> Register:
    """The part as a register of its own, read as any file is. Raises RegisterError where it cannot be read."""
    from pipeline.ingest import ingest

    with tempfile.TemporaryDirectory(prefix="workregister-") as folder:
        path = Path(folder, _name(part))
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
