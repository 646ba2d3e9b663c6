"""The seal of a report: what every file of it carries so that it can be told from every other, and names nobody."""

from __future__ import annotations

import hashlib
import json

META = "report-seal"
"""In a web page: the name of its `<meta>`."""
PROPERTY = "ReportSeal"
"""In a PDF the key in its information, in a workbook the name of its custom property."""


def seal(period: str, pack: str, scope: str, language: str) -> str:
    """The same 64 hexadecimal digits (SHA-256) for the same report whenever it is made, and no others for another."""
    return hashlib.sha256(json.dumps([period, pack, scope, language]).encode()).hexdigest()
