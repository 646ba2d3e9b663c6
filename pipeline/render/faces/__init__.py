"""The static fonts that PDFs are set in, cut by setup/faces.py from IBM Plex Sans and Source Serif 4 (OFL-1.1)."""
