"""Files on their way through the parser, several at once.

Nothing heavy is imported here, so that parsing begins while the rest of the room is still being imported.
"""

from __future__ import annotations

import queue
import shutil
import tempfile
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pipeline.errors import RegisterError
from pipeline.executor import cores
from pipeline.ingest.preflight import Staged, stage
from pipeline.parser.process import Parser
from pipeline.parser.request import Request
from pipeline.settings import IngestSettings

_SAVE_AGAIN = "Open it in Excel, check it, and save it again as .xlsx."


@dataclass(frozen=True)
class Answer:
    """One file's answer: its entries of sheets, whose Arrow files are in `folder`; or why it is refused."""

    path: Path
    folder: Path
    sha256: str = ""
    size: int = 0
    sheets: tuple[dict[str, Any], ...] = ()
    ignored: tuple[str, ...] = ()
    broken: dict[str, str] = field(default_factory=dict)
    refusal: RegisterError | None = None


class Answers:
    """The answers for these files, in their order. Use as a context: its end ends every parser."""

    def __init__(self, paths: tuple[Path, ...], settings: IngestSettings) -> None:
        self.paths, self._settings = paths, settings
        count = min(len(paths), cores())
        self._parsers = [Parser() for _ in range(count)]
        self._idle: queue.SimpleQueue[Parser] = queue.SimpleQueue()
        for parser in self._parsers:
            self._idle.put(parser)
        self._folder = Path(tempfile.mkdtemp(prefix="workregister-"))
        self._pool = ThreadPoolExecutor(max(1, count))
        self._answers: list[Future[Answer]] = [
            self._pool.submit(self._answer, path, self._folder / str(number)) for number, path in enumerate(paths)
        ]

    def __enter__(self) -> Answers:
        return self

    def __exit__(self, *_: object) -> None:
        for parser in self._parsers:
            parser.stop()
        self._pool.shutdown(cancel_futures=True)
        for parser in self._parsers:
            parser.close()
        shutil.rmtree(self._folder, ignore_errors=True)

    def __iter__(self) -> Iterator[Answer]:
        """Each answer as soon as it is there; its folder is gone when the next one is asked for."""
        for answer in self._answers:
            yield answer.result()
            shutil.rmtree(answer.result().folder, ignore_errors=True)

    def _answer(self, path: Path, folder: Path) -> Answer:
        parser = self._idle.get()
        try:
            folder.mkdir()
            return _answer(path, folder, parser, self._settings)
        finally:
            self._idle.put(parser)


def _answer(path: Path, folder: Path, parser: Parser, settings: IngestSettings) -> Answer:
    try:
        staged = stage(path, folder, settings)
    except RegisterError as refusal:
        return Answer(path, folder, refusal=refusal)
    except OSError as problem:
        what = f"The file cannot be opened ({problem.strerror})."
        hint = "Close it elsewhere and check who may read it."
        return Answer(path, folder, refusal=RegisterError(what, path.name, hint))
    try:
        answer = _asked(staged, folder, parser, settings)
    except RegisterError as refusal:
        return Answer(path, folder, staged.sha256, staged.size, refusal=refusal)
    entries = answer["sheets"]
    broken = {str(entry["name"]): str(entry["broken"]) for entry in entries if "broken" in entry}
    whole = tuple(entry for entry in entries if "broken" not in entry)
    nothing = _nothing_whole(path, broken) if broken and not whole else None
    ignored = tuple(answer.get("ignored", ()))
    return Answer(path, folder, staged.sha256, staged.size, whole, ignored, broken, nothing)


def _nothing_whole(path: Path, broken: dict[str, str]) -> RegisterError:
    reasons = "; ".join(f"'{sheet}': {reason}" for sheet, reason in list(broken.items())[:3])
    return RegisterError(f"No sheet can be read ({reasons}).", path.name, _SAVE_AGAIN)


def _asked(staged: Staged, folder: Path, parser: Parser, settings: IngestSettings) -> dict[str, Any]:
    """What the parser answers. Raises RegisterError where it refuses, dies of the file or takes too long."""
    name = staged.copy.name
    try:
        answer = parser.ask(_request(staged, folder, settings))
        if answer is None:  # the scan alone may survive and tell why
            again = folder / "scan"
            again.mkdir()
            answer = parser.ask(_request(staged, again, settings, scan_only=True))
    except TimeoutError:
        what = f"Reading it takes longer than the limit of {settings.parse_seconds} seconds of processor time."
        hint = "Remove what is not the register, or raise parse_seconds under [ingest]."
        raise RegisterError(what, name, hint) from None
    if answer and "refused" in answer:
        what, hint = answer["refused"]
        raise RegisterError(what, name, hint)
    if not answer or "sheets" not in answer:
        what = "Reading it broke the parser or its memory limit, as damaged and hostile files do."
        raise RegisterError(what, name, _SAVE_AGAIN)
    return answer


def _request(staged: Staged, folder: Path, settings: IngestSettings, *, scan_only: bool = False) -> Request:
    return Request(
        path=str(staged.copy),
        kind=staged.kind,
        folder=str(folder),
        max_cells=settings.max_cells,
        max_parts=settings.max_parts,
        max_ratio=settings.max_ratio,
        max_unpacked_mb=settings.max_unpacked_mb,
        memory_mb=settings.parse_memory_mb,
        seconds=settings.parse_seconds,
        scan_only=scan_only,
    )
