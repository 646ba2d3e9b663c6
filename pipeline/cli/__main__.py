"""`python -m pipeline.cli`: the command line without its entry point."""

from pipeline.cli import main

main()
