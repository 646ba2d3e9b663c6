"""A Dask cluster as one more `concurrent.futures.Executor`: the same functions, run by workers on other machines."""

from __future__ import annotations

from pipeline.cluster.connect import connected, reach
from pipeline.cluster.pool import Cluster

__all__ = ["Cluster", "connected", "reach"]
