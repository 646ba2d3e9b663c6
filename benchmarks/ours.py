"""This program's own ways: each gets ready in its process and returns the work that is measured."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from functools import partial
from pathlib import Path

Work = Callable[[], object]


def read(kit: Path, _: int) -> Work:
    """A workbook -> a register, checked cell by cell."""

    def work() -> object:
        from pipeline.ingest import ingest
        from pipeline.model import Period
        from pipeline.settings import IngestSettings

        return ingest((kit / "register.xlsx",), IngestSettings(), Period(2026, 10))

    return work


def classify(_: Path, rows: int) -> Work:
    """Items -> verdicts with reasons; the word lists are compiled before, as a run's are while it reads."""
    from benchmarks.texts import PERIOD, make_texts
    from pipeline.classify import classify as classified
    from pipeline.settings import ClassifySettings

    classified(make_texts(10), ClassifySettings(), PERIOD)
    return partial(classified, make_texts(rows), ClassifySettings(), PERIOD)


def allocate(_: Path, items: int) -> Work:
    """Judged items -> who carries how many hours in which month."""
    from benchmarks.organisation import PERIOD, make_portfolio
    from pipeline.settings import SummariseSettings
    from pipeline.summarise.work import gather

    settings = SummariseSettings(months_before=11, months_after=12)
    return partial(gather, make_portfolio(items), settings, PERIOD)


def every_table(_: Path, items: int) -> Work:
    """Judged items -> every table of the organisation's summary."""
    from benchmarks.organisation import PERIOD, make_portfolio
    from pipeline.settings import SummariseSettings
    from pipeline.summarise import summarise

    portfolio = make_portfolio(items)
    settings = SummariseSettings(months_before=11, months_after=12)

    def work() -> object:
        (summary,) = summarise(portfolio, settings, PERIOD)
        return [len(summary.tables[name]) for name in summary.tables]

    return work


def pages(kit: Path, documents: int) -> Work:
    """A ready page -> so many tagged PDFs, over all cores where there are several."""
    from pipeline.executor import cores, executor
    from pipeline.render import PRELOAD
    from pipeline.render.pdf import Paper, write_pdf

    paper = Paper((kit / "page.html").read_text(encoding="utf-8"))

    def work() -> object:
        with executor(cores() if documents > 1 else 0, PRELOAD) as workers:
            return [len(made) for made in workers.map(write_pdf, [paper] * documents)]

    import weasyprint  # noqa: F401  its import is not the work

    return work


def readers(kit: Path, _: int) -> Work:
    """Figures -> the PDF of every department, over all cores, each searched before it is given out."""
    from benchmarks.kits import begin
    from pipeline.render import prepare, render

    work = begin(kit / "register.xlsx", "department")
    formats = work.settings.render.packs["department"].model_copy(update={"formats": ["pdf"]})
    settings = work.settings.render.model_copy(update={"packs": work.settings.render.packs | {"department": formats}})
    summaries = work.summaries
    prepare(settings)
    return partial(render, summaries, settings)


def workbook(kit: Path, _: int) -> Work:
    """Ready tables -> the PMO workbook, with contents, charts and formats."""
    from pipeline.render.excel import workbook as book
    from pipeline.render.packs import PACKS
    from pipeline.render.readers import Reader
    from pipeline.render_settings import RenderSettings

    summary = pickle.loads((kit / "summary.pickle").read_bytes())
    pack = next(one for one in PACKS if one.id == "pmo")
    return partial(book, Reader(pack, summary, "en", "2026-10_pmo"), RenderSettings(templates=kit / "no-templates"))


def charts(_: Path, count: int) -> Work:
    """Two years of months -> so many column charts."""
    from benchmarks.peers.drawings import two_years
    from pipeline.render.charts import Sheet, months_chart
    from pipeline.render.palette import LIGHT

    loads, sheet = two_years(), Sheet(504, 7.5, LIGHT)
    return lambda: [months_chart(loads, 8, sheet, 176, "Title") for _ in range(count)]
