"""pipeline.toml as typed values, one class a verb; a class is the list of its options, defaults and docs."""

from __future__ import annotations

import difflib
import re
import tomllib
from pathlib import Path
from typing import Literal, get_args
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import BaseModel, Field, ValidationError, field_validator, model_validator

from pipeline.errors import SettingsError
from pipeline.mail_settings import MailSettings
from pipeline.render_settings import RenderSettings
from pipeline.rule_settings import RuleSettings
from pipeline.section import Section
from pipeline.settings_faults import explained, line_of
from pipeline.unattended_settings import ScheduleSettings, TidySettings, UnattendedSettings, WatchSettings

FILE_NAME = "pipeline.toml"


class IngestSettings(Section):
    """Reading registers."""

    input: Path = Field(Path("input"), description="The folder registers are dropped into.")
    date_order: Literal["auto", "day first", "month first", "year first"] = Field(
        "auto", description="How text dates such as 03/04/2026 are read; auto decides per column from the evidence."
    )
    synonyms: dict[str, list[str]] = Field({}, description="Your own headings by field, such as title = ['Vorhaben'].")
    ignore: list[str] = Field([], description="Headings of columns to leave unread, such as ['Colour'].")
    max_file_mb: float = Field(100, gt=0, description="Larger files are refused.")
    max_unpacked_mb: float = Field(1000, gt=0, description="Workbooks that unpack to more are refused.")
    max_parts: int = Field(
        5000, gt=0, description="Workbooks of more parts (entries of their ZIP archive) are refused."
    )
    max_ratio: int = Field(
        200, gt=0, description="Parts above 10 MB that unpack to more than so many times their size are refused."
    )
    max_cells: int = Field(30_000_000, gt=0, description="Sheets that span more cells are refused.")
    parse_seconds: int = Field(120, gt=0, description="Processor time one file may take to parse.")
    parse_memory_mb: int = Field(3072, gt=0, description="Memory one file may take to parse.")


class ClassifySettings(Section):
    """Telling projects from operations."""

    review_below: float = Field(
        0.65, ge=0.5, le=1, description="Verdicts less certain than this are sent to review (0.5 to 1)."
    )
    task_hours: float = Field(120, ge=0, description="A one-off item below this effort is a task, not a project.")
    decisions: Path = Field(
        Path("decisions.csv"), description="The file in which people's decisions on single items are kept."
    )
    words: dict[str, str] = Field(
        {}, description="Your own words and the family they belong to, such as 'go-live' = 'deliver'."
    )
    weights: dict[str, float] = Field({}, description="Your own points for a criterion, by its id.")
    rules: dict[str, RuleSettings] = Field({}, description="Your own criteria, by a name of your choice.")


class ExecutiveSettings(Section):
    """An executive: what they govern. A title such as COO or CPO means another thing in every organisation."""

    person: str = Field("", description="Who it is.")
    governs: list[Literal["projects", "operations"]] = Field(
        ["projects", "operations"], description="Which kind of work they govern."
    )
    departments: list[str] = Field([], description="In which departments; empty: in all that no other executive has.")


class SummariseSettings(Section):
    """Adding up who carries what."""

    timezone: str = Field("UTC", description="The zone in which a month begins and ends.")
    hours_per_week: float = Field(37.5, gt=0, le=168, description="Hours of a full-time week.")
    country: str = Field("", description="Two-letter country whose public holidays are no working days; empty: none.")
    region: str = Field("", description="Region of that country, as its holiday calendar names it.")
    months_before: int = Field(2, ge=0, le=24, description="Months shown before the period.")
    months_after: int = Field(6, ge=0, le=24, description="Months shown after the period.")
    run_share_least: float = Field(0, ge=0, le=1, description="Run's share of hours should be at least this (0 to 1).")
    run_share_most: float = Field(1, ge=0, le=1, description="Run's share of hours should be at most this (0 to 1).")
    ending_within_days: int = Field(
        90, gt=0, description="Projects that end within so many days are about to hand over."
    )
    closed_within_days: int = Field(
        365, gt=0, description="Projects that closed within so many days are asked for what carries them on."
    )
    leaving_within_days: int = Field(
        90, gt=0, description="People whose last day comes within so many days leave what they alone do."
    )
    max_consulted: int = Field(5, gt=0, description="More people consulted on one item slow it down.")
    max_accountable_share: float = Field(
        0.5, gt=0, le=1, description="A person accountable for more of a department's items answers for everything."
    )
    max_accountabilities: int = Field(10, gt=0, description="More active items are too many for one person.")
    max_projects: int = Field(5, gt=0, description="More active projects are too many for one person.")
    max_reports: int = Field(10, gt=0, description="More people are too many to report to one manager.")
    executives: dict[str, ExecutiveSettings] = Field(
        {}, description="Your executives by title, with what each governs; empty: as the register says."
    )

    @field_validator("timezone")
    @classmethod
    def _known_zone(cls, name: str) -> str:
        try:
            ZoneInfo(name)
        except (ZoneInfoNotFoundError, ValueError) as problem:
            raise ValueError(f"no time zone is called '{name}'; write one like Europe/Berlin") from problem
        return name


class DeliverSettings(Section):
    """Putting reports where they belong."""

    output: Path = Field(Path("output"), description="The folder reports are published to, one folder a period.")
    archive: Path = Field(
        Path("archive"), description="Where `run --archive` moves registers it used, one folder a period."
    )
    quarantine: Path = Field(
        Path("quarantine"), description="Where `run --archive` moves files it refused, each with a note on why."
    )
    outbox: Path = Field(
        Path("outbox"), description="Where the mails of a run lie as files until they are approved and sent."
    )
    ledger: Path = Field(
        Path("ledger/ledger.sqlite"),
        description="The file that knows what became of each mail, on a disk of this machine; its key lies beside it.",
    )
    ledger_url: str = Field(
        "",
        description="PostgreSQL instead of that file, where several machines send: 'postgresql://name@host/database', "
        "its password in PGPASSWORD; or '$NAME', the environment variable with the whole URL.",
    )
    mail: MailSettings = MailSettings()

    @model_validator(mode="after")  # of the section, so that no message quotes the URL
    def _without_password(self) -> DeliverSettings:
        if re.search(r"//[^/@]*:[^/@]*@|password=", self.ledger_url):
            raise ValueError("ledger_url: no password may stand here; set PGPASSWORD, or name a variable with '$NAME'")
        return self


class RunSettings(Section):
    """Where work runs."""

    executor: str = Field(
        "",
        description="The address of a Dask scheduler, such as 'tcp://scheduler:8786', whose workers lay out reports; "
        "empty: this machine's cores.",
    )

    @field_validator("executor")
    @classmethod
    def _known_address(cls, address: str) -> str:
        if address and not re.fullmatch(r"(tcp|tls|ws|wss)://[^\s/]+:\d+", address):
            raise ValueError(f"'{address}' is no address of a scheduler; write one like tcp://scheduler:8786")
        return address


class Settings(Section):
    """All settings; each section carries the verb or command it belongs to."""

    run: RunSettings = RunSettings()
    ingest: IngestSettings = IngestSettings()
    classify: ClassifySettings = ClassifySettings()
    summarise: SummariseSettings = SummariseSettings()
    render: RenderSettings = RenderSettings()
    deliver: DeliverSettings = DeliverSettings()
    watch: WatchSettings = WatchSettings()
    schedule: ScheduleSettings = ScheduleSettings()
    unattended: UnattendedSettings = UnattendedSettings()
    tidy: TidySettings = TidySettings()


def load_settings(path: Path | None = None, start: Path | None = None) -> Settings:
    """The settings of `path`, else of the nearest pipeline.toml from `start` (default: here) upward, else defaults.

    Relative paths are taken relative to the file. Raises SettingsError, naming the nearest known option.
    """
    found = path or nearest_settings(start)
    if found is None:
        return Settings()
    try:
        text = found.read_text(encoding="utf-8")
        raw = tomllib.loads(text)
    except OSError as problem:
        raise SettingsError("cannot be read.", str(found), "Check --config.") from problem
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as problem:
        raise SettingsError(f"is not TOML: {problem}.", str(found), "Mend that line.") from problem
    try:
        settings = Settings.model_validate(raw)
    except ValidationError as problem:
        raise _explained(problem, text, found) from problem
    return _anchored(settings, found.resolve().parent)


def nearest_settings(start: Path | None = None) -> Path | None:
    """The nearest pipeline.toml from `start` (default: here) upward, where there is one."""
    folder = (start or Path.cwd()).resolve()
    return next((at / FILE_NAME for at in (folder, *folder.parents) if (at / FILE_NAME).is_file()), None)


def _anchored(settings: Settings, base: Path) -> Settings:
    """Settings with every relative path made absolute from `base`."""
    return settings.model_copy(update={name: _section_anchored(section, base) for name, section in settings})


def _section_anchored(section: Section, base: Path) -> Section:
    paths = {key: base / value for key, value in section if isinstance(value, Path)}
    parts = {key: _section_anchored(value, base) for key, value in section if isinstance(value, Section)}
    return section.model_copy(update={**paths, **parts})


def _explained(problem: ValidationError, text: str, path: Path) -> SettingsError:
    """The first problem in words, with the nearest known option where a name is unknown."""
    first = problem.errors()[0]
    place = ".".join(str(part) for part in first["loc"])
    if first["type"] == "extra_forbidden":
        known = _options_beside(first["loc"])
        near = difflib.get_close_matches(str(first["loc"][-1]), known, n=1, cutoff=0.4)
        hint = f"Did you mean '{near[0]}'?" if near else f"Known here: {', '.join(known)}."
        line = line_of(text, first["loc"])
        where = f"{path}, line {line}" if line else str(path)
        return SettingsError(f"there is no setting '{place}'.", where, hint)
    return explained(first, text, path)


def _options_beside(loc: tuple[int | str, ...]) -> list[str]:
    model: type[BaseModel] = Settings
    for part in loc[:-1]:
        if part not in model.model_fields:  # a name of the user's own, such as a rule's
            continue
        annotation = model.model_fields[str(part)].annotation
        candidates = [annotation, *get_args(annotation)]
        model = next(one for one in candidates if isinstance(one, type) and issubclass(one, BaseModel))
    return list(model.model_fields)
