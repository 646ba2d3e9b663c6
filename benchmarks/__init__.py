"""How fast this is beside what one would use instead; `python -m benchmarks` measures all that is declared in PARTS."""
