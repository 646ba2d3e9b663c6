"""Months judged by two rule sets: the report says so, draws the break and does not call it a change of the work."""

from __future__ import annotations

import re
from pathlib import Path

SETTINGS = """
[classify.words]
pumps = "develop"
"""
TABLE = """
ID|Title|Department|Owner|Start|Finish|Effort (h)|Frequency
W-1|Replace pumps|Water|Ana|2026-06-01|2027-03-31|300|
W-2|Daily rounds|Water|Ben|||40|daily
"""


def test_a_change_of_the_rules_is_said_and_drawn(ask, make_workbook, tmp_path: Path) -> None:
    book = make_workbook("in/register.xlsx", Register=TABLE.strip())

    chosen = ("--packs", "executive")

    def page(period: str, *more: str) -> str:
        code, _, err = ask(
            "run", "--input", book.parent, "--output", tmp_path / "out", "--period", period, *chosen, *more
        )
        assert code == 0, err
        assert "Reading registers" in err, "a run that nobody watches still says what it is doing"
        return (tmp_path / "out" / period / f"{period}_executive.html").read_text(encoding="utf-8")

    (tmp_path / "plain.toml").write_text('[render]\nformats = ["html"]\n')
    (tmp_path / "own.toml").write_text('[render]\nformats = ["html"]\n' + SETTINGS)
    first = page("2026-09", "--config", "plain.toml")
    assert "The rules changed" not in first
    same = page("2026-10", "--config", "plain.toml")
    assert 'class="exhibit keep break"' not in same
    other = page("2026-11", "--config", "own.toml")
    assert "The rules changed: verdicts before and since do not compare" in other
    assert re.search(r"are not those that judged 2026-10; \d+ items? (is|are) now of another kind", other)
    assert "stroke-dasharray" in other, "the trend is broken where the rules changed"
    assert "in part because the rules changed" in other
