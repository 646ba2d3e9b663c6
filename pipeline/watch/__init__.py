"""Registers are taken as they come: looking is the truth, and what the system tells of changes only wakes it."""
