"""What every section of `pipeline.toml` is: frozen, and no setting in it that is not declared."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class Section(BaseModel):
    """A section of the settings."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=False)
