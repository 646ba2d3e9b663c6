"""Headings as people write them, and how surely each is told."""

from __future__ import annotations

from pipeline.ingest import ingest
from pipeline.settings import IngestSettings
from tests.conftest import PERIOD


def test_every_mapping_says_how_sure_it_is_and_why(make_workbook):
    path = make_workbook(
        Register="ID|Vorhaben 7|Owner / Pilote|Responsibel|Timeline\n1|Replace pumps|Ana|Bo|every month"
    )
    (sheet,) = ingest((path,), IngestSettings(synonyms={"title": ["Vorhaben 7"]}), PERIOD).files[0].sheets
    assert sheet.basis == {
        "ID": "exact",
        "Vorhaben 7": "synonym",
        "Owner / Pilote": "parts",
        "Responsibel": "close",
        "Timeline": "content",
    }
    assert set(sheet.certainty) == set(sheet.mapping)
    assert sheet.certainty["ID"] == 1.0 > sheet.certainty["Owner / Pilote"] > sheet.certainty["Responsibel"] > 0.5
