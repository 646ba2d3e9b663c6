"""The drawings as they are: a change of one is a change of a file here, to be looked at. `--update-golden` writes them."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.render.charts import Sheet
from pipeline.render.palette import LIGHT
from tests.render.charts.samples import SAMPLES

GOLDEN = Path(__file__).parent / "golden"
SHEETS = {"": 7.5, "-phone": 12.0}


@pytest.mark.parametrize("form", SHEETS, ids=["paper", "phone"])
@pytest.mark.parametrize("name", SAMPLES)
def test_a_drawing_is_as_it_was(name: str, form: str, request: pytest.FixtureRequest) -> None:
    width, draw = SAMPLES[name]
    sheet = Sheet(358 if form else width, SHEETS[form], LIGHT)
    drawn = f"{draw(sheet)}\n".replace("><", ">\n<")
    path = GOLDEN / f"{name}{form}.svg"
    if request.config.getoption("--update-golden", default=False):
        path.parent.mkdir(exist_ok=True)
        path.write_text(drawn, encoding="utf-8", newline="\n")
    assert drawn == path.read_text(encoding="utf-8"), "look at the new drawing, then run with --update-golden"


def test_every_golden_file_is_of_a_sample() -> None:
    assert {path.stem for path in GOLDEN.iterdir()} == {f"{name}{form}" for name in SAMPLES for form in SHEETS}
