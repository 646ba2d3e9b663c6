"""The findings of one file as lists that programs read: JSON and CSV."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence

from pipeline.defuse import defused
from pipeline.findings import RECORDED, record
from pipeline.model import FileReading, Finding


def as_json(reading: FileReading, findings: Sequence[Finding]) -> bytes:
    """One object: the file, its rows, and every finding with the members of `RECORDED`."""
    document = {
        "file": reading.name,
        "sha256": reading.sha256,
        "rows": {
            "in": sum(sheet.rows_in for sheet in reading.sheets),
            "used": sum(sheet.rows_used for sheet in reading.sheets),
            "refused": sum(sheet.rows_refused for sheet in reading.sheets),
        },
        "findings": [record(one) for one in findings],
    }
    return f"{json.dumps(document, ensure_ascii=False, indent=1)}\n".encode()


def as_csv(findings: Sequence[Finding]) -> bytes:
    """One line a finding, with a heading, in UTF-8 with the mark by which Excel knows it."""
    text = io.StringIO()
    lines = csv.writer(text, lineterminator="\r\n")
    lines.writerow(RECORDED)
    lines.writerows([defused(_plain(value)) for value in record(one).values()] for one in findings)
    return text.getvalue().encode("utf-8-sig")


def _plain(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
