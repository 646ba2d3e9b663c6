"""Templates at work before a run: tried with a register, or shown in a browser and anew at every save."""

from pipeline.preview.server import Preview
from pipeline.preview.trial import trial

__all__ = ["Preview", "trial"]
