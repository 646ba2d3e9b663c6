"""Fits the few learned numbers of the classification; not needed to run."""
