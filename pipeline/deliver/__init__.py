"""Reports -> files and mail. The only room that writes or sends."""

from pipeline.deliver.publish import publish

__all__ = ["publish"]
