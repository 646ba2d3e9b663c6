"""Which files of a folder are registers."""

from __future__ import annotations

from pathlib import Path

from pipeline.ingest.discover import discover


def test_what_a_run_published_inside_the_input_is_not_read_again(tmp_path: Path) -> None:
    for name in ("q4.xlsx", "more/q5.xlsx", "output/2026-10/report.xlsx", "output/2026-10/registers/q4.xlsx"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("x")
    (tmp_path / "output" / "2026-10" / "run.json").write_text("{}")
    assert [path.relative_to(tmp_path).as_posix() for path in discover((tmp_path,))] == ["q4.xlsx", "more/q5.xlsx"]
    copies = tmp_path / "output" / "2026-10" / "registers"
    assert discover((copies,)) == (copies / "q4.xlsx",), "copies can be named outright"
