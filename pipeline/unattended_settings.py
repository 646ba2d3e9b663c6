"""The sections of pipeline.toml for a machine that works by itself: watch, schedule, unattended, tidy."""

from __future__ import annotations

import re
from datetime import time
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import Field, field_validator

from pipeline.section import Section

WHEN = re.compile(r"(?P<last>last )?(?P<working>working )?day(?: (?P<number>[1-9]|1\d|2[0-8]))?")
"""`last working day`, `last day`, `working day 3`, `day 5`."""


class WatchSettings(Section):
    """Taking registers as they come."""

    every_seconds: float = Field(10, gt=0, le=3600, description="How often the input folder is looked at.")
    quiet_seconds: float = Field(
        10, gt=0, le=3600, description="A file that has not changed for so long has arrived; what comes together is "
        "taken together."
    )  # fmt: skip
    wait_minutes: float = Field(
        30, gt=0, description="What has arrived waits no longer than this for other files that are still arriving."
    )
    events: bool = Field(
        True, description="Look at once when the system tells of a change; looking goes on without, as on a network."
    )
    month_turns_on: int = Field(
        25, ge=1, le=28, description="What arrives from this day of a month on is for that month, what arrives before "
        "it for the month before; 1: always for the month before."
    )  # fmt: skip


class ScheduleSettings(Section):
    """Running once a month."""

    when: str = Field(
        "last working day",
        description="The day: last working day, last day, working day 3, day 5. A last day reports its own month, any "
        "other the month before. Working days are those of the country under [summarise].",
    )
    time: str = Field("07:00", description="The time of day.")
    timezone: str = Field(
        "", description="The zone of day and time, such as Europe/Berlin; empty: that of [summarise]."
    )

    @field_validator("when")
    @classmethod
    def _known_day(cls, text: str) -> str:
        found = WHEN.fullmatch(" ".join(text.lower().split()))
        if not found or bool(found["last"]) == bool(found["number"]):
            raise ValueError("write last working day, last day, working day 3 or day 5 (1 to 28)")
        return found[0]

    @field_validator("time")
    @classmethod
    def _time_of_day(cls, text: str) -> str:
        try:
            return f"{time.fromisoformat(text):%H:%M}"
        except ValueError as problem:
            raise ValueError("write a time of day as 07:00") from problem

    @field_validator("timezone")
    @classmethod
    def _known_zone(cls, name: str) -> str:
        try:
            ZoneInfo(name or "UTC")
        except (ZoneInfoNotFoundError, ValueError) as problem:
            raise ValueError(f"no time zone is called '{name}'; write one like Europe/Berlin") from problem
        return name


class UnattendedSettings(Section):
    """What `watch` and `schedule` do besides making the reports, and where they tell of it."""

    archive: bool = Field(True, description="Move what was read, as `run --archive` does.")
    approve: bool = Field(False, description="Approve letters without a person, as `run --approve-automatically` does.")
    send: bool = Field(False, description="Then send the letters that are approved.")
    log: Path = Field(Path("pipeline.log"), description="What was done when, one JSON object a line; no cell values.")
    ping: str = Field(
        "", description="An address (https) that is called after each run, with /fail after one that failed, for a "
        "service that tells you when no call comes."
    )  # fmt: skip

    @field_validator("ping")
    @classmethod
    def _web_address(cls, address: str) -> str:
        if address and not re.fullmatch(r"https?://[^\s@]+", address):
            raise ValueError("write an address that begins with https:// and names no user")
        return address


class TidySettings(Section):
    """What `tidy` removes; 0: nothing, ever."""

    output_months: int = Field(0, ge=0, description="Published months that are kept; those after compare with them.")
    archive_months: int = Field(0, ge=0, description="Months of archived registers that are kept.")
    quarantine_months: int = Field(0, ge=0, description="Months of refused files that are kept.")
    outbox_months: int = Field(0, ge=0, description="Months of letters that are kept, once they are sent.")
    ledger_months: int = Field(
        0, ge=0, description="Months of which the ledger keeps what became of each letter; what it forgot is held "
        "where its month is run again."
    )  # fmt: skip
    log_days: int = Field(0, ge=0, description="Days of the log that are kept.")
