"""Register -> Portfolio: tells projects from operations and says why."""

from pipeline.classify.explain import explain
from pipeline.classify.verdict import classify

__all__ = ["classify", "explain"]
