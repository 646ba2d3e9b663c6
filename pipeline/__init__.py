"""Reads registers of work, tells projects from operations and says why, and reports who carries what."""
