"""A run says which reports nobody gets and why, what month to ask for, and which file to open first."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from pipeline.answers.advice import long_ago
from pipeline.model import Period, Register

SETTINGS = '[render]\nformats = ["html"]\n'
DONE = """
    ID | Title | Owner | Start | Finish | Status
    P1 | Replace the mail system | Ada Byron | 2024-06-03 | 2024-09-18 | Closed
    P2 | Lay new pipes | Cy Young | 2024-08-01 | 2024-10-25 | Closed
"""


def test_a_run_says_which_packs_have_no_reader_and_what_to_open(
    tmp_path: Path, make_workbook: Callable[..., Path], ask: Callable[..., tuple[int, str, str]]
) -> None:
    make_workbook("input/register.xlsx", Register=DONE)
    (tmp_path / "pipeline.toml").write_text(SETTINGS.replace('"]', '", "pdf"]'))
    code, out, problem = ask("run", "--period", "2026-10", "--packs", "department,pmo,owner")
    assert code == 0, problem
    assert "No department report: no row names a department.\n" in out
    assert "No owner report: no person has an active item in this month.\n" in out
    assert "\nThe last finish in this register lies in 2024-10; `--period 2024-10` reports on that month.\n" in out
    assert "\n\n" not in out
    assert out.endswith("\nNext: open output/2026-10/2026-10_pmo.html\n")
    (tmp_path / "pipeline.toml").write_text('[render]\nformats = ["html", "xlsx"]\n')
    out = ask("run", "--period", "2026-10", "--packs", "pmo")[1]
    assert out.endswith("\nNext: open output/2026-10/2026-10_pmo.xlsx\n"), "decisions are made in the workbook"
    checked = " ".join(ask("check", "--period", "2026-10", "--no-marked")[1].split())
    assert "The last finish in this register lies in 2024-10; `--period 2024-10` reports on that month." in checked
    (tmp_path / "pipeline.toml").write_text(SETTINGS)
    out = ask("run", "--period", "2024-10", "--packs", "pmo,owner")[1]
    assert "No owner report: it comes as pdf, which formats under [render] leaves out.\n" in out
    assert "last finish" not in out


def test_work_that_goes_on_is_of_no_time_gone(register: Register) -> None:
    """
    ID | Title | Owner | Start | Finish
    O1 | Run the depot | Ada Byron | 2020-01-01 |
    O2 | Read the meters | Cy Young | 2020-01-01 |
    P1 | Lay new pipes | Cy Young | 2024-08-01 | 2024-10-25
    """
    assert long_ago(register, Period(2026, 10)) == ""
