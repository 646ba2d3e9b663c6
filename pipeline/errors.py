"""What stops a run: an error that says what happened, where, and what to do."""


class PipelineError(Exception):
    """The run cannot go on. `what` happened, `where`, and a `hint` on what to do next."""

    def __init__(self, what: str, where: str = "", hint: str = "") -> None:
        self.what, self.where, self.hint = what, where, hint
        super().__init__(what)

    def __str__(self) -> str:
        place = f"{self.where}: " if self.where else ""
        return f"{place}{self.what}" + (f" {self.hint}" if self.hint else "")


class SettingsError(PipelineError):
    """`pipeline.toml` or an option says something that cannot be understood."""


class RegisterError(PipelineError):
    """A file cannot be read as a register; the other files go on."""


class TemplateError(PipelineError):
    """A template names something that does not exist or cannot be rendered."""


class DeliveryError(PipelineError):
    """Reports could not be put where they belong; what stood there before is intact."""


class ClusterError(PipelineError):
    """The cluster that should do the work cannot; nothing was published by it."""
