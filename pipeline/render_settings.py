"""The settings of reports: languages, formats, paper, the organisation's own look, and packs."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Literal

from pydantic import Field, field_validator

from pipeline.section import Section

FormatId = Literal["pdf", "xlsx", "html"]
LanguageId = Literal["en", "de", "fr", "es", "pt"]

COLOURS = (
    "bg", "ink", "ink2", "rule", "paper", "paper2", "change", "run", "runtext", "alert",
    "heat1", "heat2", "heat3", "heat4", "heat5", "onheat", "onover",
)  # fmt: skip
"""The roles that a colour may have in a report."""


class BrandSettings(Section):
    """The organisation's own look."""

    logo: Path | None = Field(
        None, description="A PNG or JPEG picture at the head of the first page or sheet, up to 2 MB."
    )
    colours: dict[str, str] = Field(
        {},
        description="Your own colours by role, such as change = '#12506A', on paper, in workbooks and on light "
        f"screens; dark screens keep the shipped ones. Roles: {', '.join(COLOURS)}.",
    )
    sans: Path | None = Field(None, description="A font file in the place of IBM Plex Sans, which counts, in PDFs.")
    serif: Path | None = Field(None, description="A font file in the place of Source Serif 4, which speaks, in PDFs.")
    footer: str = Field("", description="A line at the foot of every page, such as an address.")

    @field_validator("colours")
    @classmethod
    def _known_colours(cls, colours: dict[str, str]) -> dict[str, str]:
        for role, colour in colours.items():
            if role not in COLOURS:
                raise ValueError(f"no colour is called '{role}'; known are {', '.join(COLOURS)}")
            if not re.fullmatch(r"#[0-9A-Fa-f]{6}", colour):
                raise ValueError(f"'{colour}' is no colour; write one like #12506A")
        return colours


class PackSettings(Section):
    """A pack of reports: what is other than in the shipped pack of its name, or a pack of your own by a new name."""

    make: bool = Field(True, description="Whether it is made.")
    title: str = Field("", description="What it is called; empty: as the shipped one, or its name.")
    readers: Literal["organisation", "executive", "department", "person"] | None = Field(
        None, description="For whom one report each is made: the organisation, each executive, department or person."
    )
    formats: list[FormatId] = Field([], description="In which formats; empty: as the shipped one.")
    languages: list[LanguageId] = Field([], description="In which languages; empty: in each reader's own.")


class RenderSettings(Section):
    """Drawing reports."""

    organisation: str = Field("", description="The organisation's name, printed on every page.")
    confidentiality: str = Field("Confidential", description="Printed at the foot of every page.")
    formats: list[FormatId] = Field(["pdf", "xlsx", "html"], description="What is rendered.")
    pdf: Literal["accessible", "archive"] = Field(
        "accessible",
        description="accessible: tagged for screen readers (PDF/UA-1); archive: that, to keep (PDF/A-3a), with the "
        "workbook inside where the pack has one.",
    )
    language: LanguageId = Field("en", description="The language of reports.")
    languages: dict[str, LanguageId] = Field(
        {}, description="Readers of another language: the department, executive or person, and the language."
    )
    paper: Literal["A4", "Letter"] = Field("A4", description="Paper of the PDF.")
    templates: Path = Field(Path("templates"), description="Your own templates; they come before the shipped ones.")
    report_seconds: int = Field(60, gt=0, description="Seconds of a processor that a report may take.")
    report_memory_mb: int = Field(600, gt=0, description="Memory that a process that makes reports may take.")
    brand: BrandSettings = BrandSettings()
    packs: dict[str, PackSettings] = Field({}, description="Packs that are changed or are your own, by name.")
